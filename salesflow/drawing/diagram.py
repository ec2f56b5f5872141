"""What a picture shows, before any format: nodes, edges, lanes, and marks laid over them."""

from collections.abc import Collection

from salesflow.nouns import FrozenMap, Noun


class Mark(Noun):
    """Something to notice on a node or an edge.

    ``kind`` is error, warning or info, or of two versions added, removed or changed.
    """

    kind: str
    text: str


class Figure(Noun):
    """A number on a picture: as words (``4.2 days``), and how much that is, 0 to 1."""

    text: str
    level: float


class Overlay(Noun):
    """What is laid over a picture, by element path: from findings, results or changes.

    ``figures`` say one measure, named by ``measure`` (``waiting per visit``): of nodes as heat and
    number, of edges as thickness and number.
    """

    marks: FrozenMap[str, tuple[Mark, ...]] = FrozenMap()
    figures: FrozenMap[str, Figure] = FrozenMap()
    measure: str = ""


class Node(Noun):
    """A thing that is drawn as a shape.

    ``kind``: source, step, decision, run, fork, join, outcome, stage, department or gateway.
    ``lane``: a department or ""; ``frame``: the innermost frame it lies in, or ""; ``stage``: a
    stage's id or "". ``block``: a block that is closed to one box, of kind run. ``meets``: it
    begins only when all who lead to it have come. ``facts`` are short sentences for a tooltip.
    """

    id: str
    path: str
    kind: str
    label: str
    detail: str = ""
    lane: str = ""
    tone: str = ""  # an outcome's kind
    frame: str = ""
    stage: str = ""
    block: bool = False
    meets: bool = False
    facts: tuple[str, ...] = ()
    figure: Figure | None = None
    marks: tuple[Mark, ...] = ()


class Edge(Noun):
    """A transition: ``kind`` is flow, timeout or leave; ``share`` a fraction of 1, if known."""

    start: str
    end: str
    path: str
    label: str = ""
    kind: str = "flow"
    share: float | None = None
    figure: Figure | None = None
    marks: tuple[Mark, ...] = ()


class Frame(Noun):
    """What holds other nodes: ``kind`` is block, or run where a sub-process is drawn open.

    Its ``id`` is that of its fork (``id.join`` is its join); ``frame`` the frame around it, or "".
    """

    id: str
    path: str
    kind: str
    label: str
    frame: str = ""


class Lane(Noun):
    """A department, drawn as a box around its work."""

    id: str
    label: str
    external: bool = False


class Diagram(Noun):
    """A whole picture; ``notes`` are sentences shown beside it, ``about`` is what it is for.

    ``pale``: what has no mark stays in the background. ``measure``: what the figures say.
    """

    title: str
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    frames: tuple[Frame, ...] = ()
    about: str = ""
    notes: tuple[str, ...] = ()
    pale: bool = False
    measure: str = ""

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
