"""Rounds in which two departments return a deal to each other, without any limit."""

from collections.abc import Iterator
from typing import NamedTuple

from salesflow.analysis.flow import Edge, Flow
from salesflow.analysis.graphs import components
from salesflow.analysis.handoffs import Threads
from salesflow.process.steps import Result, Step, Work


class Rally(NamedTuple):
    """``there`` hands a deal from ``first`` to ``second``, ``back`` returns it.

    ``first`` is the one that has it earlier.
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
    free = {
        place: [edge.end for edge in _free_edges(flow, place) if edge.end in owner]
        for place in owner
    }
    members = [c for c in components(owner, free) if len(c) > 1]
    for circle in sorted(members, key=lambda c: min(flow.distance[place] for place in c)):
        ours = sorted({owner[place] for place in circle} - {""})
        for at, one in enumerate(ours):
            for other in ours[at + 1 :]:
                yield from _between(threads, circle, owner, free, {one, other})


def _between(
    threads: Threads,
    circle: list[str],
    owner: dict[str, str],
    free: dict[str, list[str]],
    pair: set[str],
) -> Iterator[Rally]:
    distance = threads.flow.distance
    within = [place for place in circle if owner[place] in pair or not owner[place]]
    for round_ in components(within, free):
        if {owner[place] for place in round_} - {""} != pair:
            continue
        inside = {*round_}
        places = sorted((p for p in round_ if owner[p]), key=distance.__getitem__)
        first = owner[places[0]]
        (second,) = pair - {first}
        there = _handing(threads.flow, places, inside, owner, first)
        back = _handing(threads.flow, places, inside, owner, second)
        if there is not None and back is not None:
            yield Rally(first, second, there, back)


def _handing(
    flow: Flow, places: list[str], inside: set[str], owner: dict[str, str], giver: str
) -> Result | None:
    """The first result of a department in a round that lets go of the deal."""
    for place in places:
        step: Step = flow.process.nodes[place]
        for edge in _free_edges(flow, place) if owner[place] == giver else ():
            if edge.end in inside and owner[edge.end] != giver:
                return step.next[edge.via.rpartition(".")[2]]
    return None


def _free_edges(flow: Flow, place: str) -> Iterator[Edge]:
    """The edges on which nothing counts how often they are taken."""
    step = flow.process.nodes.get(flow.element(place))
    if step is None or step.timeout is not None:
        return
    limited = {result.node for result in step.next.values() if result.at_most is not None}
    yield from (edge for edge in flow.edges[place] if edge.via not in limited)


def _owner(threads: Threads, place: str) -> str:
    """The department of ours that works at a place, "" where none does."""
    step = threads.flow.process.nodes.get(place)
    return threads.ours(step) or "" if isinstance(step, Work) else ""
