"""Contracts of touchpoints that may be broken, each with a run: by the flow, else by the game."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from salesflow.analysis.contracts import Arc, Contracts, Thread
from salesflow.analysis.flow import Edge
from salesflow.analysis.lack import Breach
from salesflow.analysis.lacking import as_run, passes
from salesflow.process.steps import Run, Work

BUDGET = 30_000  # moves tried in the token game, for all touchpoints together

Way: TypeAlias = list[tuple[str, Edge]]
Ways: TypeAlias = Mapping[Thread, tuple[Thread, Edge] | None]


def breaches(contracts: Contracts, *, patience: int = 1) -> Iterator[Breach]:
    """What may be missing, once for each touchpoint and field."""
    budget = BUDGET * patience
    for (touchpoint, how, field), places in contracts.suspects().items():
        ways = _free(contracts, field)
        found = [_told(contracts, ways, at, arc, field) for at, arc in places]
        way = min((way for way in found if way), key=len, default=())
        if way:
            yield Breach(touchpoint, how, field, way[-1], way)
            continue
        from salesflow.analysis.contract_runs import EACH, search  # the token game is slow

        most = min(budget, EACH * patience)
        breach, moves = search(contracts, touchpoint, how, field, budget=most)
        budget -= moves
        if breach is not None:
            yield breach


def _told(
    contracts: Contracts, ways: Ways, thread: Thread, arc: Arc | None, field: str
) -> tuple[str, ...]:
    """The run by which a thread comes without a field; empty where it need not be one."""
    if thread not in ways:
        return ()
    filled, lacking = contracts.filled, contracts.lacking
    bit = lacking.fields.bit[field]
    step = contracts.process.nodes.get(thread.place)
    if arc is None:
        if isinstance(step, Run):  # who takes over in it may have got the field within
            run = lacking.runs.get(step.process)
            if run is None or not run.plain or run.maybe & bit:
                return ()
        return as_run(filled, _back(ways, thread), thread.place, _stops(contracts, bit))
    edge = filled.flow.edges[thread.place][arc.number]
    if not isinstance(step, Work):
        return ()
    result = step.next[edge.via.rpartition(".")[2]]
    fills = filled.fills[thread.place][arc.number]
    alone = result.when is None and not result.otherwise
    if not alone or not any(passes(fill._replace(free=True), bit) for fill in fills):
        return ()
    way = as_run(filled, _back(ways, thread), thread.place, _stops(contracts, bit))
    return (*way[:-1], edge.via, edge.end) if way else ()


def _stops(contracts: Contracts, field: int) -> set[str]:
    """Places where a field is required, by what is there or by a touchpoint."""
    found = {place for place, bits in contracts.lacking.needs.items() if bits & field}
    return found | {thread.place for thread in contracts.arcs if contracts.required(thread) & field}


def _free(contracts: Contracts, field: str) -> dict[Thread, tuple[Thread, Edge] | None]:
    """The shortest ways of threads on which a field is not filled and nothing has a say."""
    filled = contracts.filled
    bit = contracts.lacking.fields.bit[field]
    order = [Thread(source) for source in sorted(contracts.process.sources)]
    came: dict[Thread, tuple[Thread, Edge] | None] = dict.fromkeys(order)
    for thread in order:  # grows while it is walked: breadth first
        if bit & (filled.assumed.get(thread.place, 0) | contracts.required(thread)):
            continue
        for arc in contracts.arcs[thread]:
            ways = filled.fills[thread.place][arc.number]
            if arc.end not in came and any(passes(way, bit) for way in ways):
                came[arc.end] = (thread, filled.flow.edges[thread.place][arc.number])
                order.append(arc.end)
    return came


def _back(came: Ways, thread: Thread) -> Way:
    """The edges of the way to a thread, the first one first."""
    edges = []
    at = came[thread]
    while at is not None:
        edges.append((at[0].place, at[1]))
        at = came[at[0]]
    return edges[::-1]
