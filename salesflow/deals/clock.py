"""Moments of a deal, and when something is due: in elapsed time, or in open time of a calendar."""

from datetime import UTC, datetime, timedelta

from salesflow.calendars import Calendar, accepting, add_open_time
from salesflow.errors import UsageError
from salesflow.process.model import Process
from salesflow.process.places import Node
from salesflow.process.steps import Work
from salesflow.quantities import Duration

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR = 3_600_000
_EXAMPLE = "Write it with its zone, such as `2026-12-31T09:00:00+01:00`."


def moment(at: datetime | str | None) -> datetime | None:
    """A moment in UTC, to the millisecond. UsageError for what is none, or has no time zone."""
    if at is None:
        return None
    if isinstance(at, str):
        written = at
        try:
            at = datetime.fromisoformat(written)
        except ValueError:
            raise UsageError(f"`{written[:40]}` is no moment. {_EXAMPLE}") from None
    if not isinstance(at, datetime):
        raise UsageError(f"{at!r} is no moment. {_EXAMPLE}")
    if at.tzinfo is None:
        raise UsageError(f"`{at.isoformat()}` has no time zone. {_EXAMPLE}")
    try:
        return at.astimezone(UTC).replace(microsecond=at.microsecond // 1000 * 1000)
    except (OverflowError, ValueError):
        raise UsageError(f"`{at.isoformat()}` is out of range.") from None


def due(since: datetime, span: Duration, calendar: Calendar | None) -> datetime | None:
    """When a time has passed since a moment; None when that is out of any plan's range.

    Open time without a calendar is taken as elapsed: an hour is an hour, a day has 24.
    """
    try:
        if not span.business:
            return since + timedelta(milliseconds=span.milliseconds)
        if calendar is None:
            hours = 1 if span.unit == "bh" else 24
            return since + timedelta(milliseconds=round(span.amount * hours * _HOUR))
        unit = _HOUR if span.unit == "bh" else calendar.business_day_ms
        start = (since - _EPOCH) // timedelta(milliseconds=1)
        ends = add_open_time(calendar, start, round(span.amount * unit))
        return None if ends is None else _EPOCH + timedelta(milliseconds=ends)
    except OverflowError:
        return None


def calendar_of_step(process: Process, node: Node) -> Calendar | None:
    """The calendar in which a step's open time counts: that of the role that does it."""
    by = node.step.by if isinstance(node.step, Work) else None
    role = process.roles.get(by or "")
    return _calendar(process, role.calendar if role else None)


def calendar_of_department(process: Process, department: str) -> Calendar | None:
    """The calendar in which a department accepts."""
    known = process.departments[department]
    roles = [process.roles[name] for name in sorted(known.roles) if name in process.roles]
    members = [_calendar(process, role.calendar) for role in roles]
    return accepting(members, _calendar(process, known.calendar))


def _calendar(process: Process, name: str | None) -> Calendar | None:
    known = process.people.calendars.get(name or "")
    return known if isinstance(known, Calendar) else None
