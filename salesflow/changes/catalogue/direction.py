"""Which way a value changed: up, down, from nothing, to nothing."""

from collections.abc import Callable
from typing import Any, TypeAlias

from salesflow.changes.catalogue.row import Case
from salesflow.quantities import Duration, parse_duration, parse_share

Holds: TypeAlias = Callable[[Case], bool]
Measured: TypeAlias = float | None
Measures: TypeAlias = Callable[[Case], tuple[Measured, Measured]]  # the old value and the new one


def comes(case: Case) -> bool:
    """Nothing was written before."""
    return case.edit.old is None


def goes(case: Case) -> bool:
    """Nothing is written any more."""
    return case.edit.new is None


def announced(case: Case) -> bool:
    """One of the two elements says that it is the other (``was:``)."""
    return case.edit.announced


def grows(measures: Measures) -> Holds:
    """The new value is above the old one; not where they cannot be compared."""

    def holds(case: Case) -> bool:
        old, new = measures(case)
        return old is not None and new is not None and old < new

    return holds


def shrinks(measures: Measures) -> Holds:
    """The new value is below the old one; not where they cannot be compared."""

    def holds(case: Case) -> bool:
        old, new = measures(case)
        return old is not None and new is not None and new < old

    return holds


def numbers(case: Case) -> tuple[Measured, Measured]:
    """Plain numbers, such as people."""
    return _number(case.edit.old), _number(case.edit.new)


def shares(case: Case) -> tuple[Measured, Measured]:
    """Shares as fractions; one that is not written is 100%."""
    edit = case.edit
    return _share(edit.old), _share(edit.new)


def bounds(case: Case) -> tuple[Measured, Measured]:
    """Bounds of objectives, where both are shares, both times or both numbers."""
    old, new = case.edit.old, case.edit.new
    for read in (_number, _written_share, _elapsed):
        pair = read(old), read(new)
        if None not in pair:
            return pair
    return None, None


def _number(value: Any) -> Measured:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _share(value: Any) -> Measured:
    return 1.0 if value is None else parse_share(str(value))


def _written_share(value: Any) -> Measured:
    return parse_share(str(value))


def _elapsed(value: Any) -> Measured:
    duration: Duration | None = parse_duration(str(value))
    return None if duration is None or duration.business else duration.milliseconds
