"""Where on the page the things lie that analyses and findings name."""

from collections.abc import Collection, Iterable, Mapping

from salesflow.drawing.diagram import Diagram
from salesflow.nouns import FrozenMap, Noun

_RESULT = ".next."


class Places(Noun):
    """``paths`` are the element paths of nodes and transitions by their short names
    (``discovery``, ``discovery.fit``), ``labels`` what nodes are called, ``drawn`` all paths that a
    picture has.
    """

    paths: Mapping[str, str]
    labels: Mapping[str, str]
    drawn: Collection[str]

    def of(self, name: str) -> str:
        """The path of what an analysis names; "" where it is not drawn."""
        return self.paths.get(name, "")

    def label(self, node: str) -> str:
        """What a node is called."""
        return self.labels.get(node, node)

    def transition(self, name: str) -> str:
        """A transition for reading: ``Discovery (real need)``; a source by its name."""
        node, dot, result = name.rpartition(".")
        return f"{self.label(node)} ({result.replace('_', ' ')})" if dot else self.label(name)

    def node(self, path: str) -> str:
        """The short name of what has a path; "" where it is not drawn."""
        return next((name for name, known in self.paths.items() if known == path), "")

    def nearest(self, path: str) -> str:
        """The path itself if it is drawn, else the nearest one above it; "" if none is."""
        while path and path not in self.drawn:
            path = path.rpartition(".")[0]
        return path

    def way(self, names: Iterable[str]) -> tuple[str, ...]:
        """The paths of what is drawn of a way."""
        found = (self.of(name) for name in names)
        return tuple(path for path in found if path)


def places(diagrams: Iterable[Diagram]) -> Places:
    """The places of some pictures of one process."""
    paths: dict[str, str] = {}
    labels: dict[str, str] = {}
    drawn: dict[str, None] = {}
    for diagram in diagrams:
        for node in diagram.nodes:
            paths.setdefault(node.id, node.path)
            labels.setdefault(node.id, node.label)
            drawn[node.path] = None
        for edge in diagram.edges:
            drawn[edge.path] = None
            if _RESULT in edge.path:
                result = edge.path.rpartition(".")[2]
                paths.setdefault(f"{edge.start.removesuffix('.join')}.{result}", edge.path)
        drawn |= {f"departments.{lane.id}": None for lane in diagram.lanes if lane.id}
    drawn.pop("", None)
    return Places(paths=FrozenMap(paths), labels=FrozenMap(labels), drawn=drawn.keys())
