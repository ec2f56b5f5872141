"""Moves that need no game: a token goes from step to step, and nothing is asked or remembered.

Most steps of a process are like that. What the token game would say of them is written down once.
"""

from typing import NamedTuple

from salesflow.analysis.behaviour.parts import Part
from salesflow.analysis.graphs import circular, components
from salesflow.process.memory import Memory
from salesflow.process.model import Outcome
from salesflow.process.net import EXPIRE, FINISH, Net
from salesflow.process.places import Node, Way
from salesflow.process.steps import DONE, LEAVE, Work


class Simple(NamedTuple):
    """A move from a step to one ``place``, or an ``exit``.

    With a token there, or at the ``other`` place of that step, it is not simple after all.
    ``passed`` is what may be taken in the steps between, where some were passed.
    """

    kind: str
    taken: tuple[str, ...]
    helpful: bool
    place: int = -1
    other: int = -1
    exit: str | None = None
    passed: tuple[str, ...] = ()


class Contracted(NamedTuple):
    """Simple moves by place, and what lies behind each place that can be passed."""

    moves: dict[int, tuple[Simple, ...]]
    ends: dict[int, Simple]

    def settled(self, marking: tuple[int, ...]) -> tuple[tuple[int, ...], list[str]]:
        """A marking with its tokens behind the steps to pass, and what may be taken there."""
        if self.ends.keys().isdisjoint(marking):
            return marking, []
        held = set(marking)
        taken: list[str] = []
        for place in marking:
            end = self.ends.get(place)
            if end is None or end.exit is not None or end.place in held or end.other in held:
                continue
            held.remove(place)
            held.add(end.place)
            taken += end.passed
        return tuple(sorted(held)), taken


def contracted(moves: dict[int, tuple[Simple, ...]]) -> Contracted:
    """The moves, steps passed from where all leads to one place: nothing can happen there.

    A second visit of such a step shows as one of the step behind it, or as a second arrival.
    """
    ends: dict[int, Simple] = {}
    passing: dict[int, tuple[Simple, ...]] = {}
    after = {place: [move.place for move in known] for place, known in moves.items()}
    for component in components(after, after):  # what lies behind comes first
        for place in component:
            passing[place] = tuple(_passing(move, ends) for move in moves[place])
        if not circular(component, after):
            (place,) = component
            end = _only(passing[place])
            if end is not None:
                ends[place] = end
    return Contracted(passing, ends)


def _only(moves: tuple[Simple, ...]) -> Simple | None:
    """The one move that stands for all of a step, if they lead to one place."""
    helpful = [move for move in moves if move.helpful]
    if not helpful or len({(move.place, move.exit) for move in moves}) != 1:
        return None
    return helpful[0]._replace(passed=tuple(name for m in moves for name in (*m.taken, *m.passed)))


def _passing(move: Simple, ends: dict[int, Simple]) -> Simple:
    behind = ends.get(move.place) if move.exit is None else None
    if behind is None:
        return move
    return behind._replace(
        kind=move.kind,
        taken=(*move.taken, *behind.taken),
        helpful=move.helpful,
        passed=(*move.passed, *behind.passed),
    )


def simple_moves(part: Part, net: Net) -> dict[int, tuple[Simple, ...]]:
    """Place of an open visit -> all its moves, where all of them are simple."""
    found = {}
    for node in part.nodes.values():
        moves = _moves(node, part, net)
        if moves is not None:
            found[node.active] = moves
    return found


def _moves(node: Node, part: Part, net: Net) -> tuple[Simple, ...] | None:
    memory = net.memory
    if not isinstance(node.step, Work) or memory.fills.get(node.path) or not node.chosen:
        return None
    if node.otherwise is not None and any(way.path in net.unlimited for way in node.chosen):
        return None  # it may be spent, and `otherwise` taken
    kinds = [(FINISH, way) for way in node.chosen]
    if node.timer is not None:
        kinds.append((EXPIRE, node.results[node.timer]))
    moves = []
    for kind, way in kinds:
        move = _move(kind, way, part, memory)
        if move is None:
            return None
        moves.append(move)
    return tuple(moves)


def _move(kind: str, way: Way, part: Part, memory: Memory) -> Simple | None:
    asks = way.path in memory.guards or memory.sets.get(way.path) or memory.fills.get(way.path)
    if asks or way.path in memory.count_at or len(way.targets) != 1:
        return None
    target = way.targets[0]
    taken = (way.path,)
    helpful = way.path not in memory.unlimited
    if isinstance(target, Node):
        if target.waiting:
            place = target.waiting[way.node.path]
            return Simple(kind, taken, helpful, place, place)
        if not isinstance(target.step, Work) or target.path in memory.visit_at:
            return None
        return Simple(kind, taken, helpful, target.active, target.stuck)
    if part.threads:
        return None
    if isinstance(target, Outcome):
        return Simple(kind, taken, helpful, exit=target.id)
    if target == DONE and way.node.inside is part.lane:
        return Simple(kind, taken, helpful, exit=DONE)
    if target == LEAVE and way.node.inside is part.lane:
        return Simple(kind, taken, helpful, exit=way.result.id)
    return None
