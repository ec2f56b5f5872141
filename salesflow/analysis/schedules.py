"""Who may do the work of a visit, when they work, and how long it takes at least and at most.

What is bounded here holds for any number of people and any order of work: queues only make a visit
longer. Effort takes ``effort / available`` of the open time that all who take part have in common
(the smallest ``available`` of them); external people have neither hours of ours nor a share.
"""

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from salesflow.analysis.timetable import DAY, HOUR, PLAIN, Frame, Timetable, frame, timetable
from salesflow.calendars import Calendar
from salesflow.process.model import Process
from salesflow.process.people import Role
from salesflow.process.steps import Work
from salesflow.quantities import Duration

Hours = frozenset[str]  # ids of calendars that must all be open; none = always

ALWAYS: Hours = frozenset()
INFINITE = float("inf")


class Party(NamedTuple):
    """Who does a step together, ``after`` which time (None = at once)."""

    hours: Hours
    available: float
    after: Duration | None = None


class Schedules:
    """The timetables of one process and what follows from them for its visits."""

    def __init__(self, process: Process) -> None:
        """Nothing is laid out yet."""
        self.process = process
        self._frames: dict[Hours, Frame] = {}
        self._laid: dict[tuple[Hours, Frame], Timetable] = {}
        self._hours: dict[str | None, Hours] = {}
        self._days: dict[Hours, int] = {}
        self._parties: dict[str, tuple[Party, ...]] = {}
        self._spans: dict[tuple[str, Hours, float], float] = {}

    # who works when

    @cached_property
    def calendars(self) -> dict[str, Calendar]:
        """Calendars by id."""
        known = self.process.people.calendars
        return {name: c for name, c in known.items() if isinstance(c, Calendar)}

    def frame(self, hours: Hours) -> Frame:
        """The frame in which these calendars can be compared."""
        if hours not in self._frames:
            used = [self.calendars[name] for name in sorted(hours)]
            self._frames[hours] = frame(used, self.process.start_date)
        return self._frames[hours]

    def timetable(self, hours: Hours, within: Frame | None = None) -> Timetable:
        """When all of some calendars are open, in the given frame or their own."""
        key = (hours, within or self.frame(hours))
        if key not in self._laid:
            used = [self.calendars[name] for name in sorted(hours)]
            self._laid[key] = timetable(used, key[1])
        return self._laid[key]

    def ours(self, role: str | None) -> Role | None:
        """A role of ours; None where nobody of ours is named."""
        known = self.process.roles.get(role or "")
        return None if known is None or known.external else known

    def hours(self, role: str | None) -> Hours:
        """The calendar of a role of ours."""
        if role not in self._hours:
            known = self.ours(role)
            given = {known.calendar} if known and known.calendar in self.calendars else ()
            self._hours[role] = frozenset(given)
        return self._hours[role]

    def parties(self, work: Work) -> tuple[Party, ...]:
        """Who may do the effort of a step: its people, and who it is escalated to."""
        known = self._parties.get(work.node)
        if known is None:
            known = (self._party(work.by, work.with_, None),)
            if work.escalate is not None:
                known += (self._party(work.escalate.by, work.with_, work.escalate.after),)
            self._parties[work.node] = known
        return known

    def _party(self, by: str | None, others: tuple[str, ...], after: Duration | None) -> Party:
        ours = [role for role in map(self.ours, (by, *others)) if role is not None]
        hours = ALWAYS.union(*(self.hours(role.id) for role in ours))
        return Party(hours, min((role.available for role in ours), default=1.0), after)

    def needs_people(self, work: Work) -> bool:
        """Whether somebody of ours must be free for a step."""
        if work.effort is None:
            return False
        return any(self.ours(role) is not None for role in (work.by, *work.with_))

    # how long things take

    def effort(self, work: Work, party: Party) -> float:
        """Milliseconds of open time that a party takes at least."""
        return 0.0 if work.effort is None else float(work.effort.low) * HOUR / party.available

    def least_wait(self, work: Work) -> float:
        """Elapsed milliseconds of the wait at least; open time takes no less than itself."""
        return 0.0 if work.wait is None else float(work.wait.low) * self.unit(work, work.wait.basis)

    def most_wait(self, work: Work) -> float:
        """Elapsed milliseconds of the wait at most, maybe infinite."""
        if work.wait is None:
            return 0.0
        most = float(work.wait.high) * self.unit(work, work.wait.basis)
        return most if work.wait.basis == "elapsed" else self.most_elapsed(work, most)

    def least_visit(self, work: Work) -> float:
        """Elapsed milliseconds of a visit at least, in the hours of who does it."""
        if work.effort is None:
            return self.least_wait(work)
        least = INFINITE
        for party in self.parties(work):
            later = self.least_elapsed(work, party.after) if party.after else 0.0
            least = min(least, later + self.least_span(party.hours, self.effort(work, party)))
        return least + self.least_wait(work)

    def least_span(self, hours: Hours, span: float) -> float:
        """The least elapsed milliseconds of so much open time, holidays left out.

        Itself where nobody works.
        """
        return self._span("least", hours, span, Timetable.least_elapsed)

    def most_span(self, hours: Hours, span: float) -> float:
        """The most elapsed milliseconds of so much open time; infinite where nobody works."""
        return self._span("most", hours, span, Timetable.most_elapsed)

    def room(self, hours: Hours, span: float) -> float:
        """The most open milliseconds in so much elapsed time, holidays left out.

        Infinite where nobody works.
        """
        return self._span("room", hours, span, Timetable.most_open)

    def _span(
        self, kind: str, hours: Hours, span: float, count: Callable[[Timetable, float], float]
    ) -> float:
        """What is counted over all of a timetable, once for each span."""
        if not hours or span == INFINITE:
            return span
        key = (kind, hours, span)
        if key not in self._spans:
            own = self.frame(hours)
            table = self.timetable(hours, own if own.utc or kind == "most" else PLAIN)
            asleep = span if kind == "least" else INFINITE
            self._spans[key] = count(table, span) if table.total else asleep
        return self._spans[key]

    def unit(self, work: Work | None, basis: str) -> int:
        """Milliseconds of a ``bd`` of who does a step, else those of an hour."""
        if basis != "bd" or work is None:
            return HOUR
        hours = self.hours(work.by)
        if hours not in self._days:
            self._days[hours] = self.calendars[min(hours)].business_day_ms if hours else DAY
        return self._days[hours]

    def span(self, work: Work | None, limit: Duration) -> float:
        """Milliseconds of a limit: elapsed, or of the open time of who does the step."""
        if not limit.business:
            return limit.milliseconds
        return float(limit.amount) * self.unit(work, limit.unit)

    def least_elapsed(self, work: Work | None, limit: Duration) -> float:
        """Elapsed milliseconds until a limit at the earliest."""
        span = self.span(work, limit)
        return self.least_span(self.hours(work.by), span) if limit.business and work else span

    def most_elapsed(self, work: Work | None, span: float) -> float:
        """Elapsed milliseconds that so much open time of who does a step takes at most."""
        return self.most_span(self.hours(work.by) if work is not None else ALWAYS, span)

    def latest(self, work: Work | None, limit: Duration) -> float:
        """Elapsed milliseconds until a limit at the latest."""
        span = self.span(work, limit)
        return self.most_elapsed(work, span) if limit.business else span
