"""The whole way from a diagram to a scene, step by step."""

from collections.abc import Mapping, Sequence
from math import ceil, sqrt
from typing import NamedTuple

from salesflow.drawing.diagram import Diagram
from salesflow.drawing.layout.columns import columns, ranks
from salesflow.drawing.layout.drafting import drafted
from salesflow.drawing.layout.excursions import homeward
from salesflow.drawing.layout.fences import ForeignGround, fences, members
from salesflow.drawing.layout.folding import folds, widths_of
from salesflow.drawing.layout.lanes import ordered
from salesflow.drawing.layout.plan import Plan, planned
from salesflow.drawing.layout.raster import Raster, raster
from salesflow.drawing.layout.routing import routed
from salesflow.drawing.layout.sizes import Sizes, size_of
from salesflow.drawing.layout.spacing import spaced
from salesflow.drawing.layout.strands import strands
from salesflow.drawing.layout.tracks import Cell, tracks
from salesflow.drawing.layout.ways import Way
from salesflow.drawing.scene import HEAD, Scene

WIDEST = 3.0  # a picture that is wider than so many heights is wrapped into rows
_SMALL = 1600.0  # a picture that is no wider stays in one row
_LANE = 110.0  # about how high a lane is
_TRIES = 4
_WORTH = 0.9  # a further row must make the picture narrower


class _Order(NamedTuple):
    """What is where, before any row is begun: columns of items, lanes from the top."""

    diagram: Diagram
    plan: Plan
    columns: Sequence[int]
    lane_at: Sequence[int]
    order: Sequence[int]


def layout(diagram: Diagram, *, sizes: Sizes = size_of, wrapped: bool = True) -> Scene:
    """Where everything in a diagram stands; the same diagram gives the same scene.

    Lanes run over the whole width, time from left to right. Unless ``wrapped`` is false, a picture
    wider than three heights goes on in a next row.
    """
    if not diagram.nodes:
        return Scene(
            diagram=diagram, width=0.0, height=0.0, bands=(), borders=(), shapes=(), routes=()
        )
    plan = planned(diagram, sizes)
    plan = homeward(plan, ranks(plan))
    lanes = max(1, len(diagram.lanes))
    order = ordered(plan, lanes, ranks(plan))
    lane_at = [order.index(lane) for lane in range(lanes)]
    sorted_out = _Order(diagram, plan, columns(plan, diagram.frames, lane_at), lane_at, order)
    rows = _rows(plan, sorted_out.columns, lanes) if wrapped else 1
    scene = _laid(sorted_out, rows)
    for _ in range(_TRIES):
        if not wrapped or scene.width <= max(_SMALL, WIDEST * scene.height):
            break
        rows += 1
        more = _laid(sorted_out, rows)
        if more.width > _WORTH * scene.width:
            break
        scene = more
    return scene


def _rows(plan: Plan, across: Sequence[int], lanes: int) -> int:
    """About how many rows make a picture no wider than it may be."""
    wide, high = sum(widths_of(plan, across)), lanes * _LANE
    if wide <= max(_SMALL, WIDEST * high * 1.3):
        return 1
    return max(1, ceil(sqrt(wide / (WIDEST * high))))


def _laid(sorted_out: _Order, rows: int) -> Scene:
    diagram, plan, across, lane_at, order = sorted_out
    held = members(diagram, plan)
    drops = {link.end for link in plan.links if link.drop}
    starts = folds(plan, across, _spans(diagram, held, across), rows)
    cells: dict[int, Cell] = {}
    for place, item in enumerate(plan.items):
        if place not in drops:
            row = sum(1 for start in starts if start <= across[place]) - 1
            cells[place] = Cell(row, lane_at[item.lane], across[place] - starts[row])
    ground = raster(cells, tracks(plan, cells))
    framed = fences(diagram, ground, held)
    foreign = ForeignGround(diagram, framed, held)
    ways = {**_drops(plan, ground), **routed(plan, ground, foreign)}
    laid = strands(plan, dict(sorted(ways.items())))
    spaces = spaced(plan, ground, laid, framed, HEAD if diagram.lanes else 0.0)
    return drafted(diagram, plan, ground, strands=laid, spaces=spaces, fences=framed, order=order)


def _drops(plan: Plan, ground: Raster) -> dict[int, Way]:
    """From its start straight down into the channel below."""
    ways: dict[int, Way] = {}
    for place, link in enumerate(plan.links):
        if link.drop:
            gx, gy = ground.spots[link.start]
            ways[place] = ((gx, gy), (gx, gy + 1))
    return ways


def _spans(
    diagram: Diagram, held: Mapping[str, Sequence[int]], across: Sequence[int]
) -> list[tuple[int, int]]:
    """The columns of each frame, its gates included."""
    found: list[tuple[int, int]] = []
    for frame in diagram.frames:
        places = [across[item] for item in held.get(frame.id, ())]
        if places:
            found.append((max(min(places) - 1, 0), min(max(places) + 1, max(across))))
    return found
