"""What stands around the lanes: the title above, below it what lines, signs and colours mean."""

from collections.abc import Iterable

from salesflow.drawing.diagram import Figure, Node
from salesflow.drawing.layout.sizes import LINE
from salesflow.drawing.lettering import BOLD, width, wrap
from salesflow.drawing.scene import Scene
from salesflow.drawing.svg.boxes import GATES, badges, heat, tone_of
from salesflow.drawing.svg.markup import number
from salesflow.drawing.svg.signs import badge, disc, sign
from salesflow.drawing.svg.style import Pen
from salesflow.drawing.svg.words import text

TITLE = 20.0
ABOUT = 13.0
SMALL = 11.0
ROW = 20.0
_KEY = 34.0  # a sample of a line or a box
_BADGES = ("timeout", "leave", "both")
_SWATCH = 14.0
_NEAR, _FAR = 6.0, 10.0  # between a sample and the numbers at its ends, and behind these
_NO_END = Figure(text="", level=0.0)
_KEYS = {"thick": 60.0, **dict.fromkeys(_BADGES, 46.0)}
_GAP = 22.0
_MARKS = {
    "error": "an error",
    "warning": "a warning",
    "info": "a remark",
    "added": "added",
    "removed": "removed",
    "changed": "changed",
}
_TONES = {
    "won": "won",
    "done": "done",
    "lost": "lost",
    "disqualified": "disqualified",
    "failed": "failed",
}


def keys_of(scene: Scene) -> tuple[tuple[str, str], ...]:
    """What has to be explained, as (sample, words); only what the picture has."""
    nodes = [shape.node for shape in scene.shapes]
    kinds = {node.kind for node in nodes}
    tones = {tone_of(node) for node in nodes if node.kind == "outcome"}
    ways = {way.edge.kind for way in scene.routes}
    edges = [way.edge for way in scene.routes]
    marks = {mark.kind for node in nodes for mark in node.marks}
    marks |= {mark.kind for edge in edges for mark in edge.marks}
    hot = any(node.figure is not None for node in nodes)
    thick = any(edge.figure is not None for edge in edges)
    measure = scene.diagram.measure or "how much"
    signs = badges(scene).values()
    runs = {frame.id for frame in scene.diagram.frames if frame.kind == "run"}
    blocks = any(node.kind == "fork" and node.frame not in runs for node in nodes)
    known = (
        (
            "main",
            "the usual path",
            not scene.diagram.pale and any(way.main for way in scene.routes),
        ),
        ("back", "leads back", any(way.back for way in scene.routes)),
        ("timeout", "when time is up", "timeout" in ways),
        ("leave", "leaves the block", "leave" in ways),
        ("both", _together(nodes), "both" in signs or blocks or _meets(nodes)),
        ("decision", "decision", "decision" in kinds),
        ("run", _closed(nodes), "run" in kinds),
        ("external", "outside the company", any(band.lane.external for band in scene.bands)),
        *((tone, words, tone in tones) for tone, words in _TONES.items()),
        *((kind, words, kind in marks) for kind, words in _MARKS.items()),
        ("heat", measure, hot),
        ("thick", "deals a week" if hot else measure, thick),
    )
    return tuple((sample, words) for sample, words, there in known if there)


def _meets(nodes: Iterable[Node]) -> bool:
    return any(node.meets for node in nodes)


def _closed(nodes: Iterable[Node]) -> str:
    return "several steps in one" if any(node.block for node in nodes) else "runs a sub-process"


def _together(nodes: Iterable[Node]) -> str:
    return "at the same time; waits for all" if _meets(nodes) else "at the same time"


def title(scene: Scene, wide: float, pen: Pen) -> tuple[str, float]:
    """The title and what the picture is for, from (0, 0) on, and their height."""
    lines = wrap(scene.diagram.title, TITLE * BOLD, wide, 2)
    look = f' class="title" font-size="20" font-weight="700"{pen.look("title")}'
    high = len(lines) * TITLE * LINE
    about = wrap(scene.diagram.about, ABOUT, wide, 3)
    small = f' class="note" font-size="13"{pen.look("note")}'
    told = text(0, 0, TITLE, lines, look) + text(0, high, ABOUT, about, small)
    return told, high + len(about) * ABOUT * LINE


def legend(scene: Scene, wide: float, pen: Pen) -> tuple[str, float]:
    """Keys and notes from (0, 0) on, and their height."""
    parts: list[str] = []
    x, y = 0.0, 0.0
    ends = ends_of(scene)
    look = f' class="note"{pen.look("note")}'
    for sample, words in keys_of(scene):
        low, high = ends.get(sample, (_NO_END, _NO_END))
        before = width(low.text, SMALL) + _NEAR if low.text else 0.0
        behind = before + _wide(sample, low, high)
        key = behind + (width(high.text, SMALL) + _FAR if high.text else 0.0)
        need = key + width(words, SMALL) + _GAP
        if x and x + need - _GAP > wide:
            x, y = 0.0, y + ROW
        top = y + (ROW - SMALL * LINE) / 2
        if sample == "heat":
            parts.append(_swatches(x + before, y + ROW / 2, heat(low.level), heat(high.level), pen))
        else:
            thin = sample == "main" and "thick" in ends
            parts.append(_sample(sample, x + before, y + ROW / 2, pen, thin=thin))
        for left, said in ((x, low.text), (x + behind, high.text), (x + key, words)):
            parts.append(text(left, top, SMALL, (said,), look) if said else "")
        x += need
    y += ROW + 4 if parts else 0
    for note in scene.diagram.notes:
        lines = wrap(note, SMALL, wide, 4)
        parts.append(text(0, y, SMALL, lines, f' class="note"{pen.look("note")}'))
        y += len(lines) * SMALL * LINE + 4
    return f'<g class="legend" font-size="11">{"".join(parts)}</g>' if parts else "", y


def ends_of(scene: Scene) -> dict[str, tuple[Figure, Figure]]:
    """Of heat and of thick lines the least and the most that the picture shows."""
    nodes = [shape.node for shape in scene.shapes if shape.node.kind not in GATES]
    hot = [node.figure for node in nodes if node.figure is not None]
    thick = [way.edge.figure for way in scene.routes if way.edge.figure is not None]
    found = {}
    for sample, figures in (("heat", hot), ("thick", thick)):
        if figures:
            low, high = min(figures, key=_level), max(figures, key=_level)
            found[sample] = (_end(low, sample), _end(high, sample))
    return found


def _level(figure: Figure) -> float:
    return figure.level


def _end(figure: Figure, sample: str) -> Figure:
    """The number alone: of lines the words behind it say that it is by the week."""
    words = figure.text.removesuffix(" a week") if sample == "thick" else figure.text
    return figure.replace(text=words.removeprefix("up to "))


def _wide(sample: str, low: Figure, high: Figure) -> float:
    """Pixels of a sample and the space behind it."""
    if sample == "heat":
        return (heat(high.level) - heat(low.level) + 1) * _SWATCH + _NEAR
    return _KEYS.get(sample, _KEY)


def _swatches(x: float, y: float, first: int, last: int, pen: Pen) -> str:
    """The colours of heat from one to another."""
    return "".join(
        f'<g class="node h{level}"><rect class="shape" x="{number(x + _SWATCH * place)}" '
        f'y="{number(y - 6)}" width="14" height="12"{pen.look("shape", f"h{level}")}/></g>'
        for place, level in enumerate(range(first, last + 1))
    )


def _sample(sample: str, x: float, y: float, pen: Pen, *, thin: bool) -> str:
    """A sample; the usual path is ``thin`` where thickness says how many deals go there."""
    if sample in ("main", "back", "timeout", "leave", "both"):
        look = pen.look(
            "edge", *((sample,) if sample != "both" else ()), *(("w0",) if thin else ())
        )
        end = number(x + _KEYS.get(sample, _KEY) - 11)
        names = f"{sample} w0" if thin else sample
        line = f'<path class="edge {names}" d="M {number(x)} {number(y)} L {end} {number(y)}"'
        sign_ = badge(sample, x + 6.5, y, pen) if sample in _BADGES else ""
        return f"{line}{look}/>{sign_}"
    if sample == "thick":
        return _wedge(x, y, pen)
    if sample in _MARKS:
        return disc(sample, x + 18, y, pen)
    return _box(sample, x, y, pen)


def _wedge(x: float, y: float, pen: Pen) -> str:
    """A line that grows thicker."""
    d = f"M{number(x)} {number(y - 0.7)}l50 -2.3v6l-50 -2.3Z"
    return f'<path class="tip-flow" d="{d}"{pen.look("tip-flow")}/>'


def _box(sample: str, x: float, y: float, pen: Pen) -> str:
    """A small box, or a pill, in the colours of a kind."""
    place = f'x="{number(x)}" y="{number(y - 7)}" width="26" height="14"'
    if sample == "external":
        look = pen.look("head", "head.external")
        return f'<g class="external"><rect class="head" {place}{look}/></g>'
    kind = f"outcome {sample}" if sample in _TONES else sample
    look = pen.look("shape", sample)
    if sample == "decision":
        a, b, c, d = (number(each) for each in (x, x + 4, x + 22, x + 26))
        e, f, g, h = (number(y + each) for each in (-7, -3, 3, 7))
        path = f"M{b} {e}L{c} {e}L{d} {f}L{d} {g}L{c} {h}L{b} {h}L{a} {g}L{a} {f}Z"
        return f'<g class="node {kind}"><path class="shape" d="{path}"{look}/></g>'
    round_ = 7 if sample in _TONES else 3
    parts = f'<rect class="shape" {place} rx="{round_}"{look}/>'
    if sample in _TONES:
        small = sign(sample, 0, 0, "tone", pen.look("tone", f"{sample}-tone"))
        parts += f'<g transform="translate({number(x + 13)} {number(y)}) scale(.8)">{small}</g>'
    elif sample == "run":
        bars = f"M{number(x + 4)} {number(y - 7)}v14M{number(x + 22)} {number(y - 7)}v14"
        parts += f'<path class="stroke bars" d="{bars}"{pen.look("stroke", "bars")}/>'
    return f'<g class="node {kind}">{parts}</g>'
