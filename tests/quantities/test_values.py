"""Times, shares, rates and dates: what is read, what it means, how it is written again."""

import calendar
import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow import quantities as q

HOURS = {"s": 1 / 3600, "min": 1 / 60, "h": 1, "d": 24, "w": 168}

numbers = st.one_of(
    st.integers(0, 999_999_999).map(str),
    st.tuples(st.integers(0, 99_999), st.integers(0, 999_999)).map(lambda n: f"{n[0]}.{n[1]:06}"),
)


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("1s", 1_000),
        ("45min", 2_700_000),
        ("3h", 10_800_000),
        ("2d", 172_800_000),
        ("1w", 604_800_000),
        ("1.5h", 5_400_000),
        ("0.1h", 360_000),
        ("0.0005s", 0),  # ties to even
        ("0.0015s", 2),
        ("0s", 0),
        ("999999999w", 604_799_999_395_200_000),
    ],
)
def test_elapsed_milliseconds(text: str, ms: int) -> None:
    duration = q.parse_duration(text)
    assert duration is not None
    assert duration.milliseconds == ms
    assert not duration.business
    assert ms < 2**63


def test_business_time_needs_a_calendar() -> None:
    for text in ("4bh", "2bd"):
        duration = q.parse_duration(text)
        assert duration is not None
        assert duration.business
        with pytest.raises(ValueError, match=text):
            _ = duration.milliseconds
        with pytest.raises(ValueError, match="only a calendar"):
            _ = duration.hours


@pytest.mark.parametrize(
    ("one", "other"), [("60min", "1h"), ("1.0d", "24h"), ("7d", "1w"), ("2.0bd", "2bd")]
)
def test_durations_are_equal_by_meaning(one: str, other: str) -> None:
    first, second = q.parse_duration(one), q.parse_duration(other)
    assert first == second
    assert hash(first) == hash(second)


@pytest.mark.parametrize(
    ("one", "other"), [("8bh", "1bd"), ("1d", "1bd"), ("1h", "1bh"), ("1s", "2s")]
)
def test_durations_that_differ(one: str, other: str) -> None:
    first, second = q.parse_duration(one), q.parse_duration(other)
    assert first != second


def test_a_duration_is_no_plain_tuple() -> None:
    assert q.Duration(60, "min") == q.Duration(1, "h")
    assert q.Duration(1, "h") != (1, "h")


@given(number=numbers, unit=st.sampled_from([*HOURS, "bh", "bd"]))
def test_what_is_written_is_read_again(number: str, unit: str) -> None:
    duration = q.parse_duration(number + unit)
    assert duration is not None
    again = q.parse_duration(str(duration))
    assert again is not None
    assert again == duration
    assert str(again) == str(duration)
    if unit in HOURS:
        assert duration.hours == pytest.approx(float(number) * HOURS[unit], rel=1e-14)


@pytest.mark.parametrize(
    "text",
    ["", "3", "h", "3 h", "03h", "-3h", ".5h", "5.h", "3H", "3m", "3hd", "1h30min", "1e3h", "1,5h"]
    + ["1234567890h", "0.1234567890123h", "٣h", "3h\n", "1_0h", "+3h", "3bm", "infh"],
)
def test_no_durations(text: str) -> None:
    assert q.parse_duration(text) is None


def test_effort_is_in_small_units() -> None:
    assert [u for u in (*HOURS, "bh", "bd") if re.fullmatch(q.EFFORT_PATTERN, f"3{u}")] == [
        "s",
        "min",
        "h",
    ]


@pytest.mark.parametrize(
    ("pattern", "units"),
    [
        (q.DURATION_PATTERN, {"s", "min", "h", "d", "w"}),
        (q.BUSINESS_PATTERN, {"bh", "bd"}),
        (q.ANY_DURATION_PATTERN, {"s", "min", "h", "d", "w", "bh", "bd"}),
    ],
)
def test_units_of_a_pattern(pattern: str, units: set[str]) -> None:
    every = (*HOURS, "bh", "bd", "m", "y", "")
    assert {unit for unit in every if re.fullmatch(pattern, f"2.5{unit}")} == units


@given(st.integers(0, 10**14))
def test_a_share_is_the_float_nearest_to_its_decimal(digits: int) -> None:
    text = f"{digits // 10**12}.{digits % 10**12:012}%"
    share = q.parse_share(text)
    assert share == float(f"{digits // 10**14}.{digits % 10**14:014}")
    assert share is not None
    assert q.parse_share(q.format_share(share)) == share


@pytest.mark.parametrize(
    ("text", "share"),
    [("30%", 0.3), ("7%", 0.07), ("0%", 0.0), ("100%", 1.0), ("33.3%", 0.333), ("100.00%", 1.0)],
)
def test_shares(text: str, share: float) -> None:
    assert q.parse_share(text) == share
    assert q.parse_percent(text) == share


@pytest.mark.parametrize(
    "text", ["", "%", "30", "0.3", "30 %", "-1%", "101%", "100.1%", "030%", "30%%", "rest", "1e1%"]
)
def test_no_shares(text: str) -> None:
    assert q.parse_share(text) is None


def test_percents_go_beyond_shares() -> None:
    assert q.parse_percent("-2.5%") == -0.025
    assert q.parse_percent("250%") == 2.5
    assert q.parse_percent("--2%") is None
    assert q.parse_percent("2") is None


@given(st.decimals(-999_999, 999_999, places=6))
def test_percents_are_written_as_read(number: object) -> None:
    value = q.parse_percent(f"{number}%")
    if value is not None:
        assert q.parse_percent(q.format_share(value)) == value


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.3, "30%"),
        (0.07, "7%"),
        (0.325, "32.5%"),
        (1.0, "100%"),
        (0.0, "0%"),
        (-0.0, "0%"),
        (1 / 3, "33.3333333333333%"),
        (1e-9, "0.0000001%"),
        (1e-16, "0%"),
        (2.5, "250%"),
        (-0.025, "-2.5%"),
    ],
)
def test_formatted_shares(share: float, text: str) -> None:
    assert q.format_share(share) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(30, "30"), (1.5, "1.5"), (2.0, "2"), (1e-7, "0.0000001"), (1e16, "10000000000000000")],
)
def test_decimal_text_has_no_exponent(number: float, text: str) -> None:
    assert q.decimal_text(number) == text


@pytest.mark.parametrize(
    ("text", "per_week", "per_hour"),
    [
        ("1 per hour", 168, 1),
        ("24 per day", 168, 1),
        ("168 per week", 168, 1),
        ("720 per month", 168, 1),
        ("8760 per year", 168, 1),
        ("0.5 per hour", 84, 0.5),
        ("0 per week", 0, 0),
        ("30 per week", 30, 30 / 168),
    ],
)
def test_rates(text: str, per_week: float, per_hour: float) -> None:
    rate = q.parse_rate(text)
    assert rate is not None
    assert rate.per_week == per_week
    assert rate.per_hour == per_hour
    assert str(rate) == text
    assert q.parse_rate(str(rate)) == rate


@pytest.mark.parametrize(
    "text", ["", "30", "30 per weeks", "30  per week", "30/week", "-1 per day"]
)
def test_no_rates(text: str) -> None:
    assert q.parse_rate(text) is None


def test_dates_are_the_days_that_exist() -> None:
    for year in range(1899, 2202):
        for month in range(14):
            days = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
            for day in range(33):
                text = f"{year}-{month:02}-{day:02}"
                exists = 1900 <= year <= 2199 and 1 <= day <= days
                assert q.parse_date(text) == (date(year, month, day) if exists else None)


@pytest.mark.parametrize("text", ["", "2026-1-5", "2026-01-05T00:00", "20260105", "26-01-05"])
def test_no_dates(text: str) -> None:
    assert q.parse_date(text) is None


PATTERNS = [name for name in q.__all__ if name.endswith("_PATTERN")]


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_mean_the_same_in_json_schema(name: str) -> None:
    """Only constructs that Python's re and ECMA 262 read alike, and one group for alternatives."""
    pattern = getattr(q, name)
    assert json.loads(json.dumps(pattern)) == pattern
    assert re.fullmatch(r"(?:\(\?:|\\\.|\[[0-9-]+\]|\{[0-9,]+\}|[a-z0-9%\-?|) ])+", pattern)
    assert re.fullmatch(f"(?:x|{pattern}|y)", "x")
    assert not re.fullmatch(f"a{pattern}b", "a")
    assert not re.search(f"^{pattern}$", "nothing of the kind")
