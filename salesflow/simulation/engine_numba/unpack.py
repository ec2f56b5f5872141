"""Reads what was counted out of memory."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from salesflow.simulation.engine_numba.layout import (
    DAYS,
    EVENT_COUNT,
    INSTANCES,
    TRACE,
    WEEK,
)
from salesflow.simulation.engine_numba.pack import Packed
from salesflow.simulation.engine_numba.places import spread_size
from salesflow.simulation.engine_numba.rows import (
    BUCKETS,
    CAME,
    G_SPELLS,
    N_MISSING,
    N_VISITS,
    P_ARRIVED,
    P_EFFORT,
    P_ELAPSED,
    P_ENDED,
    P_KINDS,
    P_LOST_VALUE,
    P_MISSING,
    P_OPEN,
    P_OPEN_TIME,
    P_REWORK,
    P_ROLE_EFFORT,
    P_STUCK,
    P_UNFINISHED,
    P_VALUE,
    P_WON,
    P_WON_VALUE,
    PROBE_AGE,
    PROBE_KINDS,
    PROBE_TIME,
    R_QUEUE,
    R_STARTED,
    R_WEEK,
    SPREAD_NUMBER,
    SPREAD_TOTAL,
    T_CROSSINGS,
    W_TAKEN,
)
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
)

Words: TypeAlias = npt.NDArray[np.int64]
_WEEK = 168
_MASK = (1 << 64) - 1


def tally_of(program: Program, packed: Packed, words: Words, replication: int) -> Tally:
    """What one replication counted."""
    places = packed.places
    days = len(range(0, program.end, 24 * 3_600_000))
    return Tally(
        replication=replication,
        parts=tuple(_part(program, packed, words, n) for n in range(len(places.parts))),
        nodes=tuple(_node(words, row) for row in places.nodes),
        ways=tuple(int(words[row + W_TAKEN]) for row in places.ways),
        roles=tuple(_role(words, row) for row in places.roles),
        touchpoints=tuple(
            TouchTally(*_slice(words, row + T_CROSSINGS, 6)) for row in places.touchpoints
        ),
        stages=tuple(StageTally(*_slice(words, row + G_SPELLS, 4)) for row in places.stages),
        probes=tuple(_probe(program, words, row) for row in places.probes),
        waits=tuple(_spread(program, words, row) for row in places.waits),
        open_by_day=_slice(words, int(words[DAYS]), days),
        week=_slice(words, int(words[WEEK]), _WEEK),
        events=int(words[EVENT_COUNT]),
        instances=int(words[INSTANCES]),
        trace=int(words[TRACE]) & _MASK,
    )


def _slice(words: Words, first: int, number: int) -> tuple[int, ...]:
    return tuple(words[first : first + number].tolist())


def _spread(program: Program, words: Words, row: int) -> Spread:
    buckets = words[row + BUCKETS : row + spread_size(program)]
    filled = np.flatnonzero(buckets)
    pairs = zip(filled.tolist(), buckets[filled].tolist(), strict=True)
    return Spread(int(words[row + SPREAD_NUMBER]), int(words[row + SPREAD_TOTAL]), tuple(pairs))


def _probe(program: Program, words: Words, row: int) -> ProbeTally:
    kinds = words[row + PROBE_KINDS : row + PROBE_KINDS + 5].tolist()
    spreads = words[row + PROBE_TIME : row + PROBE_AGE + 1].tolist()
    return ProbeTally(tuple(kinds), *(_spread(program, words, spread) for spread in spreads))


def _node(words: Words, row: int) -> NodeTally:
    return NodeTally(*words[row + N_VISITS : row + N_MISSING + 1].tolist())


def _role(words: Words, row: int) -> RoleTally:
    counted = words[row + R_STARTED : row + R_QUEUE + 1].tolist()
    return RoleTally._make([*counted, _slice(words, int(words[row + R_WEEK]), _WEEK)])


def _part(program: Program, packed: Packed, words: Words, number: int) -> PartTally:
    row = packed.places.parts[number]
    floats = words.view(np.float64)
    sources = zip(packed.places.sources, program.sources, strict=True)
    came = tuple(int(words[s + CAME]) if of.process == number else 0 for s, of in sources)
    return PartTally(
        arrived=int(words[row + P_ARRIVED]),
        kinds=tuple(words[row + P_KINDS : row + P_KINDS + 5].tolist()),
        open=int(words[row + P_OPEN]),
        stuck=int(words[row + P_STUCK]),
        rework=int(words[row + P_REWORK]),
        effort=int(words[row + P_EFFORT]),
        elapsed=int(words[row + P_ELAPSED]),
        won_value=float(floats[row + P_WON_VALUE]),
        lost_value=float(floats[row + P_LOST_VALUE]),
        ended=int(words[row + P_ENDED]),
        won=int(words[row + P_WON]),
        value=float(floats[row + P_VALUE]),
        role_effort=_slice(words, row + P_ROLE_EFFORT, len(program.roles)),
        came=came,
        open_time=int(words[row + P_OPEN_TIME]),
        unfinished=int(words[row + P_UNFINISHED]),
        missing=int(words[row + P_MISSING]),
    )
