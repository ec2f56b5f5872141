"""The loop: event after event, and when an instant is over people look for work."""

from salesflow.simulation.engine_numba.agenda import next_instant, unschedule
from salesflow.simulation.engine_numba.closing import close
from salesflow.simulation.engine_numba.compiled import Floats, Ints
from salesflow.simulation.engine_numba.counting import note
from salesflow.simulation.engine_numba.deals import come, expect
from salesflow.simulation.engine_numba.dispatch import look_for_work, open_up
from salesflow.simulation.engine_numba.game import end, expire, proceed
from salesflow.simulation.engine_numba.heap import give_row
from salesflow.simulation.engine_numba.layout import (
    AGENDA,
    ARRIVES,
    BEGUN,
    DAYS,
    DEAL_COUNT,
    END,
    ENDS,
    ESCALATION,
    EXPIRES,
    EXPIRY,
    HOURS,
    ITEM_ROW,
    KIND,
    LIMIT,
    LOOK,
    NODE,
    NOW,
    NUMBER,
    OPEN_DEALS,
    OPENS,
    OWNER,
    REACHED,
    RESERVE,
    ROLE_COUNT,
    ROLES,
    SECOND,
    SOURCE_COUNT,
    SOURCES,
    TASKS,
    THIRD,
    TICK,
    TOP,
    WARMUP,
    WEEK,
)
from salesflow.simulation.engine_numba.queues import ask
from salesflow.simulation.engine_numba.rows import (
    ESCALATE_CREW,
    FREE_COUNT,
    HEADCOUNT,
    NODE_NUMBER,
    R_WEEK,
    ROLE_SIZE,
    ROLE_TABLE,
    SOURCE_SIZE,
)
from salesflow.simulation.engine_numba.tables import opening

HOUR = 3_600_000
OVER, GOES_ON, NEEDS_ROOM = range(3)


def happen(m: Ints, x: Floats, event: int) -> None:
    """The first event happens."""
    kind, owner, number = m[event + SECOND] >> KIND, m[event + OWNER], m[event + THIRD]
    unschedule(m, event)
    if kind == OPENS:
        open_up(m, owner)
        return
    if kind == ARRIVES:
        note(m, ARRIVES, m[DEAL_COUNT], number, 0)
        come(m, x, owner)
        expect(m, x, owner)
        return
    note(m, kind, number, m[m[owner + NODE] + NODE_NUMBER], m[owner + NUMBER])
    if kind == ENDS:
        end(m, x, owner)
        return
    give_row(m, ITEM_ROW, event)
    if kind == EXPIRES:
        m[owner + EXPIRY] = 0
        expire(m, x, owner)
    else:
        m[owner + ESCALATION] = 0
        ask(m, owner, m[m[owner + NODE] + ESCALATE_CREW])


def tick(m: Ints) -> None:
    """A whole hour: see who is at work and how many deals are open."""
    hour = m[NOW] // HOUR
    if m[NOW] >= m[WARMUP]:
        of_week = m[m[HOURS] + hour]
        m[m[WEEK] + of_week] += 1
        for each in range(m[ROLE_COUNT]):
            role = m[ROLES] + each * ROLE_SIZE
            if opening(m, m[role + ROLE_TABLE]) == m[NOW]:
                busy = m[role + HEADCOUNT] - m[role + FREE_COUNT]
                m[m[role + R_WEEK] + of_week] += busy
    if hour % 24 == 0:
        m[m[DAYS] + hour // 24] = m[OPEN_DEALS]


def advance(m: Ints) -> bool:
    """All of an instant is done: go on to the next, if there is one before the end."""
    if m[TICK] == m[NOW]:
        tick(m)
        m[TICK] += HOUR
    following = min(next_instant(m), m[TICK])
    if following >= m[END]:
        close(m)
        return False
    m[NOW] = following
    return True


def begin(m: Ints, x: Floats) -> None:
    """Instant 0: of each source the first deal will come."""
    m[BEGUN] = 1
    for each in range(m[SOURCE_COUNT]):
        expect(m, x, m[SOURCES] + each * SOURCE_SIZE)


def play_on(m: Ints, x: Floats, budget: int) -> int:
    """Play up to so many steps; whether it is over, goes on, or needs more memory."""
    if m[BEGUN] == 0:
        begin(m, x)
    for _ in range(budget):
        if m[TOP] + m[RESERVE] > m[LIMIT]:
            return NEEDS_ROOM
        if m[TASKS]:
            proceed(m, x)
        elif m[AGENDA] and m[REACHED] == m[NOW]:
            happen(m, x, m[AGENDA])
        elif m[LOOK]:
            look_for_work(m, x)
        elif not advance(m):
            return OVER
    return GOES_ON
