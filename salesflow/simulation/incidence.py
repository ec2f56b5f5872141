"""What becomes of deals, when some are still open at the end.

Losing is quick and winning is slow: of the deals that have ended by the end, too many are lost and
too few took long. To look at those alone would call the process worse, and faster, than it is. So a
deal that ended counts for those as well that were as young at the end as it was when it ended: its
weight is one by the chance of being followed so long (Kaplan & Meier, Nonparametric estimation from
incomplete observations, Journal of the American Statistical Association 53, 1958). Weighted so, the
shares of won and lost are the estimates of Aalen & Johansen for competing ends (An empirical
transition matrix, Scandinavian Journal of Statistics 5, 1978). Where no deal is open all weigh the
same. Weights depend on all replications, so intervals leave out one after the other with its part
in the weights.
"""

from collections.abc import Iterator, Sequence
from operator import mul
from typing import NamedTuple

from salesflow.simulation.estimates import pool
from salesflow.simulation.tally import ProbeTally, Spread, bucket_bounds

WHOLE = 1 << 20  # the weight of a deal where none is open; a power of 2 divides out exactly


class Followed(NamedTuple):
    """Deals that ended, weighted: numbers and times are in ``WHOLE``."""

    won: Spread
    lost: Spread
    gone: Spread  # neither won nor lost

    @property
    def win_rate(self) -> float:
        """Won ones, of won and lost ones; NaN where there are none."""
        decided = self.won.number + self.lost.number
        return self.won.number / decided if decided else float("nan")

    @property
    def ended(self) -> Spread:
        """All of them."""
        return pool(self)


def followed(probes: Sequence[ProbeTally]) -> Followed:
    """What becomes of the deals of one probe, in all replications together."""
    return _Cohort(probes).followed()


def followed_without_each(probes: Sequence[ProbeTally]) -> Iterator[Followed]:
    """The same with one replication left out after the other."""
    cohort = _Cohort(probes)
    for probe in probes:
        cohort.add(probe, -1)
        yield cohort.followed()
        cohort.add(probe, 1)


class _Cohort:
    """The deals of some replications by bucket of their age: how they ended, or that they did not.

    ``ends`` and ``still_open`` have a number for each of the ``buckets``, ``totals`` are the exact
    sums of the times behind them.
    """

    def __init__(self, probes: Sequence[ProbeTally]) -> None:
        spreads = [spread for probe in probes for spread in (*_ends(probe), probe.open_age)]
        self.buckets = sorted({bucket for spread in spreads for bucket, _ in spread.buckets})
        self.at = {bucket: at for at, bucket in enumerate(self.buckets)}
        self.middles = [sum(bucket_bounds(bucket)) for bucket in self.buckets]  # doubled
        self.ends = tuple([0] * len(self.buckets) for _ in range(3))
        self.still_open = [0] * len(self.buckets)
        self.totals = [0, 0, 0]
        for probe in probes:
            self.add(probe, 1)

    def add(self, probe: ProbeTally, times: int) -> None:
        """Take a replication in (1) or out (-1)."""
        for kind, spread in enumerate(_ends(probe)):
            self.totals[kind] += times * spread.total
            self._count(self.ends[kind], spread, times)
        self._count(self.still_open, probe.open_age, times)

    def _count(self, counts: list[int], spread: Spread, times: int) -> None:
        for bucket, number in spread.buckets:
            counts[self.at[bucket]] += times * number

    def followed(self) -> Followed:
        """All of them, weighted."""
        weights = self._weights()
        pairs = zip(self.ends, self.totals, strict=True)
        won, lost, gone = (self._weighted(counts, total, weights) for counts, total in pairs)
        return Followed(won, lost, gone)

    def _weights(self) -> list[int]:
        """For each bucket what a deal weighs that ended in it.

        In one bucket deals end before others are lost sight of.
        """
        at_risk = sum(map(sum, self.ends)) + sum(self.still_open)
        followed_so_long, weight = 1.0, WHOLE
        weights = []
        for won, lost, gone, unseen in zip(*self.ends, self.still_open, strict=True):
            weights.append(weight)
            at_risk -= won + lost + gone
            if unseen:
                if unseen < at_risk:  # behind the last one nobody is left to weigh
                    followed_so_long *= 1 - unseen / at_risk
                    weight = round(WHOLE / followed_so_long)
                at_risk -= unseen
        return weights

    def _weighted(self, counts: list[int], total: int, weights: list[int]) -> Spread:
        """The spread of times; each is taken as the middle of its bucket for its weight only."""
        numbers = [count * weight for count, weight in zip(counts, weights, strict=True)]
        plain = sum(map(mul, counts, self.middles))
        weighted = sum(map(mul, numbers, self.middles))
        buckets = tuple(pair for pair in zip(self.buckets, numbers, strict=True) if pair[1])
        return Spread(sum(numbers), round(total * weighted / plain) if plain else 0, buckets)


def _ends(probe: ProbeTally) -> tuple[Spread, Spread, Spread]:
    return probe.won_time, probe.lost_time, probe.gone_time
