"""Anything between two values, equally likely."""

from salesflow.distributions.family import Interval


class Uniform(Interval):
    """``{min: 1h, max: 3h}``: constant density between the two."""

    least: float
    most: float

    @property
    def mean(self) -> float:
        """The middle."""
        return (self.least + self.most) / 2

    @property
    def variance(self) -> float:
        """A twelfth of the squared width."""
        return (self.most - self.least) ** 2 / 12

    @property
    def low(self) -> float:
        """The least value."""
        return self.least

    @property
    def high(self) -> float:
        """The greatest value."""
        return self.most

    def inside(self, u: float) -> float:
        """The point a share ``u`` along the way."""
        return min(self.least + u * (self.most - self.least), self.most)

    def below(self, x: float) -> tuple[float, float]:
        """The share of the way, times the middle of what was passed."""
        share = (x - self.least) / (self.most - self.least)
        return share, share * (self.least + x) / 2
