"""What a deal may do next, and which result somebody means."""

from collections.abc import Iterator
from datetime import datetime

from salesflow.deals.board import Board
from salesflow.deals.going import Event, once, taking
from salesflow.deals.nouns import Life, Option, Reason
from salesflow.deals.refused import Refused
from salesflow.errors import UsageError
from salesflow.names import listed, nearest
from salesflow.process.places import Way
from salesflow.process.steps import Work


def options(board: Board, life: Life, at: datetime | None) -> tuple[Option, ...]:
    """The results of the open steps, in the order of the file, with what is missing for each."""
    return tuple(
        Option(way.path, way.result.title, way.names, missing(board, life, way, at))
        for way in open_ways(board, life)
    )


def open_ways(board: Board, life: Life) -> Iterator[Way]:
    """The results that can be taken where a deal is; of blocks and runs that of their timer."""
    for node in board.open_nodes(life.standing.marking):
        for name in node.step.next:
            if isinstance(node.step, Work) or name == node.timer:
                yield node.results[name]


def missing(board: Board, life: Life, way: Way, at: datetime | None) -> tuple[Reason, ...]:
    """Why a result of an open step cannot be taken now with what is known."""
    found = taking(board, life, way, Event("take", at=at))
    return once([*found.forbidden, *found.unfilled])


def way_of(board: Board, life: Life, result: str) -> Way:
    """The result that is meant: ``fit``, or with its step ``discovery.fit``.

    Refused where the deal is elsewhere, UsageError where there is no such result.
    """
    here = [*open_ways(board, life)]
    if not isinstance(result, str):
        may = f" It may take {listed([way.path for way in here])}." if here else ""
        raise UsageError(f"Name the result as a text, not {str(result)[:60]!r}.{may}")
    meant = [way for way in here if result in (way.path, way.result.id)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        paths = listed([way.path for way in meant])
        raise UsageError(f"The deal is at several steps with `{result}`: say which of {paths}.")
    raise _elsewhere(board, life, result, here)


def step_of(board: Board, step: str) -> str:
    """The step that is meant. UsageError where there is no such step."""
    steps = [node.path for node in board.nodes.values() if isinstance(node.step, Work)]
    if step in steps:
        return step
    near = nearest(str(step), steps)
    hint = f" Did you mean `{near}`?" if near else ""
    raise UsageError(f"`{board.process.id}` has no step `{str(step)[:60]}` to begin.{hint}")


def _elsewhere(board: Board, life: Life, result: str, here: list[Way]) -> Exception:
    where = [node.path for node in board.open_nodes(life.standing.marking)]
    now = f"it is at {listed(where)}" if where else "it has ended"
    found = [way for way in board.net.layout.ways() if result in (way.path, way.result.id)]
    happens = [way for way in found if way.node.path in where]
    if happens:
        path = happens[0].path
        message = f"Nobody takes `{path}`: it happens when what is inside is done, and {now}."
        return Refused(Reason("happens", message, path))
    if found:
        steps = listed(sorted({way.node.path for way in found}))
        message = f"`{result}` is a result of {steps}, and the deal is not there: {now}."
        return Refused(Reason("closed", message, found[0].path))
    near = nearest(result, {way.result.id for way in here} | {way.path for way in here})
    may = f" It may take {listed([way.path for way in here])}." if here else ""
    hint = f" Did you mean `{near}`?" if near else may
    return UsageError(f"`{board.process.id}` has no result `{result}`.{hint}")
