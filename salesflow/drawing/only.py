"""Of a picture only some parts, and what is next to them."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence

from salesflow.drawing.diagram import Diagram, Edge, Node
from salesflow.drawing.focus import part_of
from salesflow.errors import UsageError
from salesflow.names import listed, nearest

MORE = "…"  # what is left out, as the label of a small node


def only(
    diagram: Diagram,
    names: Sequence[str],
    around: int = 1,
    *,
    steps: Container[str] = frozenset(),
) -> Diagram:
    """The named parts and what is at most ``around`` transitions away from them.

    Names are ids, short or full paths of steps, transitions, branches, departments and stages; the
    last id of a path where only one part has it. Where the flow goes on beyond what is kept, a node
    ``…`` says so. UsageError for a name that nothing in the picture has; ``steps`` are names of
    those that there are, drawn here or not.
    """
    finder = _Finder(diagram, steps)
    named = {node for name in names for node in finder.found(name)}
    kept = _around(diagram, named, around)
    part = part_of(diagram, kept)
    left = len(diagram.nodes) - len(part.nodes)
    if not left:
        return part
    beyond = [*_beyond(diagram, kept)]
    called = ", ".join(dict.fromkeys(names))
    boxes = "box is" if left == 1 else "boxes are"
    note = f"This is a part: {called}, {_far(around)}; {left:,} more {boxes} left out."
    return part.replace(
        nodes=(*part.nodes, *(node for node, _ in beyond)),
        edges=(*part.edges, *(edge for _, edge in beyond)),
        notes=(*part.notes, note),
    )


def _far(around: int) -> str:
    if around == 0:
        return "nothing around"
    return "and what is next to it" if around == 1 else f"and what is up to {around} steps away"


def _around(diagram: Diagram, named: set[str], around: int) -> set[str]:
    """The nodes in reach, either way; nothing is next to another because both end the same."""
    ends = {node.id for node in diagram.nodes if node.kind == "outcome"}
    beside: dict[str, list[str]] = {}
    for edge in diagram.edges:
        beside.setdefault(edge.start, []).append(edge.end)
        beside.setdefault(edge.end, []).append(edge.start)
    kept = {*named}
    rim = kept
    for _ in range(min(around, len(diagram.nodes))):
        goes_on = [node for node in rim if node not in ends or node in named]
        rim = {near for node in goes_on for near in beside.get(node, ())} - kept
        if not rim:
            break
        kept |= rim
    return kept


def _beyond(diagram: Diagram, kept: set[str]) -> Iterator[tuple[Node, Edge]]:
    """Small nodes where deals come from what is left out, and where they go there."""
    comes = {edge.end for edge in diagram.edges if edge.start not in kept}
    goes = {edge.start for edge in diagram.edges if edge.end not in kept}
    for node in diagram.nodes:
        if node.id not in kept:
            continue
        if node.id in comes and node.kind != "outcome":
            before = Node(
                id=f"{MORE}{node.id}",
                path="",
                kind="source",
                label=MORE,
                lane=node.lane,
                tone="more",
                facts=("More is left out of this picture.",),
            )
            yield before, Edge(start=before.id, end=node.id, path="")
        if node.id in goes:
            after = Node(
                id=f"{node.id}{MORE}",
                path="",
                kind="outcome",
                label=MORE,
                tone="more",
                facts=("More is left out of this picture.",),
            )
            yield after, Edge(start=node.id, end=after.id, path="")


def _called(node: Node) -> str:
    """What users write for a node: its id, of what is no step without the kind."""
    home, _, rest = node.path.partition(".")
    return node.id.removeprefix("-") if home == "steps" or not rest else rest


class _Finder:
    """What a name means in a picture: the first of these that knows it."""

    def __init__(self, diagram: Diagram, steps: Container[str]) -> None:
        self._diagram = diagram
        self._steps = steps
        self._homes: tuple[Callable[[], Iterator[tuple[str, str]]], ...] = (
            self._by_node,
            self._by_way,
            self._by_department,
            self._by_stage,
        )
        self._known: dict[str, set[str]] = {}
        for home in self._homes:
            found: dict[str, set[str]] = {}
            for name, node in home():
                found.setdefault(name, set()).add(node)
            self._known = found | self._known

    def found(self, name: str) -> Iterable[str]:
        """The nodes that a name stands for. UsageError for one that is unknown."""
        if name in self._known:
            return self._known[name]
        last = self._by_last(name)
        if len(last) == 1:
            return last.values()
        if last:
            raise UsageError(f"`{name}` may be {listed([*last])}: write which.")
        self._hold_drawn(name)
        called = [_called(node) for node in self._diagram.nodes if node.kind != "join"]
        meant = nearest(name, {*self._known, *called})
        if meant is not None:
            raise UsageError(f"Nothing in this picture is called `{name}`: did you mean `{meant}`?")
        there = listed([*dict.fromkeys(called)])
        raise UsageError(f"Nothing in this picture is called `{name}`: there are {there}.")

    def _by_last(self, name: str) -> dict[str, str]:
        """Parts whose path ends with an id, by what they are called."""
        return {
            _called(node): node.id
            for node in self._diagram.nodes
            if node.kind != "join" and node.path.rpartition(".")[2] == name
        }

    def _hold_drawn(self, name: str) -> None:
        """Hold that a name is not that of a step which this picture leaves out."""
        closed = [
            node.id
            for node in self._diagram.nodes
            if node.kind == "run" and name.startswith((f"{node.id}.", f"{node.path}."))
        ]
        if closed:
            outer = f"`{max(closed, key=len)}`"
            raise UsageError(
                f"`{name}` would lie in {outer}, which is closed in this picture: "
                f"name {outer}, or open more with a larger depth."
            )
        if name in self._steps:
            kinds = {node.kind for node in self._diagram.nodes}
            view = next((kind for kind in ("stage", "department") if kind in kinds), "")
            instead = (
                f"this picture shows {view}s: name one of them, or draw the flow"
                if view
                else "it lies in what this picture shows closed: open more with a larger depth"
            )
            raise UsageError(f"`{name}` is a step, and {instead}.")

    def _by_node(self) -> Iterator[tuple[str, str]]:
        """Steps, sources and outcomes; a block that is open with all that is in it."""
        around = {frame.id: frame.frame for frame in self._diagram.frames}
        paths = {node.id: node.path for node in self._diagram.nodes}
        for node in self._diagram.nodes:
            if node.kind != "join":
                yield node.id.removeprefix("-"), node.id  # what an old version had begins so
                yield node.path, node.id
            frame = node.frame
            while frame:
                yield frame, node.id
                yield paths.get(frame, frame), node.id
                frame = around.get(frame, "")

    def _by_way(self) -> Iterator[tuple[str, str]]:
        """Transitions with both ends; branches with all that is in them."""
        branches: list[tuple[str, Edge]] = []
        forks = {frame.id for frame in self._diagram.frames if frame.kind == "block"}
        for edge in self._diagram.edges:
            short = f"{edge.start.removesuffix('.join')}.{edge.path.rpartition('.')[2]}"
            if edge.start in forks:
                branches.append((short, edge))
            for name in filter(None, (edge.path, short)):
                yield name, edge.start
                yield name, edge.end
        for short, edge in branches:
            for node in self._diagram.nodes:
                if node.id.startswith(f"{short}."):
                    yield short, node.id
                    yield edge.path, node.id

    def _by_department(self) -> Iterator[tuple[str, str]]:
        for node in self._diagram.nodes:
            if node.lane:
                yield node.lane, node.id
                yield f"departments.{node.lane}", node.id

    def _by_stage(self) -> Iterator[tuple[str, str]]:
        for node in self._diagram.nodes:
            if node.stage:
                yield node.stage, node.id
                yield f"stages.{node.stage}", node.id
