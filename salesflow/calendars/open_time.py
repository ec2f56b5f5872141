"""Counting in open time: when a calendar is open, and when so much open time has passed.

A calendar is open at an instant when the local wall time of that instant lies in a window of its
local date. So hours that the clock skips in spring are no open time, and those it repeats in autumn
count twice.
"""

from collections.abc import Iterator
from typing import TypeAlias

from salesflow.calendars.calendar import Calendar, Common
from salesflow.calendars.zones import utc_offsets

OpenTime: TypeAlias = Calendar | Common
Interval: TypeAlias = tuple[int, int]

_MINUTE = 60_000
_DAY = 86_400_000
_SEARCHED = 20 * 366 * _DAY  # nobody plans further, and calendars may never be open together
_FIRST_MONDAY = 4  # 1970-01-05


def open_intervals(hours: OpenTime, start_ms: int, end_ms: int) -> list[Interval]:
    """The open stretches ``[open, close)`` within ``[start_ms, end_ms)``, ascending and apart.

    ValueError for a time zone that this machine does not know, OverflowError beyond the year 9999.
    """
    if end_ms <= start_ms:
        return []
    if isinstance(hours, Calendar):
        return _open(hours, start_ms, end_ms)
    shared = [(start_ms, end_ms)]
    for calendar in hours.calendars:
        shared = intersection(shared, _open(calendar, start_ms, end_ms))
    return shared


def add_open_time(hours: OpenTime, at_ms: int, open_ms: int) -> int | None:
    """The first instant from ``at_ms`` on until which ``open_ms`` of open time have passed.

    Work that ends exactly at close ends at close; no work at all ends at once. None when that takes
    over 20 years. ValueError for negative time.
    """
    if open_ms < 0:
        raise ValueError(f"open time cannot be negative: {open_ms}")
    left = open_ms
    if left == 0:
        return at_ms
    for start, close in _from(hours, at_ms):
        if left <= close - start:
            return start + left
        left -= close - start
    return None


def next_open(hours: OpenTime, at_ms: int) -> int | None:
    """The first open instant from ``at_ms`` on: itself while open, at close the next open.

    None when there is none in 20 years.
    """
    return next((start for start, _ in _from(hours, at_ms)), None)


def open_time_between(hours: OpenTime, start_ms: int, end_ms: int) -> int:
    """Open milliseconds in ``[start_ms, end_ms)``; 0 when that is empty."""
    return sum(close - start for start, close in open_intervals(hours, start_ms, end_ms))


def _from(hours: OpenTime, at_ms: int) -> Iterator[Interval]:
    """Open stretches from an instant on, looked up in pieces that grow, for 20 years."""
    start, length, end = at_ms, 7 * _DAY, at_ms + _SEARCHED
    while start < end:
        yield from open_intervals(hours, start, min(start + length, end))
        start, length = start + length, min(length * 2, 512 * _DAY)


def _open(calendar: Calendar, start_ms: int, end_ms: int) -> list[Interval]:
    closed = {day.toordinal() - _ORDINAL_1970 for day in calendar.holidays}
    found: list[Interval] = []
    for start, end, offset in utc_offsets(calendar.timezone, start_ms, end_ms):
        for day in range((start + offset) // _DAY, (end - 1 + offset) // _DAY + 1):
            if day in closed:
                continue
            midnight = day * _DAY - offset
            for opens, closes in calendar.week[(day - _FIRST_MONDAY) % 7]:
                first = max(midnight + opens * _MINUTE, start)
                last = min(midnight + closes * _MINUTE, end)
                if first < last:
                    add_stretch(found, first, last)
    return found


_ORDINAL_1970 = 719_163  # date(1970, 1, 1).toordinal()


def add_stretch(found: list[Interval], first: int, last: int) -> None:
    """Add a stretch; one that begins where the last ends makes it longer."""
    if found and found[-1][1] == first:
        found[-1] = (found[-1][0], last)
    else:
        found.append((first, last))


def intersection(ours: list[Interval], theirs: list[Interval]) -> list[Interval]:
    """The stretches that lie in both; each list is in order and without overlaps."""
    shared: list[Interval] = []
    one = other = 0
    while one < len(ours) and other < len(theirs):
        first = max(ours[one][0], theirs[other][0])
        last = min(ours[one][1], theirs[other][1])
        if first < last:
            shared.append((first, last))
        if ours[one][1] < theirs[other][1]:
            one += 1
        else:
            other += 1
    return shared
