"""How much of what a reader remembers of a picture is another in the next one.

Told by pairs of nodes that are in both: which of the two comes first in time (rows read as one
line, as text is) and which stands higher in the same row.
"""

from itertools import combinations
from typing import NamedTuple

from salesflow.drawing.scene import Scene, Shape

SAME = 10.0  # pixels: what is nearer stands in the same place
_ROW = 1e6  # more pixels than any picture is wide


class Moved(NamedTuple):
    """Shares of pairs of nodes, 0 to 1, whose order changed; whether that of the lanes did."""

    across: float
    down: float
    lanes: bool


def moved(old: Scene, new: Scene) -> Moved:
    before, after = _places(old), _places(new)
    pairs = [*combinations(sorted(before.keys() & after.keys()), 2)]
    across = [_turned(before, after, pair, 0) for pair in pairs]
    level = [
        pair
        for pair in pairs
        if all(_row(places[pair[0]]) == _row(places[pair[1]]) for places in (before, after))
    ]
    down = [_turned(before, after, pair, 1) for pair in level]
    lanes = [[lane for lane in _lanes(scene) if lane in _lanes(other)] for scene, other in
             ((old, new), (new, old))]  # fmt: skip
    return Moved(
        sum(across) / max(1, len(across)), sum(down) / max(1, len(down)), lanes[0] != lanes[1]
    )


def _places(scene: Scene) -> dict[str, tuple[float, float]]:
    """The middle of each node that is drawn once; each row is put to the right of the one before."""
    found: dict[str, tuple[float, float]] = {}
    for shape in scene.shapes:
        if shape.node.kind != "outcome":
            across = shape.x + shape.width / 2 + _ROW * row_of(shape, scene)
            found[shape.node.id] = across, shape.y + shape.height / 2
    return found


def row_of(shape: Shape, scene: Scene) -> int:
    """The row a shape stands in, of those that a long process is wrapped into."""
    middle = shape.y + shape.height / 2
    away = ((max(b.y - middle, middle - b.y - b.height, 0), b.row) for b in scene.bands)
    return min(away, default=(0.0, 0))[1]


def _row(place: tuple[float, float]) -> int:
    return round(place[0] // _ROW)


def _turned(
    before: dict[str, tuple[float, float]],
    after: dict[str, tuple[float, float]],
    pair: tuple[str, str],
    axis: int,
) -> bool:
    was, now = (places[pair[0]][axis] - places[pair[1]][axis] for places in (before, after))
    return was * now < 0 and min(abs(was), abs(now)) > SAME


def _lanes(scene: Scene) -> list[str]:
    return [b.lane.id for b in sorted(scene.bands, key=lambda b: b.y) if b.row == 0]
