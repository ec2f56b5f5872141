"""A step requires a field, and a deal can come there without it.

Why it costs deals
    The work begins with a gap: somebody asks back, waits, guesses. It is not noticed in most deals,
    as most come another way, and it is noticed late in those that do not.

    Every way counts: a time-out, a `leave` and a branch that is withdrawn end a step without its
    captures, and a branch with a condition may not run. What a process that is run needs at its
    start (`gives` of its source) is required where it is run. It is told where the deal is first
    found to lack the field. What nothing ever fills is `never-captured`.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {budget: {type: money}}
    sources: {inbound: {start: call}, partner: {start: demo}}
    steps:
      call: {by: sales, captures: [budget], next: {interested: demo, not_a_fit: lost}}
      demo:  # error: [missing-data]
        by: sales
        requires: [budget]
        next: {buys: won, passes: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {budget: {type: money}}
    sources: {inbound: {start: call}, partner: {start: demo, gives: {budget: filled}}}
    steps:
      call: {by: sales, captures: [budget], next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, requires: [budget], next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.data_words import captured_where, to_fill
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by
from salesflow.findings import Finding
from salesflow.process.steps import Run


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each step and field that may be missing there."""
    for lack in facts.lacks:
        step = facts.process.nodes.get(lack.place)
        if step is None or not lack.decided:
            continue
        needed = f"`{step.node}` requires `{lack.field}`"
        if lack.field not in step.requires and isinstance(step, Run):
            needed = f"`{step.process}`, run by `{step.node}`, needs `{lack.field}`"
        can = "can" if lack.sure else "can perhaps"
        message = f"{needed}, and a deal {can} come there without it.{comes_by(lack.witness)}"
        finding = RULE.at(
            step,
            message,
            hint=to_fill(lack.field),
            witness=lack.witness,
            related=captured_where(facts, lack.field),
        )
        yield finding if lack.sure else RULE.possible(finding)


RULE = Rule(
    name="missing-data",
    family="data",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
