"""Transitions: lines with rounded corners, and the words at them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot

from salesflow.drawing.layout.sizes import EDGE, LINE, SIGNS, width_of_sign
from salesflow.drawing.lettering import width
from salesflow.drawing.scene import Route, Scene, Text
from salesflow.drawing.svg.boxes import heat
from salesflow.drawing.svg.looks import DASHES, WIDE
from salesflow.drawing.svg.markup import escaped, number
from salesflow.drawing.svg.signs import disc
from salesflow.drawing.svg.style import SHORT, SHORT_WIDE, Pen
from salesflow.drawing.svg.words import text, title_of_way, worst

_ROUND = 8.0  # radius of a corner
_SPACES = re.compile(" ?([MLQ]) ")
_SHARES = {"start": 0.0, "middle": 0.5, "end": 1.0}
_KIND_OF = {letter: kind for kind, letter in SIGNS.items()}


def lines(scene: Scene, pen: Pen) -> Iterator[str]:
    """A path for each route, in the scene's order; or the usual path and what is marked above."""
    for way in sorted(scene.routes, key=_height) if pen.plain else scene.routes:
        names = _names(way, pale=scene.diagram.pale)
        look = pen.look("edge", *_looks(names))
        path = f'class="{" ".join(("edge", *names))}" data-path="{escaped(way.edge.path)}"'
        d = drawn(way.points, short=SHORT_WIDE if names[-1:] and names[-1] in WIDE else SHORT)
        if not pen.plain:
            yield f'<path {path} d="{_tight(d)}"/>'
            continue
        start, end = scene.shapes[way.start].node, scene.shapes[way.end].node
        title = title_of_way(way.edge, start, end)
        yield f'<path {path} d="{d}"{look}><title>{title}</title></path>'


def _height(way: Route) -> tuple[bool, bool]:
    return bool(way.edge.marks), way.main


def _tight(d: str) -> str:
    return _SPACES.sub(r"\1", d)


def _names(way: Route, *, pale: bool) -> list[str]:
    names = [] if way.edge.kind == "flow" else [way.edge.kind]
    if way.back:
        names.append("back")
    if way.main:
        names.append("main")
    if mark := worst(way.edge.marks):
        names.append(mark)
    elif pale:
        names.append("pale")
    if way.edge.figure is not None:
        names.append(f"w{heat(way.edge.figure.level)}")
    return names


def _looks(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield f"{name}-edge" if name == "pale" or name in SIGNS else name
    for wide in names[-1:]:
        if wide in WIDE:
            tips = ("flow", *(name for name in names if name in ("main", "pale") or name in SIGNS))
            yield f"{tips[-1]}-{wide}"
            yield from (f"{name}-{wide}" for name in names if name in DASHES)


def drawn(points: Sequence[tuple[float, float]], *, short: float = SHORT) -> str:
    """The line through the points, its corners rounded: only M, L and Q, absolute.

    It ends ``short`` pixels before the last point.
    """
    corners = _shortened(points, short)
    x, y = corners[0]
    parts = [f"M {number(x)} {number(y)}"]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        (ax, ay), (bx, by) = _towards(corner, before), _towards(corner, after)
        x, y = corner
        bend = f"Q {number(x)} {number(y)} {number(bx)} {number(by)}"
        parts.append(f"L {number(ax)} {number(ay)} {bend}")
    x, y = corners[-1]
    parts.append(f"L {number(x)} {number(y)}")
    return " ".join(parts)


def _towards(corner: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """A point near the corner: as far as the rounding goes, at most half of the stretch."""
    (x, y), (u, v) = corner, other
    long = hypot(u - x, v - y)
    part = min(_ROUND, long / 2) / long
    return x + (u - x) * part, y + (v - y) * part


def _shortened(points: Sequence[tuple[float, float]], short: float) -> list[tuple[float, float]]:
    """The points without repeated ones, the last a little before the border."""
    corners = [
        points[0],
        *(b for a, b in pairwise(points) if hypot(b[0] - a[0], b[1] - a[1]) > 0.05),
    ]
    if len(corners) == 1:
        return [corners[0], corners[0]]
    (x, y), (u, v) = corners[-2:]
    long = hypot(u - x, v - y)
    part = max(0.0, long - short) / long
    corners[-1] = (x + (u - x) * part, y + (v - y) * part)
    return corners


def labels(scene: Scene, pen: Pen) -> Iterator[str]:
    """A group for each route that has words, in the order of the scene."""
    for way in scene.routes:
        if way.label is None:
            continue
        faint = scene.diagram.pale and not way.edge.marks
        names = "edge-label pale" if faint else "edge-label"
        look = pen.look("pale-label") if faint else ""
        inside = "".join(_words(way, way.label, pen))
        path = f' data-path="{escaped(way.edge.path)}"' if pen.plain else ""
        yield f'<g class="{names}"{path}{look}>{inside}</g>'


def _words(way: Route, label: Text, pen: Pen) -> Iterator[str]:
    """The label in one text; its figure in bold and its marks in their colours below."""
    plain, figure, marks = _sorted(way, label)
    yield text(_x(label), label.y, EDGE, plain, anchor=label.anchor)
    high = EDGE * LINE
    if figure:
        bold = ' class="figure" font-size="10" font-weight="700"'  # as wide as 11 pixels plain
        top = label.y + len(plain) * high
        yield text(_x(label), top, EDGE, (figure,), bold, anchor=label.anchor)
    top = label.y + (len(label.lines) - len(marks)) * high
    for line in marks:
        kind, words = _KIND_OF[line[0]], line[2:]
        wide = width_of_sign(EDGE) + width(words, EDGE)
        left = label.x + _SHARES[label.anchor] * (label.width - wide)
        look = f' class="text {kind}"{pen.look(f"{kind}-text")}'
        place = f"translate({number(left + 4)} {number(top + high / 2)}) scale(.72)"
        yield f'<g transform="{place}">{disc(kind, 0, 0, pen)}</g>'
        if words:
            yield text(left + width_of_sign(EDGE), top, EDGE, (words,), look)
        top += high


def _sorted(way: Route, label: Text) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Lines of the label, the figure, lines of marks: the order in which they stand."""
    kinds = {mark.kind for mark in way.edge.marks}
    lines = list(label.lines)
    marks: list[str] = []
    while lines and _KIND_OF.get(lines[-1][:1]) in kinds:
        marks.insert(0, lines.pop())
    figure = way.edge.figure
    last = lines.pop() if figure is not None and lines and lines[-1] == figure.text else ""
    return tuple(lines), last, tuple(marks)


def _x(label: Text) -> float:
    return label.x + _SHARES[label.anchor] * label.width
