"""Counting in open time, by the tables of a program."""

from bisect import bisect_left, bisect_right

from salesflow.simulation.program import NEVER, Table


class Clock:
    """When a table is open, and how much open time passes; instants and spans in milliseconds."""

    __slots__ = ("closes", "opens", "passed")

    def __init__(self, table: Table) -> None:
        """Look things up in a table."""
        self.opens = table.opens
        self.closes = table.closes
        self.passed = table.passed

    def is_open(self, now: int) -> bool:
        """Whether it is open now; at its close it is not."""
        at = bisect_right(self.opens, now) - 1
        return at >= 0 and now < self.closes[at]

    def next_open(self, now: int) -> int:
        """The first open instant from now on: now while it is open."""
        at = bisect_right(self.opens, now)
        if at and now < self.closes[at - 1]:
            return now
        return self.opens[at] if at < len(self.opens) else NEVER

    def until(self, now: int) -> int:
        """Open time from the start until now."""
        at = bisect_right(self.opens, now) - 1
        if at < 0:
            return 0
        return self.passed[at] + min(now, self.closes[at]) - self.opens[at]

    def add(self, now: int, length: int) -> int:
        """When so much open time has passed; what ends exactly at close ends at close."""
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
        """Nothing to look up."""
        super().__init__(Table((), (), ()))

    def is_open(self, now: int) -> bool:
        """It is."""
        del now
        return True

    def next_open(self, now: int) -> int:
        """Now."""
        return now

    def until(self, now: int) -> int:
        """All of it."""
        return now

    def add(self, now: int, length: int) -> int:
        """That much later."""
        return min(now + length, NEVER)


def clocks_of(tables: tuple[Table, ...]) -> list[Clock]:
    """The clocks of a program; the last one, at -1, is always open."""
    return [*(Clock(table) for table in tables), Always()]
