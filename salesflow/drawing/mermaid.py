"""A diagram as Mermaid flowchart text: safe ids, labels escaped by code point, marks as classes."""

from collections import Counter
from collections.abc import Iterator

from salesflow.drawing.diagram import Diagram, Edge, Lane, Mark, Node

MOST_CHARACTERS = 50_000  # Mermaid's own default limits (maxTextSize, maxEdges)
MOST_EDGES = 500

_SHAPES = {
    "source": ('(["', '"])'),
    "step": ('["', '"]'),
    "decision": ('{"', '"}'),
    "run": ('[["', '"]]'),
    "fork": ('{{"', '"}}'),
    "join": ('(("', '"))'),
    "outcome": ('((("', '")))'),
}
_ARROWS = {"flow": "-->", "timeout": "-.->", "leave": "-.->"}
_CLASSES = (
    "classDef lane fill:#f8fafc,stroke:#94a3b8,color:#334155",
    "classDef source fill:#eef2ff,stroke:#4f46e5,color:#1e1b4b",
    "classDef step fill:#ffffff,stroke:#475569,color:#0f172a",
    "classDef gate fill:#f1f5f9,stroke:#475569,color:#0f172a",
    "classDef won fill:#dcfce7,stroke:#15803d,color:#14532d,stroke-width:2px",
    "classDef lost fill:#f3f4f6,stroke:#6b7280,color:#374151,stroke-width:2px",
    "classDef error fill:#fee2e2,stroke:#b91c1c,color:#7f1d1d,stroke-width:3px",
    "classDef warning fill:#fef3c7,stroke:#b45309,color:#78350f,stroke-width:3px",
    "classDef info fill:#e0f2fe,stroke:#0369a1,color:#0c4a6e,stroke-width:3px",
)
_OF_VERSIONS = (
    "classDef pale fill:#ffffff,stroke:#94a3b8,color:#475569",
    "classDef added fill:#bbf7d0,stroke:#15803d,color:#14532d,stroke-width:3px",
    "classDef removed fill:#fecaca,stroke:#b91c1c,color:#711,stroke-width:3px,stroke-dasharray:6",
    "classDef changed fill:#fef3c7,stroke:#b45309,color:#78350f,stroke-width:3px",
)
_STROKES = {  # the worst first
    "error": "stroke:#b91c1c,stroke-width:3px",
    "warning": "stroke:#b45309,stroke-width:3px",
    "removed": "stroke:#b91c1c,stroke-width:3px,stroke-dasharray:6",
    "added": "stroke:#15803d,stroke-width:3px",
    "changed": "stroke:#b45309,stroke-width:3px",
    "info": "stroke:#0369a1,stroke-width:3px",
}
_SYMBOLS = {
    "error": "✖",
    "warning": "⚠",
    "removed": "−",
    "added": "#43;",  # a plain plus would begin a list
    "changed": "~",
    "info": "ℹ",
}


def fits(diagram: Diagram) -> bool:
    """Whether Mermaid's default limits allow the diagram."""
    return len(diagram.edges) <= MOST_EDGES and len(mermaid(diagram)) <= MOST_CHARACTERS


def mermaid(diagram: Diagram) -> str:
    """Flowchart text that Mermaid renders as it is; the same diagram gives the same text."""
    names = {node.id: f"n{place}" for place, node in enumerate(diagram.nodes)}
    lines = [
        "---",
        f'title: "{_title(diagram.title)}"',
        "---",
        "flowchart LR",
        *(f"  %% {_comment(note)}" for note in diagram.notes),
    ]
    for place, lane in enumerate(diagram.lanes):
        lines.extend(_lane(lane, place, diagram, names))
    known = {lane.id for lane in diagram.lanes}
    loose = [node for node in diagram.nodes if node.lane not in known]
    lines.extend(_node(node, names, pale=diagram.pale) for node in loose)
    lines.extend(_edge(edge, names) for edge in diagram.edges if edge.end in names)
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
    opening, closing = _SHAPES[node.kind]
    rows = [_text(node.label)]
    if node.detail:
        rows.append(f"<small>{_text(node.detail)}</small>")
    rows.extend(_mark_text(mark) for mark in _few(node.marks))
    return f"  {names[node.id]}{opening}{'<br/>'.join(rows)}{closing}:::{_class(node, pale=pale)}"


def _class(node: Node, *, pale: bool) -> str:
    worst = _worst(node.marks)
    if worst or pale:
        return worst or "pale"
    if node.kind == "outcome":
        return "won" if node.tone in ("won", "done") else "lost"
    if node.kind == "source":
        return "source"
    return "step" if node.kind in ("step", "run") else "gate"


def _edge(edge: Edge, names: dict[str, str]) -> str:
    rows = [_text(edge.label)] if edge.label else []
    rows.extend(_mark_text(mark) for mark in _few(edge.marks))
    label = f'|"{"<br/>".join(rows)}"|' if rows else ""
    return f"  {names[edge.start]} {_ARROWS[edge.kind]}{label} {names[edge.end]}"


def _styles(diagram: Diagram, names: dict[str, str]) -> Iterator[str]:
    yield from _CLASSES
    if diagram.pale:
        yield from _OF_VERSIONS
    if diagram.lanes:
        yield f"class {','.join(f'd{place}' for place in range(len(diagram.lanes)))} lane"
    drawn = [edge for edge in diagram.edges if edge.end in names]
    worst = [_worst(edge.marks) for edge in drawn]
    for kind, stroke in _STROKES.items():
        places = [str(place) for place, each in enumerate(worst) if each == kind]
        if places:
            yield f"linkStyle {','.join(places)} {stroke}"


def _worst(marks: tuple[Mark, ...]) -> str:
    kinds = {mark.kind for mark in marks}
    return next((kind for kind in _STROKES if kind in kinds), "")


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
    symbol = _SYMBOLS[mark.kind]
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
