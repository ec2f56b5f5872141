"""A diagram as Mermaid flowchart text: safe ids, labels escaped by code point, marks as classes."""

from collections import Counter
from collections.abc import Iterator

from salesflow.drawing.diagram import Diagram, Edge, Lane, Mark, Node
from salesflow.drawing.mermaid_looks import (
    ARROWS,
    CLASSES,
    HEAT,
    OF_VERSIONS,
    OF_VIEWS,
    SHAPES,
    STROKES,
    SYMBOLS,
    heat_class,
    thickness,
    warmth,
)
from salesflow.drawing.ways import at_once

MOST_CHARACTERS = 50_000  # Mermaid's own default limits (maxTextSize, maxEdges)
MOST_EDGES = 500
_MOST_NOTE = 240


def fits(diagram: Diagram) -> bool:
    """Whether Mermaid's default limits allow the diagram."""
    return len(diagram.edges) <= MOST_EDGES and len(mermaid(diagram)) <= MOST_CHARACTERS


def mermaid(diagram: Diagram) -> str:
    """Flowchart text that Mermaid renders as it is; the same diagram gives the same text.

    Lanes are subgraphs; a frame, which crosses lanes, is its fork and its join. Notes are drawn
    beside the flow.
    """
    names = {node.id: f"n{place}" for place, node in enumerate(diagram.nodes)}
    title = ", ".join(filter(None, (diagram.title, diagram.measure)))
    lines = [
        "---",
        f'title: "{_title(title)}"',
        "---",
        "flowchart LR",
        *(f"  %% {_comment(note)}" for note in diagram.notes),
    ]
    for place, lane in enumerate(diagram.lanes):
        lines.extend(_lane(lane, place, diagram, names))
    known = {lane.id for lane in diagram.lanes}
    loose = [node for node in diagram.nodes if node.lane not in known]
    lines.extend(_node(node, names, pale=diagram.pale) for node in loose)
    parting = at_once(diagram)
    drawn = (edge for edge in diagram.edges if edge.end in names)
    lines.extend(_edge(edge, names, parting.get(edge, "")) for edge in drawn)
    lines.extend(_notes(diagram))
    lines.extend(f"  {line}" for line in _styles(diagram, names))
    return "\n".join(lines) + "\n"


def _lane(lane: Lane, place: int, diagram: Diagram, names: dict[str, str]) -> Iterator[str]:
    label = f"{lane.label} (external)" if lane.external else lane.label
    yield f'  subgraph d{place}["{_text(label)}"]'
    for node in diagram.nodes:
        if node.lane == lane.id:
            yield f"  {_node(node, names, pale=diagram.pale)}"
    yield "  end"


def _node(node: Node, names: dict[str, str], *, pale: bool) -> str:
    opening, closing = SHAPES["source" if node.tone == "more" else node.kind]
    rows = [_text(node.label)]
    if node.detail:
        rows.append(f"<small>{_text(node.detail)}</small>")
    if node.meets:
        rows.append("<small>waits for all</small>")
    if node.figure is not None:
        rows.append(_text(node.figure.text))
    rows.extend(_mark_text(mark) for mark in _few(node.marks))
    return f"  {names[node.id]}{opening}{'<br/>'.join(rows)}{closing}:::{_class(node, pale=pale)}"


def _notes(diagram: Diagram) -> Iterator[str]:
    if diagram.notes:
        rows = "<br/>".join(_text(note, _MOST_NOTE) for note in diagram.notes)
        opening, closing = SHAPES["note"]
        yield f"  notes{opening}{rows}{closing}:::note"


def _class(node: Node, *, pale: bool) -> str:
    worst = _worst(node.marks)
    if worst or pale:
        return worst or "pale"
    if node.figure is not None:
        return f"h{warmth(node.figure.level)}"
    if node.tone == "more":
        return "more"
    if node.kind == "outcome":
        return "won" if node.tone in ("won", "done") else "lost"
    if node.kind in ("source", "stage", "department"):
        return node.kind
    return "step" if node.kind in ("step", "run") else "gate"


def _edge(edge: Edge, names: dict[str, str], parting: str) -> str:
    rows = [_text(words) for words in (edge.label, parting) if words]
    if edge.figure is not None:
        rows.append(_text(edge.figure.text))
    rows.extend(_mark_text(mark) for mark in _few(edge.marks))
    label = f'|"{"<br/>".join(rows)}"|' if rows else ""
    return f"  {names[edge.start]} {ARROWS[edge.kind]}{label} {names[edge.end]}"


def _styles(diagram: Diagram, names: dict[str, str]) -> Iterator[str]:
    yield from CLASSES
    if diagram.pale:
        yield from OF_VERSIONS
    used = {_class(node, pale=diagram.pale) for node in diagram.nodes}
    used |= {"note"} if diagram.notes else set()
    yield from (look for name, look in OF_VIEWS.items() if name in used)
    yield from (heat_class(place) for place in range(len(HEAT)) if f"h{place}" in used)
    if diagram.lanes:
        yield f"class {','.join(f'd{place}' for place in range(len(diagram.lanes)))} lane"
    drawn = [edge for edge in diagram.edges if edge.end in names]
    yield from _links([_stroke(edge) for edge in drawn])


def _links(strokes: list[str]) -> Iterator[str]:
    """Lines that look alike in one statement, the worst first, then the thickest."""
    places: dict[str, list[str]] = {stroke: [] for stroke in STROKES.values()}
    for place, stroke in enumerate(strokes):
        places.setdefault(stroke, []).append(str(place))
    for stroke, which in places.items():
        if which and stroke:
            yield f"linkStyle {','.join(which)} {stroke}"


def _stroke(edge: Edge) -> str:
    worst = _worst(edge.marks)
    if worst:
        return STROKES[worst]
    return f"stroke-width:{thickness(edge.figure.level)}px" if edge.figure is not None else ""


def _worst(marks: tuple[Mark, ...]) -> str:
    kinds = {mark.kind for mark in marks}
    return next((kind for kind in STROKES if kind in kinds), "")


def _few(marks: tuple[Mark, ...], most: int = 3) -> tuple[Mark, ...]:
    """Like marks as one with their number, and only a few."""
    counts = Counter(marks)
    shown = [
        mark if number == 1 else mark.replace(text=f"{mark.text} ×{number}")
        for mark, number in counts.items()
    ]
    if len(shown) <= most:
        return tuple(shown)
    more = Mark(kind="info", text=f"and {len(shown) - most + 1} more")
    return (*shown[: most - 1], more)


def _mark_text(mark: Mark) -> str:
    symbol = SYMBOLS[mark.kind]
    return f"{symbol} {_text(mark.text)}" if mark.text else symbol


def _text(text: str, most: int = 80) -> str:
    """A label's text: letters and digits as they are, everything else by code point."""
    shown = text if len(text) <= most else f"{text[: most - 1]}…"
    if not shown.strip():
        return "#160;"  # Mermaid refuses an empty label
    return "".join(c if c.isalnum() or c in " _.,%-" else f"#{ord(c)};" for c in _printable(shown))


def _printable(text: str) -> str:
    """The text without characters that hide, reorder or break: they show as a box."""
    return "".join(c if c.isprintable() else "□" for c in text)


def _title(text: str) -> str:
    """The title stands in YAML front matter, where quotes and backslashes would end it."""
    return "".join(c if c.isalnum() or c in " _.,%-" else " " for c in _printable(text))[:80]


def _comment(text: str) -> str:
    return _printable(text).replace("{", "(").replace("}", ")")
