"""Runs of the token game in which a deal comes without a field to where it is required."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from salesflow.analysis.forget import spared_limits
from salesflow.analysis.lack import Lack
from salesflow.analysis.pursue import pursue
from salesflow.analysis.slices import sliced
from salesflow.expressions import Expression
from salesflow.expressions.tree import Filled
from salesflow.process.model import Process
from salesflow.process.net import FINISH, START, SYNC, Move, Net
from salesflow.process.places import Node
from salesflow.process.steps import Work
from salesflow.process.telling import witness


class Searched(NamedTuple):
    """What was found, and how many moves were tried."""

    lacks: tuple[Lack, ...]
    moves: int


def filled_condition(field: str) -> Expression:
    """``filled(field)``."""
    names = frozenset({field})
    root = Filled(name=field)
    return Expression(root=root, type="condition", text=str(root), mentions=names)


def search(
    process: Process, field: str, stops: Collection[str], places: Collection[str], *, budget: int
) -> Searched:
    """For each of some places a run that comes there without a field, or that it is not decided.

    Runs end where they are filled, and at the first of ``stops``, all places that need it.
    """
    watched = [filled_condition(field)]
    left = dict.fromkeys(places)
    rough = sliced(process, [*stops], watched)
    spared = spared_limits(Net(rough, watched=watched))
    looks = _Look(Net(rough, watched=watched, unlimited=spared), field, stops, left)
    moves = looks.all(budget)
    if looks.complete:
        left = dict.fromkeys(looks.found)
    if not left:
        return Searched((), moves)
    strict = _Look(Net(process, watched=watched), field, stops, left)
    moves += strict.all(max(budget - moves, 0))
    lacks = [*strict.found.values()]
    if not strict.complete:
        lacks.extend(Lack(p, field, decided=False) for p in left if p not in strict.found)
    return Searched(tuple(lacks), moves)


class _Look:
    """Walks through all runs in which a field is not filled, to some places."""

    def __init__(
        self, net: Net, field: str, stops: Collection[str], wanted: Collection[str]
    ) -> None:
        self.net = net
        self.field = field
        self.at = net.memory.field_at[field]
        self.stops = frozenset(stops)
        self.left = set(wanted)
        self.found: dict[str, Lack] = {}
        self.complete = False

    def all(self, budget: int) -> int:
        """Look for each place in turn; the number of moves tried."""
        moves = 0
        while self.left and moves < budget:
            result = pursue(self.net, 0, self.step, self.wanted, budget=budget - moves)
            moves += result.moves
            if result.way is None:
                self.complete = result.complete
                return moves
            hits = self.hits(result.way[-1]) & self.left
            place = min(hits)
            self.left.discard(place)
            way = witness(result.way[:-1])
            self.found[place] = Lack(
                place, self.field, _told(way, result.way[-1], place), sure=not result.approximate
            )
        self.complete = not self.left
        return moves

    def step(self, memo: int, move: Move) -> int | None:
        """Follow a run no further once the field is filled, or missed."""
        if self.wanted(memo, move):
            return memo
        return None if move.state.data.fields[self.at] or self.hits(move) else memo

    def wanted(self, _memo: int, move: Move) -> bool:
        """Whether the deal comes to one of the places that are looked for."""
        return not self.left.isdisjoint(self.hits(move))

    def hits(self, move: Move) -> set[str]:
        """The places that need the field and are come to without it."""
        return {
            place
            for place, before in entered(self.net, move)
            if place in self.stops and lacked(self.net, move, before, self.field, self.at)
        }


def _told(way: tuple[str, ...], last: Move, place: str) -> tuple[str, ...]:
    """A witness that ends at a place: of its last move only what leads there."""
    begun = (last.node,) if last.kind == START else ()
    return (*way, *begun, *last.taken, place)


def entered(net: Net, move: Move) -> Iterator[tuple[str, int]]:
    """The nodes and outcomes come to in a move, each with how many results were taken before."""
    nodes = net.layout.nodes
    first: list[tuple[Node, int]] = []
    if move.kind == START:
        first.append((nodes[net.process.sources[move.node].start], 0))
    elif move.kind == SYNC:
        first.append((nodes[move.node], 0))
    for number, path in enumerate(move.taken, 1):
        node, _, result = path.rpartition(".")
        for target in nodes[node].results[result].targets:
            if isinstance(target, Node):
                if not target.waiting:
                    first.append((target, number))
            elif not isinstance(target, str) and nodes[node].run is None:
                yield target.id, number
    for node_, number in first:  # grows while it is walked
        yield node_.path, number
        running = [lane for lane in node_.lanes if lane.runs in move.state.marking]
        first.extend((lane.start, number) for lane in running)
        if node_.start is not None:
            first.append((node_.start, number))


def lacked(net: Net, move: Move, before: int, field: str, at: int) -> bool:
    """Whether a field was still empty after so many results of a move; it was before the move."""
    if not move.state.data.fields[at]:
        return True
    step = net.layout.nodes[move.node].step if move.kind == FINISH else None
    if isinstance(step, Work) and field in step.captures:
        return False
    if move.kind == START and field in net.process.sources[move.node].gives:
        return False
    for path in move.taken[:before]:
        node, _, result = path.rpartition(".")
        way = net.layout.nodes[node].results[result].result
        if field in way.set or field in way.captures:
            return False
    return True
