"""What a picture shows, before any format: nodes, edges, lanes, and marks laid over them."""

from collections.abc import Collection

from salesflow.nouns import FrozenMap, Noun


class Mark(Noun):
    """Something to notice on a node or an edge.

    ``kind`` is error, warning or info, or of two versions added, removed or changed.
    """

    kind: str
    text: str


class Overlay(Noun):
    """Marks by element path, from findings, results or changes."""

    marks: FrozenMap[str, tuple[Mark, ...]] = FrozenMap()


class Node(Noun):
    """``kind``: source, step, decision, run, fork, join, outcome; ``lane``: a department or ""."""

    id: str
    path: str
    kind: str
    label: str
    detail: str = ""
    lane: str = ""
    tone: str = ""  # an outcome's kind
    marks: tuple[Mark, ...] = ()


class Edge(Noun):
    """A transition: ``kind`` is flow, timeout or leave."""

    start: str
    end: str
    path: str
    label: str = ""
    kind: str = "flow"
    marks: tuple[Mark, ...] = ()


class Lane(Noun):
    """A department, drawn as a box around its work."""

    id: str
    label: str
    external: bool = False


class Diagram(Noun):
    """A whole picture; ``notes`` are sentences shown beside it.

    ``pale``: what has no mark stays in the background.
    """

    title: str
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    notes: tuple[str, ...] = ()
    pale: bool = False

    @property
    def marked(self) -> bool:
        """Whether anything has a mark."""
        nodes, edges = (node.marks for node in self.nodes), (edge.marks for edge in self.edges)
        return any(nodes) or any(edges)


def settle(overlay: Overlay, drawn: Collection[str]) -> dict[str, tuple[Mark, ...]]:
    """Marks by drawn path: what marks a part that is not drawn marks the nearest one above it."""
    settled: dict[str, tuple[Mark, ...]] = {}
    for marked, marks in overlay.marks.items():
        path = marked
        while path and path not in drawn:
            path = path.rpartition(".")[0]
        if path:
            settled[path] = settled.get(path, ()) + marks
    return settled
