"""Rounds in which two departments return a deal to each other, without any limit."""

from collections.abc import Iterator
from typing import NamedTuple

from salesflow.analysis.flow import Edge, Flow
from salesflow.analysis.graphs import components
from salesflow.analysis.handoffs import Threads
from salesflow.process.steps import Result, Work


class Rally(NamedTuple):
    """``there`` hands a deal from ``first`` to ``second``, ``back`` returns it.

    ``first`` is the one that has it earlier, unless only it can do anything else than hand it on:
    ``back`` is the result to limit.
    """

    first: str
    second: str
    there: Result
    back: Result


def rallies(threads: Threads) -> Iterator[Rally]:
    """The rounds of each two departments that a deal can go without end, one for each circle.

    A round ends where a result in it has ``at_most`` or a step in it a timeout.
    """
    flow = threads.flow
    owner = {place: _owner(threads, place) for place in flow.arrival}
    edges = {place: _free_edges(flow, place) for place in owner}
    free = {place: [edge.end for edge in known] for place, known in edges.items()}
    circles = [circle for circle in components(owner, free) if len(circle) > 1]
    for circle in sorted(circles, key=lambda c: min(flow.distance[place] for place in c)):
        ours = sorted({owner[place] for place in circle} - {""})
        for at, one in enumerate(ours):
            for other in ours[at + 1 :]:
                within = [place for place in circle if owner[place] in (one, other, "")]
                for round_ in components(within, free):
                    if len({owner[place] for place in round_} - {""}) == 2:
                        yield from _rally(flow, round_, owner, edges)


def _rally(
    flow: Flow, round_: list[str], owner: dict[str, str], edges: dict[str, list[Edge]]
) -> Iterator[Rally]:
    """A round of two departments, by the results with which each lets go first."""
    inside = {*round_}
    places = sorted((p for p in round_ if owner[p]), key=flow.distance.__getitem__)
    handing: dict[str, Result] = {}
    for place in places:
        giver = owner[place]
        for edge in edges[place] if giver not in handing else ():
            if edge.end in inside and owner[edge.end] != giver:
                handing[giver] = flow.process.nodes[place].next[edge.via.rpartition(".")[2]]
                break
    first = owner[places[0]]
    second = next(owner[place] for place in places if owner[place] != first)
    if not _others(flow, handing[second]) and _others(flow, handing[first]):
        first, second = second, first
    yield Rally(first, second, handing[first], handing[second])


def _others(flow: Flow, result: Result) -> bool:
    """Whether the step has another result, so that a limit on this one leaves a way on."""
    return len([*flow.process.nodes[result.step].chosen()]) > 1


def _free_edges(flow: Flow, place: str) -> list[Edge]:
    """The edges on which nothing counts how often they are taken."""
    step = flow.process.nodes.get(flow.element(place))
    if step is None or step.timeout is not None:
        return []
    limited = {result.node for result in step.next.values() if result.at_most is not None}
    return [edge for edge in flow.edges[place] if edge.via not in limited]


def _owner(threads: Threads, place: str) -> str:
    """The department of ours that works at a place, "" where none does."""
    step = threads.flow.process.nodes.get(place)
    return threads.ours(step) or "" if isinstance(step, Work) else ""
