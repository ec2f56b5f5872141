"""The whole way from a diagram to a scene (first, simple version)."""

from salesflow.drawing.diagram import Diagram
from salesflow.drawing.layout.sizes import EDGE, LINE, Sizes, size_of
from salesflow.drawing.lettering import width, wrap
from salesflow.drawing.scene import Band, Border, Route, Scene, Shape, Text


def layout(diagram: Diagram, *, sizes: Sizes = size_of) -> Scene:
    """Where everything in a diagram stands; the same diagram gives the same scene."""
    lanes = [lane.id for lane in diagram.lanes]
    column: dict[str, int] = {}
    incoming: dict[str, list[str]] = {}
    for edge in diagram.edges:
        incoming.setdefault(edge.end, []).append(edge.start)
    for node in diagram.nodes:
        givers = [column[one] for one in incoming.get(node.id, ()) if one in column]
        column[node.id] = max(givers, default=-1) + 1
    rows: dict[tuple[int, int], int] = {}
    shapes, places = [], {}
    deep: dict[int, int] = {}
    spots = {}
    for node in diagram.nodes:
        lane = lanes.index(node.lane) if node.lane in lanes else 0
        cell = (column[node.id], lane)
        spots[node.id] = rows.get(cell, 0)
        rows[cell] = spots[node.id] + 1
        deep[lane] = max(deep.get(lane, 1), rows[cell])
    tops, y = {}, 40.0
    for lane in range(max(1, len(lanes))):
        tops[lane] = y
        y += 20 + 110 * deep.get(lane, 1)
    for node in diagram.nodes:
        lane = lanes.index(node.lane) if node.lane in lanes else 0
        size = sizes(node)
        cx, cy = 160 + 260 * column[node.id], tops[lane] + 65 + 110 * spots[node.id]
        places[node.id] = len(shapes)
        shapes.append(
            Shape(
                node=node,
                x=cx - size.width / 2,
                y=cy - size.height / 2,
                width=size.width,
                height=size.height,
                lines=size.lines,
                details=size.details,
            )
        )
    wide = 160 + 260 * (max(column.values(), default=0) + 1)
    bands = [
        Band(lane=lane, row=0, x=0, y=tops[place], width=wide, height=20 + 110 * deep.get(place, 1))
        for place, lane in enumerate(diagram.lanes)
    ]
    routes = []
    for edge in diagram.edges:
        if edge.end not in places or edge.start not in places:
            continue
        one, two = shapes[places[edge.start]], shapes[places[edge.end]]
        x0, y0 = one.x + one.width, one.y + one.height / 2
        x1, y1 = two.x, two.y + two.height / 2
        bend = x1 - 20
        lines = wrap(edge.label, EDGE, 110, 3)
        text = None
        if lines:
            high = len(lines) * EDGE * LINE
            text = Text(
                lines=lines,
                x=x0 + 4,
                y=y0 - high - 3,
                width=max(width(line, EDGE) for line in lines),
                height=high,
            )
        routes.append(
            Route(
                edge=edge,
                points=((x0, y0), (bend, y0), (bend, y1), (x1, y1)),
                start=places[edge.start],
                end=places[edge.end],
                label=text,
                back=x1 < x0,
            )
        )
    borders = []
    for frame in diagram.frames:
        inner = [s for s in shapes if s.node.frame == frame.id]
        if inner:
            left, top = min(s.x for s in inner) - 20, min(s.y for s in inner) - 30
            right = max(s.x + s.width for s in inner) + 20
            bottom = max(s.y + s.height for s in inner) + 20
            label = Text(
                lines=(frame.label,),
                x=left + 8,
                y=top + 4,
                width=width(frame.label, EDGE),
                height=EDGE * LINE,
            )
            borders.append(
                Border(
                    frame=frame, x=left, y=top, width=right - left, height=bottom - top, label=label
                )
            )
    return Scene(
        diagram=diagram,
        width=wide,
        height=y,
        bands=tuple(bands),
        borders=tuple(borders),
        shapes=tuple(shapes),
        routes=tuple(routes),
    )
