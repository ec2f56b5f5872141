"""Frames on the raster: what each one holds, and where lines of others should not run."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from salesflow.drawing.diagram import Diagram
from salesflow.drawing.layout.plan import Link, Plan
from salesflow.drawing.layout.raster import Raster, bits


class Fence(NamedTuple):
    """A frame on the raster, or its piece in one row: from its first column and track to its last.

    ``frame`` is its place in the diagram; its gates are not included. ``depth``: frames around it.
    """

    frame: int
    left: int
    top: int
    right: int
    bottom: int
    depth: int


class Ground(NamedTuple):
    """Places within frames as bits: ``flat`` for each gy the gx, ``upright`` the other way."""

    flat: dict[int, int]
    upright: dict[int, int]


def depth(frame: str, around: Mapping[str, str]) -> int:
    """How many frames lie around what lies in a frame; ``around`` is that of each frame."""
    number = 0
    while frame in around:
        frame, number = around[frame], number + 1
    return number


def members(diagram: Diagram, plan: Plan) -> Mapping[str, list[int]]:
    """Items within each frame at any depth, without its own gates."""
    around = {frame.id: frame.frame for frame in diagram.frames}
    found: dict[str, list[int]] = {}
    for place, item in enumerate(plan.items):
        frame = item.node.frame
        if item.node.id in (frame, f"{frame}.join"):
            frame = around.get(frame, "")
        while frame in around:
            found.setdefault(frame, []).append(place)
            frame = around[frame]
    return found


def fences(diagram: Diagram, raster: Raster, held: Mapping[str, Sequence[int]]) -> list[Fence]:
    """The frames of a diagram on the raster; ``held`` are their members."""
    around = {frame.id: frame.frame for frame in diagram.frames}
    found: list[Fence] = []
    for place, frame in enumerate(diagram.frames):
        rows: dict[int, list[tuple[int, int]]] = {}
        for item in held.get(frame.id, ()):
            if item in raster.spots:
                spot = raster.spots[item]
                rows.setdefault(raster.lines[spot[1]].row, []).append(spot)
        for _, spots in sorted(rows.items()):
            left, right = min(gx for gx, _ in spots), max(gx for gx, _ in spots)
            top, bottom = min(gy for _, gy in spots), max(gy for _, gy in spots)
            found.append(Fence(place, left, top, right, bottom, depth(frame.frame, around)))
    return found


class ForeignGround:
    """For each link the frames that hold neither of its ends."""

    def __init__(
        self, diagram: Diagram, fences: Sequence[Fence], held: Mapping[str, Sequence[int]]
    ) -> None:
        """Take the frames, their places and their members."""
        self._fences = fences
        self._homes: dict[int, set[int]] = {}
        for place, frame in enumerate(diagram.frames):
            for item in held.get(frame.id, ()):
                self._homes.setdefault(item, set()).add(place)
        self._known: dict[frozenset[int], Ground] = {}

    def of(self, link: Link) -> Ground:
        """Where a link is a stranger: its line had better go around."""
        own = self._own(link)
        if own not in self._known:
            self._known[own] = self._without(own)
        return self._known[own]

    def around(self, link: Link, left: int, right: int) -> list[int]:
        """The first gy above and below each strange frame between two gx."""
        own = self._own(link)
        found: set[int] = set()
        for fence in self._fences:
            if fence.frame not in own and fence.left <= right and left <= fence.right:
                found.update((fence.top - 2, fence.bottom + 2))
        return sorted(found)

    def _own(self, link: Link) -> frozenset[int]:
        return frozenset(self._homes.get(link.start, set()) | self._homes.get(link.end, set()))

    def _without(self, own: frozenset[int]) -> Ground:
        ground = Ground({}, {})
        for fence in self._fences:
            if fence.frame in own:
                continue
            across = bits(fence.left, fence.right)
            down = bits(fence.top - 1, fence.bottom + 1)
            for gy in range(fence.top - 1, fence.bottom + 2):
                ground.flat[gy] = ground.flat.get(gy, 0) | across
            for gx in range(fence.left, fence.right + 1):
                ground.upright[gx] = ground.upright.get(gx, 0) | down
        return ground
