"""One of a few values, each with its share."""

import math

from salesflow.distributions.family import Distribution, Value, check_probability


class AnyOf(Distribution):
    """``{any_of: {1d: 30%, 5d: rest}}``, ``{DACH: 50%, AMER: rest}``, or ``30%`` for yes/no.

    ``values`` ascend (words by alphabet, no before yes), so neither draws nor equality depend on
    the order written; ``shares`` are fractions that sum to 1, ``rest`` worked out.
    """

    values: tuple[Value, ...]
    shares: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The sum of value times share."""
        return math.fsum(x * p for x, p in zip(self._numbers(), self.shares, strict=True))

    @property
    def variance(self) -> float:
        """The sum of share times squared distance from the mean."""
        mean = self.mean
        numbers = self._numbers()
        return math.fsum((x - mean) ** 2 * p for x, p in zip(numbers, self.shares, strict=True))

    @property
    def low(self) -> Value:
        """The least value that can occur."""
        return self.support()[0]

    @property
    def high(self) -> Value:
        """The greatest value that can occur."""
        return self.support()[-1]

    @property
    def is_constant(self) -> bool:
        """Whether all but one share are 0."""
        return len(self.support()) == 1

    def support(self) -> tuple[Value, ...]:
        """The values with a share above 0, ascending."""
        return tuple(x for x, p in zip(self.values, self.shares, strict=True) if p > 0)

    def quantile(self, u: float) -> Value:
        """The first value up to which the shares sum to at least ``u``."""
        check_probability(u)
        reached = 0.0
        for value, share in zip(self.values, self.shares, strict=True):
            reached += share
            if share > 0 and u <= reached:
                return value
        return self.high  # the shares may sum to a hair below 1

    def _numbers(self) -> tuple[float, ...]:
        if self.basis == "choice":
            raise ValueError("choices are words and have no mean or variance")
        return tuple(float(value) for value in self.values)
