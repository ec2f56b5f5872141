"""A role has work, and nobody is there to do it: `people: 0`.

Why it costs deals
    Whatever is given to it waits for ever. Mostly a person left and the process was not changed, or
    a team is planned and not yet hired.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments:
      sales: {roles: {seller: {people: 3}, trainer: {people: 0}}}  # error: [empty-role]
    sources: {inbound: {start: call}}
    steps:
      call: {by: seller, effort: 1h, next: {buys: training, passes: lost}}
      training: {by: trainer, effort: 2h, next: won}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments:
      sales: {roles: {seller: {people: 3}, trainer: {people: 2}}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: seller, effort: 1h, next: {buys: training, passes: lost}}
      training: {by: trainer, effort: 2h, next: won}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.crews import roles_of
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by
from salesflow.findings import Finding
from salesflow.process.steps import Work


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each role of nobody, with the first step that needs it."""
    process = facts.process
    empty = {r.id: r for r in process.roles.values() if r.people == 0 and not r.external}
    if not empty:
        return
    first: dict[str, str] = {}
    for place in facts.flow.arrival:  # in order of distance
        step = process.nodes.get(place)
        if isinstance(step, Work) and step.effort is not None:
            for role in roles_of(process, step):
                first.setdefault(role.id, place)
    for name, place in first.items():
        if name in empty:
            witness = facts.flow.way(place)
            message = f"`{name}` has `people: 0`, and `{place}` waits for one.{comes_by(witness)}"
            hint = f"Say how many there are (`people: 1`), or let another role do `{place}`."
            yield RULE.at(empty[name], message, hint=hint, witness=witness)


RULE = Rule(name="empty-role", family="resources", severity="warning", find=find, module=__name__)
