"""A step that waits for several gets a second arrival of one of them before the others come.

Why it costs deals
    The meeting point counts one arrival of each. When one department sends its part twice and the
    other one has not answered, it is not clear which of the two counts, and the one too many stays
    behind: the next round starts with what belongs to the last one.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, next: {sent: {to: [contract, security]}, declined: lost}}
      contract: {by: legal, next: {agreed: {to: [sign, explain]}, refused: lost}}
      explain: {by: sales, next: {clear: sign, unclear: contract}}
      security: {by: security, next: sign}
      sign:  # error: [piled-up-arrivals]
        by: buyer
        wait_for: [contract, explain, security]
        next: won
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, next: {sent: {to: [contract, security]}, declined: lost}}
      contract: {by: legal, next: {agreed: explain, refused: lost}}
      explain: {by: sales, next: {clear: sign, unclear: contract}}
      security: {by: security, next: sign}
      sign: {by: buyer, wait_for: [explain, security], next: won}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.verdict import PILE, Fault
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import named
from salesflow.findings import Finding


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each meeting point where arrivals first pile up."""
    if any(fault.kind == PILE for fault in facts.behaviour.faults):
        for found in facts.trouble.unjoined:
            if found.fault.kind == PILE:
                yield _finding(facts, found.fault)


def _finding(facts: Facts, fault: Fault) -> Finding:
    from salesflow.analysis.unjoined import arrivals, splits  # only where something is wrong
    from salesflow.checking.run_words import places, told

    process = facts.process
    step = facts.trouble.step(fault.node)
    last = arrivals(process, fault.witness, fault.node)[-1:]
    again = last[0].rpartition(".")[0] if last else ""
    message = f"`{fault.node}` can get a second arrival while the first one still waits there"
    hint = "Let each of the steps that it waits for come here once in a round."
    if again:
        others = named(name for name in step.wait_for if name != again)
        message = f"`{again}` can arrive at `{fault.node}` a second time"
        message += f", while it still waits for {others}"
        hint = (
            f"Let `{again}` come here once in a round: lead the loop back to where the ways part, "
            f"or let a step behind the loop arrive instead of `{again}`."
        )
    related = [*places(process, last, "arrives again")]
    parted = [name for name in splits(process, fault.witness) if name not in last]
    related += places(process, parted, "the ways part here")
    return told(RULE, fault, step, message, hint=hint, related=related)


RULE = Rule(
    name="piled-up-arrivals",
    family="behaviour",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
