"""A block is left, or a sub-process ends, with a result that nobody names: the deal is stuck there.

Why it costs deals
    The branch says that the talks have failed, and the process does not say what happens then. The
    deal is nowhere: not lost, not called, not counted.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: papers}}
    steps:
      papers:  # error: [unhandled-result]
        parallel:
          legal: {steps: {contract: {by: legal, next: {agreed: done, refused: leave}}}}
          security: {steps: {review: {by: security, next: done}}}
        next: {done: won}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: papers}}
    steps:
      papers:
        parallel:
          legal: {steps: {contract: {by: legal, next: {agreed: done, refused: leave}}}}
          security: {steps: {review: {by: security, next: done}}}
        next: {done: won, refused: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator
from operator import attrgetter

from salesflow.analysis.verdict import UNHANDLED
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding, Related
from salesflow.process.steps import DONE, LEAVE, Block, Run, Step


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each result that can come and that the block or run does not name."""
    for node, results in facts.flow.unhandled.items():
        step = facts.process.nodes[node]
        # Without any `next` it is a dead end.
        if step.next and facts.flow.reachable(node):
            known = {fault.node: fault for fault in facts.trouble.of_kind(UNHANDLED)}
            for result in results:
                fault = known.get(f"{node}.{result}")
                drawn = _drawn(facts, step, result)
                if fault is not None:
                    way = (*fault.witness, fault.node)
                    finding = _finding(facts, step, result, way)
                    yield finding if fault.sure else RULE.possible(finding)
                elif drawn and not facts.trouble.exact:
                    yield _finding(facts, step, result, drawn)


def _drawn(facts: Facts, step: Step, result: str) -> tuple[str, ...]:
    """The way to a result as far as the drawing goes, empty where there is none."""
    if isinstance(step, Run):
        return facts.flow.way(step.node)
    if result == DONE and not facts.finishing.can_finish(facts.finishing.blocks[step.node]):
        return ()
    return facts.flow.way(f"{step.node}.{result}")


def _finding(facts: Facts, step: Step, result: str, witness: tuple[str, ...]) -> Finding:
    if isinstance(step, Run):
        outcome = facts.process.runs[step.process].outcomes[result]
        related = [Related(outcome.path, outcome.span, f"`{step.process}` ends so")]
        ends = f"can end with `{result}` of `{step.process}`"
    else:
        related = sorted(
            _leaving(facts.finishing.blocks[step.node], result), key=attrgetter("path")
        )
        ends = "can be done" if result == DONE else f"can be left with `{result}`"
    message = f"`{step.node}` {ends}, and its `next` does not say where the deal goes then."
    hint = f"Add `{result}: …` to its `next`."
    return RULE.at(step, message, hint=hint, witness=witness, related=tuple(related))


def _leaving(block: Block, result: str) -> Iterator[Related]:
    for branch in block.branches.values():
        for step in branch.steps.values():
            leaving = step.next.get(result)
            if leaving is not None and LEAVE in leaving.targets:
                yield Related(leaving.path, leaving.span, "the block is left here")


RULE = Rule(
    name="unhandled-result",
    family="behaviour",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
