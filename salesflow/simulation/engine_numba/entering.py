"""Visits begin: of work, of a block, of a run."""

from salesflow.simulation.engine_numba.agenda import schedule
from salesflow.simulation.engine_numba.chance import drawn, uniforms, whole
from salesflow.simulation.engine_numba.compiled import Floats, Ints
from salesflow.simulation.engine_numba.counting import cross, reach_mark, show_stage
from salesflow.simulation.engine_numba.evaluate import unfilled, worked_out
from salesflow.simulation.engine_numba.heap import take_row
from salesflow.simulation.engine_numba.layout import (
    CHOICE,
    COUNTED,
    DEADLINE,
    DEAL,
    DEAL_NUMBER,
    DEEPEST,
    EARLIER,
    EFFORT,
    END,
    ENTERED,
    ESCALATES,
    ESCALATION,
    EXPIRES,
    EXPIRY,
    FOURTH,
    GIVERS,
    HOME,
    ITEM_ROW,
    ITEM_SIZE,
    KEY,
    KIND,
    LATER,
    NODE,
    NOW,
    NUMBER,
    OF_DEAL,
    OF_SOURCE,
    OPEN,
    OWNER,
    PEOPLE,
    REWORKED,
    RUNNING,
    SCOPE,
    SCRATCH,
    SECOND,
    SOURCE,
    STARTED,
    STATE,
    THIRD,
    TIMER,
    TO_ENTER,
    TO_SKIP,
    VISIT_ROW,
    VISIT_SIZE,
    VISITS,
    WAIT,
    WAITING,
)
from salesflow.simulation.engine_numba.queues import join_queue
from salesflow.simulation.engine_numba.rows import (
    DEPTH,
    EFFORT_DRAW,
    EFFORT_TABLE,
    ENTRIES_AT,
    ESCALATE,
    LANE_GUARD,
    LANE_SIZE,
    LANE_START,
    LANES,
    LENGTH,
    N_MISSING,
    N_VISITS,
    NODE_CREW,
    NODE_KEY,
    NODE_KIND,
    NODE_MARK,
    NODE_NUMBER,
    NODE_STAGE,
    RANDOM,
    REQUIRES,
    SLA,
    SOURCE_KEY,
    SPAN_TABLE,
    START,
    TIMEOUT,
    VISITED,
    WAIT_DRAW,
    WAIT_TABLE,
)
from salesflow.simulation.engine_numba.scopes import new_scope, to_do
from salesflow.simulation.engine_numba.tables import add_open
from salesflow.simulation.engine_numba.visits import began, ends_at
from salesflow.simulation.program import BLOCK, NEVER, WORK


def enter(m: Ints, x: Floats, node: int, scope: int, givers: int) -> None:
    """A visit begins."""
    deal, now = m[scope + OF_DEAL], m[NOW]
    visit = _new_visit(m, node, scope, givers)
    if m[node + VISITED]:
        m[deal + m[node + VISITED]] = 1
    reach_mark(m, deal, m[node + NODE_MARK])
    if m[deal + COUNTED]:
        m[node + N_VISITS] += 1
        m[node + N_MISSING] += unfilled(m, x, m[node + REQUIRES], deal)
        cross(m, x, visit)
    if m[node + NODE_STAGE]:
        show_stage(m, deal, m[node + NODE_STAGE])
    span = m[node + SLA]
    m[visit + DEADLINE] = NEVER
    if span:
        m[visit + DEADLINE] = add_open(m, m[span + SPAN_TABLE], now, m[span + LENGTH])
    span = m[node + TIMEOUT]
    if span:
        m[visit + TIMER] = add_open(m, m[span + SPAN_TABLE], now, m[span + LENGTH])
        m[visit + EXPIRY] = _alarm(m, visit, m[visit + TIMER], EXPIRES)
    kind = m[node + NODE_KIND]
    if kind == WORK:
        _work(m, x, visit)
    elif kind == BLOCK:
        _open_block(m, x, visit)
    else:
        to_do(m, TO_ENTER, new_scope(m, deal, scope, visit), m[node + START], 0, givers)


def _new_visit(m: Ints, node: int, scope: int, givers: int) -> int:
    deal = m[scope + OF_DEAL]
    visit = take_row(m, VISIT_ROW, m[VISIT_SIZE])
    for column in range(ITEM_SIZE, PEOPLE):
        m[visit + column] = 0
    m[visit + HOME] = 0
    m[visit + DEAL] = deal
    m[visit + NODE] = node
    number = m[deal + m[node + ENTRIES_AT]]
    m[deal + m[node + ENTRIES_AT]] = number + 1
    if number and m[node + NODE_KIND] == WORK:
        m[deal + REWORKED] += 1
    m[visit + NUMBER] = number
    m[visit + SCOPE] = scope
    m[visit + ENTERED] = m[NOW]
    m[visit + GIVERS] = givers
    m[visit + STATE] = OPEN
    m[visit + STARTED] = -1
    m[visit + TIMER] = NEVER
    later = m[scope + VISITS]
    m[visit + LATER] = later
    if later:
        m[later + EARLIER] = visit
    m[scope + VISITS] = visit
    return visit


def _alarm(m: Ints, visit: int, instant: int, kind: int) -> int:
    """An event of a visit at an instant, 0 if that is never."""
    if instant >= m[END]:
        return 0
    node = m[visit + NODE]
    item = take_row(m, ITEM_ROW, ITEM_SIZE)
    m[item + OWNER] = visit
    m[item + KEY] = instant
    m[item + SECOND] = kind << KIND
    if kind == EXPIRES:
        m[item + SECOND] += DEEPEST - m[node + DEPTH]
    m[item + THIRD] = m[m[visit + DEAL] + DEAL_NUMBER]
    m[item + FOURTH] = m[node + NODE_NUMBER] << 33 | m[visit + NUMBER] << 1
    schedule(m, item)
    return item


def _work(m: Ints, x: Floats, visit: int) -> None:
    """Work is ready: it queues for its crew, or takes its time without."""
    node, deal, now = m[visit + NODE], m[visit + DEAL], m[NOW]
    effort, wait = m[node + EFFORT_DRAW], m[node + WAIT_DRAW]
    one = two = three = 0.5
    if m[node + RANDOM]:
        source = m[m[deal + SOURCE] + SOURCE_KEY]
        one, two, three = uniforms(
            m, m[node + NODE_KEY], source, m[deal + OF_SOURCE], m[visit + NUMBER]
        )
    if effort:
        m[visit + EFFORT] = whole(drawn(m, x, effort, one))
    if wait:
        m[visit + WAIT] = whole(drawn(m, x, wait, two))
    x[visit + CHOICE] = three
    if effort and m[node + NODE_CREW]:
        span = m[node + ESCALATE]
        if span:
            instant = add_open(m, m[span + SPAN_TABLE], now, m[span + LENGTH])
            m[visit + ESCALATION] = _alarm(m, visit, instant, ESCALATES)
        join_queue(m, x, visit)
        return
    m[visit + STARTED] = now
    began(m, visit, 0)
    instant = add_open(m, m[node + EFFORT_TABLE], now, m[visit + EFFORT])
    m[visit + STATE] = WAITING
    ends_at(m, visit, add_open(m, m[node + WAIT_TABLE], instant, m[visit + WAIT]))


def _open_block(m: Ints, x: Floats, visit: int) -> None:
    """Start every branch that runs for this deal; with none the block is done at once."""
    node, deal, scope = m[visit + NODE], m[visit + DEAL], m[visit + SCOPE]
    lanes = m[node + LANES]
    for each in range(m[lanes], 0, -1):  # the last to do is done first
        lane = lanes + 1 + (each - 1) * LANE_SIZE
        guard = m[lane + LANE_GUARD]
        if guard == 0 or worked_out(m, x, guard, deal, m[SCRATCH]) != 0.0:
            m[visit + RUNNING] += 1
            inner = new_scope(m, deal, scope, visit)
            to_do(m, TO_ENTER, inner, m[lane + LANE_START], 0, m[visit + GIVERS])
    if m[visit + RUNNING] == 0:
        to_do(m, TO_SKIP, scope, visit, 0, m[visit + GIVERS])
