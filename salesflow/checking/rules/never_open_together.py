"""People must work together, and their calendars are never open at the same time.

Why it costs deals
    The work never begins, though each of them has time: one office has closed when the other one
    opens. The deal waits until its buyer gives up.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    calendars:
      berlin: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}
      seattle: {timezone: America/Los_Angeles, hours: {mon-fri: "09:30-18:00"}}
    departments:
      sales: {calendar: berlin}
      engineering: {calendar: seattle}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, effort: 1h, next: {interested: demo, not_a_fit: lost}}
      demo:  # error: [never-open-together]
        by: sales
        with: [engineering]
        effort: 1h
        next: {buys: won, passes: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    calendars:
      berlin: {timezone: Europe/Berlin, hours: {mon-thu: "09:00-17:00", fri: "11:00-20:00"}}
      seattle: {timezone: America/Los_Angeles, hours: {mon-fri: "09:30-18:00"}}
    departments:
      sales: {calendar: berlin}
      engineering: {calendar: seattle}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, effort: 1h, next: {interested: demo, not_a_fit: lost}}
      demo:
        by: sales
        with: [engineering]
        effort: 1h
        next: {buys: won, passes: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.crews import roles_of
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by, named
from salesflow.findings import Finding, Related
from salesflow.process.steps import Work

_MOST_RELATED = 5


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each set of calendars that never meet, at the first step that needs them."""
    process = facts.process
    if len(process.people.calendars) < 2:
        return
    needed: dict[frozenset[str], list[Work]] = {}
    for step in process.nodes.values():
        if isinstance(step, Work) and step.with_ and step.effort is not None:
            hours = [facts.schedules.hours(role.id) for role in roles_of(process, step)]
            calendars = frozenset[str]().union(*hours)
            if len(calendars) > 1:
                needed.setdefault(calendars, []).append(step)
    for calendars, steps in needed.items():
        apart = any(not facts.schedules.timetable(frozenset({name})).total for name in calendars)
        if not apart and not facts.schedules.timetable(calendars).total:
            yield _finding(facts, calendars, steps)


def _finding(facts: Facts, calendars: frozenset[str], steps: list[Work]) -> Finding:
    reached = [step for step in steps if facts.flow.reachable(step.node)]
    first = min(reached or steps, key=lambda step: facts.flow.distance.get(step.node, 0))
    witness = facts.flow.way(first.node)
    roles = named(role.id for role in roles_of(facts.process, first))
    offices = named(sorted(calendars))
    way = comes_by(witness) if witness else ""
    message = (
        f"`{first.node}` needs {roles} at once, and their calendars ({offices}) are never open "
        f"together.{way}"
    )
    hint = "Let the calendars meet for some hours of the week, or leave somebody out of `with`."
    related = tuple(
        Related(step.path, step.span, "it needs them at once too")
        for step in steps
        if step is not first
    )
    return RULE.at(first, message, hint=hint, witness=witness, related=related[:_MOST_RELATED])


RULE = Rule(
    name="never-open-together", family="resources", severity="warning", find=find, module=__name__
)
