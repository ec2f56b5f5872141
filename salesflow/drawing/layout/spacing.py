"""How far apart everything stands: each place on the raster with its pixels."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from salesflow.drawing.layout.fences import Fence
from salesflow.drawing.layout.plan import Plan
from salesflow.drawing.layout.raster import Raster, row_of
from salesflow.drawing.layout.spans import Drawn, Spans, across, down
from salesflow.drawing.layout.strands import Strand, is_flat, stretches
from salesflow.drawing.layout.stretches import Bundle, Stretch, bundled, lined_up, middles, sign

_GAP = 12.0  # between lines side by side
_WIDE_GAP = 18.0  # where a line's thickness is a figure
PORT = 9.0  # from the outermost line to the corner of its shape


class Spaces(NamedTuple):
    """Where everything lies, across and down; ``at`` (link, part) in pixels from its line's 0."""

    across: list[Spans]  # of each row
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
    rows = {gy: bundled(found) for gy, found in sorted(flat.items())}
    columns = {gx: bundled(found) for gx, found in sorted(upright.items())}
    at: dict[tuple[int, int], float] = {}
    for _ in range(2):  # each settles the ties of the other
        ties = _ties(strands, at)
        for gy, bundles in rows.items():
            at.update(_lined_up(bundles, gap, centred=raster.lines[gy].track, ties=ties))
        ties = _ties(strands, at)
        for gx, bundles in columns.items():
            at.update(_lined_up(bundles, gap, centred=gx % 2 == 1, ties=ties))
    sizes = _sizes(plan, strands, at)
    drawn = Drawn(plan, raster, strands, at, sizes, fences)
    wide = across(drawn, upright, head)
    for gy, found in flat.items():
        if raster.lines[gy].lane < 0:
            met = [_measured(one, strands[one.link], raster, wide, at) for one in found]
            at.update(_lined_up(bundled(met), gap, centred=False, ties=_ties(strands, at)))
    return Spaces(wide, down(drawn, flat), at, sizes)


def _measured(
    one: Stretch,
    strand: Strand,
    raster: Raster,
    wide: Sequence[Spans],
    at: Mapping[tuple[int, int], float],
) -> Stretch:
    """A stretch between rows by pixels: the rows have no places across in common."""
    ends: list[tuple[int, int]] = []
    gy = strand.way[one.part][1]
    for part, far in ((one.part - 1, one.part - 1), (one.part + 1, one.part + 2)):
        x, beyond = strand.way[part][0], strand.way[far][1]
        row = row_of(raster, beyond, gy)
        ends.append((round(wide[row].zero[x] + at[one.link, part]), sign(beyond - gy)))
    (low, at_low), (high, at_high) = sorted(ends)
    return one._replace(low=low, high=high, at_low=at_low, at_high=at_high)


def _lined_up(
    bundles: Sequence[Bundle], gap: float, *, centred: bool, ties: Callable[[Bundle, Bundle], int]
) -> dict[tuple[int, int], float]:
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
            return sign(left * a.at_low)
        if a.high == b.high and a.at_high == b.at_high != 0:
            left = beside(a, high=True) - beside(b, high=True)
            return sign(-left * a.at_high)
        return 0

    return tie


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
