"""Of a large picture the part that has marks, and what is next to it."""

from collections.abc import Callable, Container, Iterator

from salesflow.drawing.diagram import Diagram, Edge, Frame, Node


def fitted(diagram: Diagram, fits: Callable[[Diagram], bool]) -> Diagram:
    """The whole picture if it ``fits``, else what is marked with its neighbours, and a note.

    If even that is too much, the first of what is marked.
    """
    if fits(diagram):
        return diagram
    number = sum(1 for _ in _marked(diagram))
    wanted = number
    while True:
        part = _around(diagram, wanted)
        nodes = f"{len(part.nodes):,} of {len(diagram.nodes):,} boxes"
        of_all = (
            f"the first {wanted:,} of {number:,} changes" if wanted < number else "what changed"
        )
        note = f"This is {of_all} and what is next to it: {nodes}."
        part = part.replace(notes=(*diagram.notes, note))
        if wanted == 0 or fits(part):
            return part
        wanted //= 2


def _marked(diagram: Diagram) -> Iterator[Node | Edge]:
    """What has marks: nodes in their order, each followed by its edges."""
    leaving: dict[str, list[Edge]] = {}
    for edge in diagram.edges:
        if edge.marks:
            leaving.setdefault(edge.start, []).append(edge)
    for node in diagram.nodes:
        if node.marks:
            yield node
        yield from leaving.get(node.id, ())


def _around(diagram: Diagram, wanted: int) -> Diagram:
    core: set[str] = set()
    kept: set[str] = set()
    for _, thing in zip(range(wanted), _marked(diagram), strict=False):
        if isinstance(thing, Node):
            core.add(thing.id)
        else:
            kept |= {thing.start, thing.end}
    kept |= core
    for edge in diagram.edges:
        if edge.start in core or edge.end in core:
            kept |= {edge.start, edge.end}
    return part_of(diagram, kept)


def part_of(diagram: Diagram, kept: Container[str]) -> Diagram:
    """The nodes with these ids, what is between them, and the frames whose fork and join stay."""
    whole = {frame.id for frame in diagram.frames if _stays(frame, kept)}
    around = {frame.id: frame.frame for frame in diagram.frames}

    def standing(frame: str) -> str:
        while frame and frame not in whole:
            frame = around.get(frame, "")
        return frame

    nodes = [node for node in diagram.nodes if node.id in kept]
    used = {node.lane for node in nodes}
    return diagram.replace(
        nodes=tuple(node.replace(frame=standing(node.frame)) for node in nodes),
        lanes=tuple(lane for lane in diagram.lanes if lane.id in used),
        edges=tuple(edge for edge in diagram.edges if edge.start in kept and edge.end in kept),
        frames=tuple(
            frame.replace(frame=standing(frame.frame))
            for frame in diagram.frames
            if frame.id in whole
        ),
    )


def _stays(frame: Frame, kept: Container[str]) -> bool:
    return frame.id in kept and f"{frame.id}.join" in kept
