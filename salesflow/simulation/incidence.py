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
from typing import NamedTuple, TypeAlias

from salesflow.simulation.estimates import pool
from salesflow.simulation.tally import ProbeTally, Spread, bucket_bounds

WHOLE = 1 << 20  # the weight of a deal where none is open; a power of 2 divides out exactly

Counts: TypeAlias = dict[int, int]  # by bucket


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

    ``totals`` are the exact sums of the times behind the buckets.
    """

    def __init__(self, probes: Sequence[ProbeTally]) -> None:
        self.ends: tuple[Counts, Counts, Counts] = ({}, {}, {})
        self.totals = [0, 0, 0]
        self.still_open: Counts = {}
        for probe in probes:
            self.add(probe, 1)

    def add(self, probe: ProbeTally, times: int) -> None:
        """Take a replication in (1) or out (-1)."""
        ends = (probe.won_time, probe.lost_time, probe.gone_time)
        for at, spread in enumerate(ends):
            self.totals[at] += times * spread.total
            _add(self.ends[at], spread, times)
        _add(self.still_open, probe.open_age, times)

    def followed(self) -> Followed:
        """All of them, weighted."""
        weights = self._weights()
        pairs = zip(self.ends, self.totals, strict=True)
        won, lost, gone = (_weighted(counts, total, weights) for counts, total in pairs)
        return Followed(won, lost, gone)

    def _weights(self) -> Counts:
        """For each bucket in which deals ended, what each of them weighs.

        In one bucket deals end before others are lost sight of.
        """
        won, lost, gone = self.ends
        at_risk = sum(sum(counts.values()) for counts in (*self.ends, self.still_open))
        followed_so_long = 1.0
        weights: Counts = {}
        for bucket in sorted({*won, *lost, *gone, *self.still_open}):
            weights[bucket] = round(WHOLE / followed_so_long)
            at_risk -= won.get(bucket, 0) + lost.get(bucket, 0) + gone.get(bucket, 0)
            unseen = self.still_open.get(bucket, 0)
            if 0 < unseen < at_risk:  # behind the last one nobody is left to weigh
                followed_so_long *= 1 - unseen / at_risk
            at_risk -= unseen
        return weights


def _add(counts: Counts, spread: Spread, times: int) -> None:
    for bucket, number in spread.buckets:
        counts[bucket] = counts.get(bucket, 0) + times * number


def _weighted(counts: Counts, total: int, weights: Counts) -> Spread:
    """The spread of weighted times, each taken as the middle of its bucket for its weight only."""
    buckets = tuple((bucket, counts[bucket] * weights[bucket]) for bucket in sorted(counts))
    plain = sum(counts[bucket] * sum(bucket_bounds(bucket)) for bucket in counts)
    weighted = sum(number * sum(bucket_bounds(bucket)) for bucket, number in buckets)
    return Spread(
        sum(number for _, number in buckets),
        round(total * weighted / plain) if plain else 0,
        tuple(pair for pair in buckets if pair[1]),
    )
