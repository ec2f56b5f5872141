"""Counting in open time, by the tables of a program."""

from bisect import bisect_left, bisect_right

from salesflow.simulation.program import NEVER, Table


class Clock:
    """When a table is open, and how much open time passes; instants and spans in milliseconds.

    The stretch that was looked at last is remembered: the next question is mostly about it.
    """

    __slots__ = ("closes", "first", "from_", "last", "opens", "passed")

    def __init__(self, table: Table) -> None:
        """Look things up in a table."""
        self.opens = table.opens
        self.closes = table.closes
        self.passed = table.passed
        self.first = self.last = self.from_ = 0  # an open stretch, and what had passed before it

    def is_open(self, now: int) -> bool:
        """Whether it is open now; at its close it is not."""
        if self.first <= now < self.last:
            return True
        at = bisect_right(self.opens, now) - 1
        if at < 0 or now >= self.closes[at]:
            return False
        self.first, self.last, self.from_ = self.opens[at], self.closes[at], self.passed[at]
        return True

    def next_open(self, now: int) -> int:
        """The first open instant from now on: now while it is open."""
        at = bisect_right(self.opens, now)
        if at and now < self.closes[at - 1]:
            return now
        return self.opens[at] if at < len(self.opens) else NEVER

    def until(self, now: int) -> int:
        """Open time from the start until now."""
        if self.first <= now <= self.last:
            return self.from_ + now - self.first
        at = bisect_right(self.opens, now) - 1
        if at < 0:
            return 0
        return self.passed[at] + min(now, self.closes[at]) - self.opens[at]

    def add(self, now: int, length: int) -> int:
        """When so much open time has passed; what ends exactly at close ends at close."""
        if self.first <= now and now + length <= self.last:
            return now + length
        if not length:
            return now
        target = self.until(now) + length
        at = bisect_left(self.passed, target) - 1
        if at < 0:
            return NEVER
        end = self.opens[at] + target - self.passed[at]
        return end if end <= self.closes[at] else NEVER


class Always(Clock):
    """All time is open."""

    __slots__ = ()

    def __init__(self) -> None:
        """Open from the start on."""
        super().__init__(Table((), (), ()))
        self.last = NEVER

    def next_open(self, now: int) -> int:
        """Now."""
        return now

    def add(self, now: int, length: int) -> int:
        """That much later."""
        end = now + length
        return min(NEVER, end)


def clocks_of(tables: tuple[Table, ...]) -> list[Clock]:
    """The clocks of a program; the last one, at -1, is always open."""
    return [*(Clock(table) for table in tables), Always()]
