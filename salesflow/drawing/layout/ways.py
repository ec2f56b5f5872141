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
    yield from over(start, end, _rows(y, v, channels))


def over(start: Spot, end: Spot, rows: Sequence[int]) -> Iterator[Way]:
    """Ways along one of some channels."""
    (x, y), (u, v) = start, end
    for r in rows:
        yield (start, (x, r), (u, r), end)
    for r in rows:
        yield (start, (x, r), (u - 1, r), (u - 1, v), end)
        yield (start, (x + 1, y), (x + 1, r), (u, r), end)
    if x + 1 != u - 1:
        for r in rows:
            yield (start, (x + 1, y), (x + 1, r), (u - 1, r), (u - 1, v), end)


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
