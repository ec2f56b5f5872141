"""How figures look: with the digits that their interval allows, in the unit people say them in.

An estimate of something that cannot be below zero, or above 100%, is not shown beyond it.
"""

from math import floor, inf, log10
from typing import NamedTuple

from salesflow.simulation.result import Estimate

SHARE, HOURS, WORK, MONEY, NUMBER = "share", "hours", "work", "money", "number"

_HOUR_UNITS = (("day", 24.0), ("hour", 1.0), ("minute", 1 / 60))
_SHORT = {"day": "d", "hour": "h", "minute": "min", "point": "pt"}
_MOST_DECIMALS = {SHARE: 2, HOURS: 1, WORK: 1, MONEY: 2, NUMBER: 3}


class Figure(NamedTuple):
    """A figure as text: ``value``, its ``unit`` in words, the ends of its interval, half its width.

    ``low`` and ``high`` are "" where the interval is no wider than the digits that are shown.
    """

    value: str
    unit: str
    low: str
    high: str
    half: str

    @property
    def alone(self) -> str:
        """``17.1%``, ``182 days``, ``1,920,000 EUR``."""
        return f"{self.value}{self._behind}"

    @property
    def short(self) -> str:
        """``182 d``: for tables."""
        return f"{self.value}{_behind(_SHORT.get(self.unit, self.unit))}"

    @property
    def interval(self) -> str:
        """``16.2 to 18.0``, "" where there is none."""
        return f"{self.low} to {self.high}" if self.low else ""

    @property
    def whole(self) -> str:
        """``182 days (176 to 188)``."""
        return f"{self.alone} ({self.interval})" if self.low else self.alone

    @property
    def _behind(self) -> str:
        plural = self.unit in _SHORT and self.value.lstrip("+−") != "1"
        return _behind(f"{self.unit}s" if plural else self.unit)


def _behind(unit: str) -> str:
    return unit if unit in ("%", "") else f" {unit}"


def figure(estimate: Estimate, kind: str, currency: str = "") -> Figure:
    """An estimate as text; ``kind`` is share (a fraction of 1), hours, money, number,
    or work: hours of a person's work, which are no part of a day.
    """
    low, high = max(estimate.low, 0.0), estimate.high
    if kind == SHARE:
        high = min(high, 1.0)
    if estimate.mean < 0:  # a worth can be
        low = estimate.low
    unit, scale = _unit(estimate.mean, kind, currency)
    return _figure(Estimate(estimate.mean, low, high), unit, scale, kind, signed=False)


def difference(estimate: Estimate, kind: str, currency: str = "") -> Figure:
    """A difference as text, with its sign; shares differ by points."""
    unit, scale = _unit(max(map(abs, estimate)), kind, currency)
    if kind == SHARE:
        unit = "point"
    return _figure(estimate, unit, scale, kind, signed=True)


def share(fraction: float) -> str:
    """A fraction that has no interval: ``91%``, ``0.4%``."""
    percent = fraction * 100
    if 0 < percent < 0.05:
        return "<0.1%"
    return f"{percent:.0f}%" if percent >= 10 or percent == 0 else f"{percent:.1f}%"


def rough(estimate: Estimate, kind: str, currency: str = "") -> str:
    """An estimate without its interval, in two or three digits: ``20 min``, ``4.9 h``."""
    unit, scale = _unit(estimate.mean, kind, currency)
    value = number(estimate.mean / scale)
    return f"{value.removesuffix('.0')}{_behind(_SHORT.get(unit, unit))}"


def lasting(hours: float) -> str:
    """A time without its interval, in two or three digits: ``20 minutes``, ``4.9 hours``."""
    unit, scale = _unit(hours, HOURS, "")
    if 0 < hours < 1 / 60:
        return "under a minute"
    value = number(hours / scale).removesuffix(".0")
    return f"{value} {unit}" if value == "1" else f"{value} {unit}s"


def number(value: float) -> str:
    """A few digits: 0.42, 4.2, 42, 4,200; <0.001 for less."""
    if 0 < value < 0.001:
        return "<0.001"
    if abs(value) >= 10 or value == 0:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.2g}"


def _unit(value: float, kind: str, currency: str) -> tuple[str, float]:
    if kind == SHARE:
        return "%", 0.01
    if kind in (HOURS, WORK):
        if kind == HOURS and abs(value) >= 48:
            return _HOUR_UNITS[0]
        return _HOUR_UNITS[1] if abs(value) >= 1 or value == 0 else _HOUR_UNITS[2]
    return (currency, 1.0) if kind == MONEY else ("", 1.0)


def _figure(estimate: Estimate, unit: str, scale: float, kind: str, *, signed: bool) -> Figure:
    mean, low, high = (value / scale for value in estimate)
    half = max(high - mean, mean - low)
    digits = _decimals(half if 0 < half < inf else abs(mean) / 50, kind)
    if kind != MONEY and digits < _MOST_DECIMALS[kind] and half < abs(mean) / 2:
        digits += abs(mean) < 10.0 ** (1 - digits)  # one digit alone says too little
    value = _text(mean, digits, signed=signed)
    ends = _text(low, digits, signed=signed), _text(high, digits, signed=signed)
    least = digits == _MOST_DECIMALS[kind] and not signed
    unseen = least and mean > 0 and not value.strip("0.")
    shown = f"<{10.0**-digits:.{digits}f}" if unseen else value
    if ends == (value, value):
        return Figure(shown, unit, "", "", "")
    spread = _text(half, digits, signed=False)
    return Figure(shown, unit, *ends, spread if spread.strip("0.") else "")


def _decimals(half: float, kind: str) -> int:
    """Decimals that show the first digit of half an interval (of money two); -1 for tens."""
    if half <= 0:
        return 0
    first = -floor(log10(half) + 1e-9)
    if kind == MONEY:
        return min(first + 1, 0) if half >= 1 else _MOST_DECIMALS[MONEY]
    return max(0, min(first, _MOST_DECIMALS[kind]))


def _text(value: float, digits: int, *, signed: bool) -> str:
    rounded = round(value, digits) + 0.0  # no -0.0
    if rounded in (inf, -inf):
        return "∞" if rounded > 0 else "−∞"
    text = f"{abs(rounded):,.{max(digits, 0)}f}"
    if rounded < 0:
        return f"−{text}"
    return f"+{text}" if signed and rounded > 0 else text
