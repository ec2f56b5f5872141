"""Time limits of steps beside the least and the greatest time that a visit can take."""

from functools import cached_property

from salesflow.analysis.demands import Demands
from salesflow.analysis.longest import Longest
from salesflow.analysis.reckoning import Reckoning
from salesflow.analysis.schedules import INFINITE
from salesflow.analysis.timetable import HOUR
from salesflow.process.model import Process
from salesflow.process.steps import Step, Work
from salesflow.quantities import Duration

_HAIR = 0.01  # ms that floats may lose


class Limits:
    """The time limits of one process."""

    def __init__(self, process: Process, schedules: Demands) -> None:
        """Nothing is worked out yet."""
        self.process = process
        self.schedules = schedules

    @cached_property
    def reckoning(self) -> Reckoning:
        """The least times."""
        return Reckoning(self.process, self.schedules)

    @cached_property
    def longest(self) -> Longest:
        """The greatest times."""
        return Longest(self.process, self.schedules)

    def always(self, step: Step, after: Duration) -> float | None:
        """The least hours of a visit where a time limit is over before; else None."""
        if isinstance(step, Work):
            demand = self.schedules.demand(step, after)
            if self.schedules.ever(demand):
                return None
            return self.schedules.least_visit(step) / HOUR
        least = self.reckoning.least(step)
        if least == INFINITE or least <= after.milliseconds + _HAIR:
            return None
        return least / HOUR

    def never(self, step: Step, after: Duration) -> float | None:
        """The greatest hours of a visit where a time limit comes no sooner; else None."""
        most = self.longest.unlimited(step)
        work = step if isinstance(step, Work) else None
        if most > self.schedules.least_elapsed(work, after) + _HAIR:
            return None
        return most / HOUR

    def not_before(self, work: Work, one: Duration, other: Duration) -> bool:
        """Whether a span of a step surely ends no sooner than another."""
        if one.business == other.business:
            return self.schedules.span(work, one) >= self.schedules.span(work, other)
        return self.schedules.least_elapsed(work, one) >= self.schedules.latest(work, other)

    def later(self, work: Work, one: Duration, other: Duration) -> bool:
        """Whether a span of a step surely ends after another."""
        if one.business == other.business:
            return self.schedules.span(work, one) > self.schedules.span(work, other)
        return self.schedules.least_elapsed(work, one) > self.schedules.latest(work, other)
