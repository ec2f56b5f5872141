"""What became of the deals of a process, how long they took and what they brought."""

from collections.abc import Callable
from math import fsum
from operator import attrgetter
from typing import TypeAlias

from salesflow.nouns import FrozenMap
from salesflow.simulation.estimates import (
    ANY,
    NOT_NEGATIVE,
    SHARE,
    Range,
    Sample,
    pool,
)
from salesflow.simulation.measures.cohort import Cohort, all_ended, won_ones
from salesflow.simulation.measures.seen import HOUR, WEEK, View
from salesflow.simulation.program import KINDS, WON
from salesflow.simulation.result import Estimate
from salesflow.simulation.tally import BITS, PartTally, bucket_bounds

Count: TypeAlias = Callable[[PartTally], float]
Kpi: TypeAlias = Callable[[View, Cohort], Sample | None]

_COARSE = 4  # bits: a bar of the distribution holds 16 buckets, and is a sixteenth of its value


def deals_of(view: View) -> FrozenMap[str, Estimate]:
    """Deals a replication that arrived after the warm-up, by what became of them."""
    found = {"arrived": view.values(attrgetter("arrived"))}
    for kind, name in enumerate(KINDS):
        found[name] = view.values(_Kind(kind))
    found["open"] = view.values(attrgetter("open"))
    found["stuck"] = view.values(attrgetter("stuck"))
    return FrozenMap({name: sample.estimate for name, sample in found.items()})


class _Kind:
    """The deals of a part that ended so."""

    def __init__(self, kind: int) -> None:
        self.kind = kind

    def __call__(self, part: PartTally) -> float:
        return part.kinds[self.kind]


def kpis_of(view: View, deals: Cohort) -> dict[str, Sample | None]:
    """The measures of a process by name; None where too little was seen, or nothing can be.

    ``deals`` are all of the process (``deals_that_came``). Money is measured where the process says
    what a deal is worth, costs where it says what people or sources cost.
    """
    return {name: of(view, deals) for name, of in _KPIS.items()}


def kpi_of(view: View, name: str) -> Sample | None:
    """One of the measures."""
    return _KPIS[name](view, deals_that_came(view))


def deals_that_came(view: View) -> Cohort:
    """All deals of a process; to weigh them takes time, so measures share one cohort."""
    return Cohort(view.seen, view.number)


def _in_a_week(count: Count, within: Range = NOT_NEGATIVE) -> Kpi:
    """What happens in the measured time, by its weeks."""

    def of(view: View, _: Cohort) -> Sample:
        weeks = view.seen.measured / WEEK
        return view.values(lambda part: count(part) / weeks, within)

    return of


def _if_valued(kpi: Kpi) -> Kpi:
    def of(view: View, deals: Cohort) -> Sample | None:
        valued = view.seen.program.parts[view.number].value >= 0
        return kpi(view, deals) if valued else None

    return of


def _ended(part: PartTally) -> float:
    return sum(part.kinds)


def win_rate_by_value(view: View, deals: Cohort) -> Sample | None:
    """The worth of won deals, of that of won and lost ones.

    What is still open is taken to be worth as much as what ended so.
    """
    if view.seen.program.parts[view.number].value < 0:
        return None
    won, lost = deals.weights()
    return view.ratio(
        lambda part: part.won_value * won,
        lambda part: part.won_value * won + part.lost_value * lost,
        SHARE,
    )


def flow_efficiency(view: View) -> Sample | None:
    """Hands-on time, of the time that deals that ended took.

    Above 1 where people work on a deal side by side.
    """
    return view.ratio(attrgetter("effort"), attrgetter("elapsed"))


def unfinished(view: View) -> Sample:
    """How often a replication something ended and left work behind."""
    return view.values(attrgetter("unfinished"))


def costs(view: View) -> bool:
    """Whether people or sources of the process cost anything."""
    program = view.seen.program
    sources = (source.cost for source in program.sources if source.process == view.number)
    return any(role.cost for role in program.roles) or any(sources)


def _cost_per_won(view: View) -> Sample | None:
    """All that was spent on the deals of the process in the measured time, by deals won in it."""
    if not costs(view):
        return None
    hourly = [role.cost / HOUR for role in view.seen.program.roles]
    each = [source.cost for source in view.seen.program.sources]

    def spent(part: PartTally) -> float:
        work = (time * cost for time, cost in zip(part.role_effort, hourly, strict=True))
        came = (number * cost for number, cost in zip(part.came, each, strict=True))
        return fsum(work) + fsum(came)

    return view.ratio(spent, attrgetter("won"))


def distribution_of(view: View) -> tuple[tuple[float, float, int], ...]:
    """Cycle times of won deals of all replications: (from hours, to hours, how many)."""
    pooled = pool(tally.probes[view.number].won_time for tally in view.seen.tallies)
    bars: dict[tuple[int, int], int] = {}
    for bucket, count in pooled.buckets:
        first = bucket >> _COARSE << _COARSE if bucket >= 1 << BITS else 0
        last = first + (1 << _COARSE) if bucket >= 1 << BITS else 1 << BITS
        bar = (bucket_bounds(first)[0], bucket_bounds(last - 1)[1])
        bars[bar] = bars.get(bar, 0) + count
    return tuple((low / HOUR, high / HOUR, count) for (low, high), count in bars.items())


_KPIS: dict[str, Kpi] = {
    "win_rate": lambda _, deals: deals.win_rate(),
    "wins": _in_a_week(attrgetter("won")),
    "win_value": _if_valued(_in_a_week(attrgetter("value"), ANY)),
    "value_per_won": _if_valued(
        lambda view, _: view.ratio(attrgetter("won_value"), _Kind(WON), ANY)
    ),
    "throughput": _in_a_week(attrgetter("ended")),
    "cycle_time": lambda _, deals: deals.time("mean", all_ended),
    "cycle_time_won": lambda _, deals: deals.time("mean", won_ones),
    "cost_per_won": lambda view, _: _cost_per_won(view),
    "rework": lambda view, _: view.ratio(attrgetter("rework"), _ended),
    "open_deals": lambda view, _: view.values(lambda part: part.open_time / view.seen.measured),
    "stuck": lambda view, _: view.ratio(attrgetter("stuck"), attrgetter("arrived"), SHARE),
}
