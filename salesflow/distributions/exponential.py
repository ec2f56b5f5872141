"""Memoryless times: the longer-than-usual is as likely whenever one asks."""

import math

from salesflow.distributions.family import Interval


class Exponential(Interval):
    """``{mean: 2d}``: on [0, inf) with density exp(-x / mean) / mean."""

    average: float

    @property
    def mean(self) -> float:
        """As given."""
        return self.average

    @property
    def variance(self) -> float:
        """The square of the mean."""
        return self.average * self.average

    def inside(self, u: float) -> float:
        """From F(x) = 1 - exp(-x / mean); log1p keeps small shares exact."""
        return -self.average * math.log1p(-u)

    def below(self, x: float) -> tuple[float, float]:
        """1 - exp(-x / mean), and by parts: mean - exp(-x / mean) (x + mean)."""
        left = math.exp(-x / self.average)
        return -math.expm1(-x / self.average), self.average - left * (x + self.average)
