"""The ways a line may take from one shape to another: few corners first.

A way is a list of corners on the raster, its two ends included. It leaves to the right, up or down,
and arrives from the left, from above or from below; a loop back may also arrive from the right.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TypeAlias

Spot: TypeAlias = tuple[int, int]
Way: TypeAlias = tuple[Spot, ...]

_NEAR = 4  # channels tried on each side


def ways(start: Spot, end: Spot, channels: Sequence[int]) -> Iterator[Way]:
    """Ways in the order of their corners; ``channels`` are the gy that hold no shapes."""
    (x, y), (u, v) = start, end
    if u > x:
        if y == v:
            yield (start, end)
        else:
            yield (start, (u, y), end)
            yield (start, (x, v), end)
            for c in dict.fromkeys((u - 1, x + 1)):
                yield (start, (c, y), (c, v), end)
    elif u < x and y != v:
        yield (start, (x, v), end)
    for way in over(start, end, _rows(y, v, channels)):
        if x + 1 != u - 1 or len(way) < 6:  # those go there and back in one channel
            yield way


def over(start: Spot, end: Spot, rows: Sequence[int]) -> Iterator[Way]:
    """Ways along one of some channels."""
    (x, y), (u, v) = start, end
    for r in rows:
        yield (start, (x, r), (u, r), end)
    for r in rows:
        yield (start, (x, r), (u - 1, r), (u - 1, v), end)
        yield (start, (x + 1, y), (x + 1, r), (u, r), end)
    for r in rows:
        yield (start, (x + 1, y), (x + 1, r), (u - 1, r), (u - 1, v), end)


def between(start: Spot, end: Spot, gaps: Sequence[int]) -> Iterator[Way]:
    """Ways to another row, through the channels between rows: the first and the last one is met.

    Rows have their own widths, so that a line may pass a row between only at the left margin.
    """
    (x, y), (u, v) = start, end
    if len(gaps) == 1:
        yield from over(start, end, gaps)
        return
    out, home = gaps[0], gaps[-1]
    starts = ((start, (x, out)), (start, (x + 1, y), (x + 1, out)))
    ends = (((u, home), end), ((u - 1, home), (u - 1, v), end))
    for first in starts:
        for last in ends if u > 1 else ends[:1]:
            yield (*first, (0, out), (0, home), *last)
    if u == 1:
        yield (start, (x + 1, y), (x + 1, out), (0, out), (0, v), end)


def last_resort(start: Spot, end: Spot, out: int, home: int) -> Way:
    """A way along channels alone, which hold no shapes, whatever it crosses."""
    (x, y), (u, v) = start, end
    if out != home:
        if u == 1:
            return (start, (x + 1, y), (x + 1, out), (0, out), (0, v), end)
        there = ((x + 1, y), (x + 1, out), (0, out), (0, home), (u - 1, home), (u - 1, v))
        return (start, *there, end)
    return (start, (x + 1, y), (x + 1, out), (u - 1, out), (u - 1, v), end)


def loop(start: Spot) -> Iterator[Way]:
    """From a shape to itself, over the top or under."""
    x, y = start
    yield (start, (x, y - 1), (x, y - 1), start)
    yield (start, (x, y + 1), (x, y + 1), start)


def _rows(y: int, v: int, channels: Sequence[int]) -> list[int]:
    """Channels between two places down, and the nearest beside them."""
    first, last = bisect_right(channels, min(y, v)), bisect_left(channels, max(y, v))
    between = channels[first:last]
    if len(between) > 2 * _NEAR:
        between = [*between[:_NEAR], *between[-_NEAR:]]
    above = channels[max(0, min(first, last) - _NEAR) : min(first, last)]
    below = channels[max(first, last) : max(first, last) + _NEAR]
    return [*between, *reversed(above), *below]
