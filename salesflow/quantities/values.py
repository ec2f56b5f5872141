"""What values with units mean. Every function that reads a text returns None for one it is not."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from salesflow.quantities.patterns import (
    ANY_DURATION_PATTERN,
    DATE_PATTERN,
    PERCENT_PATTERN,
    RATE_PATTERN,
    SHARE_PATTERN,
)

_UNIT_MS = {"s": 1_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}
_PERIOD_HOURS = {"hour": 1, "day": 24, "week": 168, "month": 720, "year": 8_760}


class Duration(NamedTuple):
    """A time: an amount of ``s min h d w`` (elapsed) or ``bh bd`` (open time of a calendar).

    Two durations are equal when they mean the same time to the millisecond, however they are
    written: ``60min == 1h``, but ``8bh != 1bd``, for that depends on a calendar. ``str`` keeps the
    unit that was written.
    """

    amount: int | float
    unit: str

    @property
    def business(self) -> bool:
        """Whether it is open time of a calendar."""
        return self.unit not in _UNIT_MS

    @property
    def milliseconds(self) -> int:
        """Elapsed milliseconds, rounded to the nearest (ties to even).

        ValueError for business time: only a calendar knows.
        """
        return round(self.amount * self._unit_ms())

    @property
    def hours(self) -> float:
        """Elapsed hours; ValueError for business time."""
        return self.amount * self._unit_ms() / 3_600_000

    def _unit_ms(self) -> int:
        if self.business:
            raise ValueError(f"{self} is business time: only a calendar can turn it into hours")
        return _UNIT_MS[self.unit]

    def _meaning(self) -> tuple[str, float]:
        return (self.unit, self.amount) if self.business else ("", self.milliseconds)

    def __eq__(self, other: object) -> bool:
        """Equal when they mean the same time."""
        return isinstance(other, Duration) and self._meaning() == other._meaning()

    def __ne__(self, other: object) -> bool:
        """Whether they mean different times; said because tuples bring their own."""
        return not self == other

    def __hash__(self) -> int:
        """By the meaning."""
        return hash(self._meaning())

    def __str__(self) -> str:
        """As the language writes it: ``1.5h``."""
        return f"{decimal_text(self.amount)}{self.unit}"


class Rate(NamedTuple):
    """How often something comes on average: an amount per hour, day, week, month or year.

    A month has 30 days and a year 365.
    """

    amount: int | float
    unit: str

    @property
    def per_hour(self) -> float:
        """How many in an hour."""
        return self.amount / _PERIOD_HOURS[self.unit]

    @property
    def per_week(self) -> float:
        """How many in a week."""
        return self.amount * 168 / _PERIOD_HOURS[self.unit]

    def __str__(self) -> str:
        """As the language writes it: ``30 per week``."""
        return f"{decimal_text(self.amount)} per {self.unit}"


@lru_cache(maxsize=1024)  # a process writes the same few times at many places
def parse_duration(text: str) -> Duration | None:
    """``45min``, ``2bd``; elapsed or business."""
    if not re.fullmatch(ANY_DURATION_PATTERN, text):
        return None
    number = text.rstrip("smindhwb")
    return Duration(_number(number), text[len(number) :])


@lru_cache(maxsize=1024)
def parse_share(text: str) -> float | None:
    """``30%`` as 0.3, the float nearest to it."""
    return _hundredth(text) if re.fullmatch(SHARE_PATTERN, text) else None


def parse_percent(text: str) -> float | None:
    """The value of a percent field as a fraction: ``-2.5%`` is -0.025."""
    return _hundredth(text) if re.fullmatch(PERCENT_PATTERN, text) else None


def parse_rate(text: str) -> Rate | None:
    """``30 per week``."""
    if not re.fullmatch(RATE_PATTERN, text):
        return None
    number, _, unit = text.split(" ")
    return Rate(_number(number), unit)


def parse_date(text: str) -> date | None:
    """``2026-12-25``; None also for a day that does not exist."""
    return date.fromisoformat(text) if re.fullmatch(DATE_PATTERN, text) else None


def format_share(share: float) -> str:
    """A fraction as percent: 0.3 is ``30%``. Reading it again gives the same fraction.

    At most 15 digits and 12 decimals are shown, all that a file can say.
    """
    return f"{decimal_text(float(f'{share * 100:.15g}'))}%"


def decimal_text(number: float) -> str:
    """A finite number without exponent and without trailing zeros: 1.50 is ``1.5``."""
    if isinstance(number, int):
        return str(number)
    text = repr(number)
    if "e" in text:
        text = f"{number:.12f}"
    text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _hundredth(text: str) -> float:
    # Shifting the decimal point in the text rounds once, dividing by 100 would round twice.
    return float(f"{text[:-1]}e-2")
