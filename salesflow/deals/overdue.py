"""What a deal waits for, and what should have happened by now."""

from collections.abc import Iterator
from datetime import datetime

from salesflow.deals.board import Board
from salesflow.deals.clock import calendar_of_department, calendar_of_step, due
from salesflow.deals.going import Event
from salesflow.deals.nouns import Life, Mark, Overdue, OverdueKind, Visit
from salesflow.deals.timers import timer_ends
from salesflow.process.places import Node
from salesflow.process.steps import Work
from salesflow.quantities import Duration


def visits(board: Board, life: Life) -> tuple[Visit, ...]:
    """The steps where a deal is; blocks and runs are told by what is open in them."""
    return tuple(
        Visit(
            node.path,
            node.step.title,
            board.processes[node.prefix].department_of(node.step),
            node.step.by,
            mark.since,
            mark.begun,
            mark.person,
            mark.crossed,
        )
        for node, mark in _open(board, life)
        if isinstance(node.step, Work)
    )


def fired(board: Board, life: Life, now: datetime) -> Event | None:
    """The timer that runs out first by a moment, as the event that it brings about."""
    ends = [
        (when, node.first, node)
        for node, _ in _open(board, life)
        if (when := timer_ends(board, life, node)) is not None and when <= now
    ]
    if not ends:
        return None
    when, _, node = min(ends, key=lambda each: each[:2])
    at = when if life.last is None else max(when, life.last)
    return Event("expire", node.path, at=at, lenient=True)


def overdue(board: Board, life: Life, now: datetime) -> tuple[Overdue, ...]:
    """What should have happened by a moment, the longest due first."""
    found = [each for node, mark in _open(board, life) for each in _due(board, life, node, mark)]
    found.extend(_stage(board, life))
    return tuple(sorted((each for each in found if each.due < now), key=lambda e: (e.due, e.path)))


def _open(board: Board, life: Life) -> Iterator[tuple[Node, Mark]]:
    for node in board.open_nodes(life.standing.marking):
        yield node, life.marks[node.active]


def _due(board: Board, life: Life, node: Node, mark: Mark) -> Iterator[Overdue]:
    """All that is due at an open step, in time or not."""
    if mark.since is None:
        return
    step, process = node.step, board.processes[node.prefix]
    calendar = calendar_of_step(process, node)
    who = step.by if isinstance(step, Work) else None
    if step.sla is not None:
        ends = due(mark.since, step.sla.within, calendar)
        told = f"`{node.path}` should be done within {step.sla.within}."
        yield from _one("sla", node.path, ends, who, told)
    if step.timeout is not None:
        ends = timer_ends(board, life, node)
        told = f"`{node.path}` takes `{step.timeout.result}` after {step.timeout.after}: `elapse`."
        yield from _one("timeout", node.path, ends, who, told)
    if mark.begun is not None or not isinstance(step, Work):
        return
    if step.escalate is not None:
        ends = due(mark.since, step.escalate.after, calendar)
        told = f"Nobody has begun `{node.path}`: from now on `{step.escalate.by}` may do it too."
        yield from _one("escalation", node.path, ends, step.escalate.by, told)
    for path in mark.crossed:
        yield from _accepted(board, path, node, mark.since)


def _accepted(board: Board, path: str, node: Node, since: datetime) -> Iterator[Overdue]:
    contract = board.contracts[path]
    touchpoint, within = contract.touchpoint, contract.touchpoint.accept_within
    if within is not None:
        calendar = calendar_of_department(contract.process, touchpoint.receiver)
        told = f"`{touchpoint.receiver}` accepts within {within} (`{path}`): begin `{node.path}`."
        yield from _one("acceptance", path, due(since, within, calendar), touchpoint.receiver, told)


def _stage(board: Board, life: Life) -> Iterator[Overdue]:
    stage = board.process.stages.get(life.stage or "")
    if stage is None or life.stage_since is None or not life.marks:
        return
    limit: Duration | None = stage.max_age
    if limit is not None:
        told = f"The deal is in stage `{stage.id}` for more than {limit}."
        yield from _one("stage", stage.id, due(life.stage_since, limit, None), None, told)


def _one(
    kind: OverdueKind, path: str, ends: datetime | None, who: str | None, told: str
) -> Iterator[Overdue]:
    if ends is not None:
        yield Overdue(kind, path, ends, who, told)
