"""A step without a way on: it has no result that leads anywhere.

Why it costs deals
    A deal that comes here stays here. It is neither won nor lost, nobody is told to go on, and in
    the forecast it counts as open for ever.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales}  # error: [dead-end]
    outcomes: {lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by
from salesflow.findings import Finding
from salesflow.process.model import Process
from salesflow.process.steps import Block, Step


def find(facts: Facts) -> Iterator[Finding]:
    """One finding for each step that deals come to and that leads nowhere."""
    flow = facts.flow
    for step in facts.process.nodes.values():
        leads_on = any(result.targets for result in step.next.values())
        if not leads_on and flow.reachable(step.node):
            witness = flow.way(step.node)
            what = "this block has no `next`" if isinstance(step, Block) else "nothing leads on"
            message = f"`{step.node}` is a dead end: {what}.{comes_by(witness)}"
            yield RULE.at(step, message, hint=_hint(facts.process, step), witness=witness)


def _hint(process: Process, step: Step) -> str:
    if step.scope:
        return "Add a result that leads on, e.g. `next: done`."
    lost = sorted(o.id for o in process.outcomes.values() if o.kind in ("lost", "failed"))
    target = (lost or sorted(process.outcomes) or ["lost"])[0]
    result = "done" if isinstance(step, Block) else "passes"
    return f"Add a result that leads on, e.g. `next: {{{result}: {target}}}`."


RULE = Rule(
    name="dead-end",
    family="structure",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
