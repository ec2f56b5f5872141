"""From a raster with its pixels to the scene: shapes, lines, words, frames and lanes."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from salesflow.drawing.diagram import Diagram, Frame
from salesflow.drawing.layout.fences import Fence
from salesflow.drawing.layout.plan import Plan
from salesflow.drawing.layout.raster import Raster, row_of
from salesflow.drawing.layout.sizes import EDGE, LINE, MARK, SIGN, rows_of
from salesflow.drawing.layout.spacing import Spaces
from salesflow.drawing.layout.spans import drop_length
from salesflow.drawing.layout.strands import Strand, is_flat
from salesflow.drawing.layout.ways import Way
from salesflow.drawing.lettering import BOLD_ROOM, width, wrap
from salesflow.drawing.scene import Band, Border, Route, Scene, Shape, Text

_MARGIN = 12.0
_TITLE_WIDEST = 260.0


def drafted(
    diagram: Diagram,
    plan: Plan,
    raster: Raster,
    *,
    strands: Mapping[int, Strand],
    spaces: Spaces,
    fences: Sequence[Fence],
    order: Sequence[int],
) -> Scene:
    """The scene; ``order`` are the lanes from the top."""
    shapes = _shapes(plan, raster, strands, spaces)
    total = max(spans.end[-1] for spans in spaces.across) + _MARGIN
    lines = _lines(raster, strands, spaces)
    routes = tuple(_route(plan, strands[place], lines[place], place, shapes) for place in strands)
    return Scene(
        diagram=diagram,
        width=total,
        height=spaces.down.end[-1],
        bands=tuple(_bands(diagram, raster, spaces, order, total)),
        borders=tuple(_borders(diagram, raster, fences, spaces, routes)),
        shapes=tuple(shapes),
        routes=routes,
    )


def _shapes(
    plan: Plan, raster: Raster, strands: Mapping[int, Strand], spaces: Spaces
) -> list[Shape]:
    hung = {plan.links[place].end: place for place, one in strands.items() if one.drop}
    shapes: list[Shape] = []
    for item, (node, size, _, copy) in enumerate(plan.items):
        wide, high = spaces.sizes[item]
        if item in hung:
            place = hung[item]
            start = plan.links[place].start
            gx, gy = raster.spots[start]
            x = spaces.across[raster.lines[gy].row].zero[gx] + spaces.at[place, 0]
            top = spaces.down.zero[gy] + spaces.sizes[start][1] / 2
            y = max(top, spaces.down.end[gy]) + drop_length(strands[place].hang) + high / 2
        else:
            gx, gy = raster.spots[item]
            across = spaces.across[raster.lines[gy].row]
            x, y = across.zero[gx], spaces.down.zero[gy]
        shapes.append(
            Shape(
                node=node,
                x=x - wide / 2,
                y=y - high / 2,
                width=wide,
                height=high,
                lines=size.lines,
                details=size.details,
                copy=copy,
            )
        )
    return shapes


def _lines(raster: Raster, strands: Mapping[int, Strand], spaces: Spaces) -> dict[int, list[float]]:
    """Where each part of each strand lies: its x if it runs up or down, else its y."""
    found: dict[int, list[float]] = {}
    for place, strand in strands.items():
        way = strand.way
        lines = found.setdefault(place, [])
        for part in range(len(way) - 1):
            x, y = way[part]
            if is_flat(way, part):
                zero = spaces.down.zero[y]
            else:
                zero = spaces.across[row_of(raster, y, way[part + 1][1])].zero[x]
            lines.append(zero + spaces.at[place, part])
    return found


def _route(
    plan: Plan, strand: Strand, lines: Sequence[float], place: int, shapes: Sequence[Shape]
) -> Route:
    link = plan.links[place]
    points = _points(strand.way, lines, shapes[link.start], shapes[link.end])
    return Route(
        edge=link.edge,
        points=points,
        start=link.start,
        end=link.end,
        label=_label(strand, points),
        main=link.main,
        back=link.back,
    )


def _points(
    way: Way, lines: Sequence[float], start: Shape, end: Shape
) -> tuple[tuple[float, float], ...]:
    """The corners in pixels; the ends lie on the borders of the shapes."""
    last = len(way) - 2
    points = []
    for part in range(last):
        one, two = lines[part], lines[part + 1]
        points.append((two, one) if is_flat(way, part) else (one, two))
    first = _border(start, lines[0], is_flat(way, 0), way[1], way[0])
    final = _border(end, lines[last], is_flat(way, last), way[last], way[last + 1])
    return (first, *points, final)


def _border(
    shape: Shape, line: float, flat: bool, toward: tuple[int, int], own: tuple[int, int]
) -> tuple[float, float]:
    """Where a line meets its shape, which it leaves towards (or reaches from) another spot."""
    if flat:
        return (shape.x + shape.width if toward[0] > own[0] else shape.x, line)
    return (line, shape.y + shape.height if toward[1] > own[1] else shape.y)


def _label(strand: Strand, points: Sequence[tuple[float, float]]) -> Text | None:
    words = strand.words
    if not words.lines:
        return None
    (x, y), (u, v) = points[strand.at], points[strand.at + 1]
    anchor = "start"
    if strand.flat and strand.at:
        left, top, anchor = u - words.width - 14, y - words.height - 2, "end"
    elif strand.flat:
        left, top = (x + 6 if u > x else x - 6 - words.width), y - words.height - 2
    elif v > y:
        left, top = x + 5, y + 4
    else:
        left, top = x + 5, y - 4 - words.height
    return Text(
        lines=words.lines, x=left, y=top, width=words.width, height=words.height, anchor=anchor
    )


def _bands(
    diagram: Diagram, raster: Raster, spaces: Spaces, order: Sequence[int], total: float
) -> Iterator[Band]:
    if not diagram.lanes:
        return
    ends: dict[tuple[int, int], list[float]] = {}
    for gy, line in enumerate(raster.lines):
        if line.lane >= 0:
            span = ends.setdefault((line.row, line.lane), [spaces.down.begin[gy], 0.0])
            span[1] = spaces.down.end[gy]
    for (row, lane), (top, bottom) in sorted(ends.items()):
        yield Band(
            lane=diagram.lanes[order[lane]],
            row=row,
            x=0.0,
            y=top,
            width=total,
            height=bottom - top,
        )


def _borders(
    diagram: Diagram,
    raster: Raster,
    fences: Sequence[Fence],
    spaces: Spaces,
    routes: Sequence[Route],
) -> Iterator[Border]:
    upright = sorted(
        (x, min(y, v), max(y, v))
        for route in routes
        for (x, y), (u, v) in pairwise(route.points)
        if x == u
    )
    for fence in fences:
        frame = diagram.frames[fence.frame]
        across = spaces.across[raster.lines[fence.top].row]
        left, right = across.begin[fence.left - 1] + 8, across.end[fence.right + 1] - 16
        top = spaces.down.begin[fence.top - 1] + 3 + 22 * fence.depth
        bottom = spaces.down.end[fence.bottom + 1] - 3 - 4 * fence.depth
        y, high = top + 3, EDGE * LINE
        met = [x for x, low, up in upright if low < y + high + 3 and up > y - 3]
        more = 16 + _marks_beside(diagram, frame)
        wanted = min(width(frame.label, EDGE), _TITLE_WIDEST) * BOLD_ROOM + more
        x, room = _free(left + 8, right - 8, wanted, met)
        lines = wrap(frame.label, EDGE, min(_TITLE_WIDEST, max(room - more, 24) / BOLD_ROOM), 1)
        wide = max((width(line, EDGE) for line in lines), default=0.0)
        label = Text(lines=lines, x=x, y=y, width=wide, height=high)
        yield Border(
            frame=frame, x=left, y=top, width=right - left, height=bottom - top, label=label
        )


def _marks_beside(diagram: Diagram, frame: Frame) -> float:
    """How wide the marks of a block are, which stand beside its title."""
    fork = (node for node in diagram.nodes if node.id == frame.id)
    marks = rows_of(next((node.marks for node in fork), ()))
    return sum(SIGN + width(mark.text or mark.kind, MARK) + 14 for mark in marks)


def _free(left: float, right: float, wanted: float, met: Sequence[float]) -> tuple[float, float]:
    """Where a title has none of the lines at ``met``, and how much room it has there.

    The first place that is wide enough, else the widest one.
    """
    begins = [left, *(x + 14 for x in met if left - 8 <= x < right)]
    ends = [*(x - 6 for x in met if left - 8 <= x < right), right]
    free = [(end - begin, begin) for begin, end in zip(begins, ends, strict=True)]
    for room, begin in free:
        if room >= wanted:
            return begin, room
    room, begin = max(free, key=lambda one: (one[0], -one[1]))
    return begin, max(room, 40.0)
