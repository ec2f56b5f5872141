"""How large the shape of a node is, and how its words break into lines."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from salesflow.drawing.diagram import Node
from salesflow.drawing.lettering import width, wrap

LABEL = 13.0  # font sizes in pixels
DETAIL = 11.0
EDGE = 11.0
LINE = 1.25  # line height, in font sizes

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
    """The size as our own pictures draw it: words inside, gates as small circles without words."""
    if node.kind in ("fork", "join", "gateway"):
        return Size(_GATE, _GATE)
    if node.kind in ("source", "outcome"):
        lines = wrap(node.label, LABEL, _WIDEST, 2)
        widest = max((width(line, LABEL) for line in lines), default=0.0)
        return Size(widest + 34, 12 + len(lines) * LABEL * LINE, lines)
    lines = wrap(node.label, LABEL, _WIDEST, 3)
    details = wrap(node.detail, DETAIL, _WIDEST, 2)
    widths = [width(line, LABEL) for line in lines] + [width(line, DETAIL) for line in details]
    wide = max(_NARROWEST, *widths, 0.0) + 2 * _PADDING
    high = 16 + len(lines) * LABEL * LINE + len(details) * DETAIL * LINE
    return Size(wide, max(44.0, high), lines, details)
