"""Two threads of a deal that run side by side both write one field.

Why it costs deals
    Legal and security each note a price or a date, and whichever is later wins: nobody can say
    which value the contract goes out with.

    Branches of a block count, and threads that one result starts, up to where they meet. What is
    written as the deal ends or its block is left does not count.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {price: {type: money}}
    sources: {inbound: {start: papers}}
    steps:
      papers:
        parallel:
          finance: {steps: {check: {by: finance, captures: [price], next: done}}}
          legal:
            steps:
              draft:  # error: [parallel-write]
                {by: legal, captures: [price], next: done}
        next: {done: sign}
      sign: {by: sales, requires: [price], next: {signed: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {price: {type: money}}
    sources: {inbound: {start: papers}}
    steps:
      papers:
        parallel:
          legal: {steps: {draft: {by: legal, next: done}}}
          finance: {steps: {check: {by: finance, captures: [price], next: done}}}
        next: {done: sign}
      sign: {by: sales, requires: [price], next: {signed: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by
from salesflow.findings import Finding, Related


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each two places that write a field side by side, at the second."""
    if not facts.process.data:
        return
    for first, second in facts.writes.parallel():
        way = facts.flow.way(second.node)
        message = (
            f"`{second.element.node}` writes `{second.field}` while `{first.element.node}`, which "
            f"runs beside it, writes it too: the later one wins.{comes_by(way)}"
        )
        hint = "Let one of the two write it, or give each a field of its own."
        other = Related(first.element.path, first.element.span, "written here too")
        yield RULE.at(second.element, message, hint=hint, witness=way, related=(other,))


RULE = Rule(
    name="parallel-write",
    family="data",
    severity="warning",
    find=find,
    module=__name__,
)
