"""Touchpoints: threads are followed from the events alone, through branches, joins and runs.

Who gives is worked out anew, for processes with whose flow nothing is wrong: there each step has
one visit at a time, and every thread that sets out arrives.
"""

from collections import defaultdict
from math import isnan

import pytest
from hypothesis import HealthCheck, given, settings

import salesflow as sf
from salesflow.simulation import events
from salesflow.simulation.compile import program_of
from salesflow.simulation.engine_python.loop import play
from salesflow.simulation.events import Event
from salesflow.simulation.program import DONE, LEAVE, NODE, RUN, WORK, Program
from salesflow.simulation.tally import TouchTally
from tests.simulation.account import Account, Visit
from tests.simulation.simulable import DAY, Data, program_of_files, simulated_soundly
from tests.simulation.test_conservation import ENTERPRISE

Givers = frozenset[int]


class Threads:
    """The departments that give, at every open visit of one deal."""

    def __init__(self, program: Program, source: int) -> None:
        self.program = program
        department = program.sources[source].department
        self.began: Givers = frozenset({department} - {-1})
        self.entry: dict[int, Givers] = {}
        self.coming: dict[int, list[Givers]] = defaultdict(list)
        self.waiting: dict[tuple[int, int], list[Givers]] = defaultdict(list)
        self.joined: dict[int, Givers] = defaultdict(frozenset)
        self.left: dict[int, Givers] = {}
        self.around = {lane.start: lane.block for lane in program.lanes}
        self.around |= {row.start: at for at, row in enumerate(program.nodes) if row.kind == RUN}

    def enters(self, node: int) -> Givers:
        """Who gives to a visit that begins."""
        row = self.program.nodes[node]
        if row.waits_for:
            came = [self.waiting[node, origin].pop(0) for origin in row.waits_for]
            givers = frozenset[int]().union(*came)
        elif self.coming[node]:
            givers = self.coming[node].pop(0)
        elif node in self.around:
            givers = self.entry[self.around[node]]
        else:
            givers = self.began
        self.entry[node] = givers
        self.joined[node] = frozenset()
        self.left.pop(node, None)
        return givers

    def goes_on(self, event: Event) -> None:
        """A visit takes a result."""
        program, node = self.program, self.program.nodes[event.node]
        way = program.ways[event.way]
        givers = self.entry[event.node]
        if node.kind == WORK:
            givers = frozenset({node.department}) if node.department >= 0 else givers
        elif event.what != events.EXPIRED:
            givers = self.left.get(event.node) or self.joined[event.node] or givers
        for kind, number in way.leads:
            if kind == NODE and program.nodes[number].waits_for:
                self.waiting[number, event.node].append(givers)
            elif kind == NODE:
                self.coming[number].append(givers)
            elif kind in (DONE, LEAVE):
                block = program.lanes[node.lane].block
                if kind == LEAVE:
                    self.left[block] = givers
                self.joined[block] |= givers
            elif node.run >= 0:
                self.left[node.run] = givers


class Crossings:
    """Counts touchpoints as they are crossed."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.account = Account(program)
        self.threads: dict[int, Threads] = {}
        self.open: list[tuple[int, Visit]] = []

    def __call__(self, event: Event) -> None:
        self.account(event)
        if event.what == events.ARRIVED:
            self.threads[event.deal] = Threads(self.program, event.node)
        elif event.what == events.ENTERED:
            givers = self.threads[event.deal].enters(event.node)
            visit = self.account.open[event.deal, event.node, event.visit]
            for giver, touchpoint in self.program.nodes[event.node].bridges:
                if giver in givers and self.account.counted(event.deal):
                    self.open.append((touchpoint, visit))
        elif event.way >= 0:
            self.threads[event.deal].goes_on(event)

    def tallies(self) -> tuple[TouchTally, ...]:
        found = []
        for at, row in enumerate(self.program.touchpoints):
            crossed = [visit for touchpoint, visit in self.open if touchpoint == at]
            begun = [(visit, self._begins(visit)) for visit in crossed]
            times = [now - visit.entered for visit, now in begun if now is not None]
            judged = within = 0
            for visit, now in begun if row.accept is not None else ():
                due = self.account.later(row.accept, visit.entered) if row.accept else 0
                late = visit.over is not None and visit.over > due
                judged += now is not None or late
                within += now is not None and now <= due
            missing = sum(isnan(v.values[field]) for v in crossed for field in row.requires)
            found.append(TouchTally(len(crossed), len(times), sum(times), judged, within, missing))
        return tuple(found)

    def _begins(self, visit: Visit) -> int | None:
        """When the work of a visit begins; that of a block or a run never does."""
        if self.program.nodes[visit.node].kind != WORK:
            return None
        return visit.started if self.account.queued(visit) else visit.entered


def crossed(program: Program, seed: int = 1) -> tuple[TouchTally, ...]:
    crossings = Crossings(program)
    tally = play(program, seed, 0, watch=crossings)
    assert tally.touchpoints == crossings.tallies()
    return tally.touchpoints


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(simulated_soundly())
def test_whatever_the_process(files: dict[str, Data]) -> None:
    crossed(program_of_files(files))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_enterprise_example(seed: int) -> None:
    program = program_of([sf.load(ENTERPRISE)], duration=200 * DAY, warmup=30 * DAY)
    touched = {
        row.path.partition(":")[2]: touchpoint
        for row, touchpoint in zip(program.touchpoints, crossed(program, seed), strict=True)
    }
    assert all(touchpoint.crossings for touchpoint in touched.values())
    assert any(0 < each.within < each.judged for each in touched.values())


def test_it_would_notice() -> None:
    program = program_of([sf.load(ENTERPRISE)], duration=60 * DAY, warmup=0)
    (at,) = [n for n, row in enumerate(program.nodes) if row.path == "enterprise:discovery"]
    silent = program.nodes[at]._replace(department=-1)
    other = program.replace(nodes=(*program.nodes[:at], silent, *program.nodes[at + 1 :]))
    crossings = Crossings(program)
    assert play(other, 1, 0, watch=crossings).touchpoints != crossings.tallies()
