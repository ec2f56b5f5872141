"""Deals come and go."""

import math

from salesflow.simulation.engine_numba.agenda import schedule
from salesflow.simulation.engine_numba.chance import drawn, uniforms, whole
from salesflow.simulation.engine_numba.compiled import Floats, Ints
from salesflow.simulation.engine_numba.counting import probe, reach_mark, show_stage
from salesflow.simulation.engine_numba.evaluate import fill, unfilled
from salesflow.simulation.engine_numba.heap import give_row, take_row
from salesflow.simulation.engine_numba.layout import (
    ARRIVED,
    ARRIVES,
    BLANK,
    COUNTED,
    DEAL_BEFORE,
    DEAL_COUNT,
    DEAL_NUMBER,
    DEAL_ROW,
    DEAL_SIZE,
    DEALS,
    END,
    FOURTH,
    HANDS_ON,
    KEEPERS,
    KEEPING_ROLES,
    KEY,
    KIND,
    NEXT_DEAL,
    NOW,
    OF_SOURCE,
    OPEN_DEALS,
    OWNER,
    PART,
    REWORKED,
    ROOT,
    SCOPE_ROW,
    SECOND,
    SOURCE,
    THIRD,
    TO_ENTER,
    WARMUP,
)
from salesflow.simulation.engine_numba.people import look
from salesflow.simulation.engine_numba.rows import (
    ARRIVALS_KEY,
    BATCH,
    CAME,
    EVERY,
    GAP,
    GAP_TABLE,
    KEEPER,
    OPEN_BY_PERSON,
    OUTCOME_KIND,
    OUTCOME_MARK,
    OUTCOME_REQUIRES,
    P_ARRIVED,
    P_EFFORT,
    P_ELAPSED,
    P_ENDED,
    P_KINDS,
    P_LOST_VALUE,
    P_MISSING,
    P_OPEN_TIME,
    P_REWORK,
    P_UNFINISHED,
    P_VALUE,
    P_WON,
    P_WON_VALUE,
    PART_VALUE,
    SOURCE_CAPTURES,
    SOURCE_DEALS,
    SOURCE_FIELD,
    SOURCE_GIVES,
    SOURCE_KEY,
    SOURCE_MARK,
    SOURCE_NUMBER,
    SOURCE_PART,
    SOURCE_START,
    SOURCE_VALUE,
)
from salesflow.simulation.engine_numba.scopes import clear, new_scope, to_do
from salesflow.simulation.engine_numba.tables import add_open
from salesflow.simulation.program import DISQUALIFIED, LOST, NEVER, WON


def expect(m: Ints, x: Floats, source: int) -> None:
    """The next deal of a source will come; `NOW` is when the last one did, or 0."""
    number, now = m[source + SOURCE_DEALS], m[NOW]
    instant = NEVER
    if m[source + EVERY]:
        instant = number // m[source + BATCH] * m[source + EVERY]
    elif m[source + GAP]:
        u, _, _ = uniforms(m, m[source + ARRIVALS_KEY], m[source + SOURCE_KEY], number, 0)
        gap = whole(drawn(m, x, m[source + GAP], u))
        instant = add_open(m, m[source + GAP_TABLE], now, gap)
    if instant < m[END]:
        m[source + OWNER] = source
        m[source + KEY] = instant
        m[source + SECOND] = ARRIVES << KIND
        m[source + THIRD] = m[source + SOURCE_NUMBER]
        m[source + FOURTH] = 0
        schedule(m, source)


def come(m: Ints, x: Floats, source: int) -> None:
    """A deal arrives."""
    deal, now = take_row(m, DEAL_ROW, m[DEAL_SIZE]), m[NOW]
    blank = m[BLANK]
    for at in range(m[DEAL_SIZE]):
        m[deal + at] = m[blank + at]
    part = m[source + SOURCE_PART]
    m[deal + DEAL_NUMBER] = m[DEAL_COUNT]
    m[deal + SOURCE] = source
    m[deal + OF_SOURCE] = m[source + SOURCE_DEALS]
    m[deal + ARRIVED] = now
    m[deal + PART] = part
    m[DEAL_COUNT] += 1
    m[source + SOURCE_DEALS] += 1
    if now >= m[WARMUP]:
        m[deal + COUNTED] = 1
        m[part + P_ARRIVED] += 1
        m[source + CAME] += 1
    m[part + P_OPEN_TIME] -= max(now, m[WARMUP])
    _list(m, deal)
    fill(m, x, m[source + SOURCE_CAPTURES], deal, 0)
    if m[source + SOURCE_FIELD]:
        x[deal + m[source + SOURCE_FIELD]] = x[source + SOURCE_VALUE]
    reach_mark(m, deal, m[source + SOURCE_MARK])
    root = new_scope(m, deal, 0, 0)
    m[deal + ROOT] = root
    to_do(m, TO_ENTER, root, m[source + SOURCE_START], 0, m[source + SOURCE_GIVES])


def _list(m: Ints, deal: int) -> None:
    following = m[DEALS]
    m[deal + NEXT_DEAL] = following
    if following:
        m[following + DEAL_BEFORE] = deal
    m[DEALS] = deal
    m[OPEN_DEALS] += 1


def _unlist(m: Ints, deal: int) -> None:
    before, following = m[deal + DEAL_BEFORE], m[deal + NEXT_DEAL]
    if before:
        m[before + NEXT_DEAL] = following
    else:
        m[DEALS] = following
    if following:
        m[following + DEAL_BEFORE] = before
    m[OPEN_DEALS] -= 1


def unfinished(m: Ints, deal: int) -> None:
    """Something ended that left work behind."""
    m[m[deal + PART] + P_UNFINISHED] += m[deal + COUNTED]


def end_deal(m: Ints, x: Floats, deal: int, outcome: int) -> None:
    """A deal reaches its outcome; what is left of it is withdrawn."""
    kind = m[outcome + OUTCOME_KIND]
    if clear(m, m[deal + ROOT]) and kind != LOST and kind != DISQUALIFIED:
        unfinished(m, deal)
    reach_mark(m, deal, m[outcome + OUTCOME_MARK])
    show_stage(m, deal, 0)
    _count(m, x, deal, outcome)
    probe(m, deal, kind)
    for each in range(m[KEEPERS]):
        role = m[m[KEEPING_ROLES] + each]
        keeper = m[deal + m[role + KEEPER]]
        if keeper >= 0:
            m[m[role + OPEN_BY_PERSON] + keeper] -= 1
            look(m, role)
    give_row(m, SCOPE_ROW, m[deal + ROOT])
    _unlist(m, deal)
    give_row(m, DEAL_ROW, deal)


def _count(m: Ints, x: Floats, deal: int, outcome: int) -> None:
    part, kind, now = m[deal + PART], m[outcome + OUTCOME_KIND], m[NOW]
    value = x[deal + m[part + PART_VALUE]] if m[part + PART_VALUE] else 0.0
    if math.isnan(value):  # not filled
        value = 0.0
    m[part + P_OPEN_TIME] += max(now, m[WARMUP])
    if now >= m[WARMUP]:
        m[part + P_ENDED] += 1
        if kind == WON:
            m[part + P_WON] += 1
            x[part + P_VALUE] += value
    if m[deal + COUNTED]:
        m[part + P_KINDS + kind] += 1
        m[part + P_MISSING] += unfilled(m, x, m[outcome + OUTCOME_REQUIRES], deal)
        m[part + P_REWORK] += m[deal + REWORKED]
        m[part + P_EFFORT] += m[deal + HANDS_ON]
        m[part + P_ELAPSED] += now - m[deal + ARRIVED]
        if kind == WON:
            x[part + P_WON_VALUE] += value
        elif kind == LOST:
            x[part + P_LOST_VALUE] += value
