"""What every distribution can tell, whatever its family."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from salesflow.nouns import FrozenMap, Noun

Value: TypeAlias = float | str | bool


class Distribution(Noun):
    """How a value is spread.

    Values are floats: hours for times (``basis`` ``elapsed``), open hours (``bh``), open days
    (``bd``), plain numbers for numbers and money (``number``), fractions for percents
    (``percent``: 0.25 is 25%); and words (``choice``) and booleans (``yes_no``).

    ``written`` is the form of the language it was read from; equality leaves it out, so
    ``{median: 60min, p90: 2h}`` equals ``{median: 1h, p90: 120min}``.
    """

    unequal = frozenset({"written"})

    basis: str
    written: Any

    @property
    def mean(self) -> float:
        """The expected value; for yes/no the share of yes. ValueError for choices."""
        raise NotImplementedError

    @property
    def variance(self) -> float:
        """The expected squared distance from the mean. ValueError for choices."""
        raise NotImplementedError

    @property
    def low(self) -> Value:
        """The least value that can occur, or the bound that values come near to."""
        raise NotImplementedError

    @property
    def high(self) -> Value:
        """The greatest value that can occur, or the bound they come near to (maybe infinite)."""
        raise NotImplementedError

    @property
    def is_constant(self) -> bool:
        """Whether only one value can occur."""
        return False

    def support(self) -> tuple[Value, ...] | None:
        """The values that can occur, in order; None where they fill an interval."""
        return None

    def quantile(self, u: float) -> Value:
        """The inverse of the distribution function: the value below which a share ``u`` stays.

        Never falls as ``u`` grows; 0 gives ``low`` and 1 gives ``high``. ValueError outside [0, 1].
        A uniform ``u`` makes it a draw.
        """
        raise NotImplementedError

    def to_data(self) -> Any:
        """The form of the language, plain data: reading it again gives an equal distribution."""
        return _plain(self.written)


class Interval(Distribution):
    """A distribution that fills an interval of numbers."""

    @property
    def low(self) -> float:
        """The lower bound; families that can go lower say so."""
        return 0.0

    @property
    def high(self) -> float:
        """The upper bound; infinite unless a family says otherwise."""
        return float("inf")

    def quantile(self, u: float) -> float:
        """The value below which a share ``u`` stays."""
        check_probability(u)
        if u in (0, 1):
            return self.high if u else self.low
        return self.inside(u)

    def inside(self, u: float) -> float:
        """The quantile for 0 < u < 1."""
        raise NotImplementedError

    def up_to(self, x: float) -> tuple[float, float]:
        """The share of values up to ``x``, and their part of the mean (value times density)."""
        if x <= self.low:
            return 0.0, 0.0
        return (1.0, self.mean) if x >= self.high else self.below(x)

    def below(self, x: float) -> tuple[float, float]:
        """``up_to`` for ``low`` < x < ``high``."""
        raise NotImplementedError


def check_probability(u: float) -> None:
    """ValueError outside [0, 1]."""
    if not 0 <= u <= 1:
        raise ValueError(f"a quantile is asked for a share between 0 and 1, not {u}")


def keep(data: Any) -> Any:
    """Language data as an immutable value."""
    if isinstance(data, Mapping):
        return FrozenMap({key: keep(value) for key, value in data.items()})
    return data


def _plain(data: Any) -> Any:
    if isinstance(data, FrozenMap):
        return {key: _plain(value) for key, value in data.items()}
    return data
