"""Moves that need no game: a token goes from step to step, and nothing is asked or remembered.

Most steps of a process are like that. What the token game would say of them is written down once.
"""

from typing import NamedTuple

from salesflow.analysis.behaviour.parts import Part
from salesflow.process.memory import Memory
from salesflow.process.model import Outcome
from salesflow.process.net import EXPIRE, FINISH, Net
from salesflow.process.places import Node, Way
from salesflow.process.steps import DONE, LEAVE, Work


class Simple(NamedTuple):
    """A move from a step to one ``place``, or an ``exit``.

    With a token there, or at the ``other`` place of that step, it is not simple after all.
    """

    kind: str
    taken: tuple[str, ...]
    helpful: bool
    place: int = -1
    other: int = -1
    exit: str | None = None


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
