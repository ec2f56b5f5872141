"""Which of several open threads to go on with, so that not every order of moves is walked.

It is enough to try the moves of one thread where no other thread can, without them, come to a move
that meddles with them: a persistent set (Godefroid 1996; stubborn sets, Valmari 1991). A move
meddles with those that it disables, whose data it changes or reads changed, and with those
together with which it makes a second visit or arrival. What is put off is never forgotten: moves
that end the part meddle with all others, and where a walk goes round without an end all moves are
tried (``walk``).
"""

from salesflow.analysis.behaviour.footprint import Footprint
from salesflow.analysis.behaviour.parts import Part
from salesflow.analysis.graphs import components
from salesflow.process.places import Node


class Order:
    """The threads of one part. Sets of nodes are bits of a number."""

    def __init__(self, part: Part, footprint: Footprint) -> None:
        """Find what each node can lead to without meeting, and what meddles with it."""
        self.slots: dict[int, int] = {}  # place where something can go on -> its node
        self.stuck: set[int] = set()
        self.at = {path: n for n, path in enumerate(part.nodes)}
        nodes = list(part.nodes.values())
        self.meetings = {  # meeting point -> all that have to arrive
            self.at[node.path]: sum(1 << self.at[other] for other in node.waiting)
            for node in nodes
            if node.waiting
        }
        self.arrived = {  # place -> the meeting point, and who has arrived there
            place: (self.at[node.path], 1 << self.at[other])
            for node in nodes
            for other, place in node.waiting.items()
        }
        self.successors: dict[int, list[int]] = {n: [] for n in range(len(nodes))}
        self.arrivals: list[set[int]] = []  # node -> the places where it arrives at meetings
        self.enders = 0
        for n, node in enumerate(nodes):
            self.arrivals.append(set())
            self.slots.update(dict.fromkeys((node.active, node.stuck), n))
            self.stuck.add(node.stuck)
            self._aim(n, node)
        self.meddling = self._meddling(nodes, footprint)
        self.reach = self._reach()

    def _aim(self, n: int, node: Node) -> None:
        for way in node.results.values():
            for target in way.targets:
                if not isinstance(target, Node):
                    self.enders |= 1 << n
                elif target.waiting:
                    self.arrivals[n].add(target.waiting[node.path])
                else:
                    self.successors[n].append(self.at[target.path])

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
            for bit in _bits(footprint.read(node)):
                readers[bit] = readers.get(bit, 0) | 1 << n
            for bit in _bits(footprint.written(node)):
                writers[bit] = writers.get(bit, 0) | 1 << n
        for n, node in enumerate(nodes):
            for bit in _bits(footprint.read(node)):
                meddling[n] |= writers.get(bit, 0)
            for bit in _bits(footprint.written(node)):
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
        here = dict.fromkeys(self.meetings, 0)
        for place in held & self.arrived.keys():
            x, bit = self.arrived[place]
            here[x] |= bit
        stuck = self.stuck
        for place, n in threads:
            if place not in stuck and not self.enders >> n & 1 and not self.arrivals[n] & held:
                others = self._met(twice | once & ~self.reach[n], here)
                if not others & (1 << n | self.enders | self.meddling[n]):
                    return place
        return None

    def _met(self, can: int, here: dict[int, int]) -> int:
        """What can be reached, meeting points where all arrive included."""
        known = -1
        while can != known:
            known = can
            for x, all_ in self.meetings.items():
                if not can >> x & 1 and not all_ & ~(can | here[x]):
                    can |= self.reach[x]
        return can


def _bits(number: int) -> list[int]:
    """The positions of the bits of a number."""
    found = []
    while number:
        least = number & -number
        found.append(least.bit_length() - 1)
        number ^= least
    return found
