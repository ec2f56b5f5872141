"""How large the shape of a node is, and how its words break into lines."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from salesflow.drawing.diagram import Edge, Mark, Node
from salesflow.drawing.lettering import BOLD_ROOM, width, wrap

LABEL = 13.0  # font sizes in pixels
DETAIL = 11.0
EDGE = 11.0
MARK = 10.0
LINE = 1.25  # line height, in font sizes

ROW = 16.0  # a mark within a shape, pixels
FIGURE = 17.0  # a number within a shape
SIGN = 14.0  # what a mark's sign takes before its text
SIGNS = {"error": "✖", "warning": "⚠", "removed": "−", "added": "+", "changed": "~", "info": "ℹ"}

_WIDEST = 128.0
_NARROWEST = 96.0
_PADDING = 12.0
_GATE = 30.0


class Size(NamedTuple):
    """Of a shape; ``below`` is the height of a label under it, ``beneath`` that label's width."""

    width: float
    height: float
    lines: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    below: float = 0.0
    beneath: float = 0.0


Sizes: TypeAlias = Callable[[Node], Size]


def size_of(node: Node) -> Size:
    """The size as our own pictures draw it: words inside, forks as small circles without."""
    if node.kind == "join" and node.label:
        return Size(width(node.label, DETAIL) + 38, _GATE, (node.label,))
    if node.kind in ("fork", "join", "gateway"):
        return Size(_GATE, _GATE)
    if node.kind in ("source", "outcome"):
        lines = wrap(node.label, LABEL, _WIDEST, 2)
        widest = max((width(line, LABEL) for line in lines), default=0.0)
        wide = max(widest + 34, _rows_wide(node) + 24)
        return Size(wide, 12 + len(lines) * LABEL * LINE + rows_high(node), lines)
    lines = wrap(node.label, LABEL, _WIDEST, 3)
    details = wrap(node.detail, DETAIL, _WIDEST, 2)
    widths = [width(line, LABEL) for line in lines] + [width(line, DETAIL) for line in details]
    wide = max(_NARROWEST, *widths, _rows_wide(node)) + 2 * _PADDING
    high = 16 + len(lines) * LABEL * LINE + len(details) * DETAIL * LINE + rows_high(node)
    return Size(wide, max(44.0, high), lines, details)


def rows_high(node: Node) -> float:
    """Pixels that a node's figure and marks take below its words."""
    figure = FIGURE if node.figure is not None else 0.0
    return figure + ROW * len(rows_of(node.marks))


def rows_of(marks: tuple[Mark, ...], most: int = 3) -> tuple[Mark, ...]:
    """Marks as they are shown: like ones once with their number, and only a few, cut to a line."""
    if not marks:
        return ()
    counts = Counter(marks)
    shown = [mark if times == 1 else _times(mark, times) for mark, times in counts.items()]
    if len(shown) > most:
        more = Mark(kind="info", text=f"and {len(shown) - most + 1} more")
        shown = [*shown[: most - 1], more]
    return tuple(mark.replace(text=_one_line(mark)) for mark in shown)


def words_of(edge: Edge, widest: float) -> tuple[str, ...]:
    """The lines that stand at an edge: its label, its figure, and a line for each mark."""
    most = 5 if ">" in edge.path else 3  # between departments stand all their touchpoints
    label = wrap(edge.label, EDGE, widest, most)
    figure = () if edge.figure is None else (edge.figure.text,)
    marks = (f"{SIGNS[mark.kind]} {mark.text}".rstrip() for mark in rows_of(edge.marks, 2))
    return (*label, *figure, *marks)


def width_of_sign(size: float) -> float:
    """Pixels that a sign and the space behind it take in a line of an edge's words."""
    return width("✖ ", size) + 1


def _times(mark: Mark, times: int) -> Mark:
    return mark.replace(text=f"{mark.text} ×{times}")


def _one_line(mark: Mark) -> str:
    return "".join(wrap(mark.text, MARK, _WIDEST - SIGN, 1))


def _rows_wide(node: Node) -> float:
    words = [SIGN + width(mark.text, MARK) for mark in rows_of(node.marks)]
    figure = 0.0 if node.figure is None else width(node.figure.text, DETAIL) * BOLD_ROOM
    return max(figure, *words, 0.0)
