"""Where two chains of straight stretches have something in common."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tests.drawing.gate.reading import Box, Point

CLOSE = 1.5  # pixels: lines side by side that are nearer look like one


class Stretch(NamedTuple):
    """A straight part of a line: between two points, from so many pixels along the line."""

    start: Point
    end: Point
    along: float

    @property
    def length(self) -> float:
        return ((self.end[0] - self.start[0]) ** 2 + (self.end[1] - self.start[1]) ** 2) ** 0.5

    @property
    def box(self) -> Box:
        (x, y), (right, below) = self.start, self.end
        return Box(min(x, right), min(y, below), max(x, right), max(y, below))


class Meeting(NamedTuple):
    """What two lines share: from where to where along the first, and whether they cross there."""

    since: float
    until: float
    at: Point
    crosses: bool


def stretches(points: Sequence[Point]) -> list[Stretch]:
    """The straight parts of a line; stretches that go on in the same direction are one."""
    found: list[Stretch] = []
    along = 0.0
    for point in corners(points):
        if found:
            along += found[-1].length
        found.append(Stretch(point, point, along))
        if len(found) > 1:
            found[-2] = found[-2]._replace(end=point)
            along = found[-2].along + found[-2].length
            found[-1] = found[-1]._replace(along=along)
    return found[:-1]


def corners(points: Sequence[Point]) -> list[Point]:
    """The points where a line begins, turns and ends."""
    kept: list[Point] = []
    for point in points:
        if kept and abs(point[0] - kept[-1][0]) < 0.01 and abs(point[1] - kept[-1][1]) < 0.01:
            continue
        if len(kept) > 1 and _straight(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept


def _straight(one: Point, two: Point, three: Point) -> bool:
    ahead, on = (two[0] - one[0], two[1] - one[1]), (three[0] - two[0], three[1] - two[1])
    turn = ahead[0] * on[1] - ahead[1] * on[0]
    return abs(turn) < 0.01 * (abs(ahead[0]) + abs(ahead[1]) + 1) and _dot(ahead, on) > 0


def _dot(one: Point, two: Point) -> float:
    return one[0] * two[0] + one[1] * two[1]


def meeting(one: Stretch, two: Stretch) -> Meeting | None:
    """What two stretches have in common: a point, a part, or nothing."""
    if not one.box.grown(CLOSE).meets(two.box.grown(CLOSE), 0):
        return None
    if one.length < 0.01 or two.length < 0.01:
        return None
    ahead = ((one.end[0] - one.start[0]) / one.length, (one.end[1] - one.start[1]) / one.length)
    on = ((two.end[0] - two.start[0]) / two.length, (two.end[1] - two.start[1]) / two.length)
    turn = ahead[0] * on[1] - ahead[1] * on[0]
    to = (two.start[0] - one.start[0], two.start[1] - one.start[1])
    if abs(turn) < 0.01:
        return _beside(one, two, ahead)
    here = (to[0] * on[1] - to[1] * on[0]) / turn
    there = (to[0] * ahead[1] - to[1] * ahead[0]) / turn
    if not (-CLOSE <= here <= one.length + CLOSE and -CLOSE <= there <= two.length + CLOSE):
        return None
    crosses = CLOSE < here < one.length - CLOSE and CLOSE < there < two.length - CLOSE
    at = (one.start[0] + here * ahead[0], one.start[1] + here * ahead[1])
    return Meeting(one.along + here, one.along + here, at, crosses)


def _beside(one: Stretch, two: Stretch, ahead: Point) -> Meeting | None:
    """The part in which two parallel stretches lie on each other."""
    to = (two.start[0] - one.start[0], two.start[1] - one.start[1])
    if abs(ahead[0] * to[1] - ahead[1] * to[0]) > CLOSE:
        return None
    first = _dot(to, ahead)
    last = _dot((two.end[0] - one.start[0], two.end[1] - one.start[1]), ahead)
    since, until = max(0.0, min(first, last)), min(one.length, max(first, last))
    if until - since <= CLOSE:
        return None
    at = (one.start[0] + since * ahead[0], one.start[1] + since * ahead[1])
    return Meeting(one.along + since, one.along + until, at, crosses=False)


def joined(meetings: Sequence[Meeting]) -> list[Meeting]:
    """Meetings that go over into each other as one."""
    found: list[Meeting] = []
    for each in sorted(meetings):
        if found and each.since - found[-1].until <= 2 * CLOSE:
            last = found.pop()
            both = last.crosses or each.crosses
            found.append(Meeting(last.since, max(last.until, each.until), last.at, both))
        else:
            found.append(each)
    return found


class Cells:
    """Boxes by place, so that only what is near each other is compared."""

    def __init__(self, size: float = 250.0) -> None:
        self.size = size
        self.held: dict[tuple[int, int], list[int]] = {}

    def put(self, number: int, box: Box) -> None:
        for cell in self._cells(box):
            self.held.setdefault(cell, []).append(number)

    def near(self, box: Box) -> set[int]:
        """The numbers of all that may touch this box, and some more."""
        return {number for cell in self._cells(box) for number in self.held.get(cell, ())}

    def _cells(self, box: Box) -> Iterator[tuple[int, int]]:
        left, top, right, bottom = (int(edge // self.size) for edge in box)
        for across in range(left, right + 1):
            for down in range(top, bottom + 1):
                yield across, down
