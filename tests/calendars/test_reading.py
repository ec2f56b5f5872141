"""Calendars as people write them, and what they are told when they are wrong."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow import calendars
from salesflow.calendars import (
    DAYS,
    Calendar,
    Problem,
    known_timezone,
    like_timezones,
    parse_calendar,
    parse_hours,
)

NINE_TO_SIX = ((540, 1080),)


def read(data: dict[str, Any]) -> Calendar:
    calendar, problems = parse_calendar(data)
    assert problems == ()
    assert calendar is not None
    return calendar


def test_the_calendar_of_the_language_page() -> None:
    data = {
        "timezone": "Europe/Berlin",
        "hours": {"mon-fri": "09:00-18:00"},
        "holidays": ["2027-01-01", "2026-12-25", "2026-12-25"],
    }
    calendar = read(data)
    assert calendar == Calendar(
        timezone="Europe/Berlin",
        week=(NINE_TO_SIX,) * 5 + ((),) * 2,
        holidays=(date(2026, 12, 25), date(2027, 1, 1)),
    )
    assert calendar.weekly_open_ms == 45 * 3_600_000
    assert calendar.business_day_ms == 9 * 3_600_000
    assert calendar.to_data() == data | {"holidays": ["2026-12-25", "2027-01-01"]}


def test_several_windows_a_day_and_a_short_friday() -> None:
    hours = {"mon-thu": "09:00-12:00, 13:00-17:30", "fri": "09:00-14:00"}
    calendar = read({"timezone": "UTC", "hours": hours})
    assert calendar.week[0] == ((540, 720), (780, 1050))
    assert calendar.weekly_open_ms == (4 * 7.5 + 5) * 3_600_000
    assert calendar.business_day_ms == 7 * 3_600_000
    assert calendar.to_data()["hours"] == hours


def test_a_business_day_is_rounded_to_the_millisecond() -> None:
    hours = {"mon-sat": "09:00-10:00", "sun": "09:00-09:01"}
    calendar = read({"timezone": "UTC", "hours": hours})
    assert calendar.business_day_ms == round(361 * 60_000 / 7)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ({"sat-mon": "10:00-12:00"}, {"mon": "10:00-12:00", "sat-sun": "10:00-12:00"}),
        ({"mon-mon": "10:00-12:00"}, {"mon": "10:00-12:00"}),
        ({"mon": "13:00-14:00,09:00-10:00"}, {"mon": "09:00-10:00, 13:00-14:00"}),
        ({"mon": "09:00-12:00, 12:00-15:00"}, {"mon": "09:00-15:00"}),
        ({"mon": "09:00 - 24:00"}, {"mon": "09:00-24:00"}),
        ({"tue": "09:00-10:00", "mon": "09:00-10:00"}, {"mon-tue": "09:00-10:00"}),
    ],
)
def test_hours_become_canonical(written: dict[str, str], canonical: dict[str, str]) -> None:
    assert read({"timezone": "UTC", "hours": written}).to_data()["hours"] == canonical


def test_names_and_owners_are_kept() -> None:
    data = {
        "timezone": "UTC",
        "hours": {"mon": "09:00-10:00"},
        "name": "Night desk",
        "description": "Odd",
        "owner": "sales_ops",
        "was": "night",
    }
    assert read(data).to_data() == data


cuts = st.lists(st.integers(0, 1440), unique=True, max_size=6).map(sorted)
days = cuts.map(lambda at: tuple(zip(at[::2], at[1::2], strict=False)))


@given(st.lists(days, min_size=7, max_size=7).filter(any), st.sets(st.dates(date(1900, 1, 1))))
def test_a_calendar_is_read_as_it_was_written(week: list[Any], holidays: set[date]) -> None:
    near = sorted(day for day in holidays if day.year < 2200)
    calendar = Calendar(timezone="Asia/Kolkata", week=tuple(week), holidays=tuple(near))
    assert read(calendar.to_data()) == calendar


WEEK = 'Write for example `{mon-fri: "09:00-18:00"}`.'
EXAMPLE = 'Write for example `"09:00-12:00, 13:00-17:30"`.'
DAYS_ARE = "Days are mon tue wed thu fri sat sun, ranges `mon-fri`."


@pytest.mark.parametrize(
    ("hours", "at", "message", "hint"),
    [
        ({}, (), "No hours are given: it would never be open.", WEEK),
        ({"weekdays": "09:00-18:00"}, ("weekdays",), "`weekdays` is no day", DAYS_ARE),
        ({"Mon-Fri": "09:00-18:00"}, ("Mon-Fri",), "`Mon-Fri` is no day", "Write `mon-fri`."),
        ({"monday": "09:00-18:00"}, ("monday",), "`monday` is no day", "Write `mon`."),
        ({"mon to fri": "09:00-18:00"}, ("mon to fri",), "is no day", "Write `mon-fri`."),
        ({"mon-": "09:00-18:00"}, ("mon-",), "`mon-` is no day", "Write `mon`."),
        ({"mon,tue": "09:00-18:00"}, ("mon,tue",), "is no day", "one line for each day"),
        ({"mon": "9-17"}, ("mon",), "`9-17` is no opening time.", 'Write `"09:00-17:00"`.'),
        ({"mon": "9:00–17:30"}, ("mon",), "no opening time.", 'Write `"09:00-17:30"`.'),
        ({"mon": "09.00 to 17.00"}, ("mon",), "no opening time.", 'Write `"09:00-17:00"`.'),
        ({"mon": "9-77"}, ("mon",), "`9-77` is no opening time.", EXAMPLE),
        ({"mon": "closed"}, ("mon",), "`closed` is no opening time.", EXAMPLE),
        ({"mon": ""}, ("mon",), "`` is no opening time.", EXAMPLE),
        ({"mon": 9}, ("mon",), "`9` is no opening time.", EXAMPLE),
        ({"mon": "09:00-24:01"}, ("mon",), "`09:00-24:01` is no opening time.", EXAMPLE),
        ({"mon": "09:00-12:00;13:00-15:00"}, ("mon",), "is no opening time.", EXAMPLE),
        ({"mon": "09:00-12:00, 11:00-15:00"}, ("mon",), "Two windows of `mon` overlap", EXAMPLE),
        ({"mon": "09:00-09:00"}, ("mon",), "`09:00-09:00` is never open.", "within one day"),
        (
            {"fri": "22:00-06:00"},
            ("fri",),
            "`22:00-06:00` closes before it opens.",
            'Over midnight: "22:00-24:00", and "00:00-06:00" on the next day.',
        ),
        ({"fri": "18:00-00:00"}, ("fri",), "closes before it opens.", '24:00: "18:00-24:00"'),
        (
            {"mon-fri": "09:00-18:00", "fri-sat": "09:00-14:00"},
            ("fri-sat",),
            "The hours of fri are given twice.",
            "`mon-fri` says it already. Write each day once.",
        ),
    ],
)
def test_wrong_hours(hours: dict[str, Any], at: tuple[str, ...], message: str, hint: str) -> None:
    _, problems = parse_hours(hours)
    assert len(problems) == 1
    assert problems[0].at == at
    assert message in problems[0].message
    assert hint in problems[0].hint
    calendar, same = parse_calendar({"timezone": "UTC", "hours": hours})
    assert calendar is None
    assert same == (problems[0]._replace(at=("hours", *at)),)


@given(st.dictionaries(st.text(max_size=8) | st.sampled_from(DAYS), st.text() | st.integers()))
def test_any_hours_are_read_or_refused(hours: dict[str, Any]) -> None:
    week, problems = parse_hours(hours)
    assert len(week) == 7
    assert problems or any(week)


def test_long_hours_are_refused_at_once() -> None:
    _, problems = parse_hours({"mon": "09:00-18:00, " * 100_000})
    assert len(problems) == 1
    assert len(problems[0].message) < 100


def test_everything_wrong_is_said_at_once() -> None:
    data = {
        "timezone": "Berlin",
        "hours": {"mon": "9-17"},
        "holidays": ["25.12.2026", "2026-02-30"],
    }
    calendar, problems = parse_calendar(data)
    assert calendar is None
    assert problems == (
        Problem(("timezone",), "`Berlin` is no time zone.", "Did you mean `Europe/Berlin`?"),
        Problem(("hours", "mon"), "`9-17` is no opening time.", 'Write `"09:00-17:00"`.'),
        Problem(("holidays", 0), "`25.12.2026` is no date.", "Write `2026-12-25`."),
        Problem(
            ("holidays", 1),
            "`2026-02-30` is no date.",
            "There is no day 2026-02-30 in the calendar.",
        ),
    )


def test_a_calendar_needs_zone_and_hours() -> None:
    _, problems = parse_calendar({"holidays": []})
    assert problems[0].at == ()
    assert problems[0].message == "A calendar needs `timezone` and `hours`."
    _, problems = parse_calendar({"timezone": "UTC", "hours": "09:00-18:00"})
    assert problems[0].at == ("hours",)
    _, problems = parse_calendar(
        {"timezone": "UTC", "hours": {"mon": "09:00-18:00"}, "holidays": ["soon"]}
    )
    assert problems[0].hint == "Write for example `2026-12-25`."


@pytest.mark.parametrize("name", ["Europe/Berlin", "UTC", "Asia/Kolkata", "Etc/GMT+1"])
def test_known_zones(name: str) -> None:
    assert known_timezone(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Berlin",
        "europe/berlin ",
        "Europe",
        "../../../etc/passwd",
        "/etc/passwd",
        "a\0b",
        "x" * 9999,
    ]
    + ["Europe/Berlin/", "zone.tab", "Etc/GMT+99"],
)
def test_unknown_zones(name: str) -> None:
    assert not known_timezone(name)


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("Europe/Berln", "Europe/Berlin"),
        ("Europ/Pariss", "Europe/Paris"),
    ],
)
def test_zones_that_may_have_been_meant(name: str, like: str) -> None:
    assert like_timezones(name)[0] == like


def test_a_zone_like_nothing() -> None:
    assert like_timezones("my own zone, please") == ()
    _, problems = parse_calendar({"timezone": "qqq", "hours": {"mon": "09:00-18:00"}})
    assert problems[0].hint == "Write continent and city, such as `Europe/Berlin`."


def test_the_shortcut_and_zoneinfo_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars.zones, "_SYSTEM_ZONES", "/nowhere")
    assert known_timezone("Europe/Berlin")
    assert not known_timezone("Europe/Berln")


def test_a_machine_without_zones_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    import zoneinfo

    monkeypatch.setattr(calendars.zones, "_SYSTEM_ZONES", "/nowhere")
    monkeypatch.setattr(calendars.zones, "_zone", lambda name: None)
    monkeypatch.setattr(zoneinfo, "available_timezones", set)
    _, problems = parse_calendar({"timezone": "Europe/Berlin", "hours": {"mon": "09:00-18:00"}})
    assert problems == (
        Problem(
            ("timezone",),
            "This machine has no time zone data, so no calendar can be read.",
            "Install it: `pip install tzdata`.",
        ),
    )
    assert like_timezones("Europe/Berlin") == ()
