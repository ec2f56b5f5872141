"""Open time against an oracle that looks at the clock on the wall, minute by minute."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from salesflow.calendars import (
    DAYS,
    Calendar,
    Common,
    add_open_time,
    common,
    next_open,
    open_intervals,
    open_time_between,
    parse_calendar,
)

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
YEAR = 366 * DAY


def calendar(zone: str, holidays: Sequence[str] = (), **hours: str) -> Calendar:
    """``mon_fri="09:00-17:00"`` as a calendar."""
    written = {key.replace("_", "-"): value for key, value in hours.items()}
    read, problems = parse_calendar({"timezone": zone, "hours": written, "holidays": holidays})
    assert problems == ()
    assert read is not None
    return read


def utc(text: str) -> int:
    """``2026-01-05 09:00`` UTC in milliseconds."""
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000


def local(text: str, zone: str) -> int:
    """The wall time in a zone, where it is not ambiguous, in milliseconds."""
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()) * 1000


def is_open(calendar: Calendar, at_ms: int) -> bool:
    """By the definition: the wall time lies in a window of its date."""
    wall = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at_ms)
    wall = wall.astimezone(ZoneInfo(calendar.timezone))
    minute = wall.hour * 60 + wall.minute
    return wall.date() not in calendar.holidays and any(
        opens <= minute < closes for opens, closes in calendar.week[wall.weekday()]
    )


def oracle(calendars: Sequence[Calendar], start: int, end: int) -> list[tuple[int, int]]:
    """Open stretches from whole minutes of UTC; all offsets of today are whole minutes."""
    found: list[tuple[int, int]] = []
    for at in range(start, end, MINUTE):
        if all(is_open(each, at) for each in calendars):
            if found and found[-1][1] == at:
                found[-1] = (found[-1][0], at + MINUTE)
            else:
                found.append((at, at + MINUTE))
    return found


def test_eight_three_hour_tasks_end_on_wednesday_at_close() -> None:
    office = calendar("Europe/Berlin", mon_fri="09:00-17:00")
    at = local("2026-01-05 09:00", "Europe/Berlin")
    ends = []
    for _ in range(8):
        end = add_open_time(office, at, 3 * HOUR)
        assert end is not None
        ends.append(at := end)
    assert ends == [
        local(f"2026-01-0{day} {clock}", "Europe/Berlin")
        for day, clock in [
            (5, "12:00"),
            (5, "15:00"),
            (6, "10:00"),
            (6, "13:00"),
            (6, "16:00"),
            (7, "11:00"),
            (7, "14:00"),
            (7, "17:00"),
        ]
    ]


CHANGES = [
    # zone, day, open hours of the whole day, windows of a short one and what is open of it in UTC
    ("Europe/Berlin", "2026-03-29", 23, "01:30-03:30", [("00:30", "01:30")]),
    ("Europe/Berlin", "2026-03-29", 23, "02:00-03:00", []),
    ("Europe/Berlin", "2026-10-25", 25, "02:00-02:30", [("00:00", "00:30"), ("01:00", "01:30")]),
    ("Europe/Berlin", "2026-10-25", 25, "02:00-03:00", [("00:00", "02:00")]),
    ("Europe/Berlin", "2026-10-25", 25, "01:30-03:30", [("23:30-", "02:30")]),
    ("America/New_York", "2026-03-08", 23, "01:00-04:00", [("06:00", "08:00")]),
    ("America/New_York", "2026-03-08", 23, "02:15-02:45", []),
    ("America/New_York", "2026-11-01", 25, "01:15-01:45", [("05:15", "05:45"), ("06:15", "06:45")]),
    ("Australia/Lord_Howe", "2026-04-05", 24.5, "01:30-02:00", [("14:30-", "15:30-")]),
    ("Australia/Lord_Howe", "2026-04-05", 24.5, "01:00-02:30", [("14:00-", "16:00-")]),
    ("Australia/Lord_Howe", "2026-10-04", 23.5, "02:00-02:30", []),
    ("Australia/Lord_Howe", "2026-10-04", 23.5, "01:45-02:45", [("15:15-", "15:45-")]),
    ("Asia/Kolkata", "2026-03-29", 24, "09:00-18:00", [("03:30", "12:30")]),
]


@pytest.mark.parametrize(("zone", "day", "whole", "window", "stretches"), CHANGES)
def test_days_on_which_clocks_change(
    zone: str, day: str, whole: float, window: str, stretches: list[tuple[str, str]]
) -> None:
    """By hand; ``-`` marks the day before in UTC."""
    start, end = utc(f"{day} 00:00") - DAY, utc(f"{day} 00:00") + 2 * DAY
    weekday = DAYS[date.fromisoformat(day).weekday()]
    all_day = calendar(zone, **{weekday: "00:00-24:00"})
    assert open_time_between(all_day, start, end) == whole * HOUR
    expected = [
        tuple(
            utc(f"{day} {clock.rstrip('-')}") - (DAY if clock.endswith("-") else 0)
            for clock in stretch
        )
        for stretch in stretches
    ]
    assert open_intervals(calendar(zone, **{weekday: window}), start, end) == expected


def test_a_change_at_an_odd_second() -> None:
    """Liberia was 44:30 behind UTC until 1972-01-07."""
    office = calendar("Africa/Monrovia", mon_fri="09:00-10:00")
    start = utc("1972-01-05 00:00")
    assert open_intervals(office, start, start + DAY) == [
        (utc("1972-01-05 09:44:30"), utc("1972-01-05 10:44:30"))
    ]
    start = utc("1972-01-07 00:00")
    assert open_intervals(office, start, start + DAY) == [
        (utc("1972-01-07 09:00"), utc("1972-01-07 10:00"))
    ]
    around = calendar("Africa/Monrovia", thu_fri="23:00-24:00")
    assert open_time_between(around, start - DAY, start + DAY) == HOUR + HOUR


def test_all_week_is_one_stretch_over_any_change() -> None:
    for zone in ("Europe/Berlin", "Australia/Lord_Howe"):
        always = calendar(zone, mon_sun="00:00-24:00")
        start = utc("2026-01-01 00:00") + 1
        assert open_intervals(always, start, start + YEAR) == [(start, start + YEAR)]


def test_holidays_are_local_dates() -> None:
    office = calendar("America/New_York", ["2026-12-25"], mon_fri="18:00-22:00")
    start = utc("2026-12-24 00:00")
    assert open_intervals(office, start, start + 3 * DAY) == [
        (utc("2026-12-24 00:00"), utc("2026-12-24 03:00")),  # Wednesday evening over there
        (utc("2026-12-24 23:00"), utc("2026-12-25 03:00")),
    ]


ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")
# Starts of ranges: the days around changes of the clocks, and any other.
SPECIAL = ("2026-03-28", "2026-10-24", "2026-03-07", "2026-10-31", "2026-04-04", "2026-10-03")

minutes = st.integers(0, 1440)
days = st.lists(minutes, unique=True, max_size=6).map(
    lambda cuts: tuple(zip(sorted(cuts)[::2], sorted(cuts)[1::2], strict=False))
)
starts = st.one_of(
    st.sampled_from(SPECIAL).map(date.fromisoformat),
    st.dates(date(1995, 1, 1), date(2035, 1, 1)),
)


@st.composite
def calendars(draw: st.DrawFn, first: date) -> Calendar:
    """Any week in a zone, maybe with holidays about ``first``."""
    week = draw(st.lists(days, min_size=7, max_size=7))
    assume(any(week))
    holidays = draw(st.sets(st.integers(-1, 3), max_size=2))
    return Calendar(
        timezone=draw(st.sampled_from(ZONES)),
        week=tuple(week),
        holidays=tuple(sorted(first + timedelta(days=n) for n in holidays)),
    )


@st.composite
def ranges(draw: st.DrawFn) -> tuple[list[Calendar], int, int]:
    """One to three calendars and two days or less."""
    first = draw(starts)
    start = utc(first.isoformat()) + draw(st.integers(0, 1440)) * MINUTE
    some = draw(st.lists(calendars(first), min_size=1, max_size=3))
    return some, start, start + draw(st.integers(0, 2 * 1440)) * MINUTE


@given(ranges())
def test_open_intervals_are_what_the_clock_on_the_wall_says(
    case: tuple[list[Calendar], int, int],
) -> None:
    some, start, end = case
    assert open_intervals(some[0], start, end) == oracle(some[:1], start, end)
    assert open_intervals(common(some), start, end) == oracle(some, start, end)


@given(ranges(), st.integers(0, 40 * HOUR), st.integers(0, MINUTE))
def test_added_open_time_is_found_between(
    case: tuple[list[Calendar], int, int], open_ms: int, odd: int
) -> None:
    """The end is the first instant by which that much open time has passed."""
    some, start, _ = case
    at = start + odd
    end = add_open_time(some[0], at, open_ms)
    assert end is not None
    assert open_time_between(some[0], at, end) == open_ms
    if open_ms:
        assert open_time_between(some[0], at, end - 1) == open_ms - 1
    else:
        assert end == at


@given(ranges(), st.integers(0, 20 * HOUR), st.integers(0, 20 * HOUR))
def test_work_done_in_two_parts_ends_at_the_same_time(
    case: tuple[list[Calendar], int, int], one: int, two: int
) -> None:
    some, start, _ = case
    paused = add_open_time(some[0], start, one)
    assert paused is not None
    assert add_open_time(some[0], paused, two) == add_open_time(some[0], start, one + two)


@given(ranges(), st.integers(0, 2 * DAY))
def test_open_time_adds_up(case: tuple[list[Calendar], int, int], cut: int) -> None:
    some, start, end = case
    middle = min(start + cut, end)
    hours = common(some)
    parts = open_time_between(hours, start, middle) + open_time_between(hours, middle, end)
    assert parts == open_time_between(hours, start, end)


@given(ranges())
def test_next_open_is_the_first_open_instant(case: tuple[list[Calendar], int, int]) -> None:
    some, start, _ = case
    found = next_open(some[0], start)
    assert found is not None
    assert open_time_between(some[0], start, found) == 0
    assert open_time_between(some[0], found, found + 1) == 1


def test_at_close_the_next_open_is_tomorrow() -> None:
    office = calendar("UTC", mon_fri="09:00-17:00")
    assert next_open(office, utc("2026-01-05 17:00")) == utc("2026-01-06 09:00")
    assert next_open(office, utc("2026-01-05 16:59")) == utc("2026-01-05 16:59")
    assert next_open(office, utc("2026-01-09 17:00")) == utc("2026-01-12 09:00")


def test_no_work_ends_at_once_even_when_closed() -> None:
    office = calendar("UTC", mon_fri="09:00-17:00")
    assert add_open_time(office, utc("2026-01-10 12:00"), 0) == utc("2026-01-10 12:00")


def test_negative_open_time_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_open_time(calendar("UTC", mon="09:00-17:00"), 0, -1)


def test_what_never_comes_is_none() -> None:
    weekdays = calendar("UTC", mon_fri="09:00-17:00")
    weekend = calendar("UTC", sat_sun="09:00-17:00")
    never = common([weekdays, weekend])
    assert next_open(never, 0) is None
    assert add_open_time(never, 0, 1) is None
    assert add_open_time(weekdays, 0, 999_999_999 * HOUR) is None


def test_long_work_is_counted_week_by_week() -> None:
    office = calendar("UTC", mon_fri="09:00-17:00")
    monday = utc("2026-01-05 09:00")
    for weeks in (1, 10, 100, 1000):
        end = add_open_time(office, monday, weeks * 40 * HOUR)
        assert end == monday + weeks * 7 * DAY - 2 * DAY - 16 * HOUR  # Friday 17:00


def test_an_empty_range_is_never_open() -> None:
    always = calendar("UTC", mon_sun="00:00-24:00")
    assert open_intervals(always, 10, 10) == []
    assert open_intervals(always, 10, 5) == []
    assert open_time_between(always, 10, 5) == 0


def test_a_range_that_ends_within_a_second() -> None:
    office = calendar("Europe/Berlin", mon_sun="00:00-24:00")
    change = utc("2026-03-29 01:00")
    assert open_intervals(office, change - 1, change + 1) == [(change - 1, change + 1)]
    assert open_intervals(office, change - 1500, change) == [(change - 1500, change)]


def test_common_of_equal_calendars_is_that_calendar() -> None:
    office = calendar("UTC", mon_fri="09:00-17:00")
    same = calendar("UTC", mon_thu="09:00-17:00", fri="09:00-17:00")
    assert common([office, same]) == office
    assert common([]) == Common(calendars=())
    assert open_intervals(common([]), 3, 9) == [(3, 9)]
    assert add_open_time(common([]), 3, 6) == 9


def test_an_unknown_zone_cannot_be_counted_in() -> None:
    nowhere = calendar("UTC", mon="09:00-17:00").replace(timezone="Europe/Atlantis")
    with pytest.raises(ValueError, match="Europe/Atlantis"):
        open_intervals(nowhere, 0, DAY)
