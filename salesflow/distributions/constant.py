"""Always the same value."""

from salesflow.distributions.family import Distribution, Value, check_probability


class Constant(Distribution):
    """``45min``, ``60000``, ``25%``, ``DACH``, ``true``: one value, always."""

    value: Value

    @property
    def mean(self) -> float:
        """The value; yes counts as 1."""
        if self.basis == "choice":
            raise ValueError(f"`{self.value}` is a word and has no mean")
        return float(self.value)

    @property
    def variance(self) -> float:
        """Nothing varies."""
        if self.basis == "choice":
            raise ValueError(f"`{self.value}` is a word and has no variance")
        return 0.0

    @property
    def low(self) -> Value:
        """The value."""
        return self.value

    @property
    def high(self) -> Value:
        """The value."""
        return self.value

    @property
    def is_constant(self) -> bool:
        """It is."""
        return True

    def support(self) -> tuple[Value, ...]:
        """The one value."""
        return (self.value,)

    def quantile(self, u: float) -> Value:
        """The value, for every ``u`` in [0, 1]."""
        check_probability(u)
        return self.value
