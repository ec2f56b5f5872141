"""A role, department, field, calendar, stage or outcome is defined, and nothing uses it.

Why it costs deals
    It may be a leftover, or the place where it should be used was forgotten: the stage that no step
    carries, the `loss_reason` that nobody fills in.

    Only what is defined in the process file itself is judged. What comes from an organization file
    may serve other processes.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    stages:
      qualification: {win_chance: 10%}  # error: [unused-definition]
    steps:
      call: {by: sales, next: {buys: won, passes: lost}}
    outcomes:
      won: {kind: won}
      lost: {kind: lost}
      nurture: {kind: disqualified}  # error: [unused-definition]
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    stages:
      qualification: {win_chance: 10%}
    steps:
      call: {by: sales, stage: qualification, next: {buys: won, passes: lost, later: nurture}}
    outcomes:
      won: {kind: won}
      lost: {kind: lost}
      nurture: {kind: disqualified}
    ```
"""

from collections.abc import Container, Iterator, Mapping

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding
from salesflow.process.model import Process
from salesflow.process.people import Element
from salesflow.process.steps import Work


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each definition of the process file that nothing uses."""
    process = facts.process
    yield from _unused("stage", process.stages, {s.stage for s in process.nodes.values()}, process)
    if not facts.deals_get_stuck:  # where they are, the missing way may be the one to this outcome
        targets = {end for ends in facts.flow.successors.values() for end in ends}
        yield from _unused("outcome", process.outcomes, targets, process)
    if process.people.declared:
        yield from _people(process)
    yield from _calendars(process)
    # A condition that does not fit its types is not compiled: what it names is used all the same.
    misfit = any(note.rule == "type-mismatch" for note in process.notes)
    if process.data and not misfit:
        yield from _unused("field", process.data, facts.mentions.fields, process)


def _unused(
    kind: str, defined: Mapping[str, Element], used: Container[str | None], process: Process
) -> Iterator[Finding]:
    for element in defined.values():
        if element.id not in used and element.span.file == process.file:
            hint = f"Use it where it belongs, or remove the {kind}."
            yield RULE.at(element, f"The {kind} `{element.id}` is not used anywhere.", hint=hint)


def _people(process: Process) -> Iterator[Finding]:
    roles = _roles_used(process)
    bridges = process.touchpoints.values()
    departments = {process.roles[name].department for name in roles if name in process.roles}
    departments.update(source.department or "" for source in process.sources.values())
    departments.update(touchpoint.giver for touchpoint in bridges)
    departments.update(touchpoint.receiver for touchpoint in bridges)
    yield from _unused("department", process.departments, departments, process)
    others = {
        name: role
        for name, role in process.roles.items()
        # A role that is its department, or whose department is unused, is found with that.
        if name != role.department and role.department in departments
    }
    yield from _unused("role", others, roles, process)


def _roles_used(process: Process) -> set[str]:
    used = {objective.of or "" for objective in process.objectives.values()}
    for part in (process, *process.runs.values()):
        for step in part.nodes.values():
            if isinstance(step, Work):
                used.update((step.by or "", *step.with_))
                used.add(step.escalate.by if step.escalate else "")
    return used


def _calendars(process: Process) -> Iterator[Finding]:
    people = process.people
    used = {department.calendar for department in people.departments.values()}
    used.update(role.calendar for role in people.roles.values())
    for source in process.sources.values():
        used.add(source.arrivals.calendar if source.arrivals else None)
    for name, span in people.calendar_spans.items():
        if name not in used and span.file == process.file:
            hint = "Give it to a department, a role or a source, or remove it."
            message = f"The calendar `{name}` is not used anywhere."
            yield RULE.found(f"calendars.{name}", span, message, hint=hint)


RULE = Rule(
    name="unused-definition", family="structure", severity="warning", find=find, module=__name__
)
