"""The events to come: a heap with four children to a node, in one stretch of memory.

An entry is the instant and the item of an event, which knows its place, so that it can be taken
back: what is withdrawn leaves nothing behind. When the stretch is full, one twice as long is laid.
"""

from salesflow.simulation.engine_numba.compiled import Ints
from salesflow.simulation.engine_numba.heap import precedes
from salesflow.simulation.engine_numba.layout import (
    AGENDA,
    AGENDA_LENGTH,
    AGENDA_ROOM,
    CHILD,
    HOME,
    KEY,
    RESERVE,
    TOP,
)

ENTRY = 2  # words
_WAYS = 2  # a node has 1 << _WAYS children


def schedule(m: Ints, item: int) -> None:
    """An event will happen, at the instant in its item's KEY."""
    place = m[AGENDA_LENGTH]
    if place == m[AGENDA_ROOM]:
        _lengthen(m)
    m[AGENDA_LENGTH] = place + 1
    m[item + HOME] = AGENDA
    _rise(m, place, item)


def unschedule(m: Ints, item: int) -> None:
    """An event happens, or never will."""
    place, last = m[item + CHILD], m[AGENDA_LENGTH] - 1
    m[item + HOME] = 0
    m[AGENDA_LENGTH] = last
    if place == last:
        return
    moved = m[m[AGENDA] + last * ENTRY + 1]
    above = m[AGENDA] + ((place - 1) >> _WAYS) * ENTRY
    if place and _comes_before(m, m[moved + KEY], moved, above):
        _rise(m, place, moved)
    else:
        _sink(m, place, moved)


def _lengthen(m: Ints) -> None:
    """One procedure adds less than there is room for: once is enough, and is in the reserve."""
    begin, old, room = m[TOP], m[AGENDA], m[AGENDA_ROOM]
    for at in range(room * ENTRY):
        m[begin + at] = m[old + at]
    m[AGENDA] = begin
    m[AGENDA_ROOM] = 2 * room
    m[TOP] = begin + 2 * room * ENTRY
    m[RESERVE] += 2 * room * ENTRY


def _comes_before(m: Ints, key: int, item: int, entry: int) -> bool:
    if key != m[entry]:
        return key < m[entry]
    return precedes(m, item, m[entry + 1])


def _lay(m: Ints, place: int, key: int, item: int) -> None:
    entry = m[AGENDA] + place * ENTRY
    m[entry] = key
    m[entry + 1] = item
    m[item + CHILD] = place


def _rise(m: Ints, place: int, item: int) -> None:
    """Put an item at a place or above it."""
    key, first = m[item + KEY], m[AGENDA]
    while place:
        above = (place - 1) >> _WAYS
        entry = first + above * ENTRY
        if not _comes_before(m, key, item, entry):
            break
        _lay(m, place, m[entry], m[entry + 1])
        place = above
    _lay(m, place, key, item)


def _sink(m: Ints, place: int, item: int) -> None:
    """Put an item at a place or below it."""
    key, first = m[item + KEY], m[AGENDA]
    end = first + m[AGENDA_LENGTH] * ENTRY
    while True:
        best = first + ((place << _WAYS) + 1) * ENTRY
        if best >= end:
            break
        for entry in range(best + ENTRY, min(best + (ENTRY << _WAYS), end), ENTRY):
            if _comes_before(m, m[entry], m[entry + 1], best):
                best = entry
        if _comes_before(m, key, item, best):
            break
        _lay(m, place, m[best], m[best + 1])
        place = (best - first) // ENTRY
    _lay(m, place, key, item)
