"""Events on the borders of activities and sub-processes: where there is room for each."""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from salesflow.drawing.bpmn.docking import Box, Point, Points, tidy
from salesflow.drawing.bpmn.sketch import EVENT

_HALF = EVENT / 2
_APART = EVENT + 6  # two events on one border
_CLEAR = _HALF + 8  # from an event to another flow's end
_CORNER = 8.0  # from an event's middle to a corner
_HAIR = 1e-6  # sums of pixels are no sharper
_ASIDE = 12.0  # a flow may begin so far from the middle of its event
_AHEAD = 8.0  # a flow goes on at least so far before it turns


class Perch(NamedTuple):
    """Where an event sits on a border, and which: right, left, bottom or top."""

    box: Box
    side: str


def side_of(point: Point, box: Box) -> str:
    """The border that a point lies on or is nearest to."""
    x, y = point
    away = {
        "right": abs(x - box.x - box.width),
        "bottom": abs(y - box.y - box.height),
        "top": abs(y - box.y),
        "left": abs(x - box.x),
    }
    return min(away, key=lambda side: away[side])


def free_spot(
    wanted: float, length: float, events: Iterable[float], others: Iterable[float]
) -> float:
    """The place on a border nearest to the wanted one where an event covers nothing.

    Where there is none, where events at least do not cover each other; else the wanted place.
    """
    taken, ends = [*events], [*others]
    low, high = min(_CORNER, length / 2), max(length - _CORNER, length / 2)
    beside = [each + sign * _APART for each in taken for sign in (-1, 1)]
    beside.extend(each + sign * _CLEAR for each in ends for sign in (-1, 1))
    spots = [spot for spot in (wanted, low, high, *beside) if low <= spot <= high]
    spots.sort(key=lambda spot: (abs(spot - wanted), spot))
    apart = [spot for spot in spots if all(abs(spot - each) >= _APART - _HAIR for each in taken)]
    clear = [spot for spot in apart if all(abs(spot - each) >= _CLEAR - _HAIR for each in ends)]
    return next(iter([*clear, *apart, *spots]))


def perch(point: Point, box: Box, events: Sequence[Perch], ends: Sequence[Point]) -> Perch:
    """Where an event sits on the border of the box whose flow would best start at a point."""
    side = side_of(point, box)
    upright = side in ("right", "left")
    zero, length = (box.y, box.height) if upright else (box.x, box.width)
    along = 1 if upright else 0
    others = [end[along] - zero for end in ends if _on(end, box, side)]
    taken = [each.box.middle[along] - zero for each in events if each.side == side]
    spot = zero + free_spot(point[along] - zero, length, taken, others)
    if upright:
        x = box.x + box.width if side == "right" else box.x
        return Perch(Box(x - _HALF, spot - _HALF, EVENT, EVENT), side)
    y = box.y + box.height if side == "bottom" else box.y
    return Perch(Box(spot - _HALF, y - _HALF, EVENT, EVENT), side)


def _on(point: Point, box: Box, side: str) -> bool:
    """Whether a flow's end lies on this border."""
    edges: Mapping[str, float] = {
        "right": box.x + box.width - point[0],
        "left": box.x - point[0],
        "bottom": box.y + box.height - point[1],
        "top": box.y - point[1],
    }
    return abs(edges[side]) < 1


def leaving(points: Points, seat: Perch) -> Points:
    """The way from the outline of an event on a border, straight away from it first."""
    cx, cy = seat.box.middle
    flat = seat.side in ("right", "left")
    sign = 1 if seat.side in ("right", "bottom") else -1
    off = points[0][1] - cy if flat else points[0][0] - cx
    off = off if abs(off) <= _ASIDE else 0.0
    reach = sign * sqrt(_HALF * _HALF - off * off)
    start = (cx + reach, cy + off) if flat else (cx + off, cy + reach)
    turn = (start[0] if flat else start[1]) + sign * _AHEAD
    along, across = (0, 1) if flat else (1, 0)
    rest = [*points[1:]] or [points[0]]  # cut where it ends: a dot still is a way
    first = rest[0]
    if len(rest) == 1 or rest[1][along] != first[along]:  # straight ahead to its end
        if first[across] == start[across]:
            return tidy((start, *rest))
        return tidy((start, _at(turn, start, flat), _at(turn, first, flat), *rest))
    line = max(first[along] * sign, turn * sign) * sign
    ahead = [_at(line, start, flat), _at(line, rest[1], flat)]
    tail = rest[2:] if len(rest) > 2 else rest[1:]
    return tidy((start, *ahead, *tail))


def _at(line: float, point: Point, flat: bool) -> Point:
    return (line, point[1]) if flat else (point[0], line)


def names_beside(seat: Perch, size: tuple[float, float]) -> tuple[Box, ...]:
    """Where the name of an event on a border may stand, the best place first."""
    wide, high = size
    box = seat.box
    left, right = box.x - 2 - wide, box.x + box.width + 2
    above, below = box.y - 2 - high, box.y + box.height + 2
    middle = box.x + _HALF
    if seat.side in ("right", "left"):
        ahead, behind = middle + 4, middle - 4 - wide
        if seat.side == "left":
            ahead, behind = behind, ahead
        spots = [(ahead, below), (ahead, above), (behind, below), (behind, above)]
    else:
        out = below - _HALF + 3 if seat.side == "bottom" else above + _HALF - 3
        inside = above + _HALF - 3 if seat.side == "bottom" else below - _HALF + 3
        spots = [(right, out), (left, out), (right, inside), (left, inside)]
    return tuple(Box(x, y, wide, high) for x, y in spots)


def ahead(points: Points, size: tuple[float, float]) -> Box:
    """Where the words of a flow stand that begins at an event on a border."""
    wide, high = size
    (x, y), (nx, ny) = points[0], points[1]
    if ny == y:
        return Box(x + 5 if nx > x else x - 5 - wide, y - high - 2, wide, high)
    return Box(x + 5, y + 1 if ny > y else y - 1 - high, wide, high)
