"""What is placed and what is linked: outcomes near their causes, the usual path, loops back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from salesflow.drawing.diagram import Diagram, Edge, Node
from salesflow.drawing.layout.course import loops_back, usual_path
from salesflow.drawing.layout.sizes import Size, Sizes


class Item(NamedTuple):
    """A shape to be placed: a node, or one copy of an outcome. ``lane`` is a place in the lanes."""

    node: Node
    size: Size
    lane: int
    copy: int = 0


class Link(NamedTuple):
    """An edge between two items. ``drop``: it ends in an outcome that hangs under its start."""

    edge: Edge
    start: int
    end: int
    back: bool = False
    main: bool = False
    drop: bool = False


class Plan(NamedTuple):
    """All that is placed and linked; ``main`` are the links of the usual path, in their order."""

    items: tuple[Item, ...]
    links: tuple[Link, ...]


def planned(diagram: Diagram, sizes: Sizes) -> Plan:
    """The items and links of a diagram. Edges to nodes that are not drawn are left out."""
    nodes = {node.id: node for node in diagram.nodes}
    edges = [edge for edge in diagram.edges if edge.start in nodes and edge.end in nodes]
    leaving: dict[str, list[int]] = {node: [] for node in nodes}
    for place, edge in enumerate(edges):
        leaving[edge.start].append(place)
    usual = usual_path(nodes, edges, leaving)
    back = loops_back(nodes, edges, leaving, usual)
    lanes = _lanes(diagram, edges)
    items: list[Item] = []
    at: dict[str, int] = {}
    ends = {edge.end for edge in edges}
    for node in diagram.nodes:
        if node.kind != "outcome" or node.id not in ends:
            at[node.id] = len(items)
            items.append(Item(node, sizes(node), lanes[node.id]))
    links = tuple(
        _links(
            nodes,
            edges,
            usual=usual,
            back=back,
            items=items,
            at=at,
            sizes=sizes,
        )
    )
    return Plan(tuple(items), links)


def _links(
    nodes: Mapping[str, Node],
    edges: Sequence[Edge],
    *,
    usual: frozenset[int],
    back: frozenset[int],
    items: list[Item],
    at: Mapping[str, int],
    sizes: Sizes,
) -> Iterator[Link]:
    """A link per edge; an edge to an outcome brings a copy of it, which is put into ``items``."""
    copies: dict[str, int] = {}
    for place, edge in enumerate(edges):
        main, end = place in usual, nodes[edge.end]
        if end.kind != "outcome":
            yield Link(edge, at[edge.start], at[edge.end], place in back, main)
            continue
        copy = copies.get(end.id, 0)
        copies[end.id] = copy + 1
        start = at[edge.start]
        items.append(Item(end, sizes(end), items[start].lane, copy))
        yield Link(edge, start, len(items) - 1, main=main, drop=not main)


def _lanes(diagram: Diagram, edges: Sequence[Edge]) -> dict[str, int]:
    """The lane of each node; what has none stands where the first that leads there stands."""
    places = {lane.id: place for place, lane in enumerate(diagram.lanes)}
    lanes = {node.id: places.get(node.lane, -1) for node in diagram.nodes}
    loose = [edge for edge in edges if lanes[edge.end] < 0]
    while True:
        settled = [edge for edge in loose if lanes[edge.end] < 0 <= lanes[edge.start]]
        if not settled:
            break
        for edge in settled:
            if lanes[edge.end] < 0:
                lanes[edge.end] = lanes[edge.start]
    return {node: max(lane, 0) for node, lane in lanes.items()}
