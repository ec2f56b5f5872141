"""Circles of steps, and how often deals go round in them by the shares."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from salesflow.analysis.flow import Flow
from salesflow.analysis.graphs import circular, components
from salesflow.analysis.odds.deals import Deals
from salesflow.process.model import Process
from salesflow.process.steps import Result


class Circle(NamedTuple):
    """Steps that lead back to each other.

    ``node`` is the one most visited, rather one that also lets deals out; ``rounds`` how often a
    deal that comes into the circle is there on average, infinite if it never leaves; ``inside`` are
    the results that stay in the circle, ``ways_out`` those that leave it.
    """

    node: str
    rounds: float
    inside: tuple[Result, ...]
    ways_out: tuple[Result, ...]


def loops(flow: Flow) -> list[list[str]]:
    """The places of each loop: strongly connected components with a circle."""
    found = components(flow.edges, flow.successors)
    return [component for component in found if circular(component, flow.successors)]


def circle(
    process: Process, flow: Flow, loop: Iterable[str], deals: Deals, source: str
) -> Circle | None:
    """What the deals of a source do in a loop; None where none of them comes."""
    places = {*loop}
    came = sum(
        _entering(process, flow, places, deals), float(process.sources[source].start in places)
    )
    nodes = sorted(place for place in places if place in process.nodes)
    if not came or not nodes:
        return None
    results = [result for name in nodes for result in process.nodes[name].next.values()]
    inside = tuple(result for result in results if _stays(flow, result, places))
    out = tuple(result for result in results if result not in inside)
    deciding = {result.step for result in inside} & {result.step for result in out}
    node = max(nodes, key=lambda name: (deals.visits.get(name, 0.0), name in deciding))
    return Circle(node, deals.visits.get(node, 0.0) / came, inside, out)


def _entering(process: Process, flow: Flow, places: set[str], deals: Deals) -> Iterator[float]:
    """How often deals come in: by results of steps outside, or as branches of a block outside."""
    for place in sorted(places):  # a sum hangs on its order, in the last digit
        for before in flow.predecessors.get(place, ()):
            if before in places or before in process.sources:
                continue
            for edge in flow.edges[before]:
                if edge.end == place and edge.via:
                    # A branch begins at most as often as its block.
                    yield deals.taken.get(edge.via, deals.visits.get(before, 0.0))


def _stays(flow: Flow, result: Result, places: set[str]) -> bool:
    """Whether a result leads on within the circle."""
    starts = (result.step, result.node)  # of a block its results are places of their own
    edges = [edge for start in starts for edge in flow.edges.get(start, ())]
    return any(edge.via == result.node and edge.end in places for edge in edges)
