"""Keeping count: lists by row of the program, written up as a tally at the end."""

from collections.abc import Iterable
from itertools import starmap

from salesflow.simulation.program import Program
from salesflow.simulation.tally import (
    NodeTally,
    PartTally,
    ProbeTally,
    RoleTally,
    Spread,
    StageTally,
    Tally,
    TouchTally,
    bucket_of,
)


class Spreading:
    """A spread that grows."""

    __slots__ = ("buckets", "number", "total")

    def __init__(self) -> None:
        """Nothing seen yet."""
        self.number = 0
        self.total = 0
        self.buckets: dict[int, int] = {}

    def add(self, value: int) -> None:
        """One more value in milliseconds."""
        self.number += 1
        self.total += value
        bucket = bucket_of(value)
        self.buckets[bucket] = self.buckets.get(bucket, 0) + 1

    def spread(self) -> Spread:
        """What was seen."""
        return Spread(self.number, self.total, tuple(sorted(self.buckets.items())))


class Books:
    """The counts of one replication; every list is indexed as the program's rows are.

    Fields are called as in the tallies, with what they are of in front.
    """

    def __init__(self, program: Program) -> None:
        """All zero."""
        self.program = program
        self._of_nodes(len(program.nodes))
        self._of_roles(len(program.roles))
        self._of_touchpoints(len(program.touchpoints))
        self.ways = [0] * len(program.ways)
        stages = len(program.stages)
        self.stage_spells, self.stage_time = _zeros(2, stages)
        self.stage_beyond, self.stage_open = _zeros(2, stages)
        self._of_parts(program)
        self.probe_kinds = [[0] * 5 for _ in program.probes]
        self.probe_time = [Spreading() for _ in program.probes]
        self.probe_won_time = [Spreading() for _ in program.probes]
        self.probe_lost_time = [Spreading() for _ in program.probes]
        self.probe_gone_time = [Spreading() for _ in program.probes]
        self.probe_open_age = [Spreading() for _ in program.probes]
        self.waits = [Spreading() for _ in program.wait_probes]
        self.open_by_day: list[int] = []
        self.week = [0] * 168
        self.events = self.instances = self.trace = 0

    def _of_nodes(self, nodes: int) -> None:
        self.visits, self.started, self.waiting, self.ended = _zeros(4, nodes)
        self.withdrawn, self.elapsed, self.effort, self.withdrawn_effort = _zeros(4, nodes)
        self.judged, self.within, self.stuck, self.missing = _zeros(4, nodes)

    def _of_roles(self, roles: int) -> None:
        self.role_started, self.role_waiting, self.role_taken, self.role_effort = _zeros(4, roles)
        self.role_selling, self.role_withdrawn_effort, self.role_queue = _zeros(3, roles)
        self.role_week = [[0] * 168 for _ in range(roles)]

    def _of_touchpoints(self, touchpoints: int) -> None:
        self.crossings, self.accepted, self.accept = _zeros(3, touchpoints)
        self.accept_judged, self.accept_within, self.touch_missing = _zeros(3, touchpoints)

    def _of_parts(self, program: Program) -> None:
        parts = len(program.parts)
        self.arrived, self.open, self.part_stuck, self.rework = _zeros(4, parts)
        self.part_effort, self.part_elapsed, self.part_ended, self.part_won = _zeros(4, parts)
        self.open_time, self.unfinished, self.part_missing = _zeros(3, parts)
        self.kinds = [[0] * 5 for _ in range(parts)]
        self.won_value, self.lost_value, self.value = ([0.0] * parts for _ in range(3))
        self.part_role_effort = [[0] * len(program.roles) for _ in range(parts)]
        self.came = [[0] * len(program.sources) for _ in range(parts)]

    def tally(self, replication: int) -> Tally:
        """All of it, for good."""
        return Tally(
            replication=replication,
            parts=self._part_tallies(),
            nodes=tuple(starmap(NodeTally, self._node_columns())),
            ways=tuple(self.ways),
            roles=tuple(starmap(RoleTally, self._role_columns())),
            touchpoints=tuple(starmap(TouchTally, self._touch_columns())),
            stages=tuple(starmap(StageTally, self._stage_columns())),
            probes=self._probe_tallies(),
            waits=tuple(wait.spread() for wait in self.waits),
            open_by_day=tuple(self.open_by_day),
            week=tuple(self.week),
            events=self.events,
            instances=self.instances,
            trace=self.trace,
        )

    def _node_columns(self) -> Iterable[tuple[int, ...]]:
        return zip(
            self.visits,
            self.started,
            self.waiting,
            self.ended,
            self.withdrawn,
            self.elapsed,
            self.effort,
            self.withdrawn_effort,
            self.judged,
            self.within,
            self.stuck,
            self.missing,
            strict=True,
        )

    def _role_columns(self) -> Iterable[tuple[object, ...]]:
        return zip(
            self.role_started,
            self.role_waiting,
            self.role_taken,
            self.role_effort,
            self.role_selling,
            self.role_withdrawn_effort,
            self.role_queue,
            map(tuple, self.role_week),
            strict=True,
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
                role_effort=tuple(self.part_role_effort[part]),
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


def _five(counts: list[int]) -> tuple[int, int, int, int, int]:
    won, lost, disqualified, done, failed = counts
    return won, lost, disqualified, done, failed


def _zeros(lists: int, length: int) -> Iterable[list[int]]:
    return ([0] * length for _ in range(lists))
