"""Estimates over replications: means, ratios of sums and quantiles, each with its 95% interval.

Replications are independent and of equal law, so Student's t holds over them (Law, Simulation
Modeling and Analysis, 5th edition, chapter 9).

* A ratio, such as the mean waiting of a visit, is the sum of all tops over the sum of all bottoms:
  a replication with more visits weighs more. The mean of the replications' own ratios would be
  wrong by about the covariance of ratio and bottom, however many replications there are. Its
  interval is that of the jackknife's pseudo-values (Miller, The jackknife: a review, Biometrika 61,
  1974).
* A quantile is that of all values pooled. Its interval is Woodruff's (Confidence intervals for
  medians and other position measures, Journal of the American Statistical Association 47, 1952):
  the share of values below the estimate is such a ratio; what lies at the ends of its interval are
  the ends of the quantile's.

Replications in which nothing was seen are left out; where fewer than two are left there is no
estimate. One replication alone has no interval: low and high are NaN.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import fsum, inf, isnan, nan, sqrt
from typing import NamedTuple

from salesflow.simulation.result import Estimate
from salesflow.simulation.student import quantile, tails
from salesflow.simulation.tally import Spread, bucket_bounds

CONFIDENCE = 0.95
HOUR = 3_600_000
_ROUNDING = 1e-12
MOST_NEEDED = 100_000  # replications; more are not advised


class Sample(NamedTuple):
    """A measure over replications.

    ``parts`` has what each of them says by itself (NaN where it saw nothing), such that their mean
    is the estimate or nearly so, and that they can be compared pair by pair with those of another
    sample on the same random numbers.
    """

    estimate: Estimate
    parts: tuple[float, ...]


class Range(NamedTuple):
    """What a measure can be at all; intervals end there."""

    least: float = -inf
    most: float = inf


ANY = Range()
NOT_NEGATIVE = Range(0.0)
SHARE = Range(0.0, 1.0)


class Change(NamedTuple):
    """A difference of two samples, and the chance of one so great if there were none."""

    estimate: Estimate
    chance: float


def sample_of_values(values: Sequence[float], within: Range = NOT_NEGATIVE) -> Sample:
    """The mean of one value from each replication."""
    mean = fsum(values) / len(values)
    return Sample(_around(mean, _half(values), within), tuple(values))


def sample_of_ratio(
    tops: Sequence[float], bottoms: Sequence[float], within: Range = NOT_NEGATIVE
) -> Sample | None:
    """The sum of ``tops`` over that of ``bottoms``; None where too few have a bottom above 0."""
    seen = sum(bottom > 0 for bottom in bottoms)
    if seen < min(2, len(bottoms)) or not seen:
        return None
    top, bottom = fsum(tops), fsum(bottoms)
    ratio = top / bottom
    if seen == 1:
        return Sample(Estimate(ratio, nan, nan), (ratio,))
    parts = tuple(
        seen * ratio - (seen - 1) * (top - own) / (bottom - count) if 0 < count < bottom else nan
        for own, count in zip(tops, bottoms, strict=True)
    )
    return Sample(_around(ratio, _half(_known(parts)), within), parts)


def sample_of_jackknife(
    whole: float, without: Sequence[float], within: Range = NOT_NEGATIVE
) -> Sample | None:
    """Any estimate from all replications, and what it is ``without`` each of them.

    None where it is NaN, for too little was seen.
    """
    number = len(without)
    if isnan(whole):
        return None
    parts = tuple(number * whole - (number - 1) * other for other in without)
    return Sample(_around(whole, _half(_known(parts)), within), parts)


def sample_of_quantile(spreads: Sequence[Spread], share: float) -> Sample | None:
    """The time in hours below which a ``share`` of all values lies; spreads in milliseconds.

    None where too little was seen, also where the interval would end beyond the longest value.
    """
    pooled = pool(spreads)
    center = quantile_of(pooled, share)
    below = [number_below(spread, center) for spread in spreads]
    found = sample_of_ratio(below, [spread.number for spread in spreads], ANY)
    return None if found is None else quantile_around(pooled, share, found)


def quantile_around(pooled: Spread, share: float, found: Sample) -> Sample | None:
    """The quantile of all values, from what was ``found`` of the share of values below it."""
    center = quantile_of(pooled, share)
    half = (found.estimate.high - found.estimate.low) / 2
    if isnan(half):
        return Sample(Estimate(center / HOUR, nan, nan), (center / HOUR,))
    if not half <= min(share, 1 - share):
        return None
    low, high = (quantile_of(pooled, share + side) for side in (-half, half))
    # To a share that is too great by so much belongs a value that is too low by so much.
    slope = (high - low) / (2 * half) if half else 0.0
    parts = tuple((center + (share - part) * slope) / HOUR for part in found.parts)
    return Sample(Estimate(center / HOUR, low / HOUR, high / HOUR), parts)


def change_of(base: Sample | None, other: Sample | None) -> Change | None:
    """What a measure is more in ``other``, replication by replication on the same random numbers.

    None where one has nothing to compare. Equal parts differ by exactly 0.
    """
    if base is None or other is None:
        return None
    pairs = zip(base.parts, other.parts, strict=True)
    differences = _known([_apart(before, after) for before, after in pairs])
    center = _apart(base.estimate.mean, other.estimate.mean)
    if len(differences) < 2:
        return Change(Estimate(center, nan, nan), 1.0)
    error = _error(differences)
    chance = tails(center / error, len(differences) - 1) if error else float(center == 0)
    return Change(_around(center, _half(differences), ANY), chance)


def replications_for(estimate: Estimate, replications: int, half: float) -> int | None:
    """How many replications would probably narrow an interval to ``half`` on each side.

    The estimate is of ``replications``. None where no number that can be advised would.
    """
    now = max(estimate.high - estimate.mean, estimate.mean - estimate.low)
    if isnan(now) or half <= 0:
        return None
    spread = now * sqrt(replications) / quantile(CONFIDENCE, replications - 1)
    low, high = replications, MOST_NEEDED + 1
    while low < high:
        middle = (low + high) // 2
        if quantile(CONFIDENCE, middle - 1) * spread / sqrt(middle) > half:
            low = middle + 1
        else:
            high = middle
    return low if low <= MOST_NEEDED else None


def pool(spreads: Iterable[Spread]) -> Spread:
    """All values of some spreads together."""
    number = total = 0
    buckets: dict[int, int] = {}
    for spread in spreads:
        number += spread.number
        total += spread.total
        for bucket, count in spread.buckets:
            buckets[bucket] = buckets.get(bucket, 0) + count
    return Spread(number, total, tuple(sorted(buckets.items())))


def quantile_of(spread: Spread, share: float) -> float:
    """The value in milliseconds below which a share of the values lies; NaN where there is none.

    Values are taken as spread evenly in their bucket; a spread with one bucket is at its mean.
    """
    if not spread.number:
        return nan
    if len(spread.buckets) == 1:
        return spread.total / spread.number
    wanted = min(max(share, 0.0), 1.0) * spread.number
    reached = [*accumulate(count for _, count in spread.buckets)]
    at = bisect_left(reached, wanted)
    bucket, count = spread.buckets[at]
    low, high = bucket_bounds(bucket)
    return low + (high - low) * (wanted - reached[at] + count) / count


def number_below(spread: Spread, value: float) -> float:
    """How many values lie below one, those of its own bucket in part."""
    number = 0.0
    for bucket, count in spread.buckets:
        low, high = bucket_bounds(bucket)
        if high > value:
            return number + count * max(value - low, 0.0) / (high - low)
        number += count
    return number


def _apart(before: float, after: float) -> float:
    """How much more the second one is; what rounding alone makes of equal ones is 0."""
    difference = after - before
    return 0.0 if abs(difference) <= _ROUNDING * max(abs(before), abs(after)) else difference


def _known(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(value for value in values if not isnan(value))


def _error(values: Sequence[float]) -> float:
    """The standard error of a mean."""
    number = len(values)
    mean = fsum(values) / number
    return sqrt(fsum((value - mean) ** 2 for value in values) / ((number - 1) * number))


def _half(values: Sequence[float]) -> float:
    if len(values) < 2:
        return nan
    return quantile(CONFIDENCE, len(values) - 1) * _error(values)


def _around(mean: float, half: float, within: Range) -> Estimate:
    # NaN stays: it is less than nothing, and nothing is less than it.
    low, high = mean - half, mean + half
    return Estimate(mean, max(low, within.least), min(high, within.most))
