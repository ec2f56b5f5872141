"""How many deals a week pass where, and how long they stay: simulated, or from the shares."""

from collections.abc import Iterator
from math import isfinite

from salesflow.analysis.chain import Chain
from salesflow.drawing.diagram import Diagram, Edge
from salesflow.nouns import FrozenMap, Noun
from salesflow.process.model import Process
from salesflow.process.steps import Run, Step, Work
from salesflow.reporting.simulated.words import lasting, weeks
from salesflow.simulation.result import Estimate, PartResult, SimulationResult

_RESULT = ".next."


class Stay(Noun):
    """Hours of a visit, on average: until somebody begins, and in all."""

    waiting: float
    whole: float


class Traffic(Noun):
    """Deals a week along each result (``discovery.fit``) and source, and through each node.

    What lies in a run has the node of the run before it. ``simulated`` tells measured figures from
    those that the shares say; ``told`` says in a sentence where they come from.
    """

    taken: FrozenMap[str, float] = FrozenMap()
    visits: FrozenMap[str, float] = FrozenMap()
    stays: FrozenMap[str, Stay] = FrozenMap()
    simulated: bool = False
    told: str = ""


def simulated(process: Process, part: PartResult, result: SimulationResult) -> Traffic:
    """What a simulation counted; ``part`` is what its result says of this process."""
    weekly = 1 / max(weeks(result.duration), 1e-9)
    taken = {node: number.mean * weekly for node, number in part.flow.items()}
    stays = {
        node: Stay(waiting=_mean(step.waiting), whole=_mean(step.elapsed))
        for node, step in part.steps.items()
    }
    number = result.replications
    runs = f"{number:,} replication{'' if number == 1 else 's'}"
    return Traffic(
        taken=FrozenMap(taken | _arriving(process)),
        visits=FrozenMap({node: step.visits.mean * weekly for node, step in part.steps.items()}),
        stays=FrozenMap(stays),
        simulated=True,
        told=f"As simulated: {runs} of {lasting(result.duration)}.",
    )


def _arriving(process: Process) -> dict[str, float]:
    """Deals a week of each source."""
    return {source.node: source.per_week or 0.0 for source in process.sources.values()}


def by_shares(process: Process, chain: Chain) -> Traffic:
    """What the shares say, as if everybody had time at once; empty where they say too little."""
    if chain.all is None:
        why = chain.missing[0] if chain.missing else "arrivals or shares are missing"
        return Traffic(told=f"How many deals pass where cannot be told: {why}.")
    weekly = _arriving(process)
    arriving = sum(weekly.values())
    if not arriving:
        return Traffic(told="How many deals pass where cannot be told: no source has `arrivals`.")
    taken = {node: _finite(arriving * number) for node, number in chain.all.taken.items()}
    visits = {node: _finite(arriving * number) for node, number in chain.all.visits.items()}
    return Traffic(
        taken=FrozenMap(taken | weekly),
        visits=FrozenMap(visits),
        stays=FrozenMap({node: _stay(step) for node, step in _within(process, "", ())}),
        told="By the shares alone: nobody waits for a person. A simulation result says more.",
    )


def _within(process: Process, prefix: str, above: tuple[str, ...]) -> Iterator[tuple[str, Step]]:
    for step in process.nodes.values():
        node = prefix + step.node
        yield node, step
        inner = process.runs.get(step.process) if isinstance(step, Run) else None
        if inner is not None and inner.id not in above:
            yield from _within(inner, f"{node}.", (*above, inner.id))


def _stay(step: Step) -> Stay:
    hours = 0.0
    if isinstance(step, Work):
        hours = sum(_finite(each.mean) for each in (step.effort, step.wait) if each is not None)
    if step.timeout is not None and not step.timeout.after.business:
        hours = min(hours, step.timeout.after.hours)
    return Stay(waiting=0.0, whole=hours)


def _mean(estimate: Estimate | None) -> float:
    return 0.0 if estimate is None else _finite(estimate.mean)


def _finite(number: float) -> float:
    return number if isfinite(number) else 0.0


def rates(diagram: Diagram, traffic: Traffic) -> tuple[float, ...]:
    """Deals a week along each edge of a flow, in the order of the edges; 0 where none is known.

    What only an old version has carries no deals.
    """
    entering: dict[str, float] = {}
    found: list[float | None] = []
    for edge in diagram.edges:
        rate = _rate(edge, traffic)
        found.append(rate)
        if rate is not None:
            entering[edge.end] = entering.get(edge.end, 0.0) + rate
    return tuple(
        max(0.0, traffic.visits.get(edge.end, 0.0) - entering.get(edge.end, 0.0))
        if rate is None
        else rate
        for edge, rate in zip(diagram.edges, found, strict=True)
    )


def _rate(edge: Edge, traffic: Traffic) -> float | None:
    """Of a result or a source; None for a way into a block or a run."""
    if any(mark.kind == "removed" for mark in edge.marks):
        return 0.0
    if _RESULT not in edge.path:
        known: float | None = traffic.taken.get(edge.start)
        return known
    node, result = edge.start.removesuffix(".join"), edge.path.rpartition(".")[2]
    taken: float = traffic.taken.get(f"{node}.{result}", 0.0)
    return taken
