"""Heaps whose items are rows: the events to come, and the queues of the roles.

Pairing heaps (Fredman, Sedgewick, Sleator & Tarjan, Algorithmica 1, 1986). An item can be taken out
from wherever it is, so what is withdrawn leaves nothing behind.
"""

from salesflow.simulation.engine_numba.compiled import Ints
from salesflow.simulation.engine_numba.layout import (
    BEFORE,
    CHILD,
    FOURTH,
    FREE,
    HOME,
    KEY,
    NEXT,
    SECOND,
    THIRD,
    TOP,
)


def take_row(m: Ints, kind: int, size: int) -> int:
    """A row to write on: one that is no longer used, else new memory."""
    row = m[FREE + kind]
    if row:
        m[FREE + kind] = m[row]
    else:
        row = m[TOP]
        m[TOP] = row + size
    return row


def give_row(m: Ints, kind: int, row: int) -> None:
    """Give a row back."""
    m[row] = m[FREE + kind]
    m[FREE + kind] = row


def precedes(m: Ints, one: int, other: int) -> bool:
    """Whether an item comes before another."""
    if m[one + KEY] != m[other + KEY]:
        return m[one + KEY] < m[other + KEY]
    if m[one + SECOND] != m[other + SECOND]:
        return m[one + SECOND] < m[other + SECOND]
    if m[one + THIRD] != m[other + THIRD]:
        return m[one + THIRD] < m[other + THIRD]
    return m[one + FOURTH] < m[other + FOURTH]


def meld(m: Ints, one: int, other: int) -> int:
    """One tree of two: the later becomes the first child of the earlier."""
    if precedes(m, other, one):
        one, other = other, one
    child = m[one + CHILD]
    m[other + NEXT] = child
    m[other + BEFORE] = one
    if child:
        m[child + BEFORE] = other
    m[one + CHILD] = other
    return one


def push(m: Ints, home: int, item: int) -> None:
    """Put an item into the heap whose first item stands at ``home``."""
    m[item + CHILD] = 0
    m[item + NEXT] = 0
    m[item + BEFORE] = 0
    m[item + HOME] = home
    root = m[home]
    m[home] = meld(m, root, item) if root else item


def _gather(m: Ints, first: int) -> int:
    """One tree of a row of siblings: in pairs from the left, then the pairs from the right."""
    pairs = 0
    while first:
        second = m[first + NEXT]
        following = 0
        if second:
            following = m[second + NEXT]
            first = meld(m, first, second)
        m[first + NEXT] = pairs
        pairs = first
        first = following
    root = 0
    while pairs:
        following = m[pairs + NEXT]
        root = meld(m, root, pairs) if root else pairs
        pairs = following
    return root


def remove(m: Ints, item: int) -> None:
    """Take an item out of the heap it is in."""
    home = m[item + HOME]
    m[item + HOME] = 0
    root, child = m[home], m[item + CHILD]
    rest = _gather(m, child) if child else 0
    if item != root:
        before, after = m[item + BEFORE], m[item + NEXT]
        if m[before + CHILD] == item:
            m[before + CHILD] = after
        else:
            m[before + NEXT] = after
        if after:
            m[after + BEFORE] = before
        rest = meld(m, root, rest) if rest else root
    m[home] = rest
    if rest:
        m[rest + NEXT] = 0
        m[rest + BEFORE] = 0
