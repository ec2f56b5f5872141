"""A time limit longer than the step can ever take: it never ends a visit.

Why it costs deals
    Somebody trusts that deals do not lie here for ever, and that what stands behind the limit is
    done for the late ones. It never is. A limit counts from the entry of a step, and a step with
    `wait_for` is entered when the last arrival is there: no limit of its own covers the waiting.

    Only what is certain is told: a step for which nobody of ours has to become free, with a
    greatest wait; or a block or run made of such steps and of steps with limits of their own.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, buyer: {external: true}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: sign, not_a_fit: lost}}
      sign:  # error: [timeout-never]
        by: buyer
        wait: {min: 2d, usual: 5d, max: 20d}
        timeout: {after: 30d, result: silent}
        next: {signed: won, silent: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, buyer: {external: true}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: sign, not_a_fit: lost}}
      sign:
        by: buyer
        wait: {median: 5d, p90: 20d}
        timeout: {after: 30d, result: silent}
        next: {signed: won, silent: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.time_words import lasting, takes
from salesflow.checking.words import named
from salesflow.findings import Finding
from salesflow.process.steps import Step, Timeout


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each time limit that no visit can reach."""
    for step in facts.process.nodes.values():
        if step.timeout is not None and facts.flow.reachable(step.node):
            most = facts.limits.never(step, step.timeout.after)
            if most is not None:
                yield _finding(facts, step, step.timeout, most)


def _finding(facts: Facts, step: Step, timeout: Timeout, most: float) -> Finding:
    hint = f"Set a limit below {lasting(most)}, or remove it together with `{timeout.result}`."
    message = (
        f"The time limit of `{step.node}` ({timeout.after}) never ends it: "
        f"{takes(step)} {lasting(most)} at most."
    )
    if most == 0:
        message = (
            f"The time limit of `{step.node}` ({timeout.after}) never ends it: it takes no time."
        )
        if step.wait_for:
            last = [node.rpartition(".")[2] for node in step.wait_for]
            message += f" It begins when the last of {named(last)} has arrived."
            hint = f"Put the limit on {named(last)}, or on a block around them."
    return RULE.at(step, message, hint=hint, witness=facts.flow.way(step.node))


RULE = Rule(name="timeout-never", family="time", severity="warning", find=find, module=__name__)
