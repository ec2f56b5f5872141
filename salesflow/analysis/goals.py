"""Objectives that are missed whatever anybody does: each bound beside the best that is possible.

Nothing is simulated. A time is at least that of the quickest way; where one thread of a deal goes
step by step, its mean is at least the sum of the means, and its quantiles at least those of any
step that every way goes through. A share of selling time is at most ``available``. Deals that end
are no more than deals that come.
"""

from collections.abc import Iterator
from functools import cached_property

from salesflow.analysis.aims import Aim, Leg
from salesflow.analysis.graphs import reached
from salesflow.analysis.reckoning import Journey, Reckoning
from salesflow.analysis.schedules import INFINITE, Schedules
from salesflow.analysis.timetable import HOUR
from salesflow.process.model import Objective, Process
from salesflow.process.steps import Step, Work

_QUANTILES = {"median": 0.5, "p90": 0.9, "p95": 0.95}
_HAIR = 1e-9  # of the bound


class Goals:
    """The objectives of one process beside what is possible."""

    def __init__(self, process: Process, schedules: Schedules, reckoning: Reckoning) -> None:
        """Nothing is judged yet."""
        self.process = process
        self.schedules = schedules
        self.reckoning = reckoning

    def too_soon(self) -> Iterator[Aim]:
        """Objectives on times that even the quickest deals miss."""
        for objective in self._timed():
            least = self._quickest(objective, self.reckoning)
            if least is None:
                continue
            if objective.statistic == "mean" and self._one_by_one:
                means = Reckoning(self.process, self.schedules, pace=self._mean)
                mean = self._quickest(objective, means) or least
                least = max(least, mean._replace(statistic="mean"), key=_hours)
            for better in self._spread(objective, least):
                least = max(least, better, key=_hours)
            if least.hours > objective.limit * (1 + _HAIR):
                yield least

    def promised_later(self) -> Iterator[Aim]:
        """Objectives on times that are missed where every step takes what its ``sla`` allows."""
        for objective in self._timed():
            allowed = self._quickest(objective, self._promised)
            if allowed is not None and allowed.hours > objective.limit * (1 + _HAIR):
                yield allowed

    def blocks_promised_later(self) -> Iterator[tuple[Step, float]]:
        """Blocks and runs whose own ``sla`` is less than what lies within is allowed: hours."""
        steps = [s for s in self.process.nodes.values() if s.sla and not isinstance(s, Work)]
        for step in steps:
            inside = self._promised.inside(step)
            if step.sla and step.sla.within.milliseconds < inside < INFINITE:
                yield step, inside / HOUR

    @cached_property
    def _promised(self) -> Reckoning:
        """The times if every step takes what its ``sla`` allows."""
        return Reckoning(self.process, self.schedules, pace=self._promise)

    # ways from here to there

    def _timed(self) -> Iterator[Objective]:
        for objective in self.process.objectives.values():
            if objective.measure == "time" and objective.bound == "at_most":
                yield objective

    def _quickest(self, objective: Objective, reckoning: Reckoning) -> Aim | None:
        """The quickest way of an objective; None where there is none or it cannot be followed."""
        found: list[Aim] = []
        for start in self._starts(objective.start):
            journey = reckoning.journey(start, self.process.steps)
            end = _end(objective.to, journey, reckoning)
            if end is not None:
                at, step, via = end
                found.append(Aim(objective, at / HOUR, self._legs(journey, step, at), via))
        return min(found, key=_hours, default=None)

    def _starts(self, start: str | None) -> list[str]:
        """The steps where the clock of an objective starts; none where threads may be about."""
        if start is None:
            return sorted({source.start for source in self.process.sources.values()})
        step = self.process.nodes.get(start)
        if step is None or step.scope or self._beside(start):
            return []
        return [start]

    def _beside(self, start: str) -> bool:
        """Whether other threads of a deal may be on their way when it first enters a step."""
        cut = {node: [] if node == start else ends for node, ends in self._following.items()}
        seen = reached((source.start for source in self.process.sources.values()), cut)
        back: dict[str, list[str]] = {}
        for node, ends in self._following.items():
            for end in ends:
                back.setdefault(end, []).append(node)
        towards = reached([start], back)
        before = (seen & towards) - {start}
        return any(step.splits for step in self.process.steps.values() if step.node in before)

    @cached_property
    def _following(self) -> dict[str, list[str]]:
        """Top step -> where its results lead."""
        return {
            step.node: [target for result in step.next.values() for target in result.targets]
            for step in self.process.steps.values()
        }

    @cached_property
    def _one_by_one(self) -> bool:
        """Whether a deal is never in two steps of the top at once."""
        return not any(step.splits for step in self.process.steps.values())

    # paces

    def _single(self, step: Step) -> Work | None:
        """A step of the top that nothing interrupts, so that its time hangs on nothing else."""
        lone = isinstance(step, Work) and step.timeout is None and not step.scope
        ours = self.process.nodes.get(step.node) is step
        return step if lone and ours and isinstance(step, Work) else None

    def _mean(self, step: Step) -> float | None:
        """The mean of a step without queues and closed hours."""
        work = self._single(step)
        if work is None:
            return None
        effort = self._effort(work, work.effort.mean) if work.effort is not None else 0.0
        wait = 0.0 if work.wait is None else work.wait.mean * self._unit(work)
        return max(effort + wait, self.schedules.least_visit(work))

    def _unit(self, work: Work) -> int:
        return self.schedules.unit(work, work.wait.basis if work.wait is not None else "elapsed")

    def _effort(self, work: Work, hours: float) -> float:
        """Milliseconds of an effort, done by whoever has most time for it."""
        if not self.schedules.needs_people(work):
            return hours * HOUR
        available = max(party.available for party in self.schedules.parties(work))
        return hours * HOUR / available

    def _promise(self, step: Step) -> float | None:
        """What the ``sla`` of a step allows; None without one."""
        if step.sla is None:
            return None
        work = step if isinstance(step, Work) else None
        allowed = self.schedules.least_elapsed(work, step.sla.within)
        if work is not None:
            allowed = max(allowed, self.schedules.least_visit(work))
        if step.timeout is not None:
            allowed = min(allowed, self.schedules.latest(work, step.timeout.after))
        return allowed

    def _spread(self, objective: Objective, least: Aim) -> Iterator[Aim]:
        """For each step that every way goes through: the bound by its own quantile."""
        share = _QUANTILES.get(objective.statistic)
        if share is None or not self._one_by_one:
            return
        for leg in least.legs:
            work = self._single(self.process.nodes[leg.node])
            if work is None:
                continue
            longer = self._quantile(work, share) / HOUR - leg.hours
            legs = tuple(
                each._replace(hours=each.hours + longer) if each is leg else each
                for each in least.legs
            )
            hours = least.hours + longer
            if longer > 0 and hours > objective.limit and self._unavoidable(objective, work.node):
                yield Aim(objective, hours, legs, least.way, objective.statistic)

    def _quantile(self, work: Work, share: float) -> float:
        """A time that a step stays below in no more than a share of its visits."""
        effort, wait = work.effort, work.wait
        low = self.schedules.least_wait(work)
        most = self._effort(work, float(effort.quantile(share))) + low if effort else 0.0
        if wait is not None:
            least = self._effort(work, float(effort.low)) if effort else 0.0
            most = max(most, least + float(wait.quantile(share)) * self._unit(work))
        return most

    def _unavoidable(self, objective: Objective, node: str) -> bool:
        """Whether every way of an objective goes through a step of the top."""
        starts = self._starts(objective.start)
        if node in starts:
            return True
        cut = {step: [] if step == node else ends for step, ends in self._following.items()}
        seen = reached(starts, cut)
        ends = [objective.to] if objective.to else [*self.process.outcomes]
        return not any((end or "").split(".")[0] in seen for end in ends)

    @staticmethod
    def _legs(journey: Journey, step: str, at: float) -> tuple[Leg, ...]:
        """The steps of a way with their times, the last one ending at ``at``."""
        legs: list[Leg] = []
        while step:
            legs.append(Leg(step, (at - journey.entered[step]) / HOUR))
            at = journey.entered[step]
            step = journey.came.get(step, ("", ""))[0]
        return tuple(reversed(legs))


def _hours(aim: Aim) -> float:
    return aim.hours


def _end(
    to: str | None, journey: Journey, reckoning: Reckoning
) -> tuple[float, str, tuple[str, ...]] | None:
    """When an objective's end comes first, after which step, and the results on the way."""
    if to is None or to in journey.exits:
        ends = [journey.exits[to]] if to else [*journey.exits.values()]
        if not ends:
            return None
        at, result = min(ends)
        step = result.rpartition(".")[0]
        return at, step, journey.way(result, step)
    if to in journey.entered and to in journey.came:
        step, result = journey.came[to]
        return journey.entered[to], step, journey.way(result, step)
    step, _, name = to.rpartition(".")
    if step in journey.entered and name in reckoning.times.get(step, {}):
        at = journey.entered[step] + reckoning.times[step][name]
        return (at, step, journey.way(to, step)) if at < INFINITE else None
    return None
