"""Writes a program into memory, at instant 0, with nothing played yet."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from salesflow.errors import UsageError
from salesflow.simulation.codes import COUNT, FIELD, FILLED
from salesflow.simulation.codes import VISITED as WAS_VISITED
from salesflow.simulation.engine_numba.compiled import signed
from salesflow.simulation.engine_numba.layout import (
    BLANK,
    DAYS,
    DEAL_SIZE,
    END,
    HOURS,
    ITEM_SIZE,
    KEEPERS,
    KEEPING_ROLES,
    NONE,
    PEOPLE,
    RESERVE,
    ROLE_COUNT,
    ROLES,
    ROLES_A_BIT,
    SCOPE_SIZE,
    SCRATCH,
    SOURCE_COUNT,
    SOURCES,
    TAKES_AT,
    TASK_SIZE,
    THREAD_SIZE,
    VISIT_SIZE,
    WARMUP,
    WEEK,
)
from salesflow.simulation.engine_numba.memory import Memory, at, bits_of
from salesflow.simulation.engine_numba.pack_game import pack_game
from salesflow.simulation.engine_numba.pack_people import pack_people, width
from salesflow.simulation.engine_numba.people import BITS
from salesflow.simulation.engine_numba.places import Places, in_deal, lay_out, spread_size
from salesflow.simulation.engine_numba.rows import (
    ACCEPT,
    ARRIVALS_KEY,
    BATCH,
    EVERY,
    FAMILY,
    GAP,
    GAP_TABLE,
    MAX_AGE,
    NODE_SPREAD,
    OUTCOME_KIND,
    OUTCOME_MARK,
    OUTCOME_REQUIRES,
    PART_PROBES,
    PART_VALUE,
    PROBE_AGE,
    PROBE_END,
    PROBE_GONE,
    PROBE_LOST,
    PROBE_START,
    PROBE_TIME,
    PROBE_WON,
    ROLE_SPREAD,
    SCALE,
    SOURCE_CAPTURES,
    SOURCE_FIELD,
    SOURCE_GIVES,
    SOURCE_KEY,
    SOURCE_MARK,
    SOURCE_NUMBER,
    SOURCE_PART,
    SOURCE_START,
    SOURCE_VALUE,
    TOUCH_REQUIRES,
    VALUES,
    A,
    B,
    C,
)
from salesflow.simulation.engine_numba.writer import Writer
from salesflow.simulation.program import (
    Draw,
    Program,
)


class Packed(NamedTuple):
    """A program in memory, to be copied; and where its rows are."""

    words: npt.NDArray[np.int64]
    places: Places


def pack(program: Program) -> Packed:
    """A program in memory. UsageError where it has more departments than a word has bits."""
    if len(program.departments) > BITS:
        raise UsageError(
            f"The numba engine plays up to {BITS} departments, here are "
            f"{len(program.departments)} departments: use `--engine python`."
        )
    return _Packer(program).packed()


class _Packer:
    """A program on its way into memory."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.memory = Memory()
        self.places = lay_out(program, self.memory)
        self.deal = in_deal(program)
        self.writer = Writer(self.memory, self.places, self.deal)
        self.codes = [self._code(code) for code in program.codes]

    def packed(self) -> Packed:
        """Write all rows."""
        for row, draw in zip(self.places.draws, self.program.draws, strict=True):
            self._draw(row, draw)
        pack_people(self.program, self.memory, self.places, self.deal.keepers)
        pack_game(self.program, self.writer, self.codes)
        self._ends()
        self._measures()
        self._sources()
        self._header()
        return Packed(np.array(self.memory.words, dtype=np.int64), self.places)

    def _code(self, code: tuple[tuple[int, float], ...]) -> int:
        first = {
            FIELD: self.deal.values,
            FILLED: self.deal.values,
            COUNT: self.deal.counts,
            WAS_VISITED: self.deal.visited,
        }
        return self.memory.listed(
            (what, first[what] + int(with_) if what in first else bits_of(float(with_)))
            for what, with_ in code
        )

    def _draw(self, row: int, draw: Draw) -> None:
        pairs = zip(draw.values, draw.reached, strict=True)
        values = self.memory.listed((bits_of(value), bits_of(share)) for value, share in pairs)
        self.memory.put(row, {FAMILY: draw.family, A: float(draw.a), B: float(draw.b)})
        self.memory.put(row, {C: float(draw.c), SCALE: float(draw.scale), VALUES: values})

    def _ends(self) -> None:
        for row, outcome in zip(self.places.outcomes, self.program.outcomes, strict=True):
            requires, mark = self.writer.fields(outcome.requires), self.writer.mark(outcome.mark)
            kind = {OUTCOME_KIND: outcome.kind}
            self.memory.put(row, {**kind, OUTCOME_REQUIRES: requires, OUTCOME_MARK: mark})

    def _measures(self) -> None:
        memory, places, program = self.memory, self.places, self.program
        for row, stage in zip(places.stages, program.stages, strict=True):
            memory.put(row, {MAX_AGE: stage.max_age})
        for row, touch in zip(places.touchpoints, program.touchpoints, strict=True):
            requires, accept = self.writer.fields(touch.requires), self.writer.span(touch.accept)
            memory.put(row, {TOUCH_REQUIRES: requires, ACCEPT: accept})
        for row, probe in zip(places.probes, program.probes, strict=True):
            start, end = self.writer.mark(probe.start), self.writer.mark(probe.end)
            memory.put(row, {PROBE_START: start, PROBE_END: end})
            for place in (PROBE_TIME, PROBE_WON, PROBE_LOST, PROBE_GONE, PROBE_AGE):
                memory.put(row, {place: memory.room(spread_size(program))})
        for number, (row, part) in enumerate(zip(places.parts, program.parts, strict=True)):
            probes = zip(places.probes, program.probes, strict=True)
            own = memory.numbers(place for place, probe in probes if probe.process == number)
            value = self.deal.values + part.value if part.value >= 0 else 0
            memory.put(row, {PART_VALUE: value, PART_PROBES: own})
        for row, asked in zip(places.waits, program.wait_probes, strict=True):
            if asked.node >= 0:
                memory.put(places.nodes[asked.node], {NODE_SPREAD: row})
            else:
                memory.put(places.roles[asked.role], {ROLE_SPREAD: row})

    def _sources(self) -> None:
        places = self.places
        rows = zip(places.sources, self.program.sources, strict=True)
        for number, (row, source) in enumerate(rows):
            self.memory.put(
                row,
                {
                    SOURCE_NUMBER: number,
                    SOURCE_KEY: signed(source.key),
                    ARRIVALS_KEY: signed(source.arrivals_key),
                    SOURCE_PART: places.parts[source.process],
                    SOURCE_START: places.nodes[source.start],
                    SOURCE_GIVES: 1 << source.department if source.department >= 0 else 0,
                    GAP: at(places.draws, source.gap),
                    GAP_TABLE: at(places.tables, source.table),
                    EVERY: source.every,
                    BATCH: source.batch,
                    SOURCE_CAPTURES: self.writer.captures(source.captures),
                    SOURCE_FIELD: (
                        self.deal.values + source.source_field if source.source_field >= 0 else 0
                    ),
                    SOURCE_VALUE: float(source.source_value),
                    SOURCE_MARK: self.writer.mark(source.mark),
                },
            )

    def _header(self) -> None:
        memory, program = self.memory, self.program
        days = len(range(0, program.end, 24 * 3_600_000))
        keeping = [at(self.places.roles, n) for n, r in enumerate(program.roles) if r.keeper >= 0]
        visit = PEOPLE + max((len(crew.roles) for crew in program.crews), default=0)
        memory.put(
            NONE,
            {
                END: program.end,
                WARMUP: program.warmup,
                ROLES: self.places.roles[0] if program.roles else 0,
                ROLE_COUNT: len(program.roles),
                ROLES_A_BIT: width(len(program.roles)),
                SOURCES: self.places.sources[0] if program.sources else 0,
                SOURCE_COUNT: len(program.sources),
                HOURS: memory.block(program.hours),
                WEEK: memory.room(168),
                DAYS: memory.room(days),
                BLANK: self._blank(),
                DEAL_SIZE: self.deal.size,
                VISIT_SIZE: visit,
                KEEPING_ROLES: memory.block(keeping),
                KEEPERS: len(keeping),
                SCRATCH: memory.room(self._most_scratch()),
                RESERVE: self.deal.size + visit + self._most_rows(),
            },
        )

    def _blank(self) -> int:
        deal, program = self.deal, self.program
        blank = [0] * deal.size
        blank[TAKES_AT] = -1
        blank[deal.values : deal.counts] = [bits_of(math.nan)] * len(program.fields)
        blank[deal.marks : deal.sides] = [-1] * (program.marks + program.keepers)
        return self.memory.block(blank)

    def _most_scratch(self) -> int:
        """Room to choose among results, or to set fields, while a code is worked out."""
        program = self.program
        code = max((len(code) for code in program.codes), default=0)
        chosen = max((node.chosen for node in program.nodes), default=0)
        settings = max((len(way.settings) for way in program.ways), default=0)
        return 1 + code + max(chosen, settings)

    def _most_rows(self) -> int:
        """The most words that rows of one procedure take, besides a deal and a visit."""
        program = self.program
        crew = max((len(crew.roles) for crew in program.crews), default=0)
        lanes = max((len(node.lanes) for node in program.nodes), default=0)
        leads = max((len(way.leads) for way in program.ways), default=0)
        return (
            THREAD_SIZE
            + ITEM_SIZE * (2 + crew)
            + (SCOPE_SIZE + TASK_SIZE) * (1 + lanes)
            + TASK_SIZE * leads
        )
