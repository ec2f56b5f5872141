"""People look for work: again and again the first in the role's order that can start now."""

from salesflow.simulation.engine_numba.agenda import schedule
from salesflow.simulation.engine_numba.compiled import Floats, Ints, lowest
from salesflow.simulation.engine_numba.heap import precedes
from salesflow.simulation.engine_numba.layout import (
    BEFORE,
    CHILD,
    DEAL,
    END,
    FOURTH,
    HOME,
    KEY,
    KIND,
    LOOK,
    NEXT,
    NODE,
    NOW,
    OPENS,
    OWNER,
    POST,
    ROLE_COUNT,
    ROLES,
    ROLES_A_BIT,
    SECOND,
    THIRD,
)
from salesflow.simulation.engine_numba.people import BITS, barred, look, lowest_free, picked
from salesflow.simulation.engine_numba.rows import (
    APART,
    BIT_WORDS,
    CREW_TABLE,
    FILLED_LINES,
    FREE_BITS,
    FREE_COUNT,
    KEEPING,
    LEADER,
    LINES,
    LOOKS,
    MAX_OPEN,
    POST_CREW,
    POST_ROLE,
    POSTS,
    QUEUE_LENGTH,
    ROLE_POSTS,
    ROLE_SIZE,
    STANDING,
    TABLE_NUMBER,
    TABLE_ROLES,
)
from salesflow.simulation.engine_numba.tables import opening
from salesflow.simulation.engine_numba.visits import start


def _earlier(m: Ints, best: int, item: int) -> int:
    return item if item and (best == 0 or precedes(m, item, best)) else best


def _can_start(m: Ints, item: int, crew: int) -> bool:
    visit = m[item + OWNER]
    deal, posts = m[visit + DEAL], m[crew + POSTS]
    without = barred(m, visit) if m[m[m[visit + NODE] + APART]] else 0
    for each in range(m[posts]):
        role = m[m[posts + 1 + each] + POST_ROLE]
        if picked(m, role, deal, without if role == m[crew + LEADER] else 0) < 0:
            return False
    return True


def _look_through(m: Ints, best: int, root: int, crew: int) -> int:
    """The first item of a heap that can start, if it comes before ``best``.

    What lies below an item comes after it: it is looked at only where the item cannot start.
    """
    item = root
    while item:
        down = False
        if best == 0 or precedes(m, item, best):
            if _can_start(m, item, crew):
                best = item
            else:
                down = m[item + CHILD] != 0
        if down:
            item = m[item + CHILD]
            continue
        while item and m[item + NEXT] == 0:  # back up to where there is a next one
            before = m[item + BEFORE]
            while before and m[before + CHILD] != item:
                item, before = before, m[before + BEFORE]
            item = before
        if item:
            item = m[item + NEXT]
    return best


def _first_at(m: Ints, best: int, post: int, crew: int) -> int:
    """The first item of a post that can start, if it comes before ``best``."""
    lines, keeping = m[post + LINES], m[crew + KEEPING]
    if m[lines] and (keeping == 0 or lowest_free(m, keeping, m[keeping + MAX_OPEN], 0) >= 0):
        best = _earlier(m, best, m[lines])
    if m[lines + 1]:
        best = _look_through(m, best, m[lines + 1], crew)
    if keeping:
        for at in range(m[keeping + BIT_WORDS]):
            bits = m[m[post + FILLED_LINES] + at] & m[m[keeping + FREE_BITS] + at]
            while bits:
                keeper = at * BITS + lowest(bits)
                best = _earlier(m, best, m[lines + 2 + keeper])
                bits &= bits - 1
    return best


def _all_free(m: Ints, crew: int) -> bool:
    posts = m[crew + POSTS]
    for each in range(m[posts]):
        if m[m[m[posts + 1 + each] + POST_ROLE] + FREE_COUNT] == 0:
            return False
    return True


def _first(m: Ints, role: int) -> int:
    """The first item in a role's queues that can start now, 0 if there is none."""
    best = 0
    posts = m[role + ROLE_POSTS]
    for each in range(m[posts]):
        post = m[posts + 1 + each]
        if m[post + QUEUE_LENGTH]:
            crew = m[post + POST_CREW]
            if _all_free(m, crew) and opening(m, m[crew + CREW_TABLE]) == m[NOW]:
                best = _first_at(m, best, post, crew)
    return best


def _wake(m: Ints, role: int) -> None:
    """Where work waits for a calendar to open, look again then."""
    posts = m[role + ROLE_POSTS]
    for each in range(m[posts]):
        post = m[posts + 1 + each]
        table = m[m[post + POST_CREW] + CREW_TABLE]
        if m[post + QUEUE_LENGTH] and table and m[table + HOME] == 0:
            opens = opening(m, table)
            if m[NOW] < opens < m[END]:
                m[table + OWNER] = table
                m[table + KEY] = opens
                m[table + SECOND] = OPENS << KIND
                m[table + THIRD] = m[table + TABLE_NUMBER]
                m[table + FOURTH] = 0
                schedule(m, table)


def open_up(m: Ints, table: int) -> None:
    """A table opens: all who work by it look for work."""
    roles = m[table + TABLE_ROLES]
    for each in range(m[roles]):
        look(m, m[roles + 1 + each])


def look_for_work(m: Ints, x: Floats) -> None:
    """All roles for which something changed start what they can, in order of their numbers."""
    bits, width = m[LOOK], m[ROLES_A_BIT]
    m[LOOK] = 0
    while bits:
        first = lowest(bits) * width
        for each in range(first, min(first + width, m[ROLE_COUNT])):
            role = m[ROLES] + each * ROLE_SIZE
            if m[role + LOOKS]:
                m[role + LOOKS] = 0
                _start_all(m, x, role)
        bits &= bits - 1


def _start_all(m: Ints, x: Floats, role: int) -> None:
    while m[role + STANDING] and m[role + FREE_COUNT]:
        item = _first(m, role)
        if item == 0:
            break
        start(m, x, m[item + OWNER], m[m[item + POST] + POST_CREW])
    if m[role + STANDING]:
        _wake(m, role)
