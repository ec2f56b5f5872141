"""What a result leads to, played to the end: its own transition, and the meetings it completes."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from salesflow.analysis.holders import Coming
from salesflow.deals.board import Board
from salesflow.deals.moving import Moving
from salesflow.deals.nouns import Past, Standing
from salesflow.process.net import EXPIRE, FINISH, START, SYNC, Move
from salesflow.process.places import FROM, Node


class Play(NamedTuple):
    """One move of a deal. ``known`` are its values behind each result taken, the first before."""

    move: Move
    before: Standing
    after: Standing
    comings: list[Coming]
    known: Sequence[Mapping[str, Any]]
    unfilled: Mapping[str, frozenset[str]]


class Late(NamedTuple):
    """Values that a result captures, filled when it has set what it sets."""

    path: str = ""
    values: Mapping[str, Any] = {}


class Start(NamedTuple):
    """What a move begins with, at which node, and what is filled late in it."""

    kind: str
    node: str
    begin: Callable[[Moving], None]
    late: Late = Late()


def started(board: Board, source: str, past: Past) -> list[Play]:
    """A deal comes from a source."""
    start = board.nodes[board.process.sources[source].start]
    return _played(board, Standing(past=past), Start(START, source, lambda m: m.enter(start)))


def ended(board: Board, standing: Standing, node: Node, result: str, late: Late) -> list[Play]:
    """A visit ends with a result."""
    start = Start(FINISH, node.path, lambda m: m.end_with(node, result), late)
    return _played(board, standing, start)


def expired(board: Board, standing: Standing, node: Node, late: Late) -> list[Play]:
    """The timer of a step, block or run takes its result."""
    timer = node.timer or ""
    return _played(board, standing, Start(EXPIRE, node.path, lambda m: m.expire(node, timer), late))


def _played(board: Board, standing: Standing, start: Start) -> list[Play]:
    """The move, and those of the steps for which all has arrived with it."""
    plays = [_play(board, standing, start)]
    while not plays[-1].move.flags and (meeting := _meeting(board, plays[-1].after)):
        sync = Start(SYNC, meeting.path, partial(_meet, meeting))
        plays.append(_play(board, plays[-1].after, sync))
    return plays


def _meet(node: Node, moving: Moving) -> None:
    moving.sync(node)


def _play(board: Board, standing: Standing, start: Start) -> Play:
    moving = Moving(board.net, standing, start.late.values, start.late.path)
    start.begin(moving)
    moving.run()
    move = board.net.made(start.kind, start.node, moving)
    held, comings = board.holders.follow(standing.held, move)
    after = Standing(move.state.marking, held, moving.past)
    return Play(move, standing, after, comings, moving.known, moving.unfilled)


def _meeting(board: Board, standing: Standing) -> Node | None:
    """A step for which all that it waits for has arrived."""
    places = board.net.layout.places
    there = set(standing.marking)
    for at in standing.marking:
        if places[at].kind == FROM:
            node = board.nodes[places[at].node]
            if there.issuperset(node.waiting.values()):
                return node
    return None
