"""Which lane each node lies in; what nobody does stays where it came from."""

from collections.abc import Container, Iterable, Mapping, Sequence

from salesflow.drawing.diagram import Edge, Node
from salesflow.process.model import Process
from salesflow.process.steps import Run, Step


def in_lanes(
    nodes: Sequence[Node], edges: Iterable[Edge], external: Container[str] = ()
) -> list[Node]:
    """The nodes with a lane for all that deals come to; a join lies in the lane of its fork.

    What nobody does lies where one of ours had the deal last, else where one of ours has it next;
    in an ``external`` lane only where it comes from there and never to us.
    """
    outcomes = {node.id for node in nodes if node.kind == "outcome"}
    forks = {f"{node.id}.join": node.id for node in nodes if node.kind == "fork"}
    given = {node.id: node.lane for node in nodes if node.id not in outcomes | forks.keys()}
    ways = {(forks.get(edge.start, edge.start), edge.end) for edge in edges if edge.end in given}
    ours = {node: "" if lane in external else lane for node, lane in given.items()}
    last = _handed_on(ours, ways)
    found = {node: lane or last[node] for node, lane in given.items()}
    anyone = _handed_on(found, ways)
    foreign = {node for node, lane in anyone.items() if not found[node] and lane}
    ahead = _handed_on(
        {node: "" if lane in external else lane for node, lane in found.items()},
        {(end, start) for start, end in ways if start in foreign},
    )
    lanes = {
        node: ahead[node] or lane if node in foreign else lane for node, lane in anyone.items()
    }
    return [
        node if node.id in outcomes else node.replace(lane=lanes[forks.get(node.id, node.id)])
        for node in nodes
    ]


def _handed_on(given: Mapping[str, str], ways: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Lanes with those that are handed on along ways to where none is.

    In rounds, so that the order in which steps are written means nothing.
    """
    lanes = dict(given)
    goes_to: dict[str, list[str]] = {}
    for start, end in ways:
        goes_to.setdefault(start, []).append(end)
    givers = [node for node, lane in lanes.items() if lane]
    while givers:
        offered: dict[str, list[str]] = {}
        for giver in givers:
            for node in goes_to.get(giver, ()):
                if not lanes[node]:
                    offered.setdefault(node, []).append(lanes[giver])
        lanes.update({node: _commonest(some) for node, some in offered.items()})
        givers = [*offered]
    return lanes


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
        ours = [name for name in found if name not in outside(process)]
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


def outside(process: Process) -> frozenset[str]:
    """The departments that are not ours."""
    return frozenset(name for name, each in process.departments.items() if each.external)
