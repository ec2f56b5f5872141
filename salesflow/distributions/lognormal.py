"""Most are quick, some take very long: what waiting for people looks like."""

import math
from typing import Any

from salesflow.distributions.family import Interval

# The 90% quantile of the standard normal distribution (Abramowitz & Stegun 1964, table 26.1).
Z90 = 1.2815515655446004


class Lognormal(Interval):
    """``{median: 3d, p90: 10d}`` or ``{mean: 2d, sd: 1d}``: the logarithm is normal.

    ``mu`` and ``sigma`` are mean and standard deviation of the natural logarithm of the value.
    Moments: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 14.
    """

    mu: float
    sigma: float

    @property
    def median(self) -> float:
        """Half of the values stay below it: exp(mu)."""
        return _exp(self.mu)

    @property
    def mean(self) -> float:
        """exp(mu + sigma^2 / 2); infinite where a float cannot hold it."""
        return _exp(self.mu + self.sigma**2 / 2)

    @property
    def variance(self) -> float:
        """(1 - exp(-sigma^2)) exp(2 mu + 2 sigma^2); infinite where a float cannot hold it."""
        spread = self.sigma**2
        return -math.expm1(-spread) * _exp(2 * self.mu + 2 * spread)

    def inside(self, u: float) -> float:
        """exp(mu + sigma z) with z from :class:`statistics.NormalDist`.

        Its algorithm is AS 241 (Wichura, Applied Statistics 37, 1988), 16 digits exact.
        """
        from statistics import NormalDist  # slow to import, only needed to draw

        return _exp(self.mu + self.sigma * NormalDist().inv_cdf(u))

    def below(self, x: float) -> tuple[float, float]:
        """Phi(z) with z the logarithm in standard deviations, and mean times Phi(z - sigma)."""
        above = math.log(x) - self.mu
        z = above / self.sigma if self.sigma else math.copysign(math.inf, above)
        return _normal(z), self.mean * _normal(z - self.sigma)


def from_median_p90(median: float, p90: float, *, basis: str, written: Any) -> Lognormal:
    """The log-normal with this median and 90% quantile; 0 < median < p90."""
    mu = math.log(median)
    return Lognormal(basis=basis, written=written, mu=mu, sigma=(math.log(p90) - mu) / Z90)


def from_mean_sd(mean: float, sd: float, *, basis: str, written: Any) -> Lognormal:
    """The log-normal with this mean and standard deviation, both above 0."""
    spread = 2 * math.log(math.hypot(1.0, sd / mean))
    mu = math.log(mean) - spread / 2
    return Lognormal(basis=basis, written=written, mu=mu, sigma=math.sqrt(spread))


def _normal(z: float) -> float:
    """The distribution function of the standard normal distribution."""
    return math.erfc(-z / math.sqrt(2)) / 2


def _exp(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf
