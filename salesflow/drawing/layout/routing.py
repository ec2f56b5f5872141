"""Which way each line takes: through no shape, across few others, with few corners."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from salesflow.drawing.layout.fences import ForeignGround, Ground
from salesflow.drawing.layout.plan import Plan
from salesflow.drawing.layout.raster import Raster, bits
from salesflow.drawing.layout.ways import Spot, Way, between, last_resort, loop, over, ways

_CROSSING = 6.0
_CORNER = 2.0
_BESIDE = 0.6  # another line runs along in the same channel
_CROWDED = 1.5  # another line leaves on the same side
_THROUGH_FRAME = 8.0
_AGAINST = 1.2  # a loop back arrives where others leave
_TIMER_ASIDE = 2.5  # a timer goes off at the lower or the upper border of a step
_LENGTH = 0.03
_UPRIGHT_EXIT = 0.5  # a label beside an upright line reads less well
_SHUT = float("inf")
_MOST_REROUTED = 400  # of more lines, those that cross others are tried again, once
_ROUNDS = 3
_DETOURS = 12  # ways around frames that are tried


class _Lines:
    """How many lines pass each place in one direction, as counts and as bits.

    ``once`` and ``more`` are by the place across the lines: which lines pass there, at least once
    or several times. ``along`` is by line: which places it passes.
    """

    def __init__(self, lines: int, across: int) -> None:
        self.counts = [[0] * across for _ in range(lines)]
        self.once = [0] * across
        self.more = [0] * across
        self.along = [0] * lines

    def lay(self, line: int, low: int, high: int) -> None:
        """Count a piece on a line at all places strictly between two."""
        counts, bit = self.counts[line], 1 << line
        for place in range(low + 1, high):
            counts[place] += 1
            if counts[place] == 1:
                self.once[place] |= bit
                self.along[line] |= 1 << place
            elif counts[place] == 2:
                self.more[place] |= bit

    def lift(self, line: int, low: int, high: int) -> None:
        """Take back what was laid."""
        counts, bit = self.counts[line], 1 << line
        for place in range(low + 1, high):
            counts[place] -= 1
            if not counts[place]:
                self.once[place] ^= bit
                self.along[line] ^= 1 << place
            elif counts[place] == 1:
                self.more[place] ^= bit

    def crossed(self, place: int, inner: int) -> int:
        """How many of the lines among the bits ``inner`` pass a place."""
        return (self.once[place] & inner).bit_count() + (self.more[place] & inner).bit_count()


class _Board:
    """What lies on the raster so far."""

    def __init__(
        self, raster: Raster, foreign: ForeignGround, sides: dict[tuple[Spot, str], int]
    ) -> None:
        self.raster = raster
        self.foreign = foreign
        self.flat = _Lines(len(raster.lines), raster.across)
        self.upright = _Lines(raster.across, len(raster.lines))
        self.sides = sides
        lines = raster.lines
        self.gaps = [gy for gy, line in enumerate(lines) if line.lane < 0]
        self.channels: dict[int, list[int]] = {}  # of each row, with those between rows beside it
        for gy, line in enumerate(lines):
            if not line.track:
                self.channels.setdefault(line.row, []).append(gy)
                if line.lane < 0:
                    self.channels[line.row - 1].append(gy)

    def gaps_between(self, one: int, two: int) -> list[int]:
        """The channels between the rows of two places, in the order in which they are met."""
        gaps = [gy for gy in self.gaps if min(one, two) < gy < max(one, two)]
        return gaps if one < two else gaps[::-1]

    def cost(self, way: Way, foreign: Ground, least: float) -> float:
        """What a way costs; infinite where a shape stands in it, or it costs more than ``least``.

        ``foreign``: frames that hold none of its ends.
        """
        leaves = side(way)
        total = _CORNER * (len(way) - 2) + _CROWDED * self.sides.get((way[0], leaves), 0)
        total += _UPRIGHT_EXIT * (leaves != "right")
        last = len(way) - 2
        if way[last][0] > way[-1][0]:
            total += _AGAINST
        for place in range(last + 1):
            if total >= least:
                return _SHUT
            (x, y), (u, v) = way[place], way[place + 1]
            flat = y == v
            line, start, end = (y, x, u) if flat else (x, y, v)
            total += self._piece(
                line,
                start,
                end,
                flat=flat,
                foreign=foreign,
                first=not place,
                last=place == last,
            )
        return total

    def _piece(
        self,
        line: int,
        start: int,
        end: int,
        *,
        flat: bool,
        foreign: Ground,
        first: bool,
        last: bool,
    ) -> float:
        """What a straight piece costs; ``first``, ``last``: it begins or ends in a shape."""
        if flat:
            taken, own, across, ground = self.raster.taken, self.flat, self.upright, foreign.flat
        else:
            taken, own, across = self.raster.upright, self.upright, self.flat
            ground = foreign.upright
        low, high, one, two = (
            (start, end, first, last) if start <= end else (end, start, last, first)
        )
        if taken[line] & bits(low + one, high - two):
            return _SHUT
        inner = bits(low + 1, high - 1)
        total = _CROSSING * across.crossed(line, inner) + _LENGTH * (high - low)
        if own.along[line] & inner:
            total += _BESIDE
        if ground.get(line, 0) & inner:
            total += _THROUGH_FRAME
        return total

    def lay(self, way: Way) -> None:
        """Put a line down."""
        for (x, y), (u, v) in pairwise(way):
            if y == v:
                self.flat.lay(y, min(x, u), max(x, u))
            else:
                self.upright.lay(x, min(y, v), max(y, v))
        key = (way[0], side(way))
        self.sides[key] = self.sides.get(key, 0) + 1

    def lift(self, way: Way) -> None:
        """Take a line away again."""
        for (x, y), (u, v) in pairwise(way):
            if y == v:
                self.flat.lift(y, min(x, u), max(x, u))
            else:
                self.upright.lift(x, min(y, v), max(y, v))
        self.sides[way[0], side(way)] -= 1


def side(way: Way) -> str:
    """Where a way leaves its shape: right, up or down."""
    (x, y), (u, v) = way[0], way[1]
    if y == v:
        return "right" if u > x else "left"
    return "down" if v > y else "up"


def routed(plan: Plan, raster: Raster, foreign: ForeignGround) -> dict[int, Way]:
    """The way of each link that is no drop, by the link's place: what matters most goes first."""
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
    costs: dict[int, float] = {}
    board = _Board(raster, foreign, drops)
    for place in order:
        found[place], costs[place] = _best(plan, board, place)
        board.lay(found[place])
    few = len(order) <= _MOST_REROUTED
    for _ in range(_ROUNDS if few else 1):
        before = dict(found)
        for place in order:
            if len(found[place]) > 2 and (few or costs[place] >= _CROSSING):
                board.lift(found[place])
                found[place], costs[place] = _best(plan, board, place)
                board.lay(found[place])
        if found == before:
            break
    return found


def _turn(plan: Plan, raster: Raster, place: int) -> tuple[bool, bool, bool, int, int]:
    link = plan.links[place]
    (x, y), (u, v) = raster.spots[link.start], raster.spots[link.end]
    straight = y == v and u > x
    return (not link.main, not straight, link.back, abs(u - x) + abs(v - y), place)


def _best(plan: Plan, board: _Board, place: int) -> tuple[Way, float]:
    """The cheapest way of a link, and what it costs."""
    link = plan.links[place]
    spots = board.raster.spots
    start, end = spots[link.start], spots[link.end]
    ground = board.foreign.of(link)
    timer = link.edge.kind == "timeout"

    def better(tried: Iterable[Way], best: Way | None, least: float) -> tuple[Way | None, float]:
        for way in tried:
            if _CORNER * (len(way) - 2) >= least:
                break
            aside = _TIMER_ASIDE if timer and side(way) == "right" else 0.0
            cost = aside + board.cost(way, ground, least - aside)
            if cost < least:
                best, least = way, cost
        return best, least

    gaps = board.gaps_between(start[1], end[1])
    if gaps:
        best, least = better(between(start, end, gaps), None, _SHUT)
        return best or last_resort(start, end, gaps[0], gaps[-1]), least
    channels = board.channels[board.raster.lines[start[1]].row]
    best, least = better(loop(start) if start == end else ways(start, end, channels), None, _SHUT)
    if least >= _THROUGH_FRAME and start != end:
        low, high = min(start[0], end[0]), max(start[0], end[0])
        around = board.foreign.around(link, low, high)
        rows = list(dict.fromkeys(_channel(gy, channels) for gy in around[:_DETOURS]))
        best, least = better(over(start, end, rows), best, least)
    if best is None and start[0] + 1 == end[0] - 1:
        return (start, (start[0] + 1, start[1]), (start[0] + 1, end[1]), end), least
    near = _channel(start[1], channels)
    return best or last_resort(start, end, near, near), least


def _channel(gy: int, channels: Sequence[int]) -> int:
    """The channel at a place down, or the nearest one."""
    at = bisect_left(channels, gy)
    near = channels[max(0, at - 1) : at + 1]
    return min(near, key=lambda one: (abs(one - gy), one))
