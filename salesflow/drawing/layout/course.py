"""The course of deals through a diagram: the usual path, and what leads back."""

import heapq
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import log

from salesflow.drawing.diagram import Edge, Node

HAPPY = ("won", "done")  # tones of outcomes the usual path leads to


def usual_path(
    nodes: Mapping[str, Node], edges: Sequence[Edge], leaving: Mapping[str, list[int]]
) -> frozenset[int]:
    """The places of the edges on the likeliest way from the first source to a happy outcome.

    Where every deal goes several ways at once, all of them belong to it until they meet again.
    """
    sources = _sources(nodes)
    happy = {node.id for node in nodes.values() if node.kind == "outcome" and node.tone in HAPPY}
    for source in sources or list(nodes)[:1]:
        found = _likeliest_way(source, happy, nodes, edges, leaving)
        if found:
            return frozenset({*found, *_beside(found, nodes, edges, leaving)})
    return frozenset()


def _beside(
    way: Sequence[int],
    nodes: Mapping[str, Node],
    edges: Sequence[Edge],
    leaving: Mapping[str, list[int]],
) -> set[int]:
    """What is walked at the same time as a way, given from its end: branches, several targets."""
    found = set(way)
    waiting: list[tuple[Sequence[int], AbstractSet[str]]] = [(way, frozenset())]
    while waiting:
        along, goals = waiting.pop()
        reached = set(goals)
        for place in along:
            edge = edges[place]
            reached.add(edge.end)
            fork = nodes[edge.start].kind == "fork"
            for other in leaving[edge.start]:
                beside = edges[other]
                together = beside.share == 1.0 if fork else beside.path == edge.path != ""
                if other in found or not together:
                    continue
                rest = _likeliest_way(beside.end, reached, nodes, edges, leaving)
                if rest or beside.end in reached:
                    found.update((other, *rest))
                    waiting.append((rest, frozenset(reached)))
    return found


def _sources(nodes: Mapping[str, Node]) -> list[str]:
    """Where deals come from, without what only says that a part of a picture goes on."""
    return [node.id for node in nodes.values() if node.kind == "source" and node.tone != "more"]


def _likeliest_way(
    source: str,
    goals: AbstractSet[str],
    nodes: Mapping[str, Node],
    edges: Sequence[Edge],
    leaving: Mapping[str, list[int]],
) -> list[int]:
    """Dijkstra on minus the logarithm of the shares; the edges of the way from its end."""
    came: dict[str, int] = {}
    queue: list[tuple[float, int, str, int]] = [(0.0, 0, source, -1)]
    order = 0
    while queue:
        cost, _, node, by = heapq.heappop(queue)
        if node in came:
            continue
        came[node] = by
        if node in goals:
            return _way(node, came, edges)
        for place in leaving[node]:
            order += 1
            step = _cost(edges[place], nodes[node], len(leaving[node]))
            heapq.heappush(queue, (cost + step, order, edges[place].end, place))
    return []


def _cost(edge: Edge, start: Node, ways: int) -> float:
    if start.kind == "fork":
        return 0.01
    rare = 0.0 if edge.kind == "flow" else 2.0
    if edge.share is not None:
        return rare + 0.01 - log(max(edge.share, 1e-9))
    return rare + 0.01 + log(max(ways, 1))


def _way(node: str, came: Mapping[str, int], edges: Sequence[Edge]) -> list[int]:
    way: list[int] = []
    while came[node] >= 0:
        way.append(came[node])
        node = edges[came[node]].start
    return way


def loops_back(
    nodes: Mapping[str, Node],
    edges: Sequence[Edge],
    leaving: Mapping[str, list[int]],
    usual: frozenset[int],
) -> frozenset[int]:
    """Edges that lead to where the deal has been: to what is being visited, depth first."""
    ways = {node: _by_likelihood(edges, places, usual) for node, places in leaving.items()}
    back: set[int] = set()
    seen: set[str] = set()
    for first in [*_sources(nodes), *nodes]:
        if first in seen:
            continue
        seen.add(first)
        under_way = {first}
        stack = [(first, iter(ways[first]))]
        while stack:
            node, left = stack[-1]
            place = next(left, None)
            if place is None:
                under_way.discard(node)
                stack.pop()
                continue
            end = edges[place].end
            if end in under_way:
                back.add(place)
            elif end not in seen:
                seen.add(end)
                under_way.add(end)
                stack.append((end, iter(ways[end])))
    return frozenset(back)


def _by_likelihood(
    edges: Sequence[Edge], places: Sequence[int], usual: frozenset[int]
) -> list[int]:
    """The ways out of a node: the usual one first, then the likelier, then as written.

    What only an older version has comes last: time runs as in the new one.
    """
    gone = {at for at in places if any(mark.kind == "removed" for mark in edges[at].marks)}
    return sorted(
        places, key=lambda at: (at in gone, at not in usual, -(edges[at].share or 0.5), at)
    )
