"""The work is done, no result is allowed, and the deal waits until the time limit takes it out.

Why it costs deals
    Nothing is wrong with the deal and nobody works on it. It lies there for the rest of the 45 days
    since nobody thought of a deal like it; then it is called stalled.

    Without a time limit such a deal would be stuck for ever: `uncovered-guard` or
    `limits-exhausted`.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {amount: {type: money}}
    sources: {inbound: {start: offer, gives: {amount: {min: 1000, max: 90000}}}}
    steps:
      offer:  # error: [may-wait-for-timeout]
        by: sales
        timeout: {after: 30d, result: silent}
        next:
          standard: {to: won, when: amount < 20000}
          large: {to: approve, when: amount >= 50000}
          silent: lost
      approve: {by: director, next: {approved: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {amount: {type: money}}
    sources: {inbound: {start: offer, gives: {amount: {min: 1000, max: 90000}}}}
    steps:
      offer:
        by: sales
        timeout: {after: 30d, result: silent}
        next:
          standard: {to: won, when: amount < 50000}
          large: {to: approve, when: amount >= 50000}
          silent: lost
      approve: {by: director, next: {approved: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.verdict import TIMED, Fault
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding
from salesflow.process.steps import Step


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each step where a deal can stand until a time limit."""
    if any(fault.kind == TIMED for fault in facts.behaviour.faults):
        for fault in facts.trouble.of_kind(TIMED):
            step = facts.trouble.step(fault.node)
            # Without any other result the time limit is meant to be the way on.
            if step.node != fault.node or any(True for _ in step.chosen()):
                yield _finding(fault, step)


def _finding(fault: Fault, step: Step) -> Finding:
    from salesflow.checking.run_words import told  # only where something is wrong

    limit = step.timeout
    until = f"its time limit of {limit.after}" if limit is not None else "a time limit around it"
    message = (
        f"A deal can wait at `{fault.node}` for {until} though the work is done: "
        "no result of it is allowed for this deal"
    )
    hint = "Widen a condition, or add a result for all others"
    targets = sorted(target for result in step.next.values() for target in result.targets)
    if targets:
        hint += f": `other: {{to: {targets[0].rpartition('.')[2]}, otherwise: true}}`"
    if not fault.sure:  # a warning in any case
        message += " (possible: it hangs on the exact values)"
    return told(RULE, fault._replace(sure=True), step, message, hint=f"{hint}.")


RULE = Rule(
    name="may-wait-for-timeout",
    family="behaviour",
    severity="warning",
    find=find,
    module=__name__,
)
