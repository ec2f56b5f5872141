"""What lies below everything: lanes with their departments' names, frames of blocks and runs."""

from collections.abc import Iterator

from salesflow.drawing.layout.sizes import EDGE, LABEL, LINE, MARK
from salesflow.drawing.lettering import BOLD, width, wrap
from salesflow.drawing.scene import HEAD, Band, Border, Scene
from salesflow.drawing.svg.marks import HIGH, tags
from salesflow.drawing.svg.markup import escaped, linked, number
from salesflow.drawing.svg.style import Pen
from salesflow.drawing.svg.words import text, title_of_frame

_TAB = 220.0  # the widest name of a frame; the whole one is in its tooltip
_NOTE = "external"


def missing(scene: Scene) -> float:
    """Pixels that the scene leaves too little for the heads of its lanes."""
    if not scene.bands:
        return 0.0
    left = [shape.x for shape in scene.shapes]
    left += [border.x for border in scene.borders]
    left += [x for way in scene.routes for x, _ in way.points]
    left += [way.label.x for way in scene.routes if way.label is not None]
    edge = min(band.x for band in scene.bands)
    return max(0.0, HEAD - (min(left, default=HEAD) - edge))


def lanes(scene: Scene, pen: Pen, more: float) -> Iterator[str]:
    """A group for each band; its head begins ``more`` pixels left of it."""
    for band in scene.bands:
        yield _band(band, pen, more)


def _band(band: Band, pen: Pen, more: float) -> str:
    lane = band.lane
    names = ("external",) if lane.external else ()
    x, wide = band.x - more, band.width + more
    whose = f"departments.{lane.id}"
    path = escaped(whose)
    place = f'y="{number(band.y)}" height="{number(band.height)}"'
    look = _looks(pen, "lane", *names)
    ground = f'<rect class="lane" data-path="{path}" x="{number(x)}" {place} width="{number(wide)}"'
    head = f'<rect class="head" x="{number(x)}" {place} width="{number(HEAD)}"'
    named = f"{head}{_looks(pen, 'head', *names)}/>{_name(band, x, pen, names)}"
    return (
        f'<g class="{" ".join(("band", *names))}">{ground}{look}/>'
        f"{linked(pen.links.get(whose, ''), named, looks=' '.join(names))}</g>"
    )


def _name(band: Band, x: float, pen: Pen, names: tuple[str, ...]) -> str:
    most = max(1, min(4, int((band.height - 16) / (LABEL * LINE))))
    lines = wrap(band.lane.label, LABEL * BOLD, HEAD - 20, most)
    high = len(lines) * LABEL * LINE + (14 if names else 0)
    top = band.y + (band.height - high) / 2
    middle = x + HEAD / 2
    look = (
        f' class="lane-label" font-size="13" font-weight="700"{_looks(pen, "lane-label", *names)}'
    )
    label = text(middle, top, LABEL, lines, look, anchor="middle")
    if not names:
        return label
    small = ' class="lane-label" font-size="10"' + _looks(pen, "lane-label", *names)
    note = text(middle, top + high - 13, MARK, (_NOTE,), small, anchor="middle")
    return label + note


def _looks(pen: Pen, part: str, *names: str) -> str:
    return pen.look(part, *(f"{part}.{name}" for name in names))


def frames(scene: Scene, pen: Pen) -> Iterator[str]:
    """A group for each frame, outer ones first."""
    forks = {shape.node.path: shape.node.marks for shape in scene.shapes if shape.node.marks}
    for border in map(_cut, scene.borders):
        marks = forks.get(border.frame.path, ())
        title = f"<title>{title_of_frame(border.frame, marks)}</title>" if pen.titled else ""
        yield _frame(border, pen, title, tags(marks, *_beside(border), pen))


def _cut(border: Border) -> Border:
    """A frame whose name is no wider than its box, nor so wide that lines must cross it."""
    label = border.label
    room = min(_TAB, border.width - 24)
    lines = wrap(" ".join(label.lines), EDGE * BOLD, room, 1)
    wide = max((width(line, EDGE) for line in lines), default=0.0)
    return border.replace(label=label.replace(lines=lines, width=wide))


def _frame(border: Border, pen: Pen, title: str, marks: str) -> str:
    kind, label = border.frame.kind, border.label
    look = pen.look("frame", "frame.run") if kind == "run" else pen.look("frame")
    x, y = number(border.x), number(border.y)
    right, low = label.x + label.width * BOLD + 8, label.y + label.height + 3
    start, cut = number(label.x - 8), f"V{number(low - 5)}L{number(right - 5)} {number(low)}"
    tab = f"M{start} {y}H{number(right)}{cut}H{start}Z"
    words = ' class="frame-label" font-size="11" font-weight="700"' + pen.look("frame-label")
    path = escaped(border.frame.path)
    return (
        f'<g class="border {kind}">{title}<rect class="frame" data-path="{path}" x="{x}" '
        f'y="{y}" width="{number(border.width)}" height="{number(border.height)}" '
        f'rx="3"{look}/><path class="tab" d="{tab}"{pen.look("tab")}/>'
        f"{text(label.x, label.y, EDGE, label.lines, words)}{marks}</g>"
    )


def _beside(border: Border) -> tuple[float, float]:
    label = border.label
    return label.x + label.width * BOLD + 14, label.y + (label.height - HIGH) / 2
