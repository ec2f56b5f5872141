"""Times on one clock: both elapsed, or both office hours in the same unit."""

from typing import Any, TypeAlias

from salesflow.changes.catalogue.direction import Measured
from salesflow.quantities import Duration, parse_duration

Pair: TypeAlias = tuple[Measured, Measured]


def on_one_clock(old: Any, new: Any) -> Pair:
    """Two written times as numbers that can be compared; nothing where they cannot be."""
    before, after = parse_duration(str(old)), parse_duration(str(new))
    if before is None or after is None or _clock(before) != _clock(after):
        return None, None
    if before.business:
        return before.amount, after.amount
    return before.milliseconds, after.milliseconds


def _clock(time: Duration) -> str:
    """``bh``, ``bd``, or "" for elapsed time."""
    return time.unit if time.business else ""
