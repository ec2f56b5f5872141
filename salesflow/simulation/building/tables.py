"""Calendars laid out as open stretches, and times of the language as spans in them."""

from collections.abc import Iterable

from salesflow.calendars import Calendar, common, open_intervals
from salesflow.quantities import Duration
from salesflow.simulation.program import Span, Table

HOUR = 3_600_000
DAY = 24 * HOUR
BEHIND = 400 * DAY  # laid out behind the end: more than a year, whatever its holidays
_MOST = 20 * 366 * DAY  # nobody plans further, and calendars may never be open together


class Tables:
    """The tables of a program; calendars that mean the same share one.

    A table is laid out from the start to ``BEHIND`` the end, and further where a time limit would
    not end there: limits beyond the end still say which of two is the earlier. What is drawn needs
    no such room, for what ends beyond the end is not seen.
    """

    def __init__(self, start_ms: int, end: int) -> None:
        """No calendar yet; ``start_ms`` since 1970, ``end`` since the start."""
        self.start_ms = start_ms
        self.end = end
        self._calendars: list[tuple[Calendar, ...]] = []
        self._at: dict[tuple[object, ...], int] = {}
        self._needed: list[float] = []  # open milliseconds behind the end

    def of(self, calendars: Iterable[Calendar | None]) -> int:
        """The number of the table of when all are open; -1 where none of them ever closes."""
        different = {_meaning(c): c for c in calendars if c is not None}
        if not different:
            return -1
        key = tuple(sorted(different))
        if key not in self._at:
            self._at[key] = len(self._calendars)
            self._calendars.append(tuple(different[each] for each in key))
            self._needed.append(0.0)
        return self._at[key]

    def span(self, length: Duration, calendar: Calendar | None) -> Span:
        """A time of the language: open time of the calendar, or elapsed."""
        if not length.business or calendar is None:
            return Span(length.milliseconds if not length.business else 0)
        span = Span(round(length.amount * scale(length.unit, calendar)), self.of([calendar]))
        self.make_room(span.table, span.length)
        return span

    def make_room(self, table: int, length: float) -> None:
        """Lay a table out so far that a time of this length, begun at the end, ends in it."""
        if table >= 0:
            self._needed[table] = max(self._needed[table], length)

    def rows(self) -> tuple[Table, ...]:
        """All tables by number."""
        return tuple(map(self._laid_out, self._calendars, self._needed))

    def _laid_out(self, calendars: tuple[Calendar, ...], needed: float) -> Table:
        hours, first = common(calendars), self.start_ms
        last = first + self.end + BEHIND
        found = open_intervals(hours, first, last)
        opened = (
            sum(
                close - max(start, last - BEHIND) for start, close in found if close > last - BEHIND
            )
            if needed
            else 0
        )
        if 0 < opened < needed:
            longer = min(needed / opened * BEHIND, _MOST)
            found = open_intervals(hours, first, last + round(longer))
        passed, total = [], 0
        for start, close in found:
            passed.append(total)
            total += close - start
        return Table(
            tuple(start - first for start, _ in found),
            tuple(close - first for _, close in found),
            tuple(passed),
        )


def scale(basis: str, calendar: Calendar | None) -> int:
    """The milliseconds in a unit of a distribution's basis; ``elapsed`` is in hours."""
    return calendar.business_day_ms if basis == "bd" and calendar is not None else HOUR


def _meaning(calendar: Calendar) -> tuple[object, ...]:
    return (calendar.timezone, calendar.week, calendar.holidays)
