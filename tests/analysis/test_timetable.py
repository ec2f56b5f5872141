"""Open time that comes again and again, against the calendars themselves and minute by minute."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow.analysis.timetable import (
    DAY,
    HOUR,
    MINUTE,
    WEEK,
    YEAR,
    Frame,
    Timetable,
    frame,
    timetable,
)
from salesflow.calendars import Calendar, open_time_between, parse_calendar

MONDAY = date(2026, 1, 5)


def calendar(hours: Any, zone: str = "Europe/Berlin", *holidays: str) -> Calendar:
    found, problems = parse_calendar({"timezone": zone, "hours": hours, "holidays": list(holidays)})
    assert problems == ()
    assert found is not None
    return found


OFFICE = calendar({"mon-fri": "09:00-17:00"})
SPLIT = calendar({"mon-thu": "09:00-12:30, 13:15-18:00", "fri": "09:00-12:00"})


def week(*calendars: Calendar) -> Timetable:
    return timetable(calendars, frame(calendars, MONDAY))


def test_a_week_without_holidays_is_enough() -> None:
    assert frame([OFFICE, SPLIT], MONDAY) == Frame(MONDAY, WEEK, utc=False)
    table = week(OFFICE)
    assert (table.total, table.period) == (40 * HOUR, WEEK)
    assert table.longest_gap == 64 * HOUR  # Friday 17:00 to Monday 9:00
    assert (table.shortest, table.longest) == (8 * HOUR, 8 * HOUR)


def test_a_holiday_in_the_year_lays_out_52_weeks() -> None:
    office = calendar({"mon-fri": "09:00-17:00"}, "Europe/Berlin", "2026-12-25", "2026-12-26")
    assert frame([office], MONDAY) == Frame(MONDAY, YEAR, utc=False)
    assert week(office).total == (52 * 40 - 8) * HOUR  # the 26th is a Saturday
    assert frame([office], date(2027, 1, 4)).period == WEEK


def test_where_zones_differ_the_clocks_of_a_year_are_laid_out() -> None:
    york = calendar({"mon-fri": "09:00-17:00"}, "America/New_York")
    shared = frame([OFFICE, york], MONDAY)
    assert shared == Frame(MONDAY, YEAR, utc=True)
    both = timetable([OFFICE, york], shared)
    # 2 hours a day in common (15:00-17:00 in Berlin), 3 while only New York has summer time:
    # 9 to 27 March, and Monday 26 to Friday 30 October.
    assert both.total == (52 * 5 * 2 + 15 + 5) * HOUR
    alone = timetable([york], shared)
    assert alone.total == open_time_between(york, 1_767_571_200_000, 1_767_571_200_000 + YEAR)


def test_what_begins_in_the_middle_of_a_week_is_the_same_week() -> None:
    wednesday = date(2026, 1, 7)
    table = timetable([OFFICE], frame([OFFICE], wednesday))
    assert table.opens[0] == 9 * HOUR
    assert table.opens[3] == 5 * DAY + 9 * HOUR
    assert table.total == 40 * HOUR


def test_of_no_calendar_it_is_all_time() -> None:
    table = week()
    assert table.always
    assert table.longest_gap == 0
    assert table.after(5 * HOUR, 30 * DAY) == 30 * DAY + 5 * HOUR
    assert table.least_elapsed(9 * DAY) == table.most_elapsed(9 * DAY) == 9 * DAY
    assert table.is_open(0)
    assert table.open_before(0)


def test_windows_that_meet_at_midnight_are_one() -> None:
    table = week(calendar({"mon-sun": "00:00-24:00"}))
    assert table.always
    night = week(calendar({"mon": "22:00-24:00", "tue": "00:00-06:00"}))
    assert (night.opens, night.closes) == ([22 * HOUR], [30 * HOUR])


def test_what_never_opens_never_arrives() -> None:
    monday, tuesday = calendar({"mon": "09:00-17:00"}), calendar({"tue": "09:00-17:00"})
    table = week(monday, tuesday)
    assert table.total == table.shortest == table.longest == 0
    assert table.longest_gap == WEEK
    assert table.after(0, 1) == float("inf")
    assert table.after(7, 0) == 7


def test_a_business_day_and_a_week_take_this_long() -> None:
    table = week(OFFICE)
    assert table.least_elapsed(0) == 0
    assert table.least_elapsed(8 * HOUR) == 8 * HOUR
    assert table.least_elapsed(9 * HOUR) == 25 * HOUR
    assert table.least_elapsed(40 * HOUR) == 4 * DAY + 8 * HOUR
    assert table.least_elapsed(41 * HOUR) == 7 * DAY + HOUR
    assert table.most_elapsed(8 * HOUR) == 3 * DAY  # from Friday 17:00 to Monday 17:00
    assert table.most_elapsed(40 * HOUR) == 7 * DAY


@st.composite
def tables(draw: Any) -> Timetable:
    cuts = draw(st.lists(st.integers(0, 60), min_size=2, max_size=10, unique=True))
    cuts.sort()
    cuts = cuts[: len(cuts) // 2 * 2]
    stretches = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    return Timetable(60, stretches)


@given(tables(), st.integers(-70, 200))
def test_counting_agrees_with_counting_one_by_one(table: Timetable, at: int) -> None:
    open_ = [
        any(o <= t % 60 < c for o, c in zip(table.opens, table.closes, strict=True))
        for t in range(-120, 400)
    ]
    zero = 120
    counted = sum(open_[zero : zero + at]) if at >= 0 else -sum(open_[zero + at : zero])
    assert table.open_until(at) == counted
    assert table.is_open(at) == open_[zero + at]
    assert table.open_before(at) == open_[zero + at - 1]
    assert table.total == sum(open_[zero : zero + 60])


@given(tables(), st.integers(0, 59), st.integers(0, 150))
def test_the_end_of_open_time_is_the_first_by_which_it_has_passed(
    table: Timetable, at: int, span: int
) -> None:
    end = table.after(at, span)
    assert table.open_until(end) - table.open_until(at) == span
    if span:
        assert table.open_before(end)
    else:
        assert end == at


@given(tables(), st.integers(1, 150))
def test_bounds_of_elapsed_time_are_those_of_all_instants(table: Timetable, span: int) -> None:
    lasting = [table.after(at / 2, span) - at / 2 for at in range(120)]
    assert table.least_elapsed(span) == min(lasting)
    assert table.most_elapsed(span) == max(lasting)


@given(tables(), st.integers(0, 150))
def test_the_most_open_time_in_a_span_is_that_of_all_instants(table: Timetable, span: int) -> None:
    rooms = [table.open_until(at + span) - table.open_until(at) for at in range(60)]
    assert table.most_open(span) == max(rooms)


@pytest.mark.parametrize("used", [[OFFICE], [SPLIT], [OFFICE, SPLIT]])
def test_a_year_of_local_time_has_the_open_time_of_the_calendars(used: list[Calendar]) -> None:
    local = timetable(used, Frame(MONDAY, YEAR, utc=False))
    clock = timetable(used, Frame(MONDAY, YEAR, utc=True))
    assert local.total == clock.total == 52 * week(*used).total


def test_minutes_are_minutes() -> None:
    assert week(SPLIT).opens[1] == 13 * HOUR + 15 * MINUTE
