"""A block or a run names a result that cannot come.

Why it costs deals
    Somebody expected deals to leave this way and they do not: the branch that should say `refused`
    has lost that result, or spells it another way, and what stands behind it is never used.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: papers}}
    steps:
      papers:
        parallel:
          legal: {steps: {contract: {by: legal, next: {agreed: done, rejected: leave}}}}
          security: {steps: {review: {by: security, next: done}}}
        next:
          done: won
          rejected: lost
          refused: lost  # error: [unused-result]
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
          legal: {steps: {contract: {by: legal, next: {agreed: done, rejected: leave}}}}
          security: {steps: {review: {by: security, next: done}}}
        next:
          done: won
          rejected: lost
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.finishing import endings
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import named
from salesflow.findings import Finding
from salesflow.names import nearest
from salesflow.process.steps import DONE, Block, Result, Run, Step


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each result of a block or run that nothing inside brings about."""
    for step in facts.process.nodes.values():
        if isinstance(step, Block):
            yield from _unknown(facts, step, "no step of it leaves so")
            if DONE in step.next and facts.flow.reachable(step.node):
                yield from _never_done(facts, step)
        elif isinstance(step, Run) and step.process in facts.process.runs:
            yield from _unknown(facts, step, f"`{step.process}` has no such outcome")


def _unknown(facts: Facts, step: Step, why: str) -> Iterator[Finding]:
    known = endings(facts.process, step)
    for result in step.next.values():
        if result.id not in known:
            yield _finding(step, result, why, known)


def _finding(step: Step, result: Result, why: str, known: set[str]) -> Finding:
    near = nearest(result.id, known - step.next.keys())
    hint = f"Did you mean `{near}`?" if near else f"It ends with {named(sorted(known))}: remove it."
    message = f"`{step.node}` never ends with `{result.id}`: {why}."
    return RULE.at(result, message, hint=hint)


def _never_done(facts: Facts, block: Block) -> Iterator[Finding]:
    """The block cannot be done, and no fault within its branches is the reason."""
    if facts.finishing.can_finish(block) or block.node in facts.finishing.faulty:
        return
    stuck = [
        branch.id for branch in block.branches.values() if not facts.finishing.finishes(branch)
    ]
    message = f"`{block.node}` is never done: {named(sorted(stuck))} cannot come to `done`."
    hint = "Let a result in each branch lead to `done`, or change `join`."
    yield RULE.at(block.next[DONE], message, hint=hint)


RULE = Rule(
    name="unused-result", family="behaviour", severity="warning", find=find, module=__name__
)
