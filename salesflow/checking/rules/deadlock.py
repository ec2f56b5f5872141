"""A step waits for an arrival that never comes, and the deal stands still.

Why it costs deals
    Two departments each believe that the other one has it. Legal has long finished, the signature
    waits for an audit that nobody has asked for, and the customer waits for both.

    The finding names the step that waits, what it waits for, and the result on the way that led
    past it. What leads nowhere at all is a `dead-end`; a step that no way leads to is told as
    `unreachable-step`.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, next: {standard: contract, with_audit: {to: [contract, audit]}}}
      contract: {by: legal, next: {agreed: sign, refused: lost}}
      audit: {by: security, next: {passed: sign, failed: lost}}
      sign: {by: buyer, wait_for: [contract, audit], next: won}  # error: [deadlock]
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: offer}}
    steps:
      offer:
        by: sales
        next: {standard: {to: [contract, cleared]}, with_audit: {to: [contract, audit]}}
      contract: {by: legal, next: {agreed: sign, refused: lost}}
      audit: {by: security, next: {passed: cleared, failed: lost}}
      cleared: {name: Nothing stands against it, next: sign}
      sign: {by: buyer, wait_for: [contract, cleared], next: won}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.standstills import Standstill
from salesflow.analysis.verdict import WAITS
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import named
from salesflow.findings import Finding


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each state in which a deal waits for ever."""
    if any(fault.kind == WAITS for fault in facts.behaviour.faults):
        for standstill in facts.trouble.standstills:
            yield _finding(facts, standstill)


def _finding(facts: Facts, standstill: Standstill) -> Finding:
    from salesflow.checking.run_words import places, told  # only where something is wrong

    fault, skipped, circle, others = standstill
    node, missing = fault.node, named(fault.missing)
    never = "never comes" if len(fault.missing) == 1 else "never come"
    message = f"`{node}` waits for {missing}, which {never}"
    hint = f"Take {missing} off its `wait_for`, or lead every way there."
    if skipped:
        message += f": `{skipped}` leads past"
        own = skipped.rpartition(".")[0] in fault.missing
        hint = (
            f"Lead `{skipped}` to {f'`{node}`' if own else missing} as well. If that is not always "
            f"needed, let both ways meet in one step and let `{node}` wait for that one."
        )
    elif len(circle) == 1:
        message = f"`{node}` waits for {missing}, and that comes only after `{node}` itself"
        hint = f"Take {missing} off its `wait_for`: it cannot be there the first time."
    elif circle:
        message = f"{named(circle)} wait for each other, so none of them ever starts"
        hint = (
            f"Let one of them begin without the others: take {missing} off `wait_for` of `{node}`."
        )
    related = [*places(facts.process, [skipped], f"leads past {missing}")]
    related += places(facts.process, circle[1:], "waits as well")
    related += places(facts.process, (other.node for other in others), "waits in vain as well")
    step = facts.trouble.step(node)
    return told(RULE, fault, step, message, hint=hint, related=related)


RULE = Rule(
    name="deadlock",
    family="behaviour",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
