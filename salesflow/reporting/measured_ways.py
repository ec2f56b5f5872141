"""How many deals a week pass along each way of a picture, as a result says."""

from collections.abc import Iterator, Sequence

from salesflow.analysis.odds.deals import Deals
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.process.steps import Block, Run
from salesflow.reporting.measured_places import Place
from salesflow.simulation.result import Estimate, PartResult


def ways_of(
    process: Process, places: Sequence[Place], part: PartResult, weeks: float
) -> Iterator[tuple[str, float]]:
    """Deals a week by the path of the way; nothing where it is not known how many weeks."""
    if weeks <= 0:
        return
    for path, deals in (
        *_arrivals(process, part),
        *_results(places, part),
        *_branches(places, part),
        *_handed(process, part),
    ):
        yield path, deals / weeks


def _arrivals(process: Process, part: PartResult) -> Iterator[tuple[str, float]]:
    """Deals that came, by source: shared out by their rates, which is all that a result leaves."""
    came = part.deals.get("arrived")
    rates = {source.path: source.per_week for source in process.sources.values()}
    known = [rate for rate in rates.values() if rate is not None]
    if came is None or (len(rates) > 1 and (len(known) < len(rates) or sum(known) <= 0)):
        return
    for path, rate in rates.items():
        yield path, came.mean * (rate or 0.0) / sum(known) if len(rates) > 1 else came.mean


def _results(places: Sequence[Place], part: PartResult) -> Iterator[tuple[str, float]]:
    for place in places:
        for result in place.step.next.values():
            seen = part.flow.get(f"{place.key}.{result.id}")
            if seen is not None:
                yield place.prefix + result.path, seen.mean


def _branches(places: Sequence[Place], part: PartResult) -> Iterator[tuple[str, float]]:
    """Into a branch, or a process that is run, come those who are at its start for the first time.

    Where a process that is run has several sources, nobody knows.
    """
    back: dict[str, float] = {}  # key of a step -> how often results lead there
    for place in places:
        for result in place.step.next.values():
            seen = part.flow.get(f"{place.key}.{result.id}")
            for target in result.targets if seen is not None else ():
                key = place.prefix_key + target
                back[key] = back.get(key, 0.0) + (seen.mean if seen is not None else 0.0)
    visits = {place.key: place.seen.visits.mean for place in places}
    for place in places:
        if isinstance(place.step, Block):
            for branch in place.step.branches.values():
                key = place.prefix_key + branch.start
                if key in visits:
                    yield place.prefix + branch.path, max(visits[key] - back.get(key, 0.0), 0.0)
        elif isinstance(place.step, Run):
            inner = place.process.runs.get(place.step.process)
            if inner is not None and len(inner.sources) == 1:
                (source,) = inner.sources.values()
                yield f"{place.path}.{source.path}", place.seen.visits.mean


def _handed(process: Process, part: PartResult) -> Iterator[tuple[str, float]]:
    """What crosses at each touchpoint, and what goes from department to department, from stage to
    stage.
    """
    for name, touchpoint in process.touchpoints.items():
        seen = part.touchpoints.get(name)
        if seen is not None:
            yield touchpoint.path, seen.crossings.mean
    came: Estimate | None = part.deals.get("arrived")
    if came is None or came.mean <= 0:
        return
    from salesflow.analysis.movements import handed_over, stage_moves  # only where deals move

    deals = Deals(
        visits=FrozenMap({key: _per(step.visits, came) for key, step in part.steps.items()}),
        taken=FrozenMap({key: _per(taken, came) for key, taken in part.flow.items()}),
    )
    for (giver, receiver), often in handed_over(process, deals).items():
        yield f"departments.{giver}>{receiver}", often * came.mean
    for (start, end), often in stage_moves(process, deals).items():
        yield f"{start}>{end}", often * came.mean


def _per(number: Estimate, came: Estimate) -> float:
    return max(number.mean, 0.0) / came.mean
