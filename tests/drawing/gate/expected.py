"""What a picture of a diagram has to say, whatever it looks like."""

from collections import Counter
from collections.abc import Iterator

import networkx as nx

from salesflow.drawing.diagram import Diagram
from tests.drawing.gate.measures import (
    Measures,
    links,
    measure,
    outside_lanes,
    wrong_frames,
)
from tests.drawing.gate.reading import Picture


def lanes(diagram: Diagram) -> dict[str, str]:
    """The path of the lane of each node, by the node's path."""
    return {
        node.path: f"departments.{node.lane}" for node in diagram.nodes if node.lane and node.path
    }


def framed(diagram: Diagram) -> dict[str, frozenset[str]]:
    """The paths of all nodes in each frame, those of frames in it included.

    Its own fork and join stand before and behind it; they have its path.
    """
    around = {frame.id: frame.frame for frame in diagram.frames}
    found: dict[str, set[str]] = {frame.id: set() for frame in diagram.frames}
    for node in diagram.nodes:
        frame = node.frame
        if frame and node.id in {frame, f"{frame}.join"}:
            frame = around[frame]
        while frame:
            found[frame].add(node.path)
            frame = around[frame]
    return {frame.path: frozenset(found[frame.id]) for frame in diagram.frames}


def needed_bends(diagram: Diagram) -> int:
    """How many corners no drawing in lanes can do without: one for each way on into another lane,
    two for each way back in its own lane, one for a way back between lanes; none to an outcome.
    """
    graph = nx.DiGraph((edge.start, edge.end) for edge in diagram.edges)
    lane = {node.id: node.lane for node in diagram.nodes}
    outcome = {node.id for node in diagram.nodes if node.kind == "outcome"}
    sources = [node.id for node in diagram.nodes if node.kind == "source"]
    away = nx.multi_source_dijkstra_path_length(graph, sources)
    around = {
        n: place for place, part in enumerate(nx.strongly_connected_components(graph)) for n in part
    }
    count = 0
    for start, end in {(edge.start, edge.end) for edge in diagram.edges}:
        if end in outcome:
            continue
        back = around[start] == around[end] and away.get(end, 0) <= away.get(start, 0)
        count += 1 if lane[start] != lane[end] else 2 * back
    return count


def wrong(picture: Picture, diagram: Diagram) -> Iterator[str]:
    """What a picture says that its diagram does not, and the other way round."""
    paths = {node.id: node.path for node in diagram.nodes}
    edges = [edge for edge in diagram.edges if edge.path]  # a way to what is left out has none
    said = Counter((paths[edge.start], edge.path, paths[edge.end]) for edge in edges)
    shown = links(picture)
    yield from (f"not drawn: {' → '.join(link)}" for link in sorted((said - shown).elements()))
    yield from (f"not meant: {' → '.join(link)}" for link in sorted((shown - said).elements()))
    seen = {node.path for node in picture.nodes}
    yield from (f"no shape: {path}" for path in sorted(set(paths.values()) - seen))
    yield from outside_lanes(picture, lanes(diagram))
    yield from wrong_frames(picture, framed(diagram))


def hard_laws(picture: Picture, diagram: Diagram) -> tuple[Measures, list[str]]:
    """All measures, and what no picture of this diagram may have."""
    found = measure(picture)
    return found, [*wrong(picture, diagram), *found.broken]
