"""Whether a time limit can be met at all, and from which share of the instants.

A demand is what a limit asks for at the least, in numbers, so that the many steps that ask for the
same are judged once. Where calendars have holidays, most is already decided in weeks without.
"""

from datetime import date
from math import ceil
from typing import NamedTuple

from salesflow.analysis.attainable import Clock, Crew, Visit, best_share, ever
from salesflow.analysis.schedules import ALWAYS, Hours, Party, Schedules
from salesflow.analysis.timetable import DAY, HOUR, PLAIN, WEEK, YEAR, Frame
from salesflow.process.model import Process
from salesflow.process.steps import Work
from salesflow.quantities import Duration


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


class Demands(Schedules):
    """Schedules that also judge whether limits can be met."""

    def __init__(self, process: Process) -> None:
        """Nothing is judged yet."""
        super().__init__(process)
        self._best: dict[tuple[Demand, Hours], float] = {}
        self._ever: dict[tuple[Demand, Hours], bool] = {}

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
        if self.plain(demand):
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
        visit = self._visit(demand, PLAIN)
        table = self.timetable(arrivals, PLAIN)
        spoilt = (
            len(self._holidays(demand, arrivals)) * (DAY + demand.limit.milliseconds) * WEEK / YEAR
        )
        return best_share(visit, table) - spoilt / table.total

    def ever(self, demand: Demand, instants: Hours = ALWAYS) -> bool:
        """Whether a demand can be met from any instant in the open time of ``instants``."""
        if self.plain(demand):
            return True
        key = (demand, instants)
        if key not in self._ever:
            shared = self._shared(demand, instants)
            if self._has_plain_weeks(demand, instants):
                visit, table = self._visit(demand, PLAIN), self.timetable(instants, PLAIN)
                self._ever[key] = ever(visit, table)
            if not self._ever.get(key):
                table = self.timetable(instants, shared)
                self._ever[key] = ever(self._visit(demand, shared), table)
        return self._ever[key]

    def _has_plain_weeks(self, demand: Demand, others: Hours) -> bool:
        """Whether so much of a year lies away from holidays that a limit fits in between."""
        shared = self._shared(demand, others)
        if demand.limit.business or shared.utc or shared.period == WEEK:
            return False
        days = self._holidays(demand, others)
        return (len(days) + 1) * (demand.limit.milliseconds + 2 * WEEK) < YEAR

    def _holidays(self, demand: Demand, others: Hours) -> set[date]:
        used = others.union(*(part.hours for part in demand.parts))
        return {day for name in used for day in self.calendars[name].holidays}

    def plain(self, demand: Demand) -> bool:
        """Whether it is plain that a demand can be met from any instant."""
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
