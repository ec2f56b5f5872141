"""Nothing happens in this step: no work, no time, no decision, one way in and one way out.

Why it costs deals
    It costs attention. Everybody who reads the process asks what the step is for, and every report
    by step gets a row that says nothing.

    Steps that something else speaks of are fine: a stage begins there, a policy or an objective
    names them, several ways meet in them, a meeting point waits for them, they have a `name`.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: go_on, not_a_fit: lost}}
      go_on: {next: demo}  # error: [superfluous-step]
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
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
from salesflow.findings import Finding
from salesflow.process.model import Process
from salesflow.process.steps import Block, Result, Step, Work

_SAYS_SOMETHING = (
    *("name", "description", "owner", "stage", "requires", "sla", "timeout", "wait_for"),
    *("by", "with_", "captures", "effort", "wait", "escalate"),
)


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each step that could be left out without any difference."""
    process = facts.process
    if not process.roles:
        return  # nobody has been named yet: every step still looks empty
    flow = facts.flow
    idle = [step for step in process.nodes.values() if _idle(process, step)]
    spoken_of = facts.mentions.nodes if idle else set()
    for step in idle:
        result = next(iter(step.next.values()))
        named = step.node in spoken_of or result.node in spoken_of
        if not named and flow.reachable(step.node) and len(flow.predecessors[step.node]) == 1:
            target = result.targets[0].rpartition(".")[2]
            message = f"Nothing happens in `{step.node}`: no work, no time, no decision."
            hint = f"Let what leads to `{step.id}` lead to `{target}`, or give the step work."
            yield RULE.at(step, message, hint=hint)


def _idle(process: Process, step: Step) -> bool:
    if type(step) is not Work or len(step.next) != 1:
        return False
    if any(getattr(step, name) for name in _SAYS_SOMETHING):
        return False
    result = next(iter(step.next.values()))
    if len(result.targets) != 1 or _does_something(result):
        return False
    target = process.nodes.get(result.targets[0])
    alone = bool(step.scope) and _only_step(process, step)
    return not alone and (target is None or not target.wait_for)


def _does_something(result: Result) -> bool:
    return bool(result.when or result.set or result.captures or result.at_most or result.otherwise)


def _only_step(process: Process, step: Step) -> bool:
    """Whether the step is all of its branch, which needs at least one."""
    node, _, branch = step.scope.rpartition(".")
    block = process.nodes[node]
    return isinstance(block, Block) and len(block.branches[branch].steps) == 1


RULE = Rule(
    name="superfluous-step", family="structure", severity="info", find=find, module=__name__
)
