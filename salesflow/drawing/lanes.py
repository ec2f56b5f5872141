"""Which lane each node lies in; what nobody does stays where it came from."""

from collections.abc import Iterable, Sequence

from salesflow.drawing.diagram import Edge, Node
from salesflow.process.model import Process
from salesflow.process.steps import Run, Step


def in_lanes(nodes: Sequence[Node], edges: Iterable[Edge]) -> list[Node]:
    """The nodes with a lane for all that deals come to; a join lies in the lane of its fork.

    Lanes are handed on in rounds, so that the order in which steps are written means nothing.
    """
    outcomes = {node.id for node in nodes if node.kind == "outcome"}
    forks = {f"{node.id}.join": node.id for node in nodes if node.kind == "fork"}
    lanes = {node.id: node.lane for node in nodes if node.id not in outcomes}
    goes_to: dict[str, set[str]] = {}
    for edge in edges:
        if edge.end in lanes and edge.end not in forks:
            goes_to.setdefault(forks.get(edge.start, edge.start), set()).add(edge.end)
    givers = [node for node, lane in lanes.items() if lane and node not in forks]
    while givers:
        offered: dict[str, list[str]] = {}
        for giver in givers:
            for node in goes_to.get(giver, ()):
                if not lanes[node]:
                    offered.setdefault(node, []).append(lanes[giver])
        lanes.update({node: _commonest(given) for node, given in offered.items()})
        givers = [*offered]
    return [
        node if node.id in outcomes else node.replace(lane=lanes[forks.get(node.id, node.id)])
        for node in nodes
    ]


def _commonest(lanes: list[str]) -> str:
    return min(lanes, key=lambda lane: (-lanes.count(lane), lane))


def lane_of(process: Process, step: Step) -> str:
    """The department that does a step, of a run the first that works in it; "" for nobody."""
    if isinstance(step, Run):
        inner = process.runs.get(step.process)
        return _first(inner) if inner is not None else ""
    return process.department_of(step) or ""


def _first(process: Process) -> str:
    """The department nearest to where deals come in, ours before others."""
    near = [source.start for source in process.sources.values()]
    seen = set(near)
    others: list[str] = []
    while near:
        steps = [process.nodes[node] for node in near if node in process.nodes]
        found = sorted(filter(None, (lane_of(process, step) for step in steps)))
        ours = [name for name in found if not _external(process, name)]
        if ours:
            return ours[0]
        others.extend(found)
        ahead = (target for step in steps for target in _ahead(step))
        near = [node for node in dict.fromkeys(ahead) if node not in seen]
        seen.update(near)
    return others[0] if others else ""


def _ahead(step: Step) -> Iterable[str]:
    for branch in getattr(step, "branches", {}).values():
        yield branch.start
    for result in step.next.values():
        yield from result.targets


def _external(process: Process, department: str) -> bool:
    known = process.departments.get(department)
    return known is not None and known.external
