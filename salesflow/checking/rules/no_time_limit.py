"""A deal waits for somebody outside, and nothing limits how long.

Why it costs deals
    Nobody of ours is reminded, so deals lie with the customer until somebody happens to ask, and
    the forecast is full of them. A time limit says after how long to chase, and where to go then.

    It is asked once the process sets time limits or promises anywhere. A limit of a block around
    the step counts; a process that others run is limited where it is run.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, buyer: {external: true}}
    sources: {inbound: {start: call}}
    steps:
      call:
        by: sales
        timeout: {after: 14d, result: no_answer}
        next: {interested: sign, not_a_fit: lost, no_answer: lost}
      sign: {by: buyer, next: {signed: won, refused: lost}}  # error: [no-time-limit]
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, buyer: {external: true}}
    sources: {inbound: {start: call}}
    steps:
      call:
        by: sales
        timeout: {after: 14d, result: no_answer}
        next: {interested: sign, not_a_fit: lost, no_answer: lost}
      sign:
        by: buyer
        timeout: {after: 30d, result: silent}
        next: {signed: won, refused: lost, silent: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding
from salesflow.process.steps import Step, Work

_INNER = ("done", "failed")  # the outcomes of a process that is meant to be run by others


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each step of an external party without any limit."""
    nodes = facts.process.nodes
    if not any(map(_limited, nodes.values())):
        return
    if all(outcome.kind in _INNER for outcome in facts.process.outcomes.values()):
        return
    for step in nodes.values():
        if isinstance(step, Work) and step.by is not None and not _within_limit(facts, step):
            role = facts.process.roles.get(step.by)
            if role is not None and role.external and facts.flow.reachable(step.node):
                yield _finding(facts, step)


def _limited(step: Step) -> bool:
    return step.timeout is not None or step.sla is not None


def _within_limit(facts: Facts, step: Step) -> bool:
    """Whether the step or a block around it has a limit."""
    around: Step = step
    while not _limited(around):
        if not around.scope:
            return False
        around = facts.process.nodes[around.scope.rpartition(".")[0]]
    return True


def _finding(facts: Facts, step: Work) -> Finding:
    message = f"`{step.node}` waits for `{step.by}`, and nothing limits how long."
    hint = (
        "Say when to go on without: `timeout: {after: 30d, result: silent}` "
        "and `silent` in its `next`."
    )
    return RULE.at(step, message, hint=hint, witness=facts.flow.way(step.node))


RULE = Rule(
    name="no-time-limit",
    family="time",
    severity="info",
    preset="all",
    find=find,
    module=__name__,
)
