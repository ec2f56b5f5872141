"""Changes of calendars: when people work."""

from datetime import date

from salesflow.calendars.calendar import Calendar
from salesflow.calendars.hours import parse_hours
from salesflow.changes.catalogue.concerned import concerns, sides
from salesflow.changes.catalogue.direction import comes
from salesflow.changes.catalogue.of_words import word_rows
from salesflow.changes.catalogue.parties import keeping_hours
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import it
from salesflow.changes.sheet import last_id
from salesflow.quantities import decimal_text


def _added(case: Case) -> str:
    data = case.edit.new
    hours = decimal_text(_weekly(data["hours"]))
    return f"{it(case)} is a new calendar: {hours}h a week in {data['timezone']}."


def _removed(case: Case) -> str:
    data = case.edit.old
    hours = decimal_text(_weekly(data["hours"]))
    return f"There is no calendar {it(case)} any more; it had {hours}h a week."


def _timezone(case: Case) -> str:
    edit = case.edit
    return (
        f"The hours of {it(case)} are now those of {edit.new} instead of {edit.old}: everybody who "
        "works by it starts and ends at another time."
    )


def _hours(case: Case) -> str:
    return f"{it(case)} is {_instead(case, 'open')}."


def _told_hours(case: Case, department: str) -> str:  # noqa: ARG001 - said alike to all
    return f"You {_instead(case, 'work')} (calendar {it(case)})."


def _instead(case: Case, verb: str) -> str:
    """The days that changed, and what that makes a week."""
    old, new = case.edit.old, case.edit.new
    closed, opened = _days(old, new), _days(new, old)
    if opened and closed:
        told = f"now {verb} {opened} instead of {closed}"
    else:
        told = f"now also {verb} {opened}" if opened else f"no longer {verb} {closed}"
    hours, so_far = (decimal_text(_weekly(week)) for week in (new, old))
    week = f"{hours}h a week instead of {so_far}h" if hours != so_far else f"still {hours}h a week"
    return f"{told}: {week}"


def _holiday(case: Case) -> str:
    edit = case.edit
    if edit.old is None:
        return f"{edit.new} is now a holiday in {it(case)}; so far it was an ordinary day."
    return f"{edit.old} is no holiday in {it(case)} any more."


def _told_holiday(case: Case, department: str) -> str:  # noqa: ARG001 - said alike to all
    edit = case.edit
    if edit.old is None:
        return f"You now have {edit.new} off, which was an ordinary day (calendar {it(case)})."
    return f"You do not have {edit.old} off any more (calendar {it(case)})."


_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _weekday(case: Case) -> int:
    """The day of the week of a holiday, Monday is 0."""
    return date.fromisoformat(str(case.edit.new or case.edit.old)).weekday()


def _closed_anyway(case: Case) -> bool:
    """Whether nobody works on that day of the week, before and now."""
    calendars = [process.people.calendars[last_id(path)] for process, path in sides(case)]
    return all(isinstance(c, Calendar) and not c.week[_weekday(case)] for c in calendars)


def _closed_holiday(case: Case) -> str:
    edit = case.edit
    day = f"a {_WEEK[_weekday(case)]}, on which {it(case)} is closed anyway"
    if edit.old is None:
        return f"{edit.new} is now a holiday in {it(case)}; it is {day}."
    return f"{edit.old} is no holiday in {it(case)} any more; it is {day}."


def _days(hours: dict[str, str], others: dict[str, str]) -> str:
    """``mon-thu 09:00-17:00; fri 09:00-14:00``, without what the others have too."""
    changed = {days: windows for days, windows in hours.items() if others.get(days) != windows}
    return "; ".join(f"{days} {windows}" for days, windows in changed.items())


def _minutes(hours: dict[str, str]) -> frozenset[tuple[int, int]]:
    """The open minutes of a week, each with its day."""
    week, _ = parse_hours(hours)
    return frozenset(
        (day, minute)
        for day, windows in enumerate(week)
        for start, close in windows
        for minute in range(start, close)
    )


def _weekly(hours: dict[str, str]) -> float:
    return round(len(_minutes(hours)) / 60, 2)


def _opens(case: Case) -> bool:
    return _minutes(case.edit.old) < _minutes(case.edit.new)


def _closes(case: Case) -> bool:
    return _minutes(case.edit.new) < _minutes(case.edit.old)


_OFFICE = '{timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}'
_ASK = (
    "Times in `bd` and `bh` run by these hours, and people who work by them meet others at other "
    "times. Ask the departments, and see with `salesflow check` whether those who work together "
    "are still open together."
)

ROWS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="calendar-added",
        what="calendar",
        kind="added",
        level="safe",
        mirror="calendar-removed",
        audience=concerns(keeping_hours),
        message=_added,
        why="That there is one more calendar binds nobody. Who works by it now is a change of its "
        "own.",
        example=(
            "calendars:\n",
            'calendars:\n  night: {timezone: UTC, hours: {sun: "20:00-24:00"}}\n',
        ),
    ),
    ChangeRule(
        name="calendar-removed",
        what="calendar",
        kind="removed",
        level="safe",
        mirror="calendar-added",
        audience=concerns(keeping_hours),
        message=_removed,
        why="Nobody can work by it any more, and whoever did works by another one: that is a "
        "change of its own, judged there. Tell those who look for it in other processes.",
        example=(
            (
                '  shifts: {timezone: Europe/Berlin, hours: {mon-sun: "06:00-22:00"}, '
                "holidays: [2026-05-01]}\n"
            ),
            "",
        ),
    ),
    ChangeRule(
        name="calendar-renamed",
        what="calendar",
        kind="renamed",
        level="cosmetic",
        mirror="calendar-renamed",
        audience=concerns(keeping_hours),
        message=lambda case: f"The calendar `{case.edit.old}` is now called `{case.edit.new}`.",
        why="Nothing counts by the id of a calendar. Whoever works by it still does; its hours are "
        "judged by their own changes.",
        example=("  shifts: {timezone", "  plant: {timezone"),
    ),
    ChangeRule(
        name="calendar-timezone",
        what="calendar",
        kind="changed",
        field="timezone",
        level="check",
        mirror="calendar-timezone",
        audience=concerns(keeping_hours),
        message=_timezone,
        why=_ASK,
        example=(_OFFICE, _OFFICE.replace("Europe/Berlin", "Europe/London")),
    ),
    ChangeRule(
        name="calendar-hours-more",
        what="calendar",
        kind="changed",
        field="hours",
        level="safe",
        mirror="calendar-hours-fewer",
        holds=_opens,
        audience=concerns(keeping_hours),
        message=_hours,
        told=_told_hours,
        why="All hours so far stay open and more come, so work waits less. A business day gets "
        "longer if the hours of a day do. That the people agree the file cannot know.",
        example=(_OFFICE, _OFFICE.replace("17:00", "18:00")),
    ),
    ChangeRule(
        name="calendar-hours-fewer",
        what="calendar",
        kind="changed",
        field="hours",
        level="check",
        mirror="calendar-hours-more",
        holds=_closes,
        audience=concerns(keeping_hours),
        message=_hours,
        told=_told_hours,
        why=_ASK,
        example=(_OFFICE, _OFFICE.replace("mon-fri", "mon-thu")),
    ),
    ChangeRule(
        name="calendar-hours-shifted",
        what="calendar",
        kind="changed",
        field="hours",
        level="check",
        mirror="calendar-hours-shifted",
        audience=concerns(keeping_hours),
        message=_hours,
        told=_told_hours,
        why=_ASK,
        example=(_OFFICE, _OFFICE.replace("09:00-17:00", "10:00-18:00")),
    ),
    ChangeRule(
        name="calendar-holiday-on-closed-day",
        what="calendar",
        kind="changed",
        field="holidays",
        level="cosmetic",
        mirror="calendar-holiday-on-closed-day",
        holds=_closed_anyway,
        audience=concerns(keeping_hours),
        message=_closed_holiday,
        why="Nobody works on that day of the week, holiday or not, so nothing changes. Should the "
        "hours ever cover it, the holiday counts.",
        example=(_OFFICE, _OFFICE.replace("}}", "}, holidays: [2026-12-26]}")),
    ),
    ChangeRule(
        name="calendar-holiday-added",
        what="calendar",
        kind="changed",
        field="holidays",
        level="check",
        mirror="calendar-holiday-removed",
        holds=comes,
        audience=concerns(keeping_hours),
        message=_holiday,
        told=_told_holiday,
        why="Nobody works on that day, so what was promised in elapsed time (`d`, `h`) may be "
        "missed then. Times in `bd` and `bh` move on by themselves.",
        example=("holidays: [2026-05-01]", "holidays: [2026-05-01, 2026-12-25]"),
    ),
    ChangeRule(
        name="calendar-holiday-removed",
        what="calendar",
        kind="changed",
        field="holidays",
        level="safe",
        mirror="calendar-holiday-added",
        audience=concerns(keeping_hours),
        message=_holiday,
        told=_told_holiday,
        why="One day more on which work goes on. If the holiday is only past, nothing changes: "
        "keep it while somebody still looks at that year.",
        example=(", holidays: [2026-05-01]}", "}"),
    ),
    *word_rows(
        "calendar",
        {
            "name": ("  shifts: {", "  shifts: {name: Plant hours, "),
            "description": ("  shifts: {", "  shifts: {description: All of production, "),
            "owner": ("  shifts: {", "  shifts: {owner: hr, "),
            "was": ("  shifts: {", "  shifts: {was: plant, "),
        },
        audience=keeping_hours,
    ),
)
