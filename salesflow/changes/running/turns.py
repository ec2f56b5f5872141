"""Branches that run one after the other where nothing is lost by it, for very wide blocks.

A block of 14 branches with three steps each has 4^14 states, far too many to list. What a file
asks is where a deal is that stands in one branch, while each of the others has not begun or has
finished. So branches of blocks in which nothing is written that matters take turns: from the first
to the last, from the last to the first, and with any one left out until the end. Each branch is
then seen at every step, with each other one before and behind it. Branches that a file names
together in one deal are left alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import prod

from salesflow.process.memory import Memory
from salesflow.process.net import Net
from salesflow.process.places import Lane, Node

_FEW = 3  # branches that may as well run side by side


class Turns:
    """Says whose turn it is; ``together`` are paths of branches that run side by side."""

    def __init__(self, net: Net, together: frozenset[str]) -> None:
        """Find the blocks in which branches take turns."""
        self._blocks: list[tuple[Node, list[Lane]]] = []
        for node in net.layout.nodes.values():
            lanes = [lane for lane in node.lanes if lane.path not in together]
            if len(lanes) > _FEW and _quiet(node, net):
                self._blocks.append((node, lanes))
        self._fresh = {lane.path: _fresh(lane) for _, lanes in self._blocks for lane in lanes}

    def needed(self, states: int) -> bool:
        """Whether branches side by side could come to more than so many states."""
        return any(prod(_steps(lane) + 1 for lane in lanes) > states for _, lanes in self._blocks)

    def resting(self, marking: tuple[int, ...]) -> list[Lane]:
        """The branches whose turn it is not."""
        resting: list[Lane] = []
        held = set(marking)
        for block, lanes in self._blocks:
            if block.active in held:
                running = [lane for lane in lanes if lane.runs in held]
                resting.extend(self._resting(running, held, marking))
        return resting

    def _resting(
        self, running: Sequence[Lane], held: set[int], marking: Iterable[int]
    ) -> Iterator[Lane]:
        begun = [lane for lane in running if self._begun(lane, held, marking)]
        finished = [lane.finished in held for lane in running]
        turn = {running[at].path for at in _next(finished)}
        if begun:
            turn = {lane.path for lane in begun}
        for lane in running:
            if lane.path not in turn and lane.finished not in held:
                yield lane

    def _begun(self, lane: Lane, held: set[int], marking: Iterable[int]) -> bool:
        if lane.finished in held:
            return False
        fresh = self._fresh[lane.path]
        return any(lane.first < place < lane.last and place not in fresh for place in marking)


def _steps(lane: Lane) -> int:
    """About how many steps a branch has: each has two places, the branch itself has two."""
    return (lane.last - lane.first) // 2 - 1


def _next(finished: Sequence[bool]) -> set[int]:
    """Whose turn it is: forward, backward, and forward with one left out until the end."""
    width = len(finished)
    count = sum(finished)
    if count == width:
        return set()
    turn: set[int] = set()
    if all(finished[:count]):
        turn |= {count, min(count + 1, width - 1)}
    if all(finished[width - count :]):
        turn.add(width - count - 1)
    left = finished.index(False)
    if count and all(finished[left + 1 : count + 1]):
        turn.add(count + 1 if count + 1 < width else left)
    return turn


def _quiet(block: Node, net: Net) -> bool:
    """Whether nothing that matters is written in a block."""
    memory = net.memory
    inner = (n for n in net.layout.nodes.values() if block.first < n.first < block.last)
    return not any(_writes(node, memory) for node in inner)


def _writes(node: Node, memory: Memory) -> bool:
    return bool(node.path in memory.visit_at or memory.fills.get(node.path)) or any(
        memory.fills.get(way.path) or memory.sets.get(way.path) or way.path in memory.count_at
        for way in node.results.values()
    )


def _fresh(lane: Lane) -> frozenset[int]:
    """The places of tokens in a branch that has not begun."""
    found: set[int] = set()
    waiting = [lane.start]
    while waiting:
        node = waiting.pop()
        found.add(node.active)
        found.update(inner.runs for inner in node.lanes)
        waiting.extend(inner.start for inner in node.lanes)
        waiting.extend([node.start] if node.start is not None else [])
    return frozenset(found)
