"""Parts of a process that are explored apart: the deal, a branch, a block as a whole, a run.

A block is explored branch by branch where its branches leave each other's data alone, else as a
whole. Seen from around it, a block or run is one step then, with its ways to end as results. That
is exact where nothing else runs beside it, or nothing beside it meddles with its data.
"""

from collections.abc import Collection
from typing import NamedTuple

from salesflow.analysis.behaviour.beside import beside
from salesflow.analysis.behaviour.footprint import Footprint
from salesflow.process.net import Net
from salesflow.process.places import Lane, Node
from salesflow.process.steps import Block, Run

_NOTHING = (0, 0)


class Part(NamedTuple):
    """A part: what lies in ``boundary`` (None: the deal), or in one branch ``lane`` of it.

    ``nodes`` are those whose moves are played, by path; ``closed`` those among them that count as
    one step. ``threads``: several of them can be open at once; ``opened``: some lie in a block
    within the part. ``bits`` is all of the data that is looked at or changed in the part,
    ``written`` what is changed.
    """

    boundary: Node | None
    lane: Lane | None
    nodes: dict[str, Node]
    closed: frozenset[str]
    threads: bool
    opened: bool
    bits: int
    written: int

    @property
    def path(self) -> str:
        """The path of the branch, block or run; "" for the deal."""
        home = self.lane or self.boundary
        return home.path if home is not None else ""


class Parts:
    """All parts of a net, cut when they are asked for."""

    def __init__(self, net: Net) -> None:
        """Find what lies where."""
        self.net = net
        self.footprint = Footprint(net)
        self._inside: dict[str, list[Node]] = {}
        for node in net.layout.nodes.values():
            home = node.inside.path if node.inside is not None else ""
            self._inside.setdefault(home, []).append(node)
        self._known: dict[str, tuple[Part, ...]] = {}

    def deal(self) -> Part:
        """The part that is not in any block or run."""
        return self._part(None, None, self._inside.get("", []), several=False)

    def inside(self, node: Node) -> tuple[Part, ...]:
        """The parts of a block, a branch each or one for all, or the one of a run."""
        if node.path not in self._known:
            self._known[node.path] = self._cut(node)
        return self._known[node.path]

    def _cut(self, node: Node) -> tuple[Part, ...]:
        if isinstance(node.step, Run):
            return (self._part(node, None, self._inside[node.path], several=False),)
        if not self._entangled(node):
            return tuple(
                self._part(node, lane, self._inside[lane.path], several=False)
                for lane in node.lanes
            )
        nodes = [inner for lane in node.lanes for inner in self._inside[lane.path]]
        return (self._part(node, None, nodes, several=True),)

    def _entangled(self, node: Node) -> bool:
        """Whether some branch meddles with the data of another."""
        inner = self.footprint.inner
        if not inner.get(node.path, (0, 0))[1]:
            return False
        read = written = 0
        for lane in node.lanes:
            reads, writes = inner.get(lane.path, (0, 0))
            if writes & (read | written) or written & reads:
                return True
            read |= reads
            written |= writes
        return False

    def _part(
        self, boundary: Node | None, lane: Lane | None, nodes: list[Node], *, several: bool
    ) -> Part:
        starts = [each.start for each in boundary.lanes] if boundary and several else []
        threads = several or any(node.step.splits for node in nodes)
        played, closed = self._opened(nodes, starts) if threads else (nodes, _holding(nodes))
        reads = written = 0
        for node in nodes:
            reads |= self.footprint.read(node)
            written |= self.footprint.written(node)
        return Part(
            boundary,
            lane,
            {node.path: node for node in played},
            frozenset(closed),
            threads,
            several or len(played) > len(nodes),
            reads | written,
            written,
        )

    def _opened(self, nodes: list[Node], starts: list[Node]) -> tuple[list[Node], set[str]]:
        """The nodes to play where several run side by side: blocks that meddle are opened."""
        played = list(nodes)
        closed: set[str] = set()
        holding = [node for node in nodes if isinstance(node.step, Block | Run)]
        inner = self.footprint.inner
        near: dict[str, set[str]] = {}
        if any(inner.get(node.path, _NOTHING) != _NOTHING for node in holding):
            near = beside(nodes, starts)
        for node in holding:
            if self._apart(node, near.get(node.path, ())):
                closed.add(node.path)
            else:
                self._open(node, played, closed)
        return played, closed

    def _apart(self, node: Node, near: Collection[str]) -> bool:
        """Whether what lies in a block or run leaves alone what may be open beside it."""
        reads, writes = self.footprint.inner.get(node.path, _NOTHING)
        changed = 0
        for path in near:
            changed |= self.footprint.written(self.net.layout.nodes[path])
        return not near or (not writes and not reads & changed)

    def _open(self, outer: Node, played: list[Node], closed: set[str]) -> None:
        """Play what lies in a block or run, and in what lies in that, move by move."""
        opening = [outer]
        for node in opening:  # grows while it is walked
            homes = [lane.path for lane in node.lanes] or [node.path]
            for inner in (inner for home in homes for inner in self._inside[home]):
                played.append(inner)
                if not isinstance(inner.step, Block | Run):
                    continue
                if self.footprint.inner.get(inner.path, _NOTHING) == _NOTHING:
                    closed.add(inner.path)
                else:
                    opening.append(inner)


def _holding(nodes: list[Node]) -> set[str]:
    """The blocks and runs among nodes."""
    return {node.path for node in nodes if isinstance(node.step, Block | Run)}
