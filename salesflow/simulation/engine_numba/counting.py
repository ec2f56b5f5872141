"""What is counted: spreads of times, stages, touchpoints, and what a deal was when it ended."""

from salesflow.simulation.engine_numba.compiled import Floats, Ints, bit_length, plus, times
from salesflow.simulation.engine_numba.evaluate import unfilled
from salesflow.simulation.engine_numba.layout import (
    ARRIVED,
    COUNTED,
    DEAL,
    ENTERED,
    EVENT_COUNT,
    GIVERS,
    NODE,
    NOW,
    PART,
    STAGE,
    STAGE_SINCE,
    TRACE,
    TRACED,
    WARMUP,
)
from salesflow.simulation.engine_numba.rows import (
    ACCEPT,
    BRIDGE_SIZE,
    BRIDGES,
    BUCKETS,
    G_BEYOND,
    G_SPELLS,
    G_TIME,
    LENGTH,
    MAX_AGE,
    PART_PROBES,
    PROBE_AGE,
    PROBE_END,
    PROBE_GONE,
    PROBE_KINDS,
    PROBE_LOST,
    PROBE_START,
    PROBE_TIME,
    PROBE_WON,
    SPAN_TABLE,
    SPREAD_NUMBER,
    SPREAD_TOTAL,
    T_ACCEPT,
    T_ACCEPTED,
    T_CROSSINGS,
    T_JUDGED,
    T_MISSING,
    T_WITHIN,
    TOUCH_REQUIRES,
)
from salesflow.simulation.engine_numba.tables import add_open
from salesflow.simulation.program import LOST, WON
from salesflow.simulation.tally import BITS

# The factors of the trace, as signed numbers of 64 bits.
_OF_ALL, _OF_TIME = 0x100000001B3, 0x9E3779B97F4A7C15 - (1 << 64)
_OF_DEAL, _OF_NODE = 0xC2B2AE3D27D4EB4F - (1 << 64), 0x165667B19E3779F9


def note(m: Ints, kind: int, deal: int, node: int, visit: int) -> None:
    """Something happens now: count it, and mix it into the trace if that is asked for."""
    m[EVENT_COUNT] += 1
    if m[TRACED]:
        moment = times(m[NOW] * 8 + kind, _OF_TIME)
        place = plus(times(deal, _OF_DEAL), times(node, _OF_NODE))
        m[TRACE] = plus(plus(times(m[TRACE], _OF_ALL), moment), plus(place, visit))


def spread(m: Ints, row: int, value: int) -> None:
    """One more time in a spread, by the buckets of ``tally.py``."""
    m[row + SPREAD_NUMBER] += 1
    m[row + SPREAD_TOTAL] += value
    shift = max(bit_length(value) - BITS - 1, 0)
    m[row + BUCKETS + (shift << BITS) + (value >> shift)] += 1


def reach_mark(m: Ints, deal: int, mark: int) -> None:
    """A mark is reached; the first time counts."""
    if mark and m[deal + mark] < 0:
        m[deal + mark] = m[NOW]


def show_stage(m: Ints, deal: int, stage: int) -> None:
    """The deal comes to a stage, or (0) ends; the one shown before is over."""
    shown, now = m[deal + STAGE], m[NOW]
    if shown == stage:
        return
    if shown and m[deal + COUNTED]:
        lasted = now - m[deal + STAGE_SINCE]
        m[shown + G_SPELLS] += 1
        m[shown + G_TIME] += lasted
        if 0 <= m[shown + MAX_AGE] < lasted:
            m[shown + G_BEYOND] += 1
    m[deal + STAGE] = stage
    m[deal + STAGE_SINCE] = now


def cross(m: Ints, x: Floats, visit: int) -> None:
    """A thread comes over the bridges of its node."""
    bridges, deal = m[m[visit + NODE] + BRIDGES], m[visit + DEAL]
    for each in range(m[bridges]):
        bridge = bridges + 1 + each * BRIDGE_SIZE
        if m[visit + GIVERS] & m[bridge]:
            touchpoint = m[bridge + 1]
            m[touchpoint + T_CROSSINGS] += 1
            m[touchpoint + T_MISSING] += unfilled(m, x, m[touchpoint + TOUCH_REQUIRES], deal)


def accept(m: Ints, visit: int, started: bool) -> None:
    """Work of a counted deal starts now, or it is over and never did: judge its crossings."""
    bridges, entered, now = m[m[visit + NODE] + BRIDGES], m[visit + ENTERED], m[NOW]
    for each in range(m[bridges]):
        bridge = bridges + 1 + each * BRIDGE_SIZE
        if not m[visit + GIVERS] & m[bridge]:
            continue
        touchpoint = m[bridge + 1]
        if started:
            m[touchpoint + T_ACCEPTED] += 1
            m[touchpoint + T_ACCEPT] += now - entered
        span = m[touchpoint + ACCEPT]
        if span:
            late = now > add_open(m, m[span + SPAN_TABLE], entered, m[span + LENGTH])
            if started or late:
                m[touchpoint + T_JUDGED] += 1
            if started and not late:
                m[touchpoint + T_WITHIN] += 1


def _came_at(m: Ints, deal: int, probe: int) -> int:
    """When a deal came to the start of a probe; before the warm-up where it never did."""
    return m[deal + m[probe + PROBE_START]] if m[probe + PROBE_START] else m[deal + ARRIVED]


def probe(m: Ints, deal: int, kind: int) -> None:
    """A deal ends: what the probes of its process see."""
    probes, now = m[m[deal + PART] + PART_PROBES], m[NOW]
    for each in range(m[probes]):
        row = m[probes + 1 + each]
        start, end = _came_at(m, deal, row), now
        if start < m[WARMUP]:
            continue
        m[row + PROBE_KINDS + kind] += 1
        if kind != WON:
            spread(m, m[row + (PROBE_LOST if kind == LOST else PROBE_GONE)], now - start)
        if m[row + PROBE_END]:
            end = m[deal + m[row + PROBE_END]]
        if end >= start:
            spread(m, m[row + PROBE_TIME], end - start)
            if kind == WON:
                spread(m, m[row + PROBE_WON], end - start)


def probe_age(m: Ints, deal: int) -> None:
    """All stops while a deal is open and can go on: how long its probes have waited for it."""
    probes = m[m[deal + PART] + PART_PROBES]
    for each in range(m[probes]):
        row = m[probes + 1 + each]
        start = _came_at(m, deal, row)
        if start >= m[WARMUP]:
            spread(m, m[row + PROBE_AGE], m[NOW] - start)
