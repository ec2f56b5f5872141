"""How far apart everything stands: each place on the raster with its pixels."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from salesflow.drawing.layout.plan import Plan
from salesflow.drawing.layout.raster import Raster
from salesflow.drawing.layout.strands import Strand, is_flat, stretches
from salesflow.drawing.layout.stretches import Bundle, Stretch, bundled, lined_up, middles

_GAP = 12.0  # between lines side by side
_WIDE_GAP = 18.0  # where a line's thickness is a figure
PORT = 9.0  # from the outermost line to the corner of its shape
_EDGE = 10.0  # between what is in a channel and its border
_ARROW = 16.0
_FRAME = 16.0  # beside a frame's border
_TITLE = 22.0  # of a frame
_CLEAR = 14.0  # above and below shapes


class Spans(NamedTuple):
    """Pixels of one direction: where each place begins and ends, and where 0 of its lines lies."""

    begin: list[float]
    end: list[float]
    zero: list[float]


class Fence(NamedTuple):
    """A frame on the raster: from its first column and track to its last, gates not included."""

    frame: int
    left: int
    top: int
    right: int
    bottom: int
    depth: int  # frames around it


class Spaces(NamedTuple):
    """Where everything lies, across and down; ``at`` (link, part) in pixels from its line's 0."""

    across: Spans
    down: Spans
    at: dict[tuple[int, int], float]
    sizes: dict[int, tuple[float, float]]  # of items, wide enough for their lines


def spaced(
    plan: Plan,
    raster: Raster,
    strands: Mapping[int, Strand],
    fences: Sequence[Fence],
    head: float,
) -> Spaces:
    """The pixels of every place. ``head``: kept free at the left, for the names of lanes."""
    flat, upright = stretches(plan, strands)
    gap = _WIDE_GAP if any(link.edge.figure for link in plan.links) else _GAP
    at: dict[tuple[int, int], float] = {}
    for _ in range(2):  # each settles the ties of the other
        ties = _ties(strands, at)
        for gy, found in sorted(flat.items()):
            at.update(_lined_up(found, gap, centred=raster.lines[gy].track, ties=ties))
        ties = _ties(strands, at)
        for gx, found in sorted(upright.items()):
            at.update(_lined_up(found, gap, centred=gx % 2 == 1, ties=ties))
    sizes = _sizes(plan, strands, at)
    across = _across(
        plan,
        raster,
        strands=strands,
        upright=upright,
        at=at,
        sizes=sizes,
        fences=fences,
        head=head,
    )
    down = _down(plan, raster, strands=strands, flat=flat, at=at, sizes=sizes, fences=fences)
    return Spaces(across, down, at, sizes)


def _lined_up(
    found: Sequence[Stretch], gap: float, *, centred: bool, ties: Callable[[Bundle, Bundle], int]
) -> dict[tuple[int, int], float]:
    bundles = bundled(found)
    at = lined_up(bundles, gap, ties)
    return middles(bundles, at) if centred else at


def _ties(
    strands: Mapping[int, Strand], at: Mapping[tuple[int, int], float]
) -> Callable[[Bundle, Bundle], int]:
    """Which of two lines that turn off to the same side goes first: they must not cross there."""

    def beside(stretch: Stretch, *, high: bool) -> float:
        way = strands[stretch.link].way
        axis = 0 if is_flat(way, stretch.part) else 1
        first = (way[stretch.part][axis] > way[stretch.part + 1][axis]) == high
        part = stretch.part - 1 if first else stretch.part + 1
        return at.get((stretch.link, part), 0.0)

    def tie(one: Bundle, two: Bundle) -> int:
        a, b = one.parts[0], two.parts[0]
        if a.low == b.low and a.at_low == b.at_low != 0:
            left = beside(a, high=False) - beside(b, high=False)
            return _sign(left * a.at_low)
        if a.high == b.high and a.at_high == b.at_high != 0:
            left = beside(a, high=True) - beside(b, high=True)
            return _sign(-left * a.at_high)
        return 0

    return tie


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _sizes(
    plan: Plan, strands: Mapping[int, Strand], at: Mapping[tuple[int, int], float]
) -> dict[int, tuple[float, float]]:
    """Shapes as large as they must be for the lines that begin and end there."""
    reach: dict[int, tuple[float, float]] = {
        place: (item.size.width / 2, item.size.height / 2) for place, item in enumerate(plan.items)
    }
    for place, strand in strands.items():
        link, last = plan.links[place], len(strand.way) - 2
        ends = [(link.start, 0)] if strand.drop else [(link.start, 0), (link.end, last)]
        for item, part in ends:
            wide, high = reach[item]
            need = abs(at[place, part]) + PORT
            if is_flat(strand.way, part):
                reach[item] = (wide, max(high, need))
            else:
                reach[item] = (max(wide, need), high)
    return {item: (2 * wide, 2 * high) for item, (wide, high) in reach.items()}


def _across(
    plan: Plan,
    raster: Raster,
    *,
    strands: Mapping[int, Strand],
    upright: Mapping[int, Sequence[Stretch]],
    at: Mapping[tuple[int, int], float],
    sizes: Mapping[int, tuple[float, float]],
    fences: Sequence[Fence],
    head: float,
) -> Spans:
    count = raster.across
    before, behind = [0.0] * count, [0.0] * count  # of a column: left and right of its middle
    for item, (gx, _) in raster.spots.items():
        half = max(sizes[item][0], plan.items[item].size.beneath) / 2
        before[gx], behind[gx] = max(before[gx], half), max(behind[gx], half)
    for gx in range(1, count, 2):
        for one in upright.get(gx, ()):
            place = at[one.link, one.part]
            before[gx] = max(before[gx], one.before - place)
            behind[gx] = max(behind[gx], one.behind + place)
    first, last = [0.0] * count, [0.0] * count  # of a channel: words at its start and its end
    for place, strand in strands.items():
        if not strand.words.lines or not strand.flat:
            continue
        gx = raster.spots[plan.links[place].start][0] + 1
        if strand.at:
            gx = raster.spots[plan.links[place].end][0] - 1
            last[gx] = max(last[gx], strand.words.width + _ARROW + 4)
        elif strand.way[1][0] > strand.way[0][0]:
            first[gx] = max(first[gx], strand.words.width + _EDGE)
    for fence in fences:
        first[fence.left - 1] = max(first[fence.left - 1], _FRAME)
        last[fence.right + 1] = max(last[fence.right + 1], _FRAME + _ARROW)
    spans = Spans([], [], [])
    x = head
    for gx in range(count):
        spans.begin.append(x)
        if gx % 2:
            spans.zero.append(x + before[gx])
            x += before[gx] + behind[gx]
        else:
            lines = [at[one.link, one.part] for one in upright.get(gx, ())]
            spans.zero.append(x + max(first[gx], _EDGE))
            x += max(first[gx], _EDGE) + max(lines, default=0.0) + max(last[gx], _ARROW)
        spans.end.append(x)
    return spans


def _down(
    plan: Plan,
    raster: Raster,
    *,
    strands: Mapping[int, Strand],
    flat: Mapping[int, Sequence[Stretch]],
    at: Mapping[tuple[int, int], float],
    sizes: Mapping[int, tuple[float, float]],
    fences: Sequence[Fence],
) -> Spans:
    count = len(raster.lines)
    above, under = [0.0] * count, [0.0] * count  # of a track: from its middle
    first, last = [0.0] * count, [0.0] * count  # of a channel: words and drops
    for item, (_, gy) in raster.spots.items():
        half = sizes[item][1] / 2
        above[gy] = max(above[gy], half)
        under[gy] = max(under[gy], half + plan.items[item].size.below)
    for gy, several in flat.items():
        if raster.lines[gy].track:
            for one in several:
                place = at[one.link, one.part]
                above[gy] = max(above[gy], one.before - place)
                under[gy] = max(under[gy], place + 4)
    for place, strand in strands.items():
        gy = strand.way[0][1]
        words = strand.words.height
        if strand.drop:
            size = plan.items[plan.links[place].end].size
            first[gy + 1] = max(first[gy + 1], drop_length(words) + size.height + size.below + 4)
        elif words and not strand.flat:
            side = gy + 1 if strand.way[1][1] >= gy else gy - 1
            room = first if side > gy else last
            room[side] = max(room[side], words + _EDGE)
    for fence in fences:
        first[fence.top - 1] = max(first[fence.top - 1], (fence.depth + 1) * _TITLE)
    spans = Spans([], [], [])
    y = 0.0
    for gy, line in enumerate(raster.lines):
        spans.begin.append(y)
        if line.track:
            spans.zero.append(y + above[gy])
            y += above[gy] + under[gy]
        else:
            lines = [at[one.link, one.part] for one in flat.get(gy, ())]
            clear = _CLEAR if line.lane >= 0 else 2 * _CLEAR
            spans.zero.append(y + max(first[gy] + (_EDGE if lines else 0), clear))
            y = spans.zero[gy] + (max(lines) + _EDGE if lines else 0.0) + max(last[gy], 0.0)
            y += 0.0 if lines else _EDGE - 4
        spans.end.append(y)
    return spans


def drop_length(words: float) -> float:
    """How long the line to an outcome below is: its words stand beside it."""
    return max(words + 12.0, 20.0)
