"""Who may do the work of a visit, when they work, and whether a time limit can be met at all.

What is bounded here holds for any number of people and any order of work: queues only make a visit
longer. Effort takes ``effort / available`` of the open time that all who take part have in common
(the smallest ``available`` of them); external people have neither hours of ours nor a share.
"""

from datetime import date
from functools import cached_property
from math import ceil
from typing import NamedTuple

from salesflow.analysis.attainable import Clock, Crew, Visit, best_share, ever
from salesflow.analysis.timetable import DAY, HOUR, WEEK, YEAR, Frame, Timetable, frame, timetable
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


class Part(NamedTuple):
    """What a party must do at least: milliseconds of open time."""

    hours: Hours
    need: float
    after: Duration | None = None


class Demand(NamedTuple):
    """What a limit asks for at the least: one of the parts, then the wait.

    ``office`` and ``day`` (ms) turn open time into a span. ``started``: that work begins is enough.
    """

    office: Hours
    day: int
    parts: tuple[Part, ...]
    wait: float
    limit: Duration
    started: bool = False


class Schedules:
    """The timetables of one process and what follows from them for its visits."""

    def __init__(self, process: Process) -> None:
        """Nothing is laid out yet."""
        self.process = process
        self._frames: dict[Hours, Frame] = {}
        self._laid: dict[tuple[Hours, Frame], Timetable] = {}
        self._least: dict[tuple[Hours, float], float] = {}
        self._best: dict[tuple[Demand, Hours], float] = {}
        self._ever: dict[tuple[Demand, Hours], bool] = {}

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
        known = self.ours(role)
        return frozenset({known.calendar} if known and known.calendar in self.calendars else ())

    def parties(self, work: Work) -> tuple[Party, ...]:
        """Who may do the effort of a step: its people, and who it is escalated to."""
        first = self._party(work.by, work.with_, None)
        if work.escalate is None:
            return (first,)
        return first, self._party(work.escalate.by, work.with_, work.escalate.after)

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
            key = (party.hours, self.effort(work, party))
            if key not in self._least:
                table = self.timetable(party.hours)
                self._least[key] = table.least_elapsed(key[1]) if table.total else key[1]
            later = self.least_elapsed(work, party.after) if party.after else 0.0
            least = min(least, later + self._least[key])
        return least + self.least_wait(work)

    def unit(self, work: Work | None, basis: str) -> int:
        """Milliseconds of a ``bd`` of who does a step, else those of an hour."""
        if basis != "bd":
            return HOUR
        hours = self.hours(work.by) if work is not None else ALWAYS
        return self.calendars[min(hours)].business_day_ms if hours else DAY

    def span(self, work: Work | None, limit: Duration) -> float:
        """Milliseconds of a limit: elapsed, or of the open time of who does the step."""
        if not limit.business:
            return limit.milliseconds
        return float(limit.amount) * self.unit(work, limit.unit)

    def least_elapsed(self, work: Work | None, limit: Duration) -> float:
        """Elapsed milliseconds until a limit at the earliest."""
        span = self.span(work, limit)
        hours = self.hours(work.by) if limit.business and work is not None else ALWAYS
        table = self.timetable(hours)
        return table.least_elapsed(span) if table.total else span

    def most_elapsed(self, work: Work | None, span: float) -> float:
        """Elapsed milliseconds that so much open time of who does a step takes at most."""
        hours = self.hours(work.by) if work is not None else ALWAYS
        table = self.timetable(hours)
        return table.most_elapsed(span) if table.total and span < INFINITE else INFINITE

    def latest(self, work: Work | None, limit: Duration) -> float:
        """Elapsed milliseconds until a limit at the latest."""
        span = self.span(work, limit)
        return self.most_elapsed(work, span) if limit.business else span

    # whether a limit can be met

    def demand(self, work: Work, limit: Duration, *, started: bool = False) -> Demand:
        """What a limit of a step asks for at the least; ``started``: only that work begins."""
        office, day = self.hours(work.by), self.unit(work, "bd")
        wait = 0.0 if started else self.least_wait(work)
        if not self.needs_people(work):  # nobody is waited for: whoever begins, begins at once
            lasting = 0.0 if started else self.effort(work, Party(ALWAYS, 1.0))
            return Demand(office, day, (), wait + lasting, limit)
        parts = tuple(
            Part(party.hours, 0.0 if started else self.effort(work, party), party.after)
            for party in self.parties(work)
        )
        return Demand(office, day, parts, wait, limit, started)

    def best(self, demand: Demand, arrivals: Hours, *, enough: float = 1.0) -> float:
        """The share of the open time of ``arrivals`` from which a demand can be met.

        Where it is sure to be ``enough``, a share that is no more than the true one may come back.
        """
        if self._plain(demand):
            return 1.0
        key = (demand, arrivals)
        if key not in self._best:
            bound = self._in_plain_weeks(demand, arrivals)
            if bound >= enough:
                return bound
        if key not in self._best:
            shared = self._shared(demand, arrivals)
            visit = self._visit(demand, shared)
            self._best[key] = best_share(visit, self.timetable(arrivals, shared))
        return self._best[key]

    def _in_plain_weeks(self, demand: Demand, arrivals: Hours) -> float:
        """The share in weeks without holidays, less all that holidays may spoil; 0 if unknown.

        A day off spoils no visit whose time lies before or after it.
        """
        shared = self._shared(demand, arrivals)
        if demand.limit.business or shared.utc or shared.period == WEEK:
            return 0.0
        used = arrivals.union(*(part.hours for part in demand.parts))
        plain = Frame(date.min, WEEK, utc=False)  # a Monday before any holiday
        visit = self._visit(demand, plain)
        table = self.timetable(arrivals, plain)
        days = {day for name in used for day in self.calendars[name].holidays}
        spoilt = len(days) * (DAY + demand.limit.milliseconds) * WEEK / YEAR
        return best_share(visit, table) - spoilt / table.total

    def ever(self, demand: Demand, instants: Hours = ALWAYS) -> bool:
        """Whether a demand can be met from any instant in the open time of ``instants``."""
        if self._plain(demand):
            return True
        key = (demand, instants)
        if key not in self._ever:
            shared = self._shared(demand, instants)
            self._ever[key] = ever(self._visit(demand, shared), self.timetable(instants, shared))
        return self._ever[key]

    def _plain(self, demand: Demand) -> bool:
        """Whether it is plain that a demand can always be met."""
        business = demand.limit.business and bool(demand.office)
        span = self._clock_span(demand, demand.limit)
        if not demand.parts:
            return demand.wait <= span  # open time takes no less than itself
        hours, need, _ = demand.parts[0]
        if business:
            same = hours == demand.office and not demand.wait
            return same and (need < span if demand.started else need <= span)
        table = self.timetable(hours)
        if need + demand.wait > span or not table.shortest:
            return False
        pauses = 1 if demand.started else ceil(need / table.shortest)
        return need + demand.wait + pauses * table.longest_gap <= span

    def _clock_span(self, demand: Demand, length: Duration) -> float:
        if not length.business:
            return length.milliseconds
        return float(length.amount) * (demand.day if length.unit == "bd" else HOUR)

    def _shared(self, demand: Demand, others: Hours) -> Frame:
        """The frame for a demand together with ``others``."""
        return self.frame(others.union(demand.office, *(part.hours for part in demand.parts)))

    def _visit(self, demand: Demand, shared: Frame) -> Visit:
        """A demand laid out in a frame."""

        def clock(length: Duration) -> Clock:
            hours = demand.office if length.business else ALWAYS
            return Clock(self.timetable(hours, shared), self._clock_span(demand, length))

        crews = tuple(
            Crew(
                self.timetable(part.hours, shared),
                part.need,
                clock(part.after) if part.after else None,
            )
            for part in demand.parts
        )
        anybody = Crew(self.timetable(ALWAYS, shared), 0.0)
        return Visit(crews or (anybody,), demand.wait, clock(demand.limit), demand.started)
