"""Rates and dates as people write them: ``30 / week``, ``30 weekly``, ``25.12.2026``."""

import re

from salesflow.quantities.mistaken_numbers import NUMBER, TOO_LONG, meant_number, write, written
from salesflow.quantities.patterns import DATE_PATTERN

_PERIODS = {
    "hour": "h hr hour hours hourly stunde",
    "day": "d day days daily tag",
    "week": "w wk week weeks weekly woche",
    "month": "m mo month months monthly monat",
    "year": "y yr year years yearly annual annually annum jahr",
}
# What has no period of its own: how many to write, per what.
_OTHERS = {
    "second": (3600.0, "hour"),
    "minute": (60.0, "hour"),
    "fortnight": (0.5, "week"),
    "biweekly": (0.5, "week"),
    "quarter": (4.0, "year"),
    "quarterly": (4.0, "year"),
    "businessday": (5.0, "week"),
    "workingday": (5.0, "week"),
    "workday": (5.0, "week"),
    "weekday": (5.0, "week"),
}
_KNOWN = "Periods are hour, day, week, month, year"


def mistaken_rate(text: str) -> str:
    """What to write for a rate."""
    plain = " ".join(text.lower().split())
    match = re.match(rf"({NUMBER})(?![0-9.,])", plain)
    if not match:
        return "Say how many: `30 per week`." if plain.startswith("per ") else ""
    number = meant_number(match[1])
    if number is None:
        return TOO_LONG
    tail = plain[match.end() :].strip()
    if not tail:
        return f"Say per what: `{written(number)} per week`."
    return _per(number, tail)


def _per(number: float, tail: str) -> str:
    cut = re.split(r"\b(?:per|a|an|each|every|pro|p)\b\.?|/", tail)[-1].strip()
    several = re.fullmatch(r"([0-9]{1,3}) ?([a-z]+)", cut)
    if several and int(several[1]):
        number, cut = number / int(several[1]), several[2]
    words = re.findall("[a-z]+", cut)
    for word in ("".join(words), "".join(words[-1:])):
        for period, names in _PERIODS.items():
            if word in names.split():
                return write(f"{written(number)} per {period}")
        times, period = _OTHERS.get(word.removesuffix("s"), (0.0, ""))
        if period:
            return f"{_KNOWN}: `{written(number * times)} per {period}`."
    return f"{_KNOWN}: for example `{written(number)} per week`."


def mistaken_date(text: str) -> str:
    """What to write for a date."""
    plain = text.strip()
    match = re.fullmatch(r"([0-9]{4})[-/. ]?([0-9]{1,2})[-/. ]?([0-9]{1,2})(?:[T ].*)?", plain)
    if match:
        return _day(match[1], match[2], match[3])
    match = re.fullmatch(r"([0-9]{1,2})([-/. ])([0-9]{1,2})[-/. ]([0-9]{4})", plain)
    if not match:
        return "Write year, month and day: `2026-12-25`." if re.search("[0-9]{4}", plain) else ""
    first, sign, second, year = match.groups()
    if sign != "/" or int(first) > 12:
        return _day(year, second, first)
    if int(second) > 12 or first == second:
        return _day(year, first, second)
    american, european = _iso(year, first, second), _iso(year, second, first)
    return f"Write `{american}` or `{european}`, whichever is meant."


def _day(year: str, month: str, day: str) -> str:
    iso = _iso(year, month, day)
    if re.fullmatch(DATE_PATTERN, iso):
        return write(iso)
    if not 1900 <= int(year) <= 2199:
        return "Years are from 1900 to 2199."
    return f"There is no day {iso} in the calendar."


def _iso(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"
