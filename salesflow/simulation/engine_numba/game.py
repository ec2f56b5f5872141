"""The token game on the clock: how a visit ends, and the procedures that follow from it.

The procedures are those of ``process/course.py``, under their names there.
"""

from salesflow.simulation.engine_numba.compiled import Floats, Ints
from salesflow.simulation.engine_numba.counting import reach_mark
from salesflow.simulation.engine_numba.deals import end_deal, unfinished
from salesflow.simulation.engine_numba.entering import enter
from salesflow.simulation.engine_numba.evaluate import fill, settle_fields, worked_out
from salesflow.simulation.engine_numba.heap import give_row, take_row
from salesflow.simulation.engine_numba.layout import (
    CAME_FROM,
    CHOICE,
    COUNTED,
    DEAL,
    FINISHED,
    GIVERS,
    HOLDER,
    IN_SCOPE,
    NEXT_TASK,
    NEXT_THREAD,
    NODE,
    NOW,
    NUMBER,
    OF_DEAL,
    ORIGIN,
    OUTER,
    RUNNING,
    SCOPE,
    SCRATCH,
    STATE,
    STUCK,
    SUBJECT,
    TAKES,
    TAKES_AT,
    TASK_GIVERS,
    TASK_ROW,
    TASKS,
    THREAD_GIVERS,
    THREAD_ROW,
    THREAD_SIZE,
    THREADS,
    TIMER,
    TO_ARRIVE,
    TO_END,
    TO_END_RUN,
    TO_ENTER,
    TO_FINISH,
    TO_LEAVE,
    UNION,
    WAIT,
    WAITING,
    WAITS_AT,
    WHAT,
    WORKING,
)
from salesflow.simulation.engine_numba.rows import (
    AT_MOST,
    CAPTURES,
    CHOSEN,
    COUNTER,
    DONE_WAY,
    GIVES,
    GUARD,
    LEAD_SIZE,
    LEADS,
    NEED,
    NODE_KIND,
    OTHERWISE,
    RUN_KIND,
    RUN_WAY,
    SETTINGS,
    SHARE,
    TIMEOUT_WAY,
    W_TAKEN,
    WAIT_TABLE,
    WAITS_FOR,
    WAY_CAPTURES,
    WAY_MARK,
    WAY_NODE,
    WAY_SIZE,
    WAYS,
)
from salesflow.simulation.engine_numba.scopes import clear, empty, to_do, to_enter_last
from salesflow.simulation.engine_numba.tables import add_open
from salesflow.simulation.engine_numba.visits import (
    BY_ITSELF,
    TIMED_OUT,
    ends_at,
    halt,
    over,
    stop,
)
from salesflow.simulation.program import DISQUALIFIED, LOST, NEVER, RUN

MOST_TAKES = 10_000  # results of one deal at one instant


def end(m: Ints, x: Floats, visit: int) -> None:
    """The effort or the time of a visit has passed."""
    node, now = m[visit + NODE], m[NOW]
    if m[visit + STATE] == WORKING:
        stop(m, visit, True)
        if m[visit + WAIT]:
            m[visit + STATE] = WAITING
            ends_at(m, visit, add_open(m, m[node + WAIT_TABLE], now, m[visit + WAIT]))
            return
    m[visit + STATE] = STUCK
    fill(m, x, m[node + CAPTURES], m[visit + DEAL], m[visit + NUMBER])
    take(m, x, visit, choose(m, x, visit), thread_givers(m, visit), BY_ITSELF)


def expire(m: Ints, x: Floats, visit: int) -> None:
    """The timer of a visit takes its result, whatever is going on in it."""
    m[visit + TIMER] = NEVER
    halt(m, visit)
    empty(m, visit)
    way = m[m[visit + NODE] + TIMEOUT_WAY]
    take(m, x, visit, way, thread_givers(m, visit), TIMED_OUT)


def thread_givers(m: Ints, visit: int) -> int:
    """Whose work a thread comes from when a visit has ended."""
    own = m[m[visit + NODE] + GIVES]
    return own or m[visit + GIVERS]


def choose(m: Ints, x: Floats, visit: int) -> int:
    """One of the results that are enabled, by shares; 0 where the deal is stuck."""
    node, deal = m[visit + NODE], m[visit + DEAL]
    enabled = m[SCRATCH]
    number, total, even = 0, 0.0, False
    for each in range(m[node + CHOSEN]):
        way = m[node + WAYS] + each * WAY_SIZE
        if m[way + AT_MOST] >= 0 and m[deal + m[way + COUNTER]] >= m[way + AT_MOST]:
            continue
        guard = m[way + GUARD]
        if guard and worked_out(m, x, guard, deal, enabled + number) == 0.0:
            continue
        m[enabled + number] = way
        number += 1
        total += x[way + SHARE]
        even = even or x[way + SHARE] < 0.0
    if number == 0:
        return m[node + OTHERWISE]
    if number == 1:
        return m[enabled]
    if even:
        total = float(number)
    return _weighed(m, x, number, even, x[visit + CHOICE] * total)


def _weighed(m: Ints, x: Floats, number: int, even: bool, mark: float) -> int:
    enabled = m[SCRATCH]
    running, last = 0.0, 0
    for each in range(number):
        way = m[enabled + each]
        weight = 1.0 if even else x[way + SHARE]
        if weight > 0.0:
            running += weight
            last = way
            if mark < running:
                break
    return last


def take(m: Ints, x: Floats, visit: int, way: int, givers: int, how: int) -> None:
    """The deal leaves a visit by a result; without one (0) the visit is stuck."""
    deal, scope, number, now = m[visit + DEAL], m[visit + SCOPE], m[visit + NUMBER], m[NOW]
    if m[deal + TAKES_AT] != now:
        m[deal + TAKES_AT] = now
        m[deal + TAKES] = 0
    if way == 0 or m[deal + TAKES] >= MOST_TAKES:
        m[visit + STATE] = STUCK
        return
    m[deal + TAKES] += 1
    over(m, visit, how)
    m[way + W_TAKEN] += m[deal + COUNTED]
    reach_mark(m, deal, m[way + WAY_MARK])
    if m[way + COUNTER]:
        m[deal + m[way + COUNTER]] += 1
    settle_fields(m, x, m[way + SETTINGS], deal)
    fill(m, x, m[way + WAY_CAPTURES], deal, number)
    leads = m[way + LEADS]
    for each in range(m[leads], 0, -1):  # the last to do is done first
        lead = leads + 1 + (each - 1) * LEAD_SIZE
        to_do(m, m[lead], scope, m[lead + 1], m[way + WAY_NODE], givers)


def arrive(m: Ints, x: Floats, node: int, origin: int, scope: int, givers: int) -> None:
    """The deal comes from one node to another."""
    awaited = m[node + WAITS_FOR]
    if m[awaited] == 0:
        enter(m, x, node, scope, givers)
        return
    thread = take_row(m, THREAD_ROW, THREAD_SIZE)
    m[thread + WAITS_AT] = node
    m[thread + CAME_FROM] = origin
    m[thread + THREAD_GIVERS] = givers
    m[thread + NEXT_THREAD] = m[scope + THREADS]
    m[scope + THREADS] = thread
    for each in range(m[awaited]):
        if _oldest(m, scope, node, m[awaited + 1 + each]) < 0:
            return
    union = 0
    for each in range(m[awaited]):
        union |= _taken(m, scope, node, m[awaited + 1 + each])
    to_enter_last(m, node, scope, union)  # a move of its own in the game: after this one


def _oldest(m: Ints, scope: int, node: int, origin: int) -> int:
    """Where the first thread that came from a node to wait at another stands; -1 for none.

    New ones come to the front, so it is the last in the list: what is told is the word that names
    it.
    """
    found, before = -1, scope + THREADS
    while m[before]:
        thread = m[before]
        if m[thread + WAITS_AT] == node and m[thread + CAME_FROM] == origin:
            found = before
        before = thread + NEXT_THREAD
    return found


def _taken(m: Ints, scope: int, node: int, origin: int) -> int:
    """The givers of the oldest such thread, which waits no longer."""
    before = _oldest(m, scope, node, origin)
    thread = m[before]
    m[before] = m[thread + NEXT_THREAD]
    givers = m[thread + THREAD_GIVERS]
    give_row(m, THREAD_ROW, thread)
    return givers


def finish(m: Ints, x: Floats, lane: int, givers: int) -> None:
    """A branch is done; when the join is met, so is its block."""
    deal, block = m[lane + OF_DEAL], m[lane + HOLDER]
    if clear(m, lane):
        unfinished(m, deal)
    m[block + FINISHED] += 1
    m[block + UNION] |= givers
    node, need = m[block + NODE], m[block + RUNNING]
    if m[node + NEED]:
        need = min(need, m[node + NEED])
    if m[block + FINISHED] >= need:
        empty(m, block)
        take(m, x, block, m[node + DONE_WAY], m[block + UNION], BY_ITSELF)


def end_run(m: Ints, x: Floats, scope: int, outcome: int, givers: int) -> None:
    """A run ends with an outcome of its process."""
    deal = m[scope + OF_DEAL]
    while m[m[m[scope + HOLDER] + NODE] + NODE_KIND] != RUN:
        scope = m[scope + OUTER]
    run = m[scope + HOLDER]
    left = clear(m, scope)
    if left and m[outcome + RUN_KIND] != LOST and m[outcome + RUN_KIND] != DISQUALIFIED:
        unfinished(m, deal)
    empty(m, run)
    take(m, x, run, m[outcome + RUN_WAY], givers, BY_ITSELF)


def proceed(m: Ints, x: Floats) -> None:
    """Do the next procedure."""
    task = m[TASKS]
    m[TASKS] = m[task + NEXT_TASK]
    what, scope, subject = m[task + WHAT], m[task + IN_SCOPE], m[task + SUBJECT]
    origin, givers = m[task + ORIGIN], m[task + TASK_GIVERS]
    give_row(m, TASK_ROW, task)
    if what == TO_ARRIVE:
        arrive(m, x, subject, origin, scope, givers)
    elif what == TO_ENTER:
        enter(m, x, subject, scope, givers)
    elif what == TO_END:
        end_deal(m, x, m[scope + OF_DEAL], subject)
    elif what == TO_FINISH:
        finish(m, x, scope, givers)
    elif what == TO_LEAVE:
        block = m[scope + HOLDER]
        empty(m, block)
        take(m, x, block, subject, givers, BY_ITSELF)
    elif what == TO_END_RUN:
        end_run(m, x, scope, subject, givers)
    else:  # TO_SKIP
        take(m, x, subject, m[m[subject + NODE] + DONE_WAY], givers, BY_ITSELF)
