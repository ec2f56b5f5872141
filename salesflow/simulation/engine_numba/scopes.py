"""Scopes: what is to do in them, and how all in them is withdrawn."""

from salesflow.simulation.engine_numba.compiled import Ints
from salesflow.simulation.engine_numba.heap import give_row, take_row
from salesflow.simulation.engine_numba.layout import (
    CHAIN,
    HOLDER,
    IN_SCOPE,
    NEXT_SCOPE,
    NEXT_TASK,
    NEXT_THREAD,
    OF_DEAL,
    ORIGIN,
    OUTER,
    SCOPE_ROW,
    SCOPE_SIZE,
    SCOPES,
    SUBJECT,
    TASK_GIVERS,
    TASK_ROW,
    TASK_SIZE,
    TASKS,
    THREAD_ROW,
    THREADS,
    TO_ENTER,
    VISITS,
    WHAT,
)
from salesflow.simulation.engine_numba.visits import WITHDRAWN, halt, over


def to_do(m: Ints, what: int, scope: int, subject: int, origin: int, givers: int) -> None:
    """Put a procedure on top of those to do."""
    task = _new_task(m, what, scope, subject, givers)
    m[task + ORIGIN] = origin
    m[task + NEXT_TASK] = m[TASKS]
    m[TASKS] = task


def to_enter_last(m: Ints, node: int, scope: int, givers: int) -> None:
    """Begin a visit when all that is to do now is done."""
    task = _new_task(m, TO_ENTER, scope, node, givers)
    m[task + NEXT_TASK] = 0
    last = TASKS
    while m[last]:
        last = m[last] + NEXT_TASK
    m[last] = task


def _new_task(m: Ints, what: int, scope: int, subject: int, givers: int) -> int:
    task = take_row(m, TASK_ROW, TASK_SIZE)
    m[task + WHAT] = what
    m[task + IN_SCOPE] = scope
    m[task + SUBJECT] = subject
    m[task + TASK_GIVERS] = givers
    return task


def new_scope(m: Ints, deal: int, outer: int, holder: int) -> int:
    """A scope with nothing in it: of a deal, or one of a visit's."""
    scope = take_row(m, SCOPE_ROW, SCOPE_SIZE)
    m[scope + OF_DEAL] = deal
    m[scope + OUTER] = outer
    m[scope + HOLDER] = holder
    m[scope + VISITS] = 0
    m[scope + THREADS] = 0
    m[scope + NEXT_SCOPE] = 0
    if holder:
        m[scope + NEXT_SCOPE] = m[holder + SCOPES]
        m[holder + SCOPES] = scope
    return scope


def _drop_tasks(m: Ints, scope: int) -> bool:
    """Drop procedures that are to be done in a scope; whether there were any."""
    found = False
    before, task = 0, m[TASKS]
    while task:
        following = m[task + NEXT_TASK]
        inside = m[task + IN_SCOPE]
        while inside and inside != scope:
            inside = m[inside + OUTER]
        if inside:
            found = True
            if before:
                m[before + NEXT_TASK] = following
            else:
                m[TASKS] = following
            give_row(m, TASK_ROW, task)
        else:
            before = task
        task = following
    return found


def clear(m: Ints, scope: int) -> bool:
    """Withdraw all that is in a scope, and on its way there; whether there was anything."""
    found = _drop_tasks(m, scope)
    m[scope + CHAIN] = 0
    chain = scope
    while chain:
        inner, chain = chain, m[chain + CHAIN]
        thread = m[inner + THREADS]
        m[inner + THREADS] = 0
        while thread:
            found = True
            following = m[thread + NEXT_THREAD]
            give_row(m, THREAD_ROW, thread)
            thread = following
        while m[inner + VISITS]:
            found = True
            visit = m[inner + VISITS]
            chain = _chain_up(m, visit, chain)
            halt(m, visit)
            over(m, visit, WITHDRAWN)
        if inner != scope:
            give_row(m, SCOPE_ROW, inner)
    return found


def _chain_up(m: Ints, visit: int, chain: int) -> int:
    scope = m[visit + SCOPES]
    m[visit + SCOPES] = 0
    while scope:
        m[scope + CHAIN] = chain
        chain = scope
        scope = m[scope + NEXT_SCOPE]
    return chain


def empty(m: Ints, visit: int) -> None:
    """Withdraw all that is in a block or a run."""
    while m[visit + SCOPES]:
        scope = m[visit + SCOPES]
        m[visit + SCOPES] = m[scope + NEXT_SCOPE]
        clear(m, scope)
        give_row(m, SCOPE_ROW, scope)
