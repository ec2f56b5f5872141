"""A step begins a second time for a deal while its first visit is still open.

Why it costs deals
    Two people work on the same deal at the same step and do not know of each other: the customer
    gets two offers. Most often two ways that run side by side lead to one step that should wait
    for both.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, next: {sent: {to: [contract, security]}, declined: lost}}
      contract: {by: legal, next: {agreed: sign, refused: lost}}
      security: {by: security, next: {passed: sign, failed: lost}}
      sign: {by: buyer, next: {signed: won, silent: lost}}  # error: [twice-at-once]
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, next: {sent: {to: [contract, security]}, declined: lost}}
      contract: {by: legal, next: {agreed: sign, refused: lost}}
      security: {by: security, next: {passed: sign, failed: lost}}
      sign: {by: buyer, wait_for: [contract, security], next: {signed: won, silent: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.verdict import TWICE, Fault
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each step where parallel work first comes together without a meeting point."""
    if any(fault.kind == TWICE for fault in facts.behaviour.faults):
        for found in facts.trouble.unjoined:
            if found.fault.kind == TWICE:
                yield _finding(facts, found.fault)


def _finding(facts: Facts, fault: Fault) -> Finding:
    from salesflow.analysis.unjoined import arrivals  # only where something is wrong
    from salesflow.checking.run_words import places, told

    process = facts.process
    step = facts.trouble.step(fault.node)
    came = arrivals(process, fault.witness, fault.node)
    before, last = came[-2:-1], came[-1:]
    by = f": by `{before[0]}`, and then by `{last[0]}`" if before and last else ""
    by = f": by `{last[0]}` twice" if last and before == last else by
    message = f"`{fault.node}` can begin a second time while its first visit is still open{by}"
    givers = sorted({name.rpartition(".")[0] for name in (*before, *last)} & process.nodes.keys())
    ids = ", ".join(name.rpartition(".")[2] for name in givers)
    hint = "Let only one of the ways that run side by side lead here."
    if len(givers) > 1:
        hint = f"Let it wait for both: `wait_for: [{ids}]`. Or let only one of them lead here."
    related = [*places(process, before, "begins the first visit")]
    related += places(process, last if last != before else (), "comes while that one is open")
    return told(RULE, fault, step, message, hint=hint, related=related)


RULE = Rule(
    name="twice-at-once",
    family="behaviour",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
