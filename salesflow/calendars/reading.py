"""From the map of the language to a calendar, or to what is wrong with it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from salesflow.calendars.calendar import Calendar, Problem
from salesflow.calendars.hours import parse_hours
from salesflow.calendars.zones import any_timezone_known, known_timezone, like_timezones
from salesflow.quantities import explain, parse_date

_EXAMPLE = 'Write for example `{timezone: Europe/Berlin, hours: {mon-fri: "09:00-18:00"}}`.'


def parse_calendar(data: Mapping[str, Any]) -> tuple[Calendar | None, tuple[Problem, ...]]:
    """The calendar of ``{timezone, hours, holidays}`` (and name, description, owner, was).

    None when something is wrong; the problems are all that is.
    """
    missing = [key for key in ("timezone", "hours") if key not in data]
    if missing:
        message = f"A calendar needs {' and '.join(f'`{key}`' for key in missing)}."
        return None, (Problem((), message, _EXAMPLE),)
    hours = data["hours"] if isinstance(data["hours"], Mapping) else {}
    week, wrong_hours = parse_hours(hours)
    holidays, wrong_days = _holidays(data.get("holidays", ()))
    problems = (
        *_wrong_zone(str(data["timezone"])),
        *(problem._replace(at=("hours", *problem.at)) for problem in wrong_hours),
        *wrong_days,
    )
    if problems:
        return None, problems
    calendar = Calendar(
        timezone=str(data["timezone"]),
        week=week,
        holidays=holidays,
        name=str(data.get("name", "")),
        description=str(data.get("description", "")),
        owner=str(data.get("owner", "")),
        was=str(data.get("was", "")),
    )
    return calendar, ()


def _holidays(written: Sequence[Any]) -> tuple[tuple[date, ...], tuple[Problem, ...]]:
    """The days, each once and in order, as a set of dates is meant."""
    days: set[date] = set()
    wrong: list[Problem] = []
    for place, text in enumerate(written):
        day = parse_date(str(text))
        if day is None:
            hint = explain("date", str(text)) or "Write for example `2026-12-25`."
            wrong.append(Problem(("holidays", place), f"`{str(text)[:40]}` is no date.", hint))
        else:
            days.add(day)
    return tuple(sorted(days)), tuple(wrong)


def _wrong_zone(name: str) -> tuple[Problem, ...]:
    if known_timezone(name):
        return ()
    if not any_timezone_known():
        message = "This machine has no time zone data, so no calendar can be read."
        return (Problem(("timezone",), message, "Install it: `pip install tzdata`."),)
    near = " or ".join(f"`{zone}`" for zone in like_timezones(name))
    hint = f"Did you mean {near}?" if near else "Write continent and city, such as `Europe/Berlin`."
    return (Problem(("timezone",), f"`{name[:40]}` is no time zone.", hint),)
