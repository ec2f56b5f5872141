"""Times on one clock: both elapsed, or both office hours in the same unit."""

from typing import Any, TypeAlias

from salesflow.changes.catalogue.direction import Measured
from salesflow.quantities import parse_duration

Pair: TypeAlias = tuple[Measured, Measured]


def on_one_clock(old: Any, new: Any) -> Pair:
    """Two written times as numbers that can be compared; nothing where they cannot be."""
    before, after = parse_duration(str(old)), parse_duration(str(new))
    if before is None or after is None:
        return None, None
    if before.business or after.business:
        same = before.unit == after.unit
        return (before.amount, after.amount) if same else (None, None)
    return before.milliseconds, after.milliseconds
