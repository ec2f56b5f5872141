"""Work that waits for people.

Each role has a *post* for each crew it belongs to, and a post has *lines*: heaps in the role's
order. All that stands in a line can start or cannot: work of deals that have no keeper, and of each
keeper, apart. Only where more than that decides (several keepers, people who must differ) work
stands in one line that is looked through.
"""

import math

from salesflow.simulation.engine_numba.agenda import unschedule
from salesflow.simulation.engine_numba.compiled import Floats, Ints
from salesflow.simulation.engine_numba.heap import give_row, push, remove, take_row
from salesflow.simulation.engine_numba.layout import (
    CREW,
    DEADLINE,
    DEAL,
    DEAL_NUMBER,
    ENTERED,
    ENTRIES,
    ESCALATION,
    FOURTH,
    HOME,
    IN_QUEUES,
    ITEM_ROW,
    ITEM_SIZE,
    KEY,
    NODE,
    NOW,
    NUMBER,
    OWNER,
    PART,
    POST,
    QUEUE_BEFORE,
    QUEUE_NEXT,
    QUEUED,
    SCRATCH,
    SECOND,
    SIBLING,
    STATE,
    STUCK,
    THIRD,
    TIMER,
    WARMUP,
    WORTH,
)
from salesflow.simulation.engine_numba.people import BITS, look
from salesflow.simulation.engine_numba.rows import (
    APART,
    FILLED_LINES,
    KEEPER,
    KEEPING,
    LINES,
    MIXED,
    NODE_CREW,
    NODE_NUMBER,
    ORDER,
    OWN_QUEUE,
    PART_VALUE,
    POST_CREW,
    POST_ROLE,
    POSTS,
    QUEUE_LENGTH,
    R_QUEUE,
    STANDING,
)
from salesflow.simulation.program import EARLIEST_DEADLINE, LARGEST, NEWEST

_FIXED = 2  # lines of a post before those of its keepers
_SIGN = (1 << 63) - 1


def worth(m: Ints, x: Floats, deal: int) -> int:
    """What a deal is worth, as a number that sorts as the value does; unfilled is the least."""
    field, scratch = m[m[deal + PART] + PART_VALUE], m[SCRATCH]
    value = x[deal + field] if field else -math.inf
    if math.isnan(value):
        value = -math.inf
    x[scratch] = value + 0.0  # -0 is 0
    bits = m[scratch]
    return bits if bits >= 0 else bits ^ _SIGN


def _key(m: Ints, visit: int, order: int) -> int:
    if order == NEWEST:
        return -m[visit + ENTERED]
    if order == LARGEST:
        return ~m[visit + WORTH]
    if order == EARLIEST_DEADLINE:
        return min(m[visit + DEADLINE], m[visit + TIMER])
    return m[visit + ENTERED]


def _line(m: Ints, visit: int, post: int) -> int:
    crew, lines = m[post + POST_CREW], m[post + LINES]
    if m[crew + MIXED] or m[m[m[visit + NODE] + APART]]:
        return lines + 1
    keeping = m[crew + KEEPING]
    if keeping == 0:
        return lines
    keeper = m[m[visit + DEAL] + m[keeping + KEEPER]]
    return lines if keeper < 0 else lines + _FIXED + keeper


def stand(m: Ints, item: int) -> None:
    """Put an item into the line of its post where it belongs now."""
    post, visit = m[item + POST], m[item + OWNER]
    line = _line(m, visit, post)
    push(m, line, item)
    m[post + QUEUE_LENGTH] += 1
    m[m[post + POST_ROLE] + STANDING] += 1
    keeper = line - m[post + LINES] - _FIXED
    if keeper >= 0:
        m[m[post + FILLED_LINES] + keeper // BITS] |= 1 << keeper % BITS


def unstand(m: Ints, item: int) -> None:
    """Take an item out of its line."""
    post, line = m[item + POST], m[item + HOME]
    remove(m, item)
    m[post + QUEUE_LENGTH] -= 1
    m[m[post + POST_ROLE] + STANDING] -= 1
    keeper = line - m[post + LINES] - _FIXED
    if keeper >= 0 and m[line] == 0:
        m[m[post + FILLED_LINES] + keeper // BITS] ^= 1 << keeper % BITS


def ask(m: Ints, visit: int, crew: int) -> None:
    """Put a visit into the queues of all roles of a crew; the first item is the visit itself."""
    posts, other = m[crew + POSTS], crew != m[m[visit + NODE] + NODE_CREW]
    for each in range(m[posts]):
        post = m[posts + 1 + each]
        role = m[post + POST_ROLE]
        item = visit
        if other or each:
            item = take_row(m, ITEM_ROW, ITEM_SIZE)
            m[item + SIBLING] = m[visit + ENTRIES]
            m[visit + ENTRIES] = item
        m[item + OWNER] = visit
        m[item + POST] = post
        m[item + KEY] = _key(m, visit, m[role + ORDER])
        m[item + SECOND] = m[visit + ENTERED]
        m[item + THIRD] = m[m[visit + DEAL] + DEAL_NUMBER]
        m[item + FOURTH] = (
            m[m[visit + NODE] + NODE_NUMBER] << 33 | m[visit + NUMBER] << 1 | int(other)
        )
        stand(m, item)
        look(m, role)


def join_queue(m: Ints, x: Floats, visit: int) -> None:
    """Work is ready."""
    crew, deal = m[m[visit + NODE] + NODE_CREW], m[visit + DEAL]
    m[visit + STATE] = QUEUED
    m[visit + CREW] = crew
    m[visit + WORTH] = worth(m, x, deal)
    following = m[deal + IN_QUEUES]
    m[visit + QUEUE_NEXT] = following
    m[visit + QUEUE_BEFORE] = 0
    if following:
        m[following + QUEUE_BEFORE] = visit
    m[deal + IN_QUEUES] = visit
    ask(m, visit, crew)
    _count(m, crew, 1)


def _count(m: Ints, crew: int, change: int) -> None:
    posts, moment = m[crew + POSTS], max(m[NOW], m[WARMUP])
    for each in range(m[posts]):
        role = m[m[posts + 1 + each] + POST_ROLE]
        m[role + OWN_QUEUE] += change
        m[role + R_QUEUE] -= change * moment


def leave_queue(m: Ints, visit: int) -> None:
    """Work starts, or is withdrawn."""
    unstand(m, visit)
    entry = m[visit + ENTRIES]
    while entry:
        unstand(m, entry)
        following = m[entry + SIBLING]
        give_row(m, ITEM_ROW, entry)
        entry = following
    m[visit + ENTRIES] = 0
    drop_item(m, m[visit + ESCALATION])
    m[visit + ESCALATION] = 0
    before, following = m[visit + QUEUE_BEFORE], m[visit + QUEUE_NEXT]
    if before:
        m[before + QUEUE_NEXT] = following
    else:
        m[m[visit + DEAL] + IN_QUEUES] = following
    if following:
        m[following + QUEUE_BEFORE] = before
    _count(m, m[m[visit + NODE] + NODE_CREW], -1)
    m[visit + STATE] = STUCK


def drop_item(m: Ints, item: int) -> None:
    """Take back an item that is a row of its own; 0 is none."""
    if item:
        if m[item + HOME]:
            unschedule(m, item)
        give_row(m, ITEM_ROW, item)


def stand_again(m: Ints, deal: int, role: int) -> None:
    """A deal has a keeper now: its work that hangs on this role goes into other lines."""
    visit = m[deal + IN_QUEUES]
    while visit:
        item = visit
        following = m[visit + ENTRIES]
        while item:
            if m[m[m[item + POST] + POST_CREW] + KEEPING] == role:
                unstand(m, item)
                stand(m, item)
            item = following
            if item:
                following = m[item + SIBLING]
        visit = m[visit + QUEUE_NEXT]
