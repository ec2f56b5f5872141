"""Which way each line takes: through no shape, across few others, with few corners."""

from collections.abc import Iterable, Sequence

from salesflow.drawing.layout.plan import Plan
from salesflow.drawing.layout.raster import Raster, bits
from salesflow.drawing.layout.ways import Spot, Way, loop, ways

_CROSSING = 6.0
_CORNER = 2.0
_BESIDE = 0.6  # another line runs along in the same channel
_CROWDED = 1.5  # another line leaves on the same side
_THROUGH_FRAME = 4.0
_LENGTH = 0.03
_UPRIGHT_EXIT = 0.5  # a label beside an upright line reads less well
_MOST_REROUTED = 400  # of more lines none is tried again


class _Board:
    """What lies on the raster so far: how many lines pass each place, flat and upright."""

    def __init__(self, raster: Raster) -> None:
        self.raster = raster
        self.flat = [[0, 0] for _ in raster.upright]  # gx -> gy where lines pass flat: once, more
        self.upright = [[0, 0] for _ in raster.lines]  # gy -> gx where lines pass upright
        self.along_flat = [0] * len(raster.lines)  # gy -> gx where lines run along
        self.along_upright = [0] * len(raster.upright)
        self.sides: dict[tuple[Spot, str], int] = {}

    def blocked(self, way: Way) -> bool:
        """Whether a shape stands in the way."""
        last = len(way) - 2
        for place in range(last + 1):
            (x, y), (u, v) = way[place], way[place + 1]
            first_own, last_own = place == 0, place == last
            if y == v:
                low, high = (
                    (x + first_own, u - last_own) if x <= u else (u + last_own, x - first_own)
                )
                if self.raster.taken[y] & bits(low, high):
                    return True
            else:
                low, high = (
                    (y + first_own, v - last_own) if y <= v else (v + last_own, y - first_own)
                )
                if self.raster.upright[x] & bits(low, high):
                    return True
        return False

    def cost(self, way: Way, *, outside: bool) -> float:
        """What a way costs; ``outside``: none of its ends lies in a frame."""
        total = _CORNER * (len(way) - 2)
        for place in range(len(way) - 1):
            (x, y), (u, v) = way[place], way[place + 1]
            if y == v:
                low, high = min(x, u), max(x, u)
                inner = bits(low + 1, high - 1)
                once, more = self.upright[y]
                total += _CROSSING * ((once & inner).bit_count() + (more & inner).bit_count())
                total += _BESIDE * ((self.along_flat[y] & inner) != 0) + _LENGTH * (high - low)
                if outside and self.raster.framed[y] & inner:
                    total += _THROUGH_FRAME
            else:
                low, high = min(y, v), max(y, v)
                inner = bits(low + 1, high - 1)
                once, more = self.flat[x]
                total += _CROSSING * ((once & inner).bit_count() + (more & inner).bit_count())
                total += _BESIDE * ((self.along_upright[x] & inner) != 0) + _LENGTH * (high - low)
        total += _CROWDED * self.sides.get((way[0], side(way)), 0)
        return total + _UPRIGHT_EXIT * (side(way) != "right")

    def lay(self, way: Way) -> None:
        """Put a line down."""
        for (x, y), (u, v) in zip(way, way[1:], strict=False):
            if y == v:
                low, high = min(x, u), max(x, u)
                self.along_flat[y] |= bits(low, high)
                for gx in range(low + 1, high):
                    _count(self.flat[gx], 1 << y)
            else:
                low, high = min(y, v), max(y, v)
                self.along_upright[x] |= bits(low, high)
                for gy in range(low + 1, high):
                    _count(self.upright[gy], 1 << x)
        key = (way[0], side(way))
        self.sides[key] = self.sides.get(key, 0) + 1


def _count(passing: list[int], bit: int) -> None:
    passing[1] |= passing[0] & bit
    passing[0] |= bit


def side(way: Way) -> str:
    """Where a way leaves its shape: right, up or down."""
    (x, y), (u, v) = way[0], way[1]
    if y == v:
        return "right" if u > x else "left"
    return "down" if v > y else "up"


def routed(plan: Plan, raster: Raster) -> dict[int, Way]:
    """The way of each link that is no drop, by the link's place: what matters most goes first."""
    channels = [gy for gy, line in enumerate(raster.lines) if not line.track]
    drops: dict[tuple[Spot, str], int] = {}
    for link in plan.links:
        if link.drop:
            key = (raster.spots[link.start], "down")
            drops[key] = drops.get(key, 0) + 1
    order = sorted(
        (place for place, link in enumerate(plan.links) if not link.drop),
        key=lambda place: _turn(plan, raster, place),
    )
    found: dict[int, Way] = {}
    board = _board(raster, drops, ())
    for place in order:
        found[place] = _best(plan, raster, board, place, channels)
        board.lay(found[place])
    if len(order) <= _MOST_REROUTED:
        for place in order:
            if len(found[place]) > 2:
                others = [found[one] for one in order if one != place]
                found[place] = _best(plan, raster, _board(raster, drops, others), place, channels)
    return found


def _board(raster: Raster, drops: dict[tuple[Spot, str], int], laid: Iterable[Way]) -> _Board:
    board = _Board(raster)
    board.sides.update(drops)
    for way in laid:
        board.lay(way)
    return board


def _turn(plan: Plan, raster: Raster, place: int) -> tuple[bool, bool, bool, int, int]:
    link = plan.links[place]
    (x, y), (u, v) = raster.spots[link.start], raster.spots[link.end]
    straight = y == v and u > x
    return (not link.main, not straight, link.back, abs(u - x) + abs(v - y), place)


def _best(plan: Plan, raster: Raster, board: _Board, place: int, channels: Sequence[int]) -> Way:
    link = plan.links[place]
    start, end = raster.spots[link.start], raster.spots[link.end]
    outside = not plan.items[link.start].node.frame and not plan.items[link.end].node.frame
    best: Way | None = None
    least = float("inf")
    for way in loop(start) if start == end else ways(start, end, channels):
        if _CORNER * (len(way) - 2) >= least:
            break
        if board.blocked(way):
            continue
        cost = board.cost(way, outside=outside)
        if cost < least:
            best, least = way, cost
    if best is None:  # all the ways looked at are shut: along the channels, which hold no shapes
        return _around(start, end, channels)
    return best


def _around(start: Spot, end: Spot, channels: Sequence[int]) -> Way:
    (x, y), (u, v) = start, end
    row = min(channels, key=lambda gy: (abs(gy - y) + abs(gy - v), gy))
    return (start, (x + 1, y), (x + 1, row), (u - 1, row), (u - 1, v), end)
