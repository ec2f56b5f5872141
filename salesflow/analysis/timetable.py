"""A week, or a year of weeks, of open time that comes again and again; and counting in it.

Where all calendars lie in one time zone the clock is local wall time: then daylight saving plays no
part, for it moves an hour of a night in which offices are closed. Where zones differ it is UTC from
the first day on, with every change of the clocks. Without holidays in the year that begins with the
first day one week tells all (in one zone), else 52 weeks are laid out, so that each weekday counts
alike. Instants and spans are milliseconds from 00:00 of the first day, fractions allowed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple

from salesflow.calendars import Calendar, add_stretch, common, intersection, open_intervals

MINUTE = 60_000
HOUR = 3_600_000
DAY = 86_400_000
WEEK = 7 * DAY
YEAR = 52 * WEEK
_ORDINAL_1970 = 719_163  # date(1970, 1, 1).toordinal()

Stretches = list[tuple[int, int]]


class Frame(NamedTuple):
    """What timetables that are compared have in common: the first day, the zone, how long."""

    first: date
    period: int
    utc: bool


PLAIN = Frame(date.min, WEEK, utc=False)  # a week from Monday on, before any holiday


class Timetable:
    """Open stretches ``[open, close)`` within a period, ascending and apart, for ever repeated."""

    def __init__(self, period: int, stretches: Iterable[tuple[int, int]]) -> None:
        """Lay out one period and sum up."""
        self.period = period
        self.opens: list[int] = []
        self.closes: list[int] = []
        self.passed: list[int] = []  # open time before each stretch
        self.total = 0
        for start, close in stretches:
            self.opens.append(start)
            self.closes.append(close)
            self.passed.append(self.total)
            self.total += close - start

    @property
    def edges(self) -> list[int]:
        """Every instant of one period at which it opens or closes."""
        return [*self.opens, *self.closes]

    @cached_property
    def longest_gap(self) -> int:
        """The longest time that it stays closed, over the end of the period too."""
        if not self.opens:
            return self.period
        following = [*self.opens[1:], self.opens[0] + self.period]
        return max(start - close for start, close in zip(following, self.closes, strict=True))

    @cached_property
    def shortest(self) -> int:
        """The shortest open stretch; 0 where it never opens."""
        return min((c - o for o, c in zip(self.opens, self.closes, strict=True)), default=0)

    @cached_property
    def longest(self) -> int:
        """The longest open stretch; 0 where it never opens, the period where it never closes."""
        return max((c - o for o, c in zip(self.opens, self.closes, strict=True)), default=0)

    @property
    def always(self) -> bool:
        """Whether it is never closed."""
        return self.total == self.period

    def is_open(self, at: float) -> bool:
        """Whether it is open at an instant."""
        at %= self.period
        place = bisect_right(self.opens, at) - 1
        return place >= 0 and at < self.closes[place]

    def open_before(self, at: float) -> bool:
        """Whether it is open just before an instant."""
        at = at % self.period or self.period
        place = bisect_left(self.opens, at) - 1
        return place >= 0 and at <= self.closes[place]

    def open_until(self, at: float) -> float:
        """Open time in ``[0, at)``; below 0 before the first day."""
        laps, at = divmod(at, self.period)
        place = bisect_right(self.opens, at) - 1
        within = 0.0
        if place >= 0:
            within = self.passed[place] + min(at, self.closes[place]) - self.opens[place]
        return laps * self.total + within

    def reached(self, passed: float) -> float:
        """The first instant by which so much open time has passed; infinite if it never opens."""
        if not self.total:
            return float("inf")
        laps, left = divmod(passed, self.total)
        if left == 0:
            return (laps - 1) * self.period + self.closes[-1]
        place = bisect_left(self.passed, left) - 1
        return laps * self.period + self.opens[place] + left - self.passed[place]

    def after(self, at: float, span: float) -> float:
        """The first instant from ``at`` on by which ``span`` of open time has passed."""
        return self.reached(self.open_until(at) + span) if span else at

    def most_open(self, span: float) -> float:
        """The most open time that lies within so much elapsed time: from some opening on."""
        ends = ((start, self.open_until(start + span)) for start in self.opens)
        return max((end - self.open_until(start) for start, end in ends), default=0.0)

    def least_elapsed(self, span: float) -> float:
        """The least time in which so much open time can pass: from some opening on."""
        laps, left = divmod(span, self.total)
        whole = laps * self.period
        if not left:  # laps - 1 and all that opens within the last one: a gap is spared
            return whole - self.longest_gap if laps else 0.0
        return whole + min(self.after(start, left) - start for start in self.opens)

    def most_elapsed(self, span: float) -> float:
        """The longest time that so much open time can take: from some closing on."""
        return max(self.after(close, span) - close for close in self.closes)


def frame(calendars: Iterable[Calendar], first: date) -> Frame:
    """The frame for timetables of these calendars."""
    used = list(calendars)
    utc = len({calendar.timezone for calendar in used}) > 1
    start = first.toordinal()
    days = (day.toordinal() - start for calendar in used for day in calendar.holidays)
    whole_year = utc or any(0 <= day < YEAR // DAY for day in days)
    return Frame(first, YEAR if whole_year else WEEK, utc)


def timetable(calendars: Iterable[Calendar], within: Frame) -> Timetable:
    """When all of some calendars are open; of no calendar it is all time."""
    used = list(dict.fromkeys(calendars))
    if not used:
        return Timetable(within.period, [(0, within.period)])
    if within.utc:
        start = (within.first.toordinal() - _ORDINAL_1970) * DAY
        found = open_intervals(common(used), start, start + within.period)
        return Timetable(within.period, [(a - start, b - start) for a, b in found])
    shared = _laid_out(used[0], within)
    for calendar in used[1:]:
        shared = intersection(shared, _laid_out(calendar, within))
    return Timetable(within.period, shared)


def _laid_out(calendar: Calendar, within: Frame) -> Stretches:
    """The open stretches in local wall time."""
    first = within.first.toordinal()
    closed = {day.toordinal() - first for day in calendar.holidays}
    weekday = within.first.weekday()
    found: Stretches = []
    for day in range(within.period // DAY):
        if day in closed:
            continue
        for opens, closes in calendar.week[(weekday + day) % 7]:
            start, close = day * DAY + opens * MINUTE, day * DAY + closes * MINUTE
            add_stretch(found, start, close)
    return found
