"""Marks in words: a sign on a disc of its colour and the text, on a tinted ground."""

from salesflow.drawing.diagram import Mark
from salesflow.drawing.layout.sizes import MARK, SIGN, rows_of
from salesflow.drawing.lettering import width
from salesflow.drawing.svg.markup import number
from salesflow.drawing.svg.signs import disc
from salesflow.drawing.svg.style import Pen
from salesflow.drawing.svg.words import text

HIGH = 14.0


def tag(mark: Mark, x: float, y: float, wide: float, pen: Pen) -> str:
    """One mark, ``HIGH`` pixels high."""
    place = f'x="{number(x)}" y="{number(y)}" width="{number(wide)}" height="14" rx="7"'
    ground = f'<rect class="row {mark.kind}" {place}{pen.look(f"{mark.kind}-row")}/>'
    look = f' class="text {mark.kind}" font-size="10"{pen.look(f"{mark.kind}-text")}'
    words = text(x + SIGN + 1, y + 0.5, MARK, (mark.text or mark.kind,), look)
    return ground + disc(mark.kind, x + 7, y + 7, pen) + words


def tags(marks: tuple[Mark, ...], x: float, y: float, pen: Pen) -> str:
    """Marks side by side."""
    parts = []
    for mark in rows_of(marks):
        wide = SIGN + width(mark.text or mark.kind, MARK) + 9
        parts.append(tag(mark, x, y, wide, pen))
        x += wide + 5
    return "".join(parts)
