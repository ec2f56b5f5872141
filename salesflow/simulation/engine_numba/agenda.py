"""The events to come: wheels within wheels, in a fixed stretch of memory.

A slot of the first wheel is a millisecond, one of the next 1024 of them, and so on (Varghese &
Lauck, SOSP 1987). An event stands in the wheel of the highest digit, to base 1024, in which its
instant differs from the one that is reached. So events are put in, taken back and found in a few
steps each however many there are. Those of the instant that is reached stand in a heap, in their
order.
"""

from salesflow.simulation.engine_numba.compiled import Ints, bit, bit_length, lowest
from salesflow.simulation.engine_numba.heap import push, remove
from salesflow.simulation.engine_numba.layout import (
    AGENDA,
    BEFORE,
    FILLED,
    HOME,
    KEY,
    NEXT,
    REACHED,
    SLOTS,
    TURNING,
    USED,
)
from salesflow.simulation.program import NEVER

_DIGIT = 10  # bits
_LAST = (1 << _DIGIT) - 1
_WORD = 6  # bits of the number of a bit
_WORDS = 4  # bits of the number of a word of a wheel
_LAST_BIT = (1 << _WORD) - 1
_LAST_WORD = (1 << _WORDS) - 1


def schedule(m: Ints, item: int) -> None:
    """An event will happen, at the instant in its item's KEY."""
    instant = m[item + KEY]
    apart = instant ^ m[REACHED]
    if apart == 0:
        push(m, AGENDA, item)
        return
    wheel = (bit_length(apart) - 1) // _DIGIT
    place = wheel << _DIGIT | instant >> wheel * _DIGIT & _LAST
    slot = SLOTS + place
    following = m[slot]
    m[item + NEXT] = following
    m[item + BEFORE] = slot
    m[item + HOME] = slot
    m[slot] = item
    if following:
        m[following + BEFORE] = item + NEXT
    else:
        word = place >> _WORD
        m[FILLED + word] |= bit(place & _LAST_BIT)
        m[USED + wheel] |= 1 << (word & _LAST_WORD)
        m[TURNING] |= 1 << wheel


def unschedule(m: Ints, item: int) -> None:
    """An event happens, or never will."""
    home = m[item + HOME]
    if home == AGENDA:
        remove(m, item)
        return
    m[item + HOME] = 0
    before, following = m[item + BEFORE], m[item + NEXT]
    m[before] = following
    if following:
        m[following + BEFORE] = before
    elif before == home:
        _clear(m, home)


def _clear(m: Ints, slot: int) -> None:
    """A slot is empty."""
    m[slot] = 0
    place = slot - SLOTS
    word, wheel = place >> _WORD, place >> _DIGIT
    m[FILLED + word] ^= bit(place & _LAST_BIT)
    if m[FILLED + word] == 0:
        m[USED + wheel] ^= 1 << (word & _LAST_WORD)
        if m[USED + wheel] == 0:
            m[TURNING] ^= 1 << wheel


def next_instant(m: Ints) -> int:
    """The instant of the next event, NEVER if there is none; it is reached."""
    if m[AGENDA]:
        return m[REACHED]
    if m[TURNING] == 0:
        return NEVER
    wheel = lowest(m[TURNING])
    word = wheel << _WORDS | lowest(m[USED + wheel])
    slot = SLOTS + (word << _WORD | lowest(m[FILLED + word]))
    first = m[slot]
    _clear(m, slot)
    if m[first + NEXT] == 0:
        m[REACHED] = m[first + KEY]
        push(m, AGENDA, first)
    else:
        _share_out(m, first)
    return m[REACHED]


def _share_out(m: Ints, first: int) -> None:
    """Reach the first instant of a list of events, and put them where they stand from there."""
    item, instant = first, NEVER
    while item:
        instant = min(instant, m[item + KEY])
        item = m[item + NEXT]
    m[REACHED] = instant
    item = first
    while item:
        following = m[item + NEXT]
        schedule(m, item)
        item = following
