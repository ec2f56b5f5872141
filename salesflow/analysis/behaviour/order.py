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
from salesflow.process.net import Net
from salesflow.process.places import AT, FROM, OPEN, STUCK, Node


class Order:
    """The threads of one part. Sets of nodes are bits of a number."""

    def __init__(self, part: Part, net: Net, footprint: Footprint) -> None:
        """Find what each node can lead to without meeting, and what meddles with it."""
        self.part = part
        self.places = net.layout.places
        self.at = {path: n for n, path in enumerate(part.nodes)}
        nodes = list(part.nodes.values())
        self.meetings = [
            (self.at[node.path], [(self.at[u], place) for u, place in node.waiting.items()])
            for node in nodes
            if node.waiting
        ]
        self.successors: dict[int, list[int]] = {n: [] for n in range(len(nodes))}
        self.arrivals: list[set[int]] = []  # node -> the places where it arrives at meetings
        self.enders = 0
        for n, node in enumerate(nodes):
            self.arrivals.append(set())
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
        held = set(marking)
        open_ = {}  # place of each node with a token that can move -> the node
        waits = False
        for place in marking:
            kind, path, _ = self.places[place]
            if path in self.at:
                waits |= kind == FROM
                if kind in (AT, OPEN, STUCK):
                    open_[place] = self.at[path]
        if len(open_) + waits < 2 or len(open_) != len(set(open_.values())):
            return None
        for place, n in open_.items():
            if self.places[place].kind != STUCK and self._alone(place, n, open_, held):
                return place
        return None

    def _alone(self, place: int, n: int, open_: dict[int, int], held: set[int]) -> bool:
        """Whether nothing that can happen without a node's moves meddles with them."""
        if self.enders >> n & 1:
            return False
        if any(arrival in held for arrival in self.arrivals[n]):
            return False
        can = 0
        for other, m in open_.items():
            if other != place:
                can |= self.reach[m]
        can = self._met(can, held)
        return not can & (1 << n | self.enders | self.meddling[n])

    def _met(self, can: int, held: set[int]) -> int:
        """What can be reached, meeting points where all arrive included."""
        known = -1
        while can != known:
            known = can
            for x, arrivals in self.meetings:
                if not can >> x & 1 and all(can >> u & 1 or place in held for u, place in arrivals):
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
