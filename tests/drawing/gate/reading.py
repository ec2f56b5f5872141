"""Reads a picture back from the text of its SVG, knowing nothing of who drew it.

Lengths are pixels. What a text covers is worked out from its letters; a browser is asked about the
same in ``test_letters.py``.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

from salesflow.drawing.lettering import width
from tests.drawing.gate.styles import Rule, rules, style

_NUMBER = re.compile(r"-?\d*\.?\d+(?:[eE][-+]?\d+)?")
_MOVE = re.compile(r"([MLQHVCAZ])([^MLQHVCAZ]*)")
_TRANSLATE = re.compile(r"translate\(\s*([-.\deE]+)(?:[\s,]+([-.\deE]+))?\s*\)$")
_BESIDE = {"badge", "halo", "heat", "shadow", "mark", "hit"}
BOLD = 1.1  # how much wider bold letters are, about

Point = tuple[float, float]


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> "Box":
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: "Box", slack: float = 0.5) -> bool:
        """Whether more than ``slack`` pixels of each lie over the other."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > slack and high > slack

    def holds(self, other: "Box", slack: float = 0.5) -> bool:
        inner = other.grown(-slack)
        across = self.left <= inner.left and inner.right <= self.right
        return across and self.top <= inner.top and inner.bottom <= self.bottom

    def away(self, point: Point) -> float:
        """How far a point is from the border, whether inside or outside."""
        x, y = point
        wide = max(self.left - x, x - self.right)
        high = max(self.top - y, y - self.bottom)
        if wide <= 0 and high <= 0:
            return -max(wide, high)
        return (max(wide, 0) ** 2 + max(high, 0) ** 2) ** 0.5


class Node(NamedTuple):
    path: str
    box: Box
    classes: frozenset[str]


class Line(NamedTuple):
    """An edge as a chain of points; a rounded corner is the corner. A legend's have no path."""

    path: str
    points: tuple[Point, ...]
    classes: frozenset[str]


class Words(NamedTuple):
    """One line of text; ``kind`` is node, edge, lane, frame or other, ``path`` whose it is."""

    text: str
    box: Box
    kind: str
    path: str
    size: float
    bold: bool


class Area(NamedTuple):
    path: str
    box: Box


class Picture(NamedTuple):
    view: Box
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    lanes: tuple[Area, ...]
    frames: tuple[Area, ...]
    words: tuple[Words, ...]


def read(svg: str) -> Picture:
    """What an SVG shows; an error for an edge that has no points and for words in a scaled group."""
    root = fromstring(svg)
    x, y, wide, high = (float(part) for part in root.get("viewBox", "").split())
    sheet = rules("".join(e.text or "" for e in root.iter() if e.tag.endswith("}style")))
    elements = [*_walk(root, (root,), (0.0, 0.0))]
    return Picture(
        view=Box(x, y, x + wide, y + high),
        nodes=tuple(_nodes(elements)),
        lines=tuple(
            _line(way[-1], at)
            for way, at in elements
            if way[-1].get("data-path") and _has(way[-1], "path", "edge")
        ),
        lanes=tuple(_areas(elements, "lane")),
        frames=tuple(_areas(elements, "frame")),
        words=tuple(words for way, at in elements for words in _words(way, at, sheet)),
    )


Placed = tuple[tuple[Element, ...], Point]


def _walk(element: Element, way: tuple[Element, ...], at: Point) -> Iterator[Placed]:
    """Every element that is drawn, with what is around it and where its (0, 0) is.

    What is turned or scaled is a sign; words may not be in it.
    """
    moved = _moved(element, at)
    if moved is None:
        assert not any(_tag(part) == "text" for part in element.iter()), "words out of shape"
        return
    yield way, moved
    if _tag(element) in {"text", "defs", "style", "title", "desc", "metadata"}:
        return
    for child in element:
        yield from _walk(child, (*way, child), moved)


def _moved(element: Element, at: Point) -> Point | None:
    said = element.get("transform")
    if not said:
        return at
    found = _TRANSLATE.match(said.strip())
    if not found:
        return None
    return at[0] + float(found[1]), at[1] + float(found[2] or 0)


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _classes(element: Element) -> frozenset[str]:
    return frozenset(element.get("class", "").split())


def _has(element: Element, tag: str, name: str) -> bool:
    return _tag(element) == tag and name in _classes(element)


def _nodes(elements: Sequence[Placed]) -> Iterator[Node]:
    """Each group of a node with the first shape in it that is no ornament."""
    shapes: dict[Element, Box] = {}
    for way, at in elements:
        group = next((element for element in way if _has(element, "g", "node")), None)
        if group is None or group in shapes or any(_BESIDE & _classes(part) for part in way):
            continue
        if box := _box(way[-1], at):
            shapes[group] = box
    for way, _ in elements:
        if _has(way[-1], "g", "node"):
            path = way[-1].get("data-path", "")
            assert way[-1] in shapes, f"{path} has no shape"
            yield Node(path, shapes[way[-1]], _classes(way[-1]))


def _box(element: Element, at: Point) -> Box | None:
    """What a shape covers; nothing for what is no shape."""

    def of(name: str) -> float:
        return float(element.get(name, "0"))

    tag = _tag(element)
    if tag == "rect":
        box = Box(of("x"), of("y"), of("x") + of("width"), of("y") + of("height"))
    elif tag in {"circle", "ellipse"}:
        wide, high = of("r") or of("rx"), of("r") or of("ry")
        box = Box(of("cx") - wide, of("cy") - high, of("cx") + wide, of("cy") + high)
    elif tag in {"polygon", "path"}:
        points = (
            _points(element.get("d", "")) if tag == "path" else _pairs(element.get("points", ""))
        )
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = Box(min(xs), min(ys), max(xs), max(ys))
    else:
        return None
    return Box(box.left + at[0], box.top + at[1], box.right + at[0], box.bottom + at[1])


def _pairs(text: str) -> list[Point]:
    numbers = [float(number) for number in _NUMBER.findall(text)]
    return [*zip(numbers[::2], numbers[1::2], strict=True)]


def _points(data: str) -> list[Point]:
    """The points of a path; of a curve the points that draw it, of a rounded corner the corner."""
    points: list[Point] = []
    for letter, text in _MOVE.findall(data):
        numbers = [float(number) for number in _NUMBER.findall(text)]
        if letter == "H":
            points += [(x, points[-1][1]) for x in numbers]
        elif letter == "V":
            points += [(points[-1][0], y) for y in numbers]
        elif letter == "A":
            points += [*zip(numbers[5::7], numbers[6::7], strict=True)]
        elif letter == "Q":
            (x, y), (right, below) = _pairs(text)
            points[-1:] = [*points[-1:], (x, y), (right, below)]
        else:
            points += _pairs(text)
    return points


def _line(element: Element, at: Point) -> Line:
    points = [(x + at[0], y + at[1]) for x, y in _points(element.get("d", ""))]
    assert len(points) > 1, f"{element.get('data-path')} goes nowhere"
    return Line(element.get("data-path", ""), tuple(points), _classes(element))


def _areas(elements: Sequence[Placed], name: str) -> Iterator[Area]:
    for way, at in elements:
        box = _box(way[-1], at) if _has(way[-1], "rect", name) else None
        if box:
            yield Area(way[-1].get("data-path", ""), box)


def _words(way: Sequence[Element], at: Point, sheet: Sequence[Rule]) -> Iterator[Words]:
    if _tag(way[-1]) != "text" or any(_BESIDE & _classes(element) for element in way):
        return
    kind, path = _owner(way)
    last = way[-1]
    x, y = float(last.get("x", "0")), float(last.get("y", "0"))
    parts = [((last,), last.text or ""), *(((last, e), e.text or "") for e in last)]
    for part, text in parts:
        x = float(part[-1].get("x", x))
        y = float(part[-1].get("y", y)) + float(part[-1].get("dy", "0")) * (len(part) > 1)
        if text.strip():
            held = style((*way[:-1], *part), sheet)
            box = _covered(text, (x + at[0], y + at[1]), held)
            yield Words(text, box, kind, path, _size(held), _bold(held))


def _owner(way: Sequence[Element]) -> tuple[str, str]:
    for element in reversed(way):
        names = _classes(element)
        if "node" in names:
            return "node", element.get("data-path", "")
        for kind in ("edge", "lane", "frame"):
            if f"{kind}-label" in names:
                return kind, element.get("data-path", "")
    return "other", ""


def _size(held: dict[str, str]) -> float:
    return float(held.get("font-size", "16").removesuffix("px"))


def _bold(held: dict[str, str]) -> bool:
    return held.get("font-weight", "400") in {"600", "700", "800", "bold"}


def _covered(text: str, at: Point, held: dict[str, str]) -> Box:
    size = _size(held)
    wide = width(text, size) * (BOLD if _bold(held) else 1)
    left = at[0] - {"middle": wide / 2, "end": wide}.get(held.get("text-anchor", "start"), 0)
    down = {"middle": 0.26, "central": 0.26, "hanging": 0.75}.get(
        held.get("dominant-baseline", ""), 0
    )
    base = at[1] + down * size
    return Box(left, base - 0.75 * size, left + wide, base + 0.21 * size)
