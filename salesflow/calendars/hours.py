"""Weekly hours as people write them: ``{mon-thu: "09:00-12:00, 13:00-17:30", fri: …}``."""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from salesflow.calendars.calendar import DAYS, Problem, Week, Windows

_CLOCK = r"((?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)"
_WINDOW = rf" ?{_CLOCK} ?- ?{_CLOCK} ?"
_LONGEST = 400  # characters of a day's hours; nobody has more windows than that
_EXAMPLE = 'Write for example `"09:00-12:00, 13:00-17:30"`.'


def parse_hours(hours: Mapping[str, Any]) -> tuple[Week, tuple[Problem, ...]]:
    """The week and every mistake; a day that is wrong or not written has no windows.

    Keys are a day (``sat``) or a range, which may run over the weekend (``sat-mon``); values are
    one or more windows ``HH:MM-HH:MM``, in any order. ``Problem.at`` is the key.
    """
    week: list[Windows] = [()] * len(DAYS)
    given: dict[int, str] = {}
    problems: list[Problem] = []
    for key, written in hours.items():
        days = _days(key)
        windows, wrong = _windows(key, written)
        problems += [*wrong] if days else [_no_days(key), *wrong]
        for day in days:
            if day in given:
                hint = f"`{given[day]}` says it already. Write each day once."
                problems.append(Problem((key,), f"The hours of {DAYS[day]} are given twice.", hint))
                break
            given[day] = key
            week[day] = windows
    if not hours:
        problems.append(Problem((), "No hours are given: it would never be open.", _WEEK))
    return tuple(week), tuple(problems)


_WEEK = 'Write for example `{mon-fri: "09:00-18:00"}`.'


def _days(key: str) -> tuple[int, ...]:
    """The weekdays of a key, Monday 0; none when it is no day."""
    first, dash, last = key.partition("-")
    if first not in DAYS or (dash and last not in DAYS):
        return ()
    start = DAYS.index(first)
    length = (DAYS.index(last) - start) % 7 if dash else 0
    return tuple((start + step) % 7 for step in range(length + 1))


def _no_days(key: str) -> Problem:
    lower = key.lower()
    found = re.findall("|".join(DAYS), lower[:_LONGEST])
    hint = "Days are mon tue wed thu fri sat sun, ranges `mon-fri`."
    if "," in key:
        hint = "Write one line for each day or range of days: `mon-tue` and `thu`."
    elif found and len(found) <= 2:
        hint = f"Write `{'-'.join(found)}`."
    return Problem((key,), f"`{key[:40]}` is no day and no range of days.", hint)


def _windows(key: str, written: Any) -> tuple[Windows, tuple[Problem, ...]]:
    """The windows of a day, ascending, those that touch made one; or what is wrong."""
    text = written if isinstance(written, str) and len(written) <= _LONGEST else ""
    windows: list[tuple[int, int]] = []
    for part in text.split(","):
        match = re.fullmatch(_WINDOW, part)
        if not match:
            return (), (Problem((key,), _unclear(part, written), _hint(part)),)
        start, close = (_minutes(clock) for clock in match.groups())
        if start >= close:
            return (), (_backwards(key, match[1], match[2]),)
        windows.append((start, close))
    windows.sort()
    for (_, close), (start, _) in pairwise(windows):
        if start < close:
            message = f"Two windows of `{key}` overlap: one opens before the other has closed."
            return (), (Problem((key,), message, _EXAMPLE),)
    return _merged(windows), ()


def _merged(windows: list[tuple[int, int]]) -> Windows:
    merged: list[tuple[int, int]] = []
    for start, close in windows:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], close)
        else:
            merged.append((start, close))
    return tuple(merged)


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _unclear(part: str, written: Any) -> str:
    text = part if isinstance(written, str) and part else str(written)
    return f"`{text.strip()[:40]}` is no opening time."


def _hint(part: str) -> str:
    """The same hours as they should be written, where they can be guessed."""
    match = re.fullmatch(
        r"\s*([0-9]{1,2})(?:[:.]([0-9]{2}))?\D{1,5}([0-9]{1,2})(?:[:.]([0-9]{2}))?", part
    )
    if match:
        start = f"{int(match[1]):02}:{match[2] or '00'}"
        close = f"{int(match[3]):02}:{match[4] or '00'}"
        if re.fullmatch(_WINDOW, f"{start}-{close}"):
            return f'Write `"{start}-{close}"`.'
    return _EXAMPLE


def _backwards(key: str, start: str, close: str) -> Problem:
    message = f"`{start}-{close}` closes before it opens."
    hint = "A window lies within one day."
    if start == close:
        message = f"`{start}-{close}` is never open."
    elif close != "00:00":
        hint += f' Over midnight: "{start}-24:00", and "00:00-{close}" on the next day.'
    else:
        hint = f'Midnight at the end of a day is 24:00: "{start}-24:00".'
    return Problem((key,), message, hint)
