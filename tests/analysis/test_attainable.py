"""The best possible share: closed forms, and every minute of a week or a year tried out."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.analysis.attainable import Clock, Crew, Visit, best_share, ever
from salesflow.analysis.timetable import DAY, HOUR, MINUTE, WEEK, Timetable, frame, timetable
from salesflow.calendars import Calendar, add_open_time, next_open, parse_calendar

MONDAY = date(2026, 1, 5)
START = 1_767_571_200_000  # that Monday, 00:00 UTC


def calendar(hours: Any, zone: str = "Europe/Berlin", *holidays: str) -> Calendar:
    found, _ = parse_calendar({"timezone": zone, "hours": hours, "holidays": list(holidays)})
    assert found is not None
    return found


OFFICE = calendar({"mon-fri": "09:00-17:00"})
WEEK_FRAME = frame([OFFICE], MONDAY)
WORK = timetable([OFFICE], WEEK_FRAME)
ALL = timetable([], WEEK_FRAME)


def visit(need: float, limit: float, *, wait: float = 0, started: bool = False) -> Visit:
    return Visit((Crew(WORK, need),), wait, Clock(ALL, limit), started)


# ------------------------------------------------------------------------------ closed forms


def test_a_five_minute_promise_of_an_office() -> None:
    """Deals of the 40 open hours, and of the 5 minutes before each of the 5 openings."""
    begun = best_share(visit(0, 5 * MINUTE, started=True), ALL)
    assert begun * 168 == pytest.approx(40 + 5 * 5 / 60, abs=1e-9)


@pytest.mark.parametrize(
    ("effort", "limit", "minutes"),
    [
        (2, 5, 481),  # from 3 minutes before opening until 2 before closing
        (5, 5, 475),  # in a piece from its first minute on
        (6, 5, 0),
        (60, 120, 480),
        (480, 480, 0),  # only at 9:00 sharp
        (480, 600, 120),
        (481, 1440, 0),  # over night: 1 minute of the next day is 16 hours later
    ],
)
def test_work_that_must_fit_into_a_day(effort: int, limit: int, minutes: int) -> None:
    share = best_share(visit(effort * MINUTE, limit * MINUTE), ALL)
    assert share * 7 * 24 * 60 == pytest.approx(5 * minutes, abs=1e-6)


def test_deals_that_come_in_open_hours_only() -> None:
    assert best_share(visit(0, 5 * MINUTE, started=True), WORK) == 1
    share = best_share(visit(2 * MINUTE, 5 * MINUTE), WORK)
    assert share == pytest.approx(478 / 480)  # the last two minutes of a day are too late


def test_a_wait_takes_its_time_by_day_and_by_night() -> None:
    share = best_share(visit(HOUR, 3 * HOUR, wait=HOUR), ALL)
    assert share * 168 == pytest.approx(5 * 8)  # from 8:00 until 16:00
    assert best_share(visit(HOUR, HOUR, wait=MINUTE), ALL) == 0


def test_without_work_only_the_wait_counts() -> None:
    waiting = Visit((Crew(ALL, 0.0),), 2 * HOUR, Clock(ALL, 2 * HOUR))
    assert best_share(waiting, ALL) == 1
    assert best_share(waiting._replace(wait=2 * HOUR + 1), ALL) == 0
    assert not ever(waiting._replace(wait=2 * HOUR + 10), ALL)


def test_open_time_as_a_limit_counts_only_while_it_is_open() -> None:
    def within(limit: float, need: float) -> float:
        return best_share(Visit((Crew(WORK, need),), 0, Clock(WORK, limit)), ALL)

    assert within(HOUR, HOUR) == 1
    assert within(HOUR, HOUR + 1) == 0
    joint = Timetable(WEEK, [(d * DAY + 9 * HOUR, d * DAY + 10 * HOUR) for d in range(5)])
    share = best_share(Visit((Crew(joint, HOUR),), 0, Clock(WORK, 8 * HOUR)), ALL)
    # a deal of 9:00 sharp has the hour of that day, one of 9:30 half of it and half of the next:
    # both in 8 open hours; and so every other, until the next day at 10:00 at the latest
    assert share == 1
    share = best_share(Visit((Crew(joint, HOUR),), 0, Clock(WORK, HOUR)), ALL)
    assert share * 168 == pytest.approx(4 * 16 + 64)  # from closing at 17:00 until 9:00


def test_an_escalation_may_save_what_the_office_cannot() -> None:
    first = Crew(WORK, HOUR)
    other = Crew(ALL, HOUR, Clock(ALL, 2 * HOUR))
    late = Visit((first, other), 0, Clock(ALL, 3 * HOUR))
    assert best_share(late, ALL) == 1
    late = Visit((first, other._replace(need=2 * HOUR)), 0, Clock(ALL, 3 * HOUR))
    assert best_share(late, ALL) * 168 == pytest.approx(5 * (8 - 1 + 2))
    office = Visit((first, Crew(ALL, HOUR, Clock(WORK, HOUR))), 0, Clock(ALL, 3 * HOUR))
    # by themselves from 7:00 to 16:00; the other one begins an open hour later and is no help
    assert best_share(office, ALL) * 168 == pytest.approx(5 * 9)


def test_daylight_saving_plays_no_part_in_one_zone() -> None:
    local = best_share(visit(HOUR, 4 * HOUR), ALL)
    shared = frame([OFFICE], MONDAY)._replace(utc=True, period=52 * WEEK)
    work, always = timetable([OFFICE], shared), timetable([], shared)
    clocked = best_share(Visit((Crew(work, HOUR),), 0, Clock(always, 4 * HOUR)), always)
    assert clocked == pytest.approx(local, abs=1e-12)


def test_nothing_is_said_where_nobody_works_or_nothing_comes() -> None:
    never = Timetable(WEEK, [])
    assert best_share(visit(HOUR, 1), never) == 1
    asleep = Visit((Crew(never, HOUR),), 0, Clock(ALL, 1))
    assert best_share(asleep, ALL) == 1
    assert ever(asleep, ALL)


def test_the_ends_of_open_time_are_instants_too() -> None:
    evening = Timetable(WEEK, [(17 * HOUR, 18 * HOUR)])
    assert ever(visit(HOUR, 17 * HOUR), WORK)  # done at 17:00 sharp: the next day at 10:00
    assert not ever(visit(HOUR, 15 * HOUR), evening)
    assert ever(visit(HOUR, 16 * HOUR), evening)  # at 18:00 sharp
    assert best_share(visit(8 * HOUR, 8 * HOUR), ALL) == 0
    assert ever(visit(8 * HOUR, 8 * HOUR), ALL)


# ------------------------------------------------------------------------ every minute tried


@st.composite
def tables(draw: Any) -> Timetable:
    cuts = sorted(draw(st.lists(st.integers(0, 48), min_size=2, max_size=8, unique=True)))
    cuts = cuts[: len(cuts) // 2 * 2]
    return Timetable(48, list(zip(cuts[::2], cuts[1::2], strict=True)))


def clocks(office: Timetable, *, most: int) -> st.SearchStrategy[Clock]:
    spans = st.integers(0, most)
    always = Timetable(48, [(0, 48)])
    return st.builds(Clock, st.sampled_from([office, always]), spans)


@st.composite
def visits(draw: Any) -> Visit:
    office = draw(tables())
    crews = [Crew(draw(tables()), draw(st.integers(1, 30)))]
    if draw(st.booleans()):
        crews.append(Crew(draw(tables()), draw(st.integers(1, 30)), draw(clocks(office, most=40))))
    started = draw(st.booleans())
    if started:
        crews = [crew._replace(need=0) for crew in crews]
    wait = 0 if started else draw(st.integers(0, 10))
    return Visit(tuple(crews), wait, draw(clocks(office, most=60)), started)


def passes(table: Timetable, at: float, span: float, step: float) -> float:
    """When so much open time has passed, step by step."""
    while span > 0:
        if table.is_open(at + step / 2):
            span -= step
        at += step
    return at


def makes_it(visit: Visit, at: float) -> bool:
    """Told by playing the visit through in quarters of a unit; no instant falls on an edge."""
    step = 0.25
    deadline = passes(visit.deadline.by, at, visit.deadline.span, step)
    for crew in visit.crews:
        begin = passes(crew.begins.by, at, crew.begins.span, step) if crew.begins else at
        if visit.started:
            while not crew.work.is_open(begin + step / 2):
                begin += step
            if begin < deadline:
                return True
        elif passes(crew.work, begin, crew.need, step) + visit.wait <= deadline:
            return True
    return False


@settings(max_examples=150, deadline=None)
@given(visits(), tables())
def test_every_instant_tried_gives_the_same_share(visit: Visit, arrivals: Timetable) -> None:
    """All edges and spans are whole: from each quarter on the answer is that of its half unit."""
    tried = [at + 0.25 for at in range(48) if arrivals.is_open(at + 0.25)]
    tried += [at + 0.75 for at in range(48) if arrivals.is_open(at + 0.75)]
    good = sum(makes_it(visit, at) for at in tried)
    assert best_share(visit, arrivals) == pytest.approx(good / len(tried), abs=1e-9)
    if good:
        assert ever(visit, arrivals)


@pytest.mark.parametrize(
    ("effort", "limit"), [(0.5, 4), (3, 24), (6, 60), (10, 48)], ids=["30min", "3h", "6h", "10h"]
)
def test_a_year_with_holidays_tried_every_quarter_of_an_hour(effort: float, limit: int) -> None:
    """Played through the calendars themselves, daylight saving and all."""
    office = calendar(
        {"mon-thu": "09:00-12:30, 13:15-18:00", "fri": "09:00-14:00"},
        "Europe/Berlin",
        *("2026-04-03", "2026-04-06", "2026-05-01", "2026-12-24", "2026-12-25"),
    )
    shared = frame([office], MONDAY)
    work, always = timetable([office], shared), timetable([], shared)
    asked = Visit((Crew(work, effort * HOUR),), 0, Clock(always, limit * HOUR))
    good = tried = 0
    for at in range(START + 7 * MINUTE, START + 52 * WEEK, 45 * MINUTE):
        end = add_open_time(office, at, round(effort * HOUR))
        assert end is not None
        good += end <= at + limit * HOUR
        tried += 1
    assert best_share(asked, always) == pytest.approx(good / tried, abs=0.004)


def test_two_zones_tried_every_quarter_of_an_hour() -> None:
    berlin = calendar({"mon-fri": "09:00-17:00"})
    york = calendar({"mon-fri": "09:00-17:00"}, "America/New_York")
    shared = frame([berlin, york], MONDAY)
    work, coming = timetable([york], shared), timetable([berlin], shared)
    always = timetable([], shared)
    asked = Visit((Crew(work, 0),), 0, Clock(always, 3 * HOUR), started=True)
    good = tried = 0
    for at in range(START + 7 * MINUTE, START + 52 * WEEK, 15 * MINUTE):
        if next_open(berlin, at) == at:
            opens = next_open(york, at)
            assert opens is not None
            good += opens <= at + 3 * HOUR
            tried += 1
    assert best_share(asked, coming) == pytest.approx(good / tried, abs=0.002)
