"""Tables of open time against calendars, and times of the language as spans in them."""

from bisect import bisect_left, bisect_right
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.calendars import Calendar, add_open_time, common, next_open, parse_calendar
from salesflow.quantities import parse_duration
from salesflow.simulation.building.tables import BEHIND, DAY, HOUR, Tables
from salesflow.simulation.compile import hours_of_the_week
from salesflow.simulation.program import Span, Table


def calendar(zone: str, hours: dict[str, str], *holidays: str) -> Calendar:
    found, problems = parse_calendar({"timezone": zone, "hours": hours, "holidays": holidays})
    assert found is not None, problems
    return found


OFFICE = calendar("Europe/Berlin", {"mon-thu": "09:00-12:00, 13:00-17:30", "fri": "09:00-14:00"})
NIGHT = calendar(
    "America/New_York",
    {"mon": "22:00-24:00", "tue-fri": "00:00-06:00, 22:00-24:00", "sat": "00:00-06:00"},
)
HALF = calendar("Asia/Kolkata", {"mon-sun": "08:30-18:15"}, "2026-03-30", "2026-04-01")
CALENDARS = (OFFICE, NIGHT, HALF)
START = (date(2026, 3, 23).toordinal() - 719_163) * DAY  # clocks change in the week that follows
END = 60 * DAY


def laid_out(*calendars: Calendar) -> Table:
    tables = Tables(START, END)
    assert tables.of(calendars) == 0
    (table,) = tables.rows()
    return table


def after(table: Table, at: int, length: int) -> int:
    """The first instant by which so much open time has passed, as an engine looks it up."""
    if not length:
        return at
    place = bisect_right(table.opens, at) - 1
    passed = 0
    if place >= 0:
        passed = table.passed[place] + min(at, table.closes[place]) - table.opens[place]
    place = bisect_left(table.passed, passed + length) - 1
    return table.opens[place] + passed + length - table.passed[place]


@given(
    st.sets(st.sampled_from(range(3)), min_size=1, max_size=2),
    st.integers(0, END - 1),
    st.integers(0, 20 * HOUR),
)
@settings(max_examples=300)
def test_open_time_ends_when_the_calendar_says(used: set[int], at: int, length: int) -> None:
    calendars = [CALENDARS[number] for number in used]
    expected = add_open_time(common(calendars), START + at, length)
    if expected is not None and expected - START < END + BEHIND:
        assert after(TABLES[frozenset(used)], at, length) == expected - START


TABLES = {
    frozenset(used): laid_out(*(CALENDARS[number] for number in used))
    for used in ({0}, {1}, {2}, {0, 1}, {0, 2}, {1, 2})
}


@pytest.mark.parametrize("used", sorted(TABLES, key=sorted))
def test_stretches_are_apart_and_open_when_they_say(used: frozenset[int]) -> None:
    table = TABLES[used]
    hours = common([CALENDARS[number] for number in used])
    total = 0
    for place, (start, close, passed) in enumerate(zip(*table, strict=True)):
        assert passed == total
        assert start < close
        total += close - start
        if place:
            assert table.closes[place - 1] < start
            assert next_open(hours, START + table.closes[place - 1]) == START + start


def test_equal_calendars_share_a_table_whatever_they_are_called() -> None:
    tables = Tables(START, END)
    assert tables.of([OFFICE]) == 0
    assert tables.of([HALF, OFFICE]) == 1
    assert tables.of([OFFICE.replace(name="Another"), None, OFFICE]) == 0
    assert tables.of([OFFICE, HALF]) == 1
    assert tables.of([None]) == tables.of([]) == -1


def test_a_table_reaches_as_far_as_what_is_counted_in_it() -> None:
    tables = Tables(START, END)
    usual = tables.of([OFFICE])
    far = tables.of([HALF])
    never = tables.of([OFFICE, calendar("Europe/Berlin", {"sun": "01:00-02:00"})])
    tables.make_room(usual, 100 * HOUR)
    tables.make_room(far, 9_000 * HOUR)  # 923 days of 9.75 hours
    tables.make_room(never, 5 * HOUR)
    tables.make_room(-1, 5 * HOUR)
    usual_row, far_row, never_row = tables.rows()
    assert END + BEHIND - 4 * DAY < usual_row.closes[-1] <= END + BEHIND
    assert END + 923 * DAY < far_row.closes[-1] < END + BEHIND + 950 * DAY
    assert after(far_row, END, 9_000 * HOUR) < far_row.closes[-1]
    assert never_row == Table((), (), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90min", Span(90 * 60_000)),
        ("2w", Span(14 * DAY)),
        ("4bh", Span(4 * HOUR, 0)),
        ("2bd", Span(2 * 7 * HOUR, 0)),  # 35 hours on five days
        ("0.5bd", Span(3 * HOUR + HOUR // 2, 0)),
    ],
)
def test_times_of_the_language(text: str, expected: Span) -> None:
    duration = parse_duration(text)
    assert duration is not None
    assert Tables(START, END).span(duration, OFFICE) == expected


def test_hours_of_the_week_follow_the_clock_of_the_zone() -> None:
    monday = (date(2026, 3, 23).toordinal() - 719_163) * DAY
    berlin = hours_of_the_week("Europe/Berlin", monday, 8 * DAY)
    assert len(berlin) == 8 * 24
    assert berlin[:3] == (1, 2, 3)
    sunday = 6 * 24  # the clock jumps from 2 to 3 at 01:00 UTC
    assert berlin[sunday : sunday + 3] == (145, 147, 148)
    assert berlin[-1] == 25
    assert hours_of_the_week("UTC", monday, 90 * 60_000) == (0, 1)
    assert hours_of_the_week("Asia/Kolkata", monday, 2 * HOUR) == (5, 6)
