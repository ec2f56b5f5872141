"""What of a deal's past each part of a process looks at and changes, as bits of ``Memory.bits``.

Parts that leave each other's bits alone can be explored apart: in whatever order their moves come,
the same happens in each.
"""

from salesflow.process.memory import Data
from salesflow.process.net import Net
from salesflow.process.places import Lane, Node


class Footprint:
    """Bits by path: ``reads`` and ``writes`` of a node itself, ``inner`` of what lies in it.

    Branches have only what lies in them. A block's own reads are the conditions of its branches,
    judged when it is entered.
    """

    def __init__(self, net: Net) -> None:
        """Add up what nodes do, from the inside out."""
        self.net = net
        self.reads: dict[str, int] = {}
        self.writes: dict[str, int] = {}
        self.inner: dict[str, tuple[int, int]] = {}
        memory = net.memory
        self.blank = memory.nothing
        for node in net.layout.nodes.values():
            self._add(node)

    def _add(self, node: Node) -> None:
        if self.blank:
            return
        reads = self.reads[node.path] = self.net.memory.looks_at(node)
        writes = self.writes[node.path] = self._written(node)
        inside: Lane | Node | None = node.inside
        while inside is not None and (reads or writes):
            home = inside.block if isinstance(inside, Lane) else inside
            for path in {inside.path, home.path}:
                known = self.inner.get(path, (0, 0))
                self.inner[path] = (known[0] | reads, known[1] | writes)
            inside = home.inside

    def _written(self, node: Node) -> int:
        memory = self.net.memory
        ways = node.results.values()
        paths = [node.path, *(way.path for way in ways)]
        fields = [w.at for path in paths for w in memory.fills.get(path, ())]
        fields += [w.at for path in paths for w in memory.sets.get(path, ())]
        counts = [memory.count_at[path] for path in paths if path in memory.count_at]
        visits = [memory.visit_at[node.path]] if node.path in memory.visit_at else []
        if not (fields or counts or visits):
            return 0
        return memory.bits(fields=fields, counts=counts, visits=visits)

    def read(self, node: Node) -> int:
        """All that a node and what lies in it look at."""
        return self.reads.get(node.path, 0) | self.inner.get(node.path, (0, 0))[0]

    def written(self, node: Node) -> int:
        """All that a node and what lies in it change."""
        return self.writes.get(node.path, 0) | self.inner.get(node.path, (0, 0))[1]


def overlaid(data: Data, other: Data, bits: int) -> Data:
    """A deal's data with what is in ``bits`` taken from another."""
    if not bits:
        return data
    fields = tuple(
        new if bits >> at & 1 else old
        for at, (old, new) in enumerate(zip(data.fields, other.fields, strict=True))
    )
    bits >>= len(fields)
    counts = tuple(
        new if bits >> at & 1 else old
        for at, (old, new) in enumerate(zip(data.counts, other.counts, strict=True))
    )
    bits >>= len(counts)
    return Data(fields, counts, data.visits & ~bits | other.visits & bits)
