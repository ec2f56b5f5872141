"""What people estimate: at least, usually, at most."""

import math

from salesflow.distributions.family import Interval


class Triangular(Interval):
    """``{min: 1h, usual: 2h, max: 8h}``: density rises straight to ``usual``, falls straight after.

    Formulas: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2 (1995), 26.9.
    """

    least: float
    usual: float
    most: float

    @property
    def mean(self) -> float:
        """A third of the sum of the three."""
        return (self.least + self.usual + self.most) / 3

    @property
    def variance(self) -> float:
        """(w^2 + r^2 - w r) / 18 with the width w and the rise r = usual - least."""
        width, rise = self.most - self.least, self.usual - self.least
        return (width * width + rise * rise - width * rise) / 18

    @property
    def low(self) -> float:
        """The least value."""
        return self.least

    @property
    def high(self) -> float:
        """The greatest value."""
        return self.most

    def inside(self, u: float) -> float:
        """The inverse of two parabolas that meet at ``usual``."""
        width, rise = self.most - self.least, self.usual - self.least
        if u * width < rise:
            return min(self.least + math.sqrt(u * width * rise), self.usual)
        return max(self.most - math.sqrt((1 - u) * width * (width - rise)), self.usual)

    def below(self, x: float) -> tuple[float, float]:
        """The rising part up to ``usual``; behind it all less what is left of the falling part."""
        width, rise = self.most - self.least, self.usual - self.least
        if x <= self.usual:
            gone = x - self.least
            share = gone * gone / (width * rise)
            return share, share * (self.least + gone * 2 / 3)
        left = self.most - x
        share = left * left / (width * (width - rise))
        return 1 - share, self.mean - share * (self.most - left * 2 / 3)
