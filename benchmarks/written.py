"""Process files of any size, as a person would write them: thirteen lines a step."""

HEAD = """\
salesflow: 1
process: big
calendars: {emea: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-18:00"}}}
departments:
  sales: {calendar: emea, roles: {account_executive: {people: 10}, engineer: {people: 4}}}
data:
  metrics: {type: text}
  champion: {type: person}
  success_criteria: {type: document}
  loss_reason: {type: choice, values: [no_decision, no_fit]}
stages: {validation: {win_chance: 40%}}
sources: {inbound: {start: step_0, gives: {metrics: filled, champion: filled}}}
outcomes: {won: {kind: won}, lost: {kind: lost, requires: [loss_reason]}}
steps:
"""
STEP = """\
  step_{0}:
    name: Technical validation {0}
    by: engineer
    with: [account_executive]
    stage: validation
    requires: [metrics, champion]
    captures: [success_criteria]
    effort: {{min: 6h, usual: 16h, max: 60h}}
    wait: {{median: 10d, p90: 30d}}
    timeout: {{after: 45d, result: stalled}}
    next:
      criteria_met: {{to: {1}, share: 60%}}
      stalled:      {{to: lost, share: rest, set: {{loss_reason: no_decision}}}}
"""


def process(steps: int) -> str:
    """A process file of so many steps in a row, each of which may also end lost."""
    rows = [
        STEP.format(place, f"step_{place + 1}" if place + 1 < steps else "won")
        for place in range(steps)
    ]
    return HEAD + "".join(rows)
