"""Which of several open threads to go on with, so that not every order of moves is walked.

It is enough to try the moves of one thread where no other thread can, without them, come to a move
that meddles with them: a persistent set (Godefroid 1996; stubborn sets, Valmari 1991). A move
meddles with those that it disables, whose data it changes or reads changed, and with those
together with which it makes a second visit or arrival. What is put off is never forgotten: moves
that end the part meddle with all others, and where a walk goes round without an end all moves are
tried (``walk``).
"""

from collections.abc import Mapping

from salesflow.analysis.behaviour.footprint import Footprint
from salesflow.analysis.behaviour.parts import Part
from salesflow.analysis.behaviour.simple import Simple
from salesflow.analysis.bitsets import members
from salesflow.analysis.graphs import components
from salesflow.process.places import Node


class Order:
    """The threads of one part. Sets of nodes are bits of a number."""

    def __init__(
        self, part: Part, footprint: Footprint, simple: Mapping[int, tuple[Simple, ...]]
    ) -> None:
        """Find what each node can lead to without meeting, and what meddles with it."""
        self.at = {path: n for n, path in enumerate(part.nodes)}
        nodes = list(part.nodes.values())
        self.slots: dict[int, int] = {}  # place where something can go on -> its node
        for n, node in enumerate(nodes):
            self.slots.update(dict.fromkeys((node.active, node.stuck), n))
        self.stuck = {node.stuck for node in nodes}
        self.successors: dict[int, list[int]] = {n: [] for n in range(len(nodes))}
        self.arrivals: list[set[int]] = [set() for _ in nodes]  # the places where a node arrives
        self.enders = 0
        for n, node in enumerate(nodes):
            if node.active in simple:
                for move in simple[node.active]:
                    self._lead(n, move.place)
            else:
                self._aim(n, node)
        feeding: dict[int, int] = {}  # place of an arrival -> the nodes that arrive there
        for n, places in enumerate(self.arrivals):
            for place in places:
                feeding[place] = feeding.get(place, 0) | 1 << n
        self.meetings = {  # meeting point -> place and nodes of each arrival
            self.at[node.path]: [(place, feeding.get(place, 0)) for place in node.waiting.values()]
            for node in nodes
            if node.waiting
        }
        self.meddling = self._meddling(nodes, footprint)
        self.reach = self._reach()

    def _lead(self, n: int, place: int) -> None:
        if place in self.slots:
            self.successors[n].append(self.slots[place])
        else:
            self.arrivals[n].add(place)

    def _aim(self, n: int, node: Node) -> None:
        for way in node.results.values():
            for target in way.targets:
                if not isinstance(target, Node):
                    self.enders |= 1 << n
                else:
                    self._lead(n, target.waiting.get(node.path, target.active))

    def _meddling(self, nodes: list[Node], footprint: Footprint) -> list[int]:
        """Node -> the nodes whose moves meddle with its moves, those that end the part aside."""
        meddling = [0] * len(nodes)
        for n, others in self.successors.items():
            for other in others:
                meddling[other] |= 1 << n
                meddling[n] |= 1 << other
        readers: dict[int, int] = {}
        writers: dict[int, int] = {}
        for n, node in enumerate(nodes):
            for bit in members(footprint.read(node)):
                readers[bit] = readers.get(bit, 0) | 1 << n
            for bit in members(footprint.written(node)):
                writers[bit] = writers.get(bit, 0) | 1 << n
        for n, node in enumerate(nodes):
            for bit in members(footprint.read(node)):
                meddling[n] |= writers.get(bit, 0)
            for bit in members(footprint.written(node)):
                meddling[n] |= writers.get(bit, 0) | readers.get(bit, 0)
        return [bits & ~(1 << n) for n, bits in enumerate(meddling)]

    def _reach(self) -> list[int]:
        """Node -> itself and all it leads to without a meeting point."""
        reach = [0] * len(self.successors)
        for component in components(self.successors, self.successors):
            joined = 0
            for n in component:
                joined |= 1 << n
                for other in self.successors[n]:
                    joined |= reach[other]
            for n in component:
                reach[n] = joined
        return reach

    def choose(self, marking: tuple[int, ...]) -> int | None:
        """A place whose moves are enough to try; None where all have to be."""
        slots = self.slots
        threads = [(place, slots[place]) for place in marking if place in slots]
        once = twice = 0  # what the threads lead to, and what several of them lead to
        for _, n in threads:
            reach = self.reach[n]
            twice |= once & reach
            once |= reach
        if len(threads) == len(marking) == 1:
            return None
        held = set(marking)
        stuck = self.stuck
        for place, n in threads:
            if place not in stuck and not self.enders >> n & 1 and not self.arrivals[n] & held:
                others = self._met(twice | once & ~self.reach[n], held)
                if not others & (1 << n | self.enders | self.meddling[n]):
                    return place
        return None

    def _met(self, can: int, held: set[int]) -> int:
        """What can be reached, meeting points where all arrive included."""
        known = -1
        while can != known:
            known = can
            for x, arrivals in self.meetings.items():
                if not can >> x & 1 and all(
                    feeding & can or place in held for place, feeding in arrivals
                ):
                    can |= self.reach[x]
        return can
