"""A progress bar on standard error: only on a terminal, only for what takes over a second."""

import sys
import time
from collections.abc import Callable
from threading import Lock
from types import TracebackType
from typing import Self, TextIO

_AFTER = 1.0  # seconds without a bar
_EVERY = 0.1  # seconds between two looks of it
_WIDE = 24
_CLEAR = "\r\x1b[K"


class Meter:
    """How far a simulation is; call ``tell`` as often as you like, from any thread.

    ``unit`` is what is counted in a second, ``each`` how many of it a replication has.
    """

    def __init__(
        self,
        unit: str = "replications",
        each: float = 1.0,
        *,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Measure from now on."""
        self._unit, self.each = unit, each
        self._stream = stream or sys.stderr
        self._clock = clock
        self._started = clock()
        self._shown = 0.0
        self._drawn = False
        self._lock = Lock()
        self._terminal = self._stream.isatty()

    @property
    def seconds(self) -> float:
        """Since it was made."""
        return self._clock() - self._started

    def tell(self, done: float, total: float) -> None:
        """So many replications of so many are done, parts of them counted."""
        if not self._terminal or self.seconds < _AFTER:
            return
        with self._lock:
            now = self.seconds
            if now - self._shown < _EVERY:
                return
            self._shown, self._drawn = now, True
            self._stream.write(_CLEAR + self._line(done, total, now))
            self._stream.flush()

    def _line(self, done: float, total: float, seconds: float) -> str:
        full, empty = ("█", "░") if "utf" in (self._stream.encoding or "").lower() else ("#", ".")
        part = min(done / total, 1.0) if total else 0.0
        whole = int(part * _WIDE)
        rate = done / seconds
        left = f", {lasting((total - done) / rate)} left" if rate else ""
        counted = f"{done:.0f} of {total:.0f} replications"
        return (
            f"{full * whole}{empty * (_WIDE - whole)} {part * 100:3.0f}%  {counted}, "
            f"{rounded(rate * self.each)} {self._unit}/s{left}"
        )

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Wipe the bar away."""
        with self._lock:
            if self._drawn:
                self._stream.write(_CLEAR)
                self._stream.flush()
            self._terminal = False  # a late thread says nothing more


def lasting(seconds: float) -> str:
    """``4.2 s``, ``40 s``, ``3:20 min``, ``2:05 h``."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02} min"
    return f"{whole // 3600}:{whole % 3600 // 60:02} h"


def rounded(rate: float) -> str:
    """A rate in two or three digits: 0.42, 7.3, 410, 12,300, 4.1 million."""
    if rate >= 1e6:
        return f"{rate / 1e6:.1f} million"
    if rate >= 1000:
        return f"{round(rate, -2):,.0f}"
    if rate >= 10:
        return f"{rate:.0f}"
    return f"{rate:.1f}" if rate >= 1 else f"{rate:.2g}"
