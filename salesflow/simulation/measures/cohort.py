"""The deals that came to a probe: how many are won, and how long they took, open ones and all."""

from collections.abc import Callable, Sequence
from functools import cached_property
from math import nan
from typing import TypeAlias

from salesflow.simulation.estimates import (
    SHARE,
    Sample,
    number_below,
    quantile_around,
    quantile_of,
    sample_of_jackknife,
    sample_of_quantile,
    sample_of_ratio,
)
from salesflow.simulation.incidence import WHOLE, Followed, followed, followed_without_each
from salesflow.simulation.measures.seen import HOUR, Seen
from salesflow.simulation.program import LOST, WON
from salesflow.simulation.result import Estimate, Times
from salesflow.simulation.tally import ProbeTally, Spread

QUANTILES = {"median": 0.5, "p90": 0.9, "p95": 0.95}

Pick: TypeAlias = Callable[[Followed], Spread]


def won_ones(deals: Followed) -> Spread:
    """Times until deals are won."""
    return deals.won


def all_ended(deals: Followed) -> Spread:
    """Times until deals end, however."""
    return deals.ended


class Cohort:
    """What the replications saw of one probe, by its number in the program."""

    def __init__(self, seen: Seen, probe: int) -> None:
        """Look whether any is still open; only then deals need weights."""
        self.probes: list[ProbeTally] = [tally.probes[probe] for tally in seen.tallies]
        self.all_ended = not any(probe.open_age.number for probe in self.probes)

    @cached_property
    def whole(self) -> Followed:
        """The deals that ended, weighted by how many are open."""
        return followed(self.probes)

    @cached_property
    def without(self) -> tuple[Followed, ...]:
        """The same without each of the replications."""
        return tuple(followed_without_each(self.probes))

    def win_rate(self) -> Sample | None:
        """Won deals, of won and lost ones; None where too few are."""
        won = [probe.kinds[WON] for probe in self.probes]
        decided = [probe.kinds[WON] + probe.kinds[LOST] for probe in self.probes]
        plain = sample_of_ratio(won, decided, SHARE)
        if self.all_ended or plain is None:
            return plain
        others = [deals.win_rate for deals in self.without]
        return sample_of_jackknife(self.whole.win_rate, others, SHARE)

    @cached_property
    def undecided(self) -> float:
        """The share of deals that take longer than any was followed, so that nobody saw them end.

        Of those that are won, lost or undecided.
        """
        if self.all_ended:
            return 0.0
        came = sum(
            spread.number
            for probe in self.probes
            for spread in (probe.won_time, probe.lost_time, probe.gone_time, probe.open_age)
        )
        unknown = max(came * WHOLE - sum(spread.number for spread in self.whole), 0)
        known = self.whole.won.number + self.whole.lost.number
        return unknown / (known + unknown) if unknown else 0.0

    def widest(self, rate: Estimate) -> Estimate:
        """A win rate if all deals that are undecided were lost, and if all were won."""
        known = 1 - self.undecided
        return Estimate(rate.mean, rate.low * known, rate.high * known + self.undecided)

    def weights(self) -> tuple[float, float]:
        """For how many deals a won one and a lost one stand on average."""
        if self.all_ended:
            return 1.0, 1.0
        won = sum(probe.kinds[WON] for probe in self.probes)
        lost = sum(probe.kinds[LOST] for probe in self.probes)
        return self.whole.won.number / max(won, 1), self.whole.lost.number / max(lost, 1)

    def time(self, statistic: str, of: Pick) -> Sample | None:
        """The ``mean``, ``median``, ``p90`` or ``p95`` of times, in hours."""
        if self.all_ended:
            return sample_of_statistic([of(_plain(probe)) for probe in self.probes], statistic)
        whole, others = of(self.whole), [of(deals) for deals in self.without]
        if statistic not in QUANTILES:
            means = [_mean(spread) / HOUR for spread in others]
            return sample_of_jackknife(_mean(whole) / HOUR, means)
        share = QUANTILES[statistic]
        center = quantile_of(whole, share)
        found = sample_of_jackknife(_share(whole, center), [_share(s, center) for s in others])
        return None if found is None else quantile_around(whole, share, found)

    def times(self, of: Pick) -> Times:
        """Mean, median and 90% quantile of times."""
        mean, median, p90 = (
            None if sample is None else sample.estimate
            for sample in (self.time(statistic, of) for statistic in ("mean", "median", "p90"))
        )
        return Times(mean, median, p90)


def sample_of_statistic(spreads: Sequence[Spread], statistic: str) -> Sample | None:
    """The ``mean``, ``median``, ``p90`` or ``p95`` of times, in hours."""
    if statistic in QUANTILES:
        return sample_of_quantile(spreads, QUANTILES[statistic])
    return sample_of_ratio([s.total / HOUR for s in spreads], [s.number for s in spreads])


def _plain(probe: ProbeTally) -> Followed:
    return Followed(probe.won_time, probe.lost_time, probe.gone_time)


def _mean(spread: Spread) -> float:
    return spread.total / spread.number if spread.number else nan


def _share(spread: Spread, value: float) -> float:
    return number_below(spread, value) / spread.number if spread.number else nan
