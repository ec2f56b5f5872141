"""The raster that lines run on: columns and tracks that hold shapes, channels between them.

Places count from 0. Every odd place across (``gx``) is a column of shapes, an even one a channel.
Down (``gy``) each lane has a channel, then a track and a channel for each of its tracks; between
wrapped rows lies one channel more.
"""

from collections.abc import Mapping
from typing import NamedTuple

from salesflow.drawing.layout.tracks import Cell


class Line(NamedTuple):
    """A place down: a ``track`` of shapes or a channel; ``lane`` from the top, -1 between rows."""

    track: bool
    row: int
    lane: int


class Raster(NamedTuple):
    """``spots`` are the (gx, gy) of items; ``taken`` for each gy the gx of shapes, as bits.

    ``upright`` for each gx the gy of shapes.
    """

    lines: tuple[Line, ...]
    across: int
    spots: dict[int, tuple[int, int]]
    taken: list[int]
    upright: list[int]


def raster(cells: Mapping[int, Cell], tracks: Mapping[int, int]) -> Raster:
    """The raster of items in cells and on tracks."""
    deep: dict[tuple[int, int], int] = {}
    for item, cell in cells.items():
        key = cell[:2]
        deep[key] = max(deep.get(key, 1), tracks[item] + 1)
    lines: list[Line] = []
    first: dict[tuple[int, int], int] = {}
    for row, lane in sorted(deep):
        if lines and lines[-1].row != row:
            lines.append(Line(track=False, row=row, lane=-1))
        first[row, lane] = len(lines)
        lines.append(Line(track=False, row=row, lane=lane))
        for _ in range(deep[row, lane]):
            lines.append(Line(track=True, row=row, lane=lane))
            lines.append(Line(track=False, row=row, lane=lane))
    across = 2 * (max((cell.column for cell in cells.values()), default=0) + 1) + 1
    taken, upright = [0] * len(lines), [0] * across
    spots: dict[int, tuple[int, int]] = {}
    for item, cell in cells.items():
        gx, gy = 2 * cell.column + 1, first[cell[:2]] + 1 + 2 * tracks[item]
        spots[item] = (gx, gy)
        taken[gy] |= 1 << gx
        upright[gx] |= 1 << gy
    return Raster(tuple(lines), across, spots, taken, upright)


def row_of(raster: Raster, one: int, two: int) -> int:
    """The row in which a line runs up or down between two places: at most one lies between rows."""
    return raster.lines[one if raster.lines[one].lane >= 0 else two].row


def bits(low: int, high: int) -> int:
    """The bits from ``low`` to ``high``, both included; none where low is above high."""
    return (1 << (high + 1)) - (1 << low) if low <= high else 0
