"""Where flows leave and meet shapes: on the outline of circles and diamonds, on borders."""

from itertools import pairwise
from math import sqrt
from typing import NamedTuple, TypeAlias

Point: TypeAlias = tuple[float, float]
Points: TypeAlias = tuple[Point, ...]


_CORNER, _ABOVE = 24.0, 12.0  # of a way around a box: from its corners, over its top


class Box(NamedTuple):
    """A place: top left corner and size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        """The centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    def holds(self, point: Point) -> bool:
        """Whether a point lies inside, the border not."""
        x, y = point
        return self.x < x < self.x + self.width and self.y < y < self.y + self.height

    def meets(self, other: "Box") -> bool:
        """Whether the two have more than a border in common."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def crossed(self, points: Points) -> bool:
        """Whether a way of horizontal and vertical stretches runs through it."""
        right, bottom = self.x + self.width, self.y + self.height
        return any(
            min(x, u) < right and max(x, u) > self.x and min(y, v) < bottom and max(y, v) > self.y
            for (x, y), (u, v) in pairwise(points)
        )


def docked(points: Points, box: Box, kind: str) -> Points:
    """The way with its first point on the outline of what is in the box."""
    if len(points) < 2 or not kind.endswith(("Event", "Gateway")):
        return points
    (x, y), (nx, ny) = points[0], points[1]
    cx, cy = box.middle
    flat = nx != x
    off = y - cy if flat else x - cx
    half = box.width / 2
    if abs(off) >= half:  # past the shape: along its corner
        ahead = half if (nx > x if flat else ny > y) else -half
        if flat:
            return ((cx + ahead, cy), (cx + ahead, y), *points[1:])
        return ((cx, cy + ahead), (x, cy + ahead), *points[1:])
    reach = sqrt(half * half - off * off) if kind.endswith("Event") else half - abs(off)
    if flat:
        return ((cx + (reach if nx > x else -reach), y), *points[1:])
    return ((x, cy + (reach if ny > y else -reach)), *points[1:])


def cut(points: Points, box: Box) -> Points:
    """The part of a way that is outside a box it starts in; it begins on the border."""
    for place, (here, there) in enumerate(pairwise(points)):
        if not box.holds(there) and (place or there != here):
            crossed = _crossing(here, there, box)
            rest = points[place + 1 :]
            return (crossed, *(rest if rest and rest[0] != crossed else rest[1:]))
    return points


def around(box: Box) -> Points:
    """The way from a box to itself, over its top."""
    left, right = box.x + _CORNER, box.x + box.width - _CORNER
    return (right, box.y), (right, box.y - _ABOVE), (left, box.y - _ABOVE), (left, box.y)


def _crossing(inside: Point, outside: Point, box: Box) -> Point:
    (x, y), (ox, oy) = inside, outside
    if ox != x:
        return (box.x + box.width if ox > x else box.x), y
    return x, (box.y + box.height if oy > y else box.y)


def tidy(points: Points) -> Points:
    """Without points that are said twice or lie on a straight line."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) >= 2 and _straight(kept[-2], kept[-1], point):
            kept[-1] = point
        else:
            kept.append(point)
    return tuple(kept)


def _straight(one: Point, two: Point, three: Point) -> bool:
    return one[0] == two[0] == three[0] or one[1] == two[1] == three[1]
