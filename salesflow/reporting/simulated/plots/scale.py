"""Where values stand on an axis, and which ticks people like to read."""

from math import floor, log10
from typing import NamedTuple


class Scale(NamedTuple):
    """Values from ``low`` to ``high`` on pixels from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of a value; values outside stand at the edge."""
        if self.high == self.low:
            return (self.start + self.end) / 2
        part = (value - self.low) / (self.high - self.low)
        return self.start + min(max(part, 0.0), 1.0) * (self.end - self.start)


def ticks(low: float, high: float, most: int = 8) -> list[float]:
    """Round values (1, 2 or 5 times a power of ten) within, at most so many."""
    if not high > low:
        return [low]
    step = 10.0 ** floor(log10((high - low) / most))
    while (high - low) / step > most:
        step = _next(step)
    first = -floor(-low / step + 1e-9)
    count = floor(high / step + 1e-9) - first + 1
    return [(first + n) * step for n in range(count)]


def _next(step: float) -> float:
    leading = round(step / 10.0 ** floor(log10(step) + 1e-9))
    return step * (2.5 if leading == 2 else 2)
