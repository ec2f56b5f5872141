"""Lines of text at their places, and the sentences of a tooltip."""

from collections.abc import Sequence

from salesflow.drawing.diagram import Edge, Frame, Mark, Node
from salesflow.drawing.layout.sizes import LINE
from salesflow.drawing.lettering import width
from salesflow.drawing.svg.markup import escaped, isolated, number

_KINDS = {
    "source": "source of deals",
    "step": "step",
    "decision": "decision",
    "run": "run of a sub-process",
    "fork": "block begins",
    "join": "block ends",
    "outcome": "outcome",
    "stage": "stage",
    "department": "department",
}
_SPACE = {"start": 0.0, "middle": 0.5, "end": 1.0}
_WORST = ("error", "warning", "removed", "added", "changed", "info")


def text(
    x: float,
    top: float,
    size: float,
    lines: Sequence[str],
    attributes: str = "",
    *,
    anchor: str = "start",
) -> str:
    """Lines below each other; the first begins at ``top``. A space between them keeps words apart
    for who searches or copies; it counts as part of the line before it.
    """
    if not lines:
        return ""
    if anchor != "start":
        attributes = f' text-anchor="{anchor}"{attributes}'
    if len(lines) == 1:
        place = f'x="{number(x)}" y="{number(baseline(top, size))}"'
        return f"<text {place}{attributes}>{isolated(lines[0])}</text>"
    over = width(" ", size) * _SPACE[anchor]
    rows = []
    for row, line in enumerate(lines):
        shift = over if row < len(lines) - 1 else 0.0
        place = f'x="{number(x + shift)}" y="{number(baseline(top, size, row))}"'
        rows.append(f"<tspan {place}>{isolated(line)}</tspan>")
    return f"<text{attributes}>{' '.join(rows)}</text>"


def baseline(top: float, size: float, row: int = 0) -> float:
    """Where the letters of a row stand."""
    return top + row * size * LINE + size * (LINE / 2 + 0.35)


def worst(marks: tuple[Mark, ...]) -> str:
    """The kind that gives the colour, or ""."""
    kinds = {mark.kind for mark in marks}
    return next((kind for kind in _WORST if kind in kinds), "")


def title_of(node: Node, lane: str, measure: str) -> str:
    """All that a picture knows of a node, a line each."""
    kind = node.tone if node.kind == "outcome" and node.tone else _KINDS.get(node.kind, "")
    kind = "closed block" if node.block else kind
    where = f"{kind} in {lane}" if lane and kind else kind or lane
    lines = [f"{node.label} ({where})" if where else node.label]
    if node.detail:
        lines.append(node.detail)
    lines.extend(node.facts)
    if node.figure is not None:
        lines.append(_figure(measure, node.figure.text))
    lines.extend(map(_mark, node.marks))
    return "\n".join(map(escaped, lines))


def title_of_way(edge: Edge, start: Node, end: Node) -> str:
    """All that a picture knows of an edge, a line each."""
    words = f": {edge.label}" if edge.label else ""
    lines = [f"{start.label or start.id} → {end.label or end.id}{words}"]
    if edge.figure is not None:
        lines.append(edge.figure.text)
    lines.extend(map(_mark, edge.marks))
    return "\n".join(map(escaped, lines))


def title_of_frame(frame: Frame, marks: tuple[Mark, ...]) -> str:
    """What a frame is, and the marks of its block, a line each."""
    words = frame.label if frame.kind == "run" else f"{frame.label} ({frame.kind})"
    return "\n".join(map(escaped, (words, *map(_mark, marks))))


def _figure(measure: str, words: str) -> str:
    return f"{measure}: {words}" if measure else words


def _mark(mark: Mark) -> str:
    return mark.kind if mark.text in ("", mark.kind) else f"{mark.kind}: {mark.text}"
