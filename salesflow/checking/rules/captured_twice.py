"""Two departments enter the same field, one after the other: double work, and two truths.

Why it costs deals
    Marketing asks for the company size, sales asks again a week later. The customer notices, both
    departments pay for it, and where the answers differ nobody knows which one holds.

    Only captures without a value count. A step that requires the field works on what is there, and
    is no double entry.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments: {marketing: {}, sales: {}}
    data: {need: {type: text}}
    sources: {inbound: {start: qualify}}
    steps:
      qualify: {by: marketing, captures: [need], next: {good: call, no_fit: lost}}
      call:  # error: [captured-twice]
        {by: sales, captures: [need], next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, requires: [need], next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments: {marketing: {}, sales: {}}
    data: {need: {type: text}}
    sources: {inbound: {start: qualify}}
    steps:
      qualify: {by: marketing, captures: [need], next: {good: call, no_fit: lost}}
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, requires: [need], next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by
from salesflow.findings import Finding, Related


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each step that enters what another department has entered before."""
    process = facts.process
    if not process.data or len(process.departments) < 2:
        return
    for first, second in facts.writes.doubled():
        steps = process.nodes
        giver, receiver = (process.department_of(steps[each.node]) for each in (first, second))
        way = (*facts.flow.way(first.node), second.node)
        message = (
            f"`{second.node}` captures `{second.field}` for `{receiver}`, "
            f"and `{first.node}` has captured it for `{giver}` before."
        )
        hint = (
            f"Take it out of one of the two. Where `{second.node}` goes on with what is there, "
            f"let it require the field (`requires: [{second.field}]`)."
        )
        other = Related(first.element.path, first.element.span, "captured here first")
        found = RULE.at(second.element, message, hint=hint, witness=way, related=(other,))
        yield found._replace(message=message + comes_by(way))


RULE = Rule(
    name="captured-twice",
    family="data",
    severity="warning",
    find=find,
    module=__name__,
)
