"""Times on one clock: both elapsed, or both office hours by a calendar."""

from typing import Any, TypeAlias

from salesflow.calendars.calendar import Calendar
from salesflow.changes.catalogue.concerned import sides, steps_of
from salesflow.changes.catalogue.direction import Measured
from salesflow.changes.catalogue.row import Case
from salesflow.changes.sheet import last_id
from salesflow.process.model import Process
from salesflow.quantities import Duration, parse_duration

Pair: TypeAlias = tuple[Measured, Measured]
Hours: TypeAlias = tuple[Calendar | None, Calendar | None]  # in the old version and in the new

_HOUR = 3_600_000


def on_one_clock(old: Any, new: Any, hours: Hours = (None, None)) -> Pair:
    """Two written times as numbers that can be compared; nothing where they cannot be.

    A business day is as long as the calendar says; without one only like units are compared.
    """
    before, after = parse_duration(str(old)), parse_duration(str(new))
    if before is None or after is None or before.business != after.business:
        return None, None
    if not before.business:
        return before.milliseconds, after.milliseconds
    if before.unit == after.unit:
        return before.amount, after.amount
    opened = _open(before, hours[0]), _open(after, hours[1])
    return opened if None not in opened else (None, None)


def _open(time: Duration, calendar: Calendar | None) -> Measured:
    """Open milliseconds; None where nothing says how long a business day is."""
    if time.unit == "bh":
        return float(time.amount * _HOUR)
    return float(time.amount * calendar.business_day_ms) if calendar is not None else None


def times(case: Case) -> Pair:
    """The old and the new time of an edit that no calendar is known for."""
    return on_one_clock(case.edit.old, case.edit.new)


def at_step_hours(case: Case) -> Hours:
    """The calendars by which those work who do the step."""
    old, new = (
        _calendar(process, getattr(step, "by", None))
        for (process, _), step in zip(sides(case), steps_of(case), strict=True)
    )
    return old, new


def receiving_hours(case: Case) -> Hours:
    """The calendars by which the department works that receives by a touchpoint."""
    old, new = (
        _of_department(process, process.touchpoints[last_id(path)].receiver)
        for process, path in sides(case)
    )
    return old, new


def accepted(case: Case) -> Pair:
    """The times in which a touchpoint has deals taken up."""
    if case.edit.old is None or case.edit.new is None:
        return None, None
    return on_one_clock(case.edit.old, case.edit.new, receiving_hours(case))


def _of_department(process: Process, name: str) -> Calendar | None:
    known = process.departments.get(name)
    if known is None or known.calendar is None:
        return None
    roles = [process.roles[role] for role in known.roles if role in process.roles]
    apart = {role.calendar for role in roles} - {known.calendar}
    return None if apart else _named(process, known.calendar)


def _calendar(process: Process, role: str | None) -> Calendar | None:
    known = process.roles.get(role or "")
    return _named(process, known.calendar) if known is not None else None


def _named(process: Process, calendar: str | None) -> Calendar | None:
    found = process.people.calendars.get(calendar or "")
    return found if isinstance(found, Calendar) else None
