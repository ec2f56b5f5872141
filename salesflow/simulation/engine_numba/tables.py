"""Open time: where now lies in a table, and when so much open time will have passed.

Table 0 is always open. Time only goes on, so each table remembers the first stretch that closes
after now.
"""

from salesflow.simulation.engine_numba.compiled import Ints
from salesflow.simulation.engine_numba.layout import (
    NOW,
)
from salesflow.simulation.engine_numba.rows import (
    CURSOR,
    STRETCHES,
    TABLE_CLOSES,
    TABLE_OPENS,
    TABLE_PASSED,
)
from salesflow.simulation.program import NEVER


def current(m: Ints, table: int) -> int:
    """The first stretch of a table that closes after now."""
    at, closes, last, now = m[table + CURSOR], m[table + TABLE_CLOSES], m[table + STRETCHES], m[NOW]
    while at < last and m[closes + at] <= now:
        at += 1
    m[table + CURSOR] = at
    return at


def opening(m: Ints, table: int) -> int:
    """When a table is open: now, or the next time."""
    if table == 0:
        return m[NOW]
    at = current(m, table)
    if at == m[table + STRETCHES]:
        return NEVER
    return max(m[m[table + TABLE_OPENS] + at], m[NOW])


def stretch_at(m: Ints, table: int, instant: int) -> int:
    """The first stretch that closes after an instant."""
    if instant == m[NOW]:
        return current(m, table)
    low, high, closes = 0, m[table + STRETCHES], m[table + TABLE_CLOSES]
    while low < high:
        middle = (low + high) >> 1
        if m[closes + middle] <= instant:
            low = middle + 1
        else:
            high = middle
    return low


def passed(m: Ints, table: int, instant: int) -> int:
    """The open time from the start up to an instant."""
    if table == 0:
        return instant
    at = stretch_at(m, table, instant)
    before = m[m[table + TABLE_PASSED] + at]
    if at == m[table + STRETCHES]:
        return before
    return before + max(instant - m[m[table + TABLE_OPENS] + at], 0)


def add_open(m: Ints, table: int, instant: int, length: int) -> int:
    """The first instant until which so much open time has passed since another."""
    if length == 0:
        return instant
    if instant >= NEVER or length >= NEVER:
        return NEVER
    if table == 0:
        return min(instant + length, NEVER)
    at, last, sums = stretch_at(m, table, instant), m[table + STRETCHES], m[table + TABLE_PASSED]
    if at == last:
        return NEVER
    target = m[sums + at] + max(instant - m[m[table + TABLE_OPENS] + at], 0) + length
    if target > m[sums + last]:
        return NEVER
    step = 1
    while at + step < last and m[sums + at + step] < target:
        at += step
        step += step
    high = min(at + step, last)
    while at + 1 < high:  # passed before `at` < target <= passed before `high`
        middle = (at + high) >> 1
        if m[sums + middle] < target:
            at = middle
        else:
            high = middle
    return m[m[table + TABLE_OPENS] + at] + target - m[sums + at]
