"""Nodes: boxes of steps, pills of sources and outcomes, circles of forks and joins."""

from collections import Counter
from collections.abc import Iterator, Sequence

from salesflow.drawing.diagram import Node
from salesflow.drawing.layout.sizes import DETAIL, FIGURE, LABEL, LINE, ROW, rows_of
from salesflow.drawing.lettering import width
from salesflow.drawing.scene import Route, Scene, Shape
from salesflow.drawing.svg.marks import tag
from salesflow.drawing.svg.markup import escaped, linked, number
from salesflow.drawing.svg.signs import badge, disc, sign
from salesflow.drawing.svg.style import Pen
from salesflow.drawing.svg.words import text, title_of, worst

GATES = ("fork", "join", "gateway")
PILLS = ("source", "outcome")
MORE = "more"  # the tone of what only says that the flow goes on
_PADDING = 12.0
_CUT = 9.0
_MEETS = 20.0  # from the left border to the sign of a step that waits for all


def nodes(scene: Scene, pen: Pen) -> Iterator[str]:
    """A group for each shape, in the order of the scene."""
    diagram = scene.diagram
    lanes = {lane.id: lane.label for lane in diagram.lanes}
    usual = {place for way in scene.routes if way.main for place in (way.start, way.end)}
    runs = {frame.id for frame in diagram.frames if frame.kind == "run"}
    borders: dict[int, list[str]] = {}
    for (start, x, y), kind in badges(scene).items():
        borders.setdefault(start, []).append(badge(kind, x, y, pen))
    for place, shape in enumerate(scene.shapes):
        if shape.node.meets:  # on its upper border: arrows come from the left
            borders.setdefault(place, []).append(badge("both", shape.x + _MEETS, shape.y, pen))
        names = _names(shape.node, pale=diagram.pale, usual=place in usual)
        inside = _inside(shape, names, pen, alone=shape.node.frame in runs)
        title = ""
        if pen.titled:
            lane = lanes.get(shape.node.lane, "")
            title = f"<title>{title_of(shape.node, lane, diagram.measure)}</title>"
        yield linked(
            pen.links.get(shape.node.path, ""),
            f'<g class="node {" ".join(names)}" data-path="{escaped(shape.node.path)}"'
            f"{_ink(shape.node, names, pen)}>{title}{_outline(shape, names, pen)}"
            f"{inside}{''.join(borders.get(place, ()))}</g>",
        )


def badges(scene: Scene) -> dict[tuple[int, float, float], str]:
    """Signs where lines start: shape and place -> timeout, leave, or both (of one result, all)."""
    times = Counter(map(_result, scene.routes))
    found: dict[tuple[int, float, float], str] = {}
    for way in scene.routes:
        kind = way.edge.kind if way.edge.kind in ("timeout", "leave") else ""
        if not kind and way.edge.path and times[_result(way)] > 1:
            kind = "both"
        if kind:
            found.setdefault((way.start, *way.points[0]), kind)
    return found


def _result(way: Route) -> tuple[int, str, bool]:
    """What starts together: of two versions, what was removed never starts with what stayed."""
    return way.start, way.edge.path, worst(way.edge.marks) == "removed"


def _names(node: Node, *, pale: bool, usual: bool) -> list[str]:
    """The classes of a node: kind, tone, what it is marked with, how much its figure is."""
    names = [node.kind]
    if node.kind == "outcome" or node.tone == MORE:
        names.append(tone_of(node))
    mark = worst(node.marks)
    if node.figure is not None:
        names.append(f"h{heat(node.figure.level)}")
    if mark:
        names.append(mark)
    elif node.figure is None and pale:
        names.append("pale")
    elif node.figure is None and usual and node.tone != MORE:
        names.append("main")
    return names


def tone_of(node: Node) -> str:
    """How an outcome looks."""
    return node.tone if node.tone in ("won", "done", "disqualified", "failed", MORE) else "lost"


def heat(level: float) -> int:
    """Which of the six colours of heat, or widths of lines, a level of 0 to 1 has."""
    return max(0, min(5, int(level * 6)))


def _ink(node: Node, names: Sequence[str], pen: Pen) -> str:
    if "pale" in names:
        return pen.look("pale-ink")
    if node.kind in PILLS:
        return pen.look(f"{names[1] if names[1:2] == [tone_of(node)] else node.kind}-ink")
    return ""


def _outline(shape: Shape, names: Sequence[str], pen: Pen) -> str:
    x, y, wide, high = shape.x, shape.y, shape.width, shape.height
    look = 'class="shape"' + pen.look("shape", *_looks(names))
    kind = shape.node.kind
    corners = _corners(kind, x, y, wide, high)
    if corners:
        return f'<path {look} d="M{corners}Z"/>'
    gate = kind in ("fork", "join")
    round_ = min(wide / 2, high / 2, 20) if gate or kind in PILLS else 7
    return (
        f'<rect {look} x="{number(x)}" y="{number(y)}" width="{number(wide)}" '
        f'height="{number(high)}" rx="{number(round_)}"/>'
    )


def _corners(kind: str, x: float, y: float, wide: float, high: float) -> str:
    right, low, middle, half = x + wide, y + high, y + high / 2, x + wide / 2
    c = _CUT
    points = {
        "decision": (
            *((x + c, y), (right - c, y), (right, y + c), (right, low - c)),
            *((right - c, low), (x + c, low), (x, low - c), (x, y + c)),
        ),
        "gateway": ((half, y), (right, middle), (half, low), (x, middle)),
        "stage": ((x, y), (right - c, y), (right, middle), (right - c, low), (x, low)),
    }.get(kind, ())
    return "L".join(f"{number(p)} {number(q)}" for p, q in points)


def _looks(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        if name in _MARKED:
            yield f"{name}-node"
        elif name == "main":
            yield "way"
        elif name not in ("step", "outcome"):
            yield name


_MARKED = ("error", "warning", "info", "added", "removed", "changed")


def _inside(shape: Shape, names: Sequence[str], pen: Pen, *, alone: bool) -> str:
    node = shape.node
    if node.kind in GATES:
        return "".join(_gate(shape, pen, alone=alone))
    rows = rows_of(node.marks)
    figure = node.figure is not None
    high = (
        len(shape.lines) * LABEL * LINE
        + len(shape.details) * DETAIL * LINE
        + (FIGURE if figure else 0)
        + len(rows) * ROW
    )
    top = shape.y + (shape.height - high) / 2
    left = shape.x + _PADDING
    parts = []
    if node.tone == MORE:
        return text(shape.x + shape.width / 2, top, LABEL, shape.lines, anchor="middle")
    if node.kind in PILLS:
        kind = "source" if node.kind == "source" else tone_of(node)
        middle = top + len(shape.lines) * LABEL * LINE / 2
        look = pen.look("tone", f"{kind}-tone", *(("pale-tone",) if "pale" in names else ()))
        parts.append(sign(kind, shape.x + 14, middle, "tone", look))
        left = shape.x + 24
    elif node.kind == "run":
        parts.append(_bars(shape, pen))
    parts.append(text(left, top, LABEL, shape.lines))
    top += len(shape.lines) * LABEL * LINE
    soft = _soft(node, pen)
    parts.append(text(left, top, DETAIL, shape.details, soft))
    top += len(shape.details) * DETAIL * LINE
    if node.figure is not None:
        bold = ' class="figure" font-size="11" font-weight="700"'
        parts.append(text(left, top + 2, DETAIL, (node.figure.text,), bold))
        top += FIGURE
    for row, mark in enumerate(rows):
        parts.append(tag(mark, shape.x + 7, top + ROW * row + 1, shape.width - 14, pen))
    return "".join(parts)


def _soft(node: Node, pen: Pen) -> str:
    """Of small words: pale, but dark where they stand on heat."""
    looks = ("soft",) if node.figure is None else ("soft", "hot")
    return f' class="soft" font-size="11"{pen.look(*looks)}'


def _bars(shape: Shape, pen: Pen) -> str:
    """The double sides of a run of a sub-process."""
    top, low = number(shape.y), number(shape.y + shape.height)
    sides = (number(shape.x + 5), number(shape.x + shape.width - 5))
    lines = "".join(f"M{side} {top}V{low}" for side in sides)
    look = pen.look("stroke", "bars")
    return f'<path class="stroke bars" d="{lines}"{look}/>'


def _gate(shape: Shape, pen: Pen, *, alone: bool) -> Iterator[str]:
    """The sign of a fork or a join: plus waits for all, a number for so many; its word beside.

    What is run is ``alone``: it begins with an arrow head, and at its end nothing is waited for.
    """
    node, x, y = shape.node, shape.x + shape.width / 2, shape.y + shape.height / 2
    if shape.lines and alone:
        yield text(
            x, y - DETAIL * LINE / 2, DETAIL, shape.lines[:1], _soft(node, pen), anchor="middle"
        )
    elif shape.lines:
        x -= width(shape.lines[0], DETAIL) / 2
        yield text(x + 9, y - DETAIL * LINE / 2, DETAIL, shape.lines[:1], _soft(node, pen))
    words = node.label.split(" ", 1)[0] if node.kind == "join" else ""
    wanted = "1" if words == "first" else words if words.isdigit() else ""
    if wanted:
        bold = ' font-weight="700"'
        yield text(x, y - LABEL * LINE / 2, LABEL, (wanted,), bold, anchor="middle")
    elif not (alone and shape.lines):
        yield sign("source" if alone else "fork", x, y, "stroke", pen.look("stroke"))
    if mark := worst(node.marks):
        yield disc(mark, shape.x + shape.width - 3, shape.y + 3, pen)
