"""Keeping count: lists by row of the program, written up as a tally at the end."""

from collections.abc import Iterable
from itertools import starmap

from salesflow.simulation.engine_python.people import Post
from salesflow.simulation.engine_python.plans import Job, Plans, Step
from salesflow.simulation.engine_python.spreading import Spreading
from salesflow.simulation.program import WORK
from salesflow.simulation.tally import (
    NodeTally,
    PartTally,
    ProbeTally,
    RoleTally,
    StageTally,
    Tally,
    TouchTally,
)


class Books:
    """The counts of one replication; every list is indexed as the program's rows are.

    Fields are called as in the tallies, with what they are of in front. What is counted of steps,
    results and crews stands at their plans.
    """

    def __init__(self, plans: Plans) -> None:
        """All zero."""
        program = plans.program
        self.plans = plans
        self.program = program
        self._of_touchpoints(len(program.touchpoints))
        stages = len(program.stages)
        self.stage_spells, self.stage_time = _zeros(2, stages)
        self.stage_beyond, self.stage_open = _zeros(2, stages)
        self._of_parts(len(program.parts), len(program.sources))
        self.probe_kinds = [[0] * 5 for _ in program.probes]
        self.probe_time = [Spreading() for _ in program.probes]
        self.probe_won_time = [Spreading() for _ in program.probes]
        self.probe_lost_time = [Spreading() for _ in program.probes]
        self.probe_gone_time = [Spreading() for _ in program.probes]
        self.probe_open_age = [Spreading() for _ in program.probes]
        self.open_by_day: list[int] = []
        self.week = [0] * 168
        self.trace = 0

    def _of_touchpoints(self, touchpoints: int) -> None:
        self.crossings, self.accepted, self.accept = _zeros(3, touchpoints)
        self.accept_judged, self.accept_within, self.touch_missing = _zeros(3, touchpoints)

    def _of_parts(self, parts: int, sources: int) -> None:
        self.arrived, self.open, self.part_stuck, self.rework = _zeros(4, parts)
        self.part_effort, self.part_elapsed, self.part_ended, self.part_won = _zeros(4, parts)
        self.open_time, self.unfinished, self.part_missing = _zeros(3, parts)
        self.kinds = [[0] * 5 for _ in range(parts)]
        self.won_value, self.lost_value, self.value = ([0.0] * parts for _ in range(3))
        self.came = [[0] * sources for _ in range(parts)]

    def tally(self, replication: int, events: int) -> Tally:
        """All of it, for good; ``events`` is how many there were."""
        return Tally(
            replication=replication,
            parts=self._part_tallies(),
            nodes=tuple(_node_tally(step) for step in self.plans.steps),
            ways=tuple(turn.taken for turn in self.plans.turns),
            roles=tuple(self._role_tally(post) for post in self.plans.posts),
            touchpoints=tuple(starmap(TouchTally, self._touch_columns())),
            stages=tuple(starmap(StageTally, self._stage_columns())),
            probes=self._probe_tallies(),
            waits=tuple(wait.spread() for wait in self.plans.waits),
            open_by_day=tuple(self.open_by_day),
            week=tuple(self.week),
            events=events,
            instances=sum(step.over for step in self.plans.steps if step.kind == WORK),
            trace=self.trace,
        )

    def _role_tally(self, post: Post) -> RoleTally:
        """What crews did that a role is in."""
        jobs = [job for job in self.plans.jobs() if post in job.team.posts]
        return RoleTally(
            started=sum(job.started for job in jobs),
            waiting=sum(job.waiting for job in jobs),
            taken=post.taken + sum(job.taken for job in jobs if job.clock is post.clock),
            effort=sum(job.effort for job in jobs),
            selling=sum(job.effort for job in jobs if job.step.row.facing),
            withdrawn_effort=sum(job.wasted for job in jobs),
            queue=sum(job.step.queue for job in jobs if not job.escalated),
            week=tuple(post.week),
        )

    def _role_effort(self, part: int) -> tuple[int, ...]:
        """What each role did for the deals of a process."""
        jobs = [job for job in self.plans.jobs() if job.step.row.process == part]
        return tuple(
            sum(job.effort for job in jobs if post in job.team.posts) for post in self.plans.posts
        )

    def _stage_columns(self) -> Iterable[tuple[int, ...]]:
        return zip(
            self.stage_spells, self.stage_time, self.stage_beyond, self.stage_open, strict=True
        )

    def _touch_columns(self) -> Iterable[tuple[int, ...]]:
        return zip(
            self.crossings,
            self.accepted,
            self.accept,
            self.accept_judged,
            self.accept_within,
            self.touch_missing,
            strict=True,
        )

    def _part_tallies(self) -> tuple[PartTally, ...]:
        return tuple(
            PartTally(
                arrived=self.arrived[part],
                kinds=_five(self.kinds[part]),
                open=self.open[part],
                stuck=self.part_stuck[part],
                rework=self.rework[part],
                effort=self.part_effort[part],
                elapsed=self.part_elapsed[part],
                won_value=self.won_value[part],
                lost_value=self.lost_value[part],
                ended=self.part_ended[part],
                won=self.part_won[part],
                value=self.value[part],
                role_effort=self._role_effort(part),
                came=tuple(self.came[part]),
                open_time=self.open_time[part],
                unfinished=self.unfinished[part],
                missing=self.part_missing[part],
            )
            for part in range(len(self.program.parts))
        )

    def _probe_tallies(self) -> tuple[ProbeTally, ...]:
        rows = zip(
            self.probe_time,
            self.probe_won_time,
            self.probe_lost_time,
            self.probe_gone_time,
            self.probe_open_age,
            strict=True,
        )
        return tuple(
            ProbeTally(_five(kinds), *(each.spread() for each in row))
            for kinds, row in zip(self.probe_kinds, rows, strict=True)
        )


def _node_tally(step: Step) -> NodeTally:
    jobs: list[Job] = [job for job in (step.job, step.rescue) if job is not None]
    return NodeTally(
        visits=step.visits,
        started=step.alone + sum(job.started for job in jobs),
        waiting=sum(job.waiting for job in jobs),
        ended=step.ended,
        withdrawn=step.withdrawn,
        elapsed=step.elapsed,
        effort=step.effort,
        withdrawn_effort=step.withdrawn_effort,
        judged=step.judged,
        within=step.within,
        stuck=step.stuck,
        missing=step.missing,
    )


def _five(counts: list[int]) -> tuple[int, int, int, int, int]:
    won, lost, disqualified, done, failed = counts
    return won, lost, disqualified, done, failed


def _zeros(lists: int, length: int) -> Iterable[list[int]]:
    return ([0] * length for _ in range(lists))
