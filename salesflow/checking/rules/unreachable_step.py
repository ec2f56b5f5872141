"""No deal ever comes to this step: no way leads to it from any source.

Why it costs deals
    Somebody drew the step because the work in it matters, and it is never done: the security
    review that is not asked for until the buyer asks, the handover that nobody starts. A process
    that shows work which cannot happen also hides from everybody where the deals really go.

    What lies behind an unreachable step, and is reached no other way, is named in the same finding.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: won, not_a_fit: lost}}
      demo: {by: sales, next: {buys: won, passes: lost}}  # error: [unreachable-step]
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

from salesflow.analysis.graphs import components, reached_anew
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import named
from salesflow.findings import Finding
from salesflow.process.steps import Block, Step


def find(facts: Facts) -> Iterator[Finding]:
    """One finding for each step, or circle of steps, that an unreached part begins with."""
    flow = facts.flow
    nodes = facts.process.nodes
    unreached = [place for place in flow.edges if not flow.reachable(place)]
    parts = []
    for component in components(unreached, flow.successors):
        members = set(component)
        before = {other for place in component for other in flow.predecessors[place]}
        # A part that begins with a result of a block which deals do reach is `unused-result`.
        if before <= members and members & nodes.keys():
            parts.append(sorted(component))
    told = {place for place in flow.edges if flow.reachable(place)}
    for part in sorted(parts):
        steps = [place for place in part if place in nodes]
        behind = reached_anew(part, flow.successors, told) - set(part)
        yield _finding(nodes[steps[0]], steps[1:], sorted(behind & nodes.keys()))


def _finding(step: Step, circle: list[str], behind: list[str]) -> Finding:
    message = f"`{step.node}` is never reached: no result leads to it."
    if circle:
        message = (
            f"`{step.node}` is never reached: only {named(circle)} "
            f"{'leads' if len(circle) == 1 else 'lead'} to it, never reached either."
        )
    if isinstance(step, Block):
        behind = [node for node in behind if not node.startswith(f"{step.node}.")]
    if behind:
        message += f" With it {named(behind)} {'is' if len(behind) == 1 else 'are'} not reached."
    hint = f"Let a source or a result lead to `{step.id}`, or remove it."
    return RULE.at(step, message, hint=hint)


RULE = Rule(
    name="unreachable-step",
    family="structure",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
