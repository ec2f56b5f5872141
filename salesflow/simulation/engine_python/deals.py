"""How deals come, what they carry, and how they end."""

from collections.abc import Iterable
from math import isnan

from salesflow.simulation.engine_python.books import Books
from salesflow.simulation.engine_python.sampling import sampler
from salesflow.simulation.engine_python.state import Deal, Scope
from salesflow.simulation.events import ARRIVED, REACHED, Event, Watch
from salesflow.simulation.gauges import Probe
from salesflow.simulation.philox import RoundKeys, uniforms
from salesflow.simulation.program import (
    LOST,
    WON,
    Capture,
    Program,
)

_NAN = float("nan")


class Deals:
    """The open deals of one replication."""

    def __init__(
        self, program: Program, books: Books, keys: RoundKeys, watch: Watch | None
    ) -> None:
        """None yet."""
        self.program = program
        self.books = books
        self.keys = keys
        self.watch = watch
        self.open: dict[int, Deal] = {}
        self.came = 0
        self.samplers = [sampler(draw) for draw in program.draws]
        self.blank = [_NAN] * len(program.fields)
        self.probes: list[list[tuple[int, Probe]]] = [[] for _ in program.parts]
        for at, probe in enumerate(program.probes):
            self.probes[probe.process].append((at, probe))

    def come(self, source: int, serial: int, now: int) -> Deal:
        """One more deal of a source, its ``serial``-th."""
        program, row = self.program, self.program.sources[source]
        deal = Deal()
        deal.number = self.came
        deal.serial = serial
        deal.source = source
        deal.source_key = row.key
        deal.part = row.process
        deal.arrived = now
        deal.counted = now >= program.warmup
        deal.values = self.blank[:]
        deal.counts = [0] * program.counters
        deal.visited = [0] * program.visited
        deal.marks = [-1] * program.marks
        deal.keepers = [-1] * program.keepers
        deal.sides = [0] * program.sides
        deal.entries = [0] * len(program.nodes)
        deal.scope = Scope()
        deal.effort = deal.rework = deal.takes = 0
        deal.stage = deal.takes_at = -1
        deal.stage_since = now
        self.came += 1
        self.open[deal.number] = deal
        if row.source_field >= 0:
            deal.values[row.source_field] = row.source_value
        self.fill(deal, row.captures, 0)
        if row.mark >= 0:
            deal.marks[row.mark] = now
        if deal.counted:
            self.books.arrived[deal.part] += 1
            self.books.came[deal.part][source] += 1
        if self.watch is not None:
            self.watch(Event(ARRIVED, now, deal.number, source, values=tuple(deal.values)))
        return deal

    def fill(self, deal: Deal, captures: Iterable[Capture], visit: int) -> None:
        """Fill fields, with drawn values where they are drawn."""
        values = deal.values
        for field, draw, key in captures:
            if draw >= 0:
                u = uniforms(key, deal.source_key, deal.serial, visit, self.keys)[0]
                values[field] = self.samplers[draw](u)
            elif values[field] != values[field]:
                values[field] = 1.0

    def enter_stage(self, deal: Deal, stage: int, now: int) -> None:
        """The deal shows in another stage."""
        self.leave_stage(deal, now)
        deal.stage = stage
        deal.stage_since = now

    def leave_stage(self, deal: Deal, now: int) -> None:
        """A spell in a stage is over."""
        if deal.stage >= 0 and deal.counted:
            spent = now - deal.stage_since
            self.books.stage_spells[deal.stage] += 1
            self.books.stage_time[deal.stage] += spent
            self._beyond(deal, spent)

    def _beyond(self, deal: Deal, spent: int) -> None:
        limit = self.program.stages[deal.stage].max_age
        self.books.stage_beyond[deal.stage] += 0 <= limit < spent

    def close(self, deal: Deal, outcome: int, now: int) -> None:
        """A deal has reached an outcome."""
        row = self.program.outcomes[outcome]
        part, kind, books = deal.part, row.kind, self.books
        del self.open[deal.number]
        self.leave_stage(deal, now)
        self._age(deal, now)
        value = self.program.parts[part].value
        worth = deal.values[value] if value >= 0 else _NAN
        worth = 0.0 if isnan(worth) else worth
        if now >= self.program.warmup:
            books.part_ended[part] += 1
            if kind == WON:
                books.part_won[part] += 1
                books.value[part] += worth
        if deal.counted:
            books.kinds[part][kind] += 1
            books.part_elapsed[part] += now - deal.arrived
            books.part_effort[part] += deal.effort
            books.rework[part] += deal.rework
            for field in row.requires:
                books.part_missing[part] += deal.values[field] != deal.values[field]
            if kind == WON:
                books.won_value[part] += worth
            elif kind == LOST:
                books.lost_value[part] += worth
        self._probe(deal, kind, now)
        if self.watch is not None:
            end = Event(REACHED, now, deal.number, outcome, values=tuple(deal.values))
            self.watch(end)

    def _age(self, deal: Deal, now: int) -> None:
        if deal.arrived >= self.program.warmup:
            self.books.open_time[deal.part] += now - deal.arrived
        elif now > self.program.warmup:
            self.books.open_time[deal.part] += now - self.program.warmup

    def _probe(self, deal: Deal, kind: int, now: int) -> None:
        books, warmup = self.books, self.program.warmup
        for at, probe in self.probes[deal.part]:
            start = deal.arrived if probe.start < 0 else deal.marks[probe.start]
            if start < warmup:  # before the warm-up, or (-1) never
                continue
            books.probe_kinds[at][kind] += 1
            if kind == LOST:
                books.probe_lost_time[at].add(now - start)
            elif kind != WON:
                books.probe_gone_time[at].add(now - start)
            end = now if probe.end < 0 else deal.marks[probe.end]
            if end >= start:
                books.probe_time[at].add(end - start)
                if kind == WON:
                    books.probe_won_time[at].add(end - start)

    def can_go_on(self, deal: Deal, end: int) -> None:
        """All stops while a deal is open and not stuck: how long its probes have been waiting."""
        for at, probe in self.probes[deal.part]:
            start = deal.arrived if probe.start < 0 else deal.marks[probe.start]
            if start >= self.program.warmup:
                self.books.probe_open_age[at].add(end - start)

    def still_open(self, deal: Deal, end: int) -> None:
        """All stops while a deal is open."""
        self._age(deal, end)
        if deal.counted and deal.stage >= 0:
            self.books.stage_open[deal.stage] += 1
            self._beyond(deal, end - deal.stage_since)
