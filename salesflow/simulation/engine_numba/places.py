"""Where the rows of a program stand in memory, by their numbers in the program."""

from itertools import accumulate
from typing import NamedTuple

from salesflow.simulation.engine_numba.layout import (
    DEAL_HEAD,
)
from salesflow.simulation.engine_numba.memory import Memory
from salesflow.simulation.engine_numba.rows import (
    BUCKETS,
    CREW_SIZE,
    DRAW_SIZE,
    NODE_SIZE,
    OUTCOME_SIZE,
    PART_SIZE,
    PROBE_SIZE,
    ROLE_SIZE,
    SOURCE_SIZE,
    STAGE_SIZE,
    TABLE_SIZE,
    TOUCH_SIZE,
    WAY_SIZE,
)
from salesflow.simulation.program import Program
from salesflow.simulation.tally import bucket_of


class Places(NamedTuple):
    """Handles of the program's rows. ``waits`` are the spreads of the wait probes."""

    parts: tuple[int, ...]
    nodes: tuple[int, ...]
    ways: tuple[int, ...]
    outcomes: tuple[int, ...]
    sources: tuple[int, ...]
    roles: tuple[int, ...]
    crews: tuple[int, ...]
    tables: tuple[int, ...]
    draws: tuple[int, ...]
    touchpoints: tuple[int, ...]
    stages: tuple[int, ...]
    probes: tuple[int, ...]
    waits: tuple[int, ...]


class InDeal(NamedTuple):
    """Where in a deal's row its values, counts and so on begin, and how long the row is."""

    values: int
    counts: int
    visited: int
    marks: int
    keepers: int
    sides: int
    entries: int
    size: int


def spread_size(program: Program) -> int:
    """The words of a spread of times that a replication can see."""
    return BUCKETS + bucket_of(program.end) + 1


def lay_out(program: Program, memory: Memory) -> Places:
    """Make room for all rows."""
    spread = spread_size(program)
    waits = {probe: memory.room(spread) for probe in program.wait_probes}
    return Places(
        parts=memory.rows(program.parts, PART_SIZE + len(program.roles)),
        nodes=memory.rows(program.nodes, NODE_SIZE),
        ways=memory.rows(program.ways, WAY_SIZE),
        outcomes=memory.rows(program.outcomes, OUTCOME_SIZE),
        sources=memory.rows(program.sources, SOURCE_SIZE),
        roles=memory.rows(program.roles, ROLE_SIZE),
        crews=memory.rows(program.crews, CREW_SIZE),
        tables=memory.rows(program.tables, TABLE_SIZE),
        draws=memory.rows(program.draws, DRAW_SIZE),
        touchpoints=memory.rows(program.touchpoints, TOUCH_SIZE),
        stages=memory.rows(program.stages, STAGE_SIZE),
        probes=memory.rows(program.probes, PROBE_SIZE),
        waits=tuple(waits[probe] for probe in program.wait_probes),
    )


def in_deal(program: Program) -> InDeal:
    """The places in a deal's row."""
    numbers = (
        DEAL_HEAD,
        len(program.fields),
        program.counters,
        program.visited,
        program.marks,
        program.keepers,
        program.sides,
        len(program.nodes),
    )
    return InDeal._make(accumulate(numbers))
