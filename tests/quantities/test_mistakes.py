"""What people write instead, and what they are told."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow import quantities as q

TOO_LONG = "A number has at most 9 digits before the decimal point and 12 after it."
PERIODS = "Periods are hour, day, week, month, year: "
SAID = {
    "duration": {
        "3 days": "Write `3d`.",
        "2hrs": "Write `2h`.",
        "1.5 hours": "Write `1.5h`.",
        "90m": "Write `90min` for minutes: `m` could also mean months.",
        "3D": "Write `3d`.",
        "3 Tage": "Write `3d`.",
        "1h30": "Write one number and one unit: `90min`.",
        "1h 30min": "Write one number and one unit: `90min`.",
        "1d and 4 hours": "Write one number and one unit: `28h`.",
        "1h 30m": "Write one number and one unit: `90min`.",
        "0.001s 2s": "Write one number and one unit, such as `90min`.",
        "1:30": "Write one number and one unit: `90min`.",
        "1,5h": "Write `1.5h`.",
        "1,500h": "Write `1500h`.",
        "1.500,5h": "Write `1500.5h`.",
        "1'000 h": "Write `1000h`.",
        "30": "Say the unit: `30min`, `30h` or `30d`.",
        "-3d": "A time cannot be negative.",
        "2 business days": "Write `2bd`.",
        "2 working-days": "Write `2bd`.",
        "3 months": "There is no unit for a month: write `90d`.",
        "2 quarters": "There is no unit for a quarter: write `182d`.",
        "03h": "Write `3h`.",
        ".5h": "Write `0.5h`.",
        "3 dayz": "Units are s, min, h, d, w, bh, bd: for example `3d`.",
        "12345678901d": TOO_LONG,
        "1.2.3 d": "",
        "1.000.000 h": "Write `1000000h`.",
        "1.000,000.5 h": TOO_LONG,
        "99999999 months": TOO_LONG,
        "a while": "",
        "1h 2 bananas": "",
        "5 5": "",
    },
    "elapsed": {
        "2bd": "No calendar counts here: write elapsed time, such as `2d`.",
        "4 business hours": "No calendar counts here: write elapsed time, such as `4h`.",
        "2 weeks": "Write `2w`.",
    },
    "effort": {
        "2d": "Hands-on time is counted in s, min or h: `16h` at 8 hours a day.",
        "1w": "Hands-on time is counted in s, min or h: `40h` at 8 hours a day.",
        "2bd": "Hands-on time is counted in s, min or h: `16h` at 8 hours a day.",
        "4bh": "Write `4h`.",
        "3 months": "There is no unit for a month: write the hours of work.",
        "1d 4h": "Write one number and one unit, in hours of work: `12h`.",
        "5": "Say the unit: `5min` or `5h`.",
        "5 quux": "Units are s, min, h: for example `5h`.",
    },
    "share": {
        "30": "Write `30%`.",
        "0.3": "Write `30%`.",
        "1": "Write `1%`, or `100%` if all is meant.",
        "1.0": "Write `100%`.",
        "30 %": "Write `30%`.",
        "10 percent": "Write `10%`.",
        "30,5%": "Write `30.5%`.",
        "1/3": "Write `33.3%`.",
        "5 in 10": "Write `50%`.",
        "120%": "A share is at most 100%.",
        "-5%": "A share is not below 0%.",
        "150": "A share is at most 100%.",
        "rest": "`rest` cannot stand here: write the share, such as `30%`.",
        "99999999999%": TOO_LONG,
        "half": "",
        "1/0": "",
    },
    "share_or_rest": {
        "Rest": "Write `rest`.",
        "remaining": "Write `rest`.",
        "0,25": "Write `25%`.",
    },
    "percent": {
        "25": "Write `25%`.",
        "0.25": "Write `25%`.",
        "-10 percent": "Write `-10%`.",
        "250 pct": "Write `250%`.",
        "-0.1": "Write `-10%`.",
        "-1": "Write `-1%`, or `-100%` if all is meant.",
    },
    "rate": {
        "30 / week": "Write `30 per week`.",
        "30 weekly": "Write `30 per week`.",
        "30 a month": "Write `30 per month`.",
        "30 deals per week": "Write `30 per week`.",
        "30 Per Week": "Write `30 per week`.",
        "30  per  week": "Write `30 per week`.",
        "30 pro Woche": "Write `30 per week`.",
        "1,000 per week": "Write `1000 per week`.",
        "30 per 2 weeks": "Write `15 per week`.",
        "30 per fortnight": PERIODS + "`15 per week`.",
        "30 per quarter": PERIODS + "`120 per year`.",
        "30 per business day": PERIODS + "`150 per week`.",
        "5 per minute": PERIODS + "`300 per hour`.",
        "30 per sprint": PERIODS + "for example `30 per week`.",
        "30": "Say per what: `30 per week`.",
        "per week": "Say how many: `30 per week`.",
        "many": "",
        "99999999999 per week": TOO_LONG,
    },
    "date": {
        "25.12.2026": "Write `2026-12-25`.",
        "12/25/2026": "Write `2026-12-25`.",
        "25/12/2026": "Write `2026-12-25`.",
        "05/06/2026": "Write `2026-05-06` or `2026-06-05`, whichever is meant.",
        "05/05/2026": "Write `2026-05-05`.",
        "2026-1-5": "Write `2026-01-05`.",
        "2026/12/25": "Write `2026-12-25`.",
        "20261225": "Write `2026-12-25`.",
        "2026-12-25 00:00:00": "Write `2026-12-25`.",
        "2026-02-30": "There is no day 2026-02-30 in the calendar.",
        "2250-01-01": "Years are from 1900 to 2199.",
        "Dec 25 2026": "Write year, month and day: `2026-12-25`.",
        "Christmas": "",
    },
    "colour": {"3": ""},
}
PATTERNS = {
    "duration": q.ANY_DURATION_PATTERN,
    "elapsed": q.DURATION_PATTERN,
    "effort": q.EFFORT_PATTERN,
    "share": q.SHARE_PATTERN,
    "share_or_rest": q.SHARE_PATTERN,
    "percent": q.PERCENT_PATTERN,
    "rate": q.RATE_PATTERN,
    "date": q.DATE_PATTERN,
}


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [(kind, text, said) for kind, table in SAID.items() for text, said in table.items()],
)
def test_what_is_said(kind: str, text: str, said: str) -> None:
    assert q.explain(kind, text) == said


def test_long_texts_are_not_explained() -> None:
    assert q.explain("duration", "9" * 1_000_000 + " days") == ""


WORDS = """
3 30 0.3 1,5 12345678 - / : % per day days week m min h w months business percent rest 2026
12 ' . 1/3 in and a
"""
pieces = st.sampled_from(WORDS.split())
texts = st.one_of(
    st.text(max_size=30),
    st.lists(pieces, max_size=6).map(" ".join),
    st.lists(pieces, max_size=6).map("".join),
)


@given(kind=st.sampled_from(sorted(PATTERNS)), text=texts)
def test_what_is_proposed_can_be_written(kind: str, text: str) -> None:
    """Never a crash, and never advice that leads to the next finding."""
    for proposed in re.findall("`(-?[0-9][^`]*)`", q.explain(kind, text)):
        assert re.fullmatch(PATTERNS[kind], proposed)
