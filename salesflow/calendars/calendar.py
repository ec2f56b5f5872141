"""The calendar itself: a week of windows, a time zone, holidays."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from salesflow.nouns import Noun

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Windows: TypeAlias = tuple[tuple[int, int], ...]
Week: TypeAlias = tuple[Windows, ...]


class Problem(NamedTuple):
    """One mistake in a written calendar: the keys that lead to it, what, and what to write."""

    at: tuple[str | int, ...]
    message: str
    hint: str = ""


class Calendar(Noun):
    """Weekly open hours in local wall time, daylight saving included.

    ``week`` holds for Monday to Sunday the windows ``(open, close)`` in minutes after local
    midnight, close excluded, up to 1440; they ascend and neither overlap nor touch.
    ``holidays`` are local dates, ascending; on them it stays closed.
    """

    timezone: str
    week: Week
    holidays: tuple[date, ...] = ()
    name: str = ""
    description: str = ""
    owner: str = ""
    was: str = ""

    @property
    def weekly_open_ms(self) -> int:
        """Open milliseconds of a week without holidays and clock changes."""
        return sum(close - start for day in self.week for start, close in day) * 60_000

    @property
    def business_day_ms(self) -> int:
        """One ``bd``: weekly open time by open weekdays, in whole milliseconds (to the nearest)."""
        return round(self.weekly_open_ms / sum(1 for day in self.week if day))

    def to_data(self) -> dict[str, Any]:
        """The map of the language; equal neighbouring days are one range (``mon-fri``)."""
        data: dict[str, Any] = {"timezone": self.timezone, "hours": _hours(self.week)}
        if self.holidays:
            data["holidays"] = [day.isoformat() for day in self.holidays]
        for key in ("name", "description", "owner", "was"):
            if getattr(self, key):
                data[key] = getattr(self, key)
        return data


class Common(Noun):
    """The time when all of some calendars are open; of no calendar it is all time."""

    calendars: tuple[Calendar, ...]


def common(calendars: Sequence[Calendar]) -> Calendar | Common:
    """When all are open together: the one calendar itself, or their intersection.

    Leave out who has no calendar: they always work.
    """
    different = tuple(dict.fromkeys(calendars))
    return different[0] if len(different) == 1 else Common(calendars=different)


def accepting(members: Sequence[Calendar | None], own: Calendar | None) -> Calendar | None:
    """When a department takes work on, by the calendars of its roles and its ``own``.

    That of its roles where all have the same one, else its own; where it has none, that of the
    first role that has one. None: always.
    """
    if own is not None and any(each != members[0] for each in members):
        return own
    return next((each for each in members if each is not None), None)


def _hours(week: Week) -> dict[str, str]:
    hours: dict[str, str] = {}
    first = 0
    while first < len(DAYS):
        last = first
        while last + 1 < len(DAYS) and week[last + 1] == week[first]:
            last += 1
        if week[first]:
            days = DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
            hours[days] = ", ".join(f"{_clock(a)}-{_clock(b)}" for a, b in week[first])
        first = last + 1
    return hours


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
