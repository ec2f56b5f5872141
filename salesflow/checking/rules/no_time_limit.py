"""A deal waits for somebody outside, and nothing limits how long.

Why it costs deals
    Nobody of ours is reminded, so deals lie with the customer until somebody happens to ask, and
    the forecast is full of them. A time limit says after how long to chase, and where to go then.

    It is asked once the process sets time limits or promises anywhere. A limit of a block around
    the step counts; a process that is run is limited there, or by the step that runs it.

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
from itertools import islice

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding, Related
from salesflow.process.model import Process
from salesflow.process.steps import Run, Step, Work


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each step of an external party, or run with one, without any limit."""
    process = facts.process
    if not any(map(_limited, process.nodes.values())):
        return
    if process.is_part:
        return
    for step, waiting in _unlimited(process):
        if facts.flow.reachable(step.node):
            yield _finding(facts, step, waiting)


def _unlimited(process: Process) -> Iterator[tuple[Step, Step]]:
    """Steps without a limit of their own or around them, and the step that waits."""
    for step in process.nodes.values():
        if _within_limit(process, step):
            continue
        if isinstance(step, Run):
            inner = process.runs[step.process]
            waits = (s for s in inner.nodes.values() if _outsider(inner, s) is not None)
            open_ = (s for s in waits if not _within_limit(inner, s))
            yield from ((step, waiting) for waiting in islice(open_, 1))
        elif _outsider(process, step) is not None:
            yield step, step


def _outsider(process: Process, step: Step) -> str | None:
    """The external role that does a step."""
    by = step.by if isinstance(step, Work) else None
    role = process.roles.get(by or "")
    return role.id if role is not None and role.external else None


def _limited(step: Step) -> bool:
    return step.timeout is not None or step.sla is not None


def _within_limit(process: Process, step: Step) -> bool:
    """Whether the step or a block around it has a limit."""
    around: Step = step
    while not _limited(around):
        if not around.scope:
            return False
        around = process.nodes[around.scope.rpartition(".")[0]]
    return True


def _finding(facts: Facts, step: Step, waiting: Step) -> Finding:
    by = waiting.by if isinstance(waiting, Work) else ""
    message = f"`{step.node}` waits for `{by}`, and nothing limits how long."
    related: tuple[Related, ...] = ()
    if waiting is not step:
        related = (Related(waiting.path, waiting.span, f"it waits here (`{waiting.node}`)"),)
    hint = (
        "Say when to go on without: `timeout: {after: 30d, result: silent}` "
        "and `silent` in its `next`."
    )
    way = facts.flow.way(step.node)
    return RULE.at(step, message, hint=hint, witness=way, related=related)


RULE = Rule(
    name="no-time-limit",
    family="time",
    severity="info",
    preset="all",
    find=find,
    module=__name__,
)
