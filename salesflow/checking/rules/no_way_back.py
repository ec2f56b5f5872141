"""A handoff that the receiver must accept within a time, and that it cannot refuse.

Why it costs deals
    What is missing at the handoff is found out by whoever receives it. If it can neither send the
    deal back nor give it up, it works with what it has, or the deal lies there.

    It is asked of touchpoints with `requires` and `accept_within`: the receiving department should
    have, somewhere, a result that leads back to the giver or to a loss.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments:
      sales: {calendar: office}
      success: {calendar: office}
    calendars: {office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}
    data: {contract: {type: document}}
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, captures: [contract], next: {signed: handover, refused: lost}}
      handover: {by: success, next: won}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    touchpoints:
      new_customers:  # error: [no-way-back]
        {from: sales, to: success, requires: [contract], accept_within: 2bd}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments:
      sales: {calendar: office}
      success: {calendar: office}
    calendars: {office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}
    data: {contract: {type: document}}
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, captures: [contract], next: {signed: handover, refused: lost}}
      handover: {by: success, next: {accepted: won, incomplete: {to: complete, at_most: 1}}}
      complete: {by: sales, next: handover}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    touchpoints:
      new_customers: {from: sales, to: success, requires: [contract], accept_within: 2bd}
      handed_back: {from: success, to: sales, requires: [contract], accept_within: 2bd}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding, Related
from salesflow.process.model import UNHAPPY, Touchpoint
from salesflow.process.steps import LEAVE, Step

_MOST_RELATED = 5


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each touchpoint whose receiver can neither return nor lose a deal."""
    for touchpoint in facts.process.touchpoints.values():
        giver, receiver = touchpoint.giver, touchpoint.receiver
        asks = touchpoint.requires and touchpoint.accept_within is not None
        if not asks or not facts.threads.happens(giver, receiver, touchpoint.at):
            continue
        steps = [s for s in facts.process.nodes.values() if facts.threads.ours(s) == receiver]
        loses = any(_gives_up(facts, step) for step in steps)
        if steps and not loses and not facts.threads.happens(receiver, giver, None):
            yield _finding(touchpoint, steps)


def _gives_up(facts: Facts, step: Step) -> bool:
    outcomes = facts.process.outcomes
    for result in step.next.values():
        for target in result.targets:
            if target == LEAVE or (target in outcomes and outcomes[target].kind in UNHAPPY):
                return True
    return False


def _finding(touchpoint: Touchpoint, steps: list[Step]) -> Finding:
    giver, receiver = touchpoint.giver, touchpoint.receiver
    message = (
        f"`{receiver}` cannot refuse what `{giver}` hands over: none of its steps sends a deal "
        f"back to `{giver}` or gives it up."
    )
    hint = (
        f"Give `{steps[0].node}` a result for what is incomplete, e.g. "
        f"`incomplete: {{to: …, at_most: 2}}`, that leads to a step of `{giver}`."
    )
    related = tuple(
        Related(step.path, step.span, f"`{receiver}` works here")
        for step in sorted(steps, key=lambda step: step.path)[:_MOST_RELATED]
    )
    return RULE.at(touchpoint, message, hint=hint, related=related)


RULE = Rule(
    name="no-way-back", family="bridges", severity="info", preset="all", find=find, module=__name__
)
