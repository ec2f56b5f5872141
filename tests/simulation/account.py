"""A second book of one replication, kept from what was watched and nothing else.

It knows the program and the events, and none of the engine's books, clocks or queues. Sums are done
at the end, in the plainest way: interval by interval.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from salesflow.simulation import events
from salesflow.simulation.events import Event
from salesflow.simulation.program import NEVER, WORK, Crew, Program, Span, Table


class Visit:
    """A visit as it was watched; instants are None where nothing was told."""

    def __init__(self, deal: int, node: int, number: int, entered: int) -> None:
        self.deal = deal
        self.node = node
        self.number = number
        self.entered = entered
        self.started: int | None = None
        self.people: tuple[int, ...] = ()
        self.worked: int | None = None
        self.over: int | None = None
        self.how = ""
        self.way = -1
        self.stuck = False
        self.values: tuple[float, ...] = ()  # the deal's, as it was entered


class Deal:
    """A deal as it was watched."""

    def __init__(self, source: int, arrived: int) -> None:
        self.source = source
        self.arrived = arrived
        self.ended: int | None = None
        self.outcome = -1
        self.values: tuple[float, ...] = ()


class Account:
    """All deals and visits of a replication."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.deals: dict[int, Deal] = {}
        self.visits: list[Visit] = []
        self.open: dict[tuple[int, int, int], Visit] = {}
        self.ways: list[tuple[int, int]] = []  # deal, way

    def __call__(self, event: Event) -> None:
        """Enter one event."""
        key = (event.deal, event.node, event.visit)
        if event.what == events.ARRIVED:
            self.deals[event.deal] = Deal(event.node, event.now)
        elif event.what == events.REACHED:
            deal = self.deals[event.deal]
            deal.ended, deal.outcome = event.now, event.node
        elif event.what == events.ENTERED:
            assert key not in self.open
            self.open[key] = visit = Visit(*key, event.now)
            visit.values = self.deals[event.deal].values
            self.visits.append(visit)
        elif event.what == events.STARTED:
            visit = self.open[key]
            assert visit.started is None
            visit.started, visit.people = event.now, event.people
        elif event.what == events.WORKED:
            visit = self.open[key]
            assert visit.started is not None
            assert visit.worked is None
            assert visit.people == event.people
            visit.worked = event.now
        elif event.way < 0 and event.what != events.WITHDRAWN:
            self.open[key].stuck = True
        else:
            visit = self.open.pop(key)
            visit.over, visit.how, visit.way = event.now, event.what, event.way
            if event.way >= 0:
                self.ways.append((event.deal, event.way))
        if event.values:
            self.deals[event.deal].values = event.values

    # What lies in the measured time

    def counted(self, deal: int) -> bool:
        """Whether a deal comes after the warm-up."""
        return self.deals[deal].arrived >= self.program.warmup

    def clipped(self, since: int, until: int | None) -> int:
        """How much of a time lies in the measured time; what goes on goes on to the end."""
        return max(0, self._until(until) - max(since, self.program.warmup))

    def clipped_open(self, table: int, since: int, until: int | None) -> int:
        """The same in open time of a table."""
        start = max(since, self.program.warmup)
        return self.open_time(table, start, max(start, self._until(until)))

    def _until(self, until: int | None) -> int:
        return self.program.end if until is None else until

    # Open time, stretch by stretch

    def table(self, number: int) -> Table:
        return self.program.tables[number] if number >= 0 else Table((0,), (NEVER,), (0,))

    def open_time(self, number: int, since: int, until: int) -> int:
        """The open time of a table between two instants."""
        table, total = self.table(number), 0
        for at in range(max(0, bisect_right(table.opens, since) - 1), len(table.opens)):
            if table.opens[at] >= until:
                break
            total += max(0, min(until, table.closes[at]) - max(since, table.opens[at]))
        return total

    def is_open(self, number: int, now: int) -> bool:
        table = self.table(number)
        at = bisect_right(table.opens, now) - 1
        return at >= 0 and now < table.closes[at]

    def later(self, span: Span, now: int) -> int:
        """When a span from an instant has passed."""
        table, left = self.table(span.table), span.length
        if not left:
            return now
        for at in range(max(0, bisect_right(table.opens, now) - 1), len(table.opens)):
            start = max(now, table.opens[at])
            if start + left <= table.closes[at]:
                return start + left
            left -= max(0, table.closes[at] - start)
        return NEVER

    # Roles

    def role_of(self, person: int) -> int:
        """The role of a person."""
        (found,) = [
            at
            for at, role in enumerate(self.program.roles)
            if role.first <= person < role.first + role.people
        ]
        return found

    def crew_of(self, visit: Visit) -> Crew:
        """The crew that began a visit."""
        node = self.program.nodes[visit.node]
        roles = tuple(self.role_of(person) for person in visit.people)
        crews = [self.program.crews[at] for at in (node.crew, node.escalate_crew) if at >= 0]
        return next(crew for crew in crews if crew.roles == roles)

    def queued(self, visit: Visit) -> bool:
        """Whether a visit is of work that waits for people of ours."""
        node = self.program.nodes[visit.node]
        return node.kind == WORK and node.crew >= 0 and node.effort >= 0

    def shifts(self) -> Iterable["Shift"]:
        """Every time that a person works without a pause by somebody else's work."""
        for visit in self.visits:
            if visit.started is not None:
                until = visit.worked if visit.worked is not None else self.program.end
                for person in visit.people:
                    yield Shift(person, visit.started, until, visit)

    def shifts_of_persons(self) -> dict[int, list["Shift"]]:
        """The shifts of each person, by their start."""
        found: dict[int, list[Shift]] = defaultdict(list)
        for shift in self.shifts():
            found[shift.person].append(shift)
        for shifts in found.values():
            shifts.sort(key=lambda shift: (shift.since, shift.until))
        return found


class Shift(NamedTuple):
    """A person is busy with a visit."""

    person: int
    since: int
    until: int
    visit: Visit


def integral(times: Iterable[tuple[int, int]]) -> int:
    """The integral of how many of some times [since, until) go on, over all instants.

    Instant by instant, as a queue's length would be watched; that it is the sum of the times is
    Little's law.
    """
    steps: dict[int, int] = defaultdict(int)
    for since, until in times:
        steps[since] += 1
        steps[until] -= 1
    total = number = before = 0
    for instant in sorted(steps):
        total += number * (instant - before)
        number += steps[instant]
        assert number >= 0
        before = instant
    assert not number
    return total
