"""A diagram as Graphviz DOT text: departments as clusters, frames as clusters within them.

Graphviz has no lanes: a frame that crosses departments is drawn in parts, one in each of them.
"""

from collections.abc import Iterable, Iterator, Mapping

from salesflow.drawing import dot_looks as looks
from salesflow.drawing.diagram import Diagram, Edge, Lane, Mark, Node
from salesflow.drawing.lettering import wrap
from salesflow.drawing.mermaid_looks import thickness
from salesflow.drawing.ways import at_once
from salesflow.visible import visible

_WIDE = 150.0  # pixels that a line of words in a node may take
_NARROW = 100.0  # on an edge, whose words keep nodes apart
_MOST_LINES = 4
_MOST_FACTS = 2_000  # characters


def dot(diagram: Diagram) -> str:
    """The diagram in the DOT language, to be laid out by ``dot`` from left to right."""
    names = {node.id: f"n{place}" for place, node in enumerate(diagram.nodes)}
    lines = [
        "digraph process {",
        f"  graph {_list(looks.GRAPH | {'label': _caption(diagram)})};",
        f"  node {_list(looks.NODE)};",
        f"  edge {_list(looks.EDGE)};",
    ]
    known = {lane.id for lane in diagram.lanes}
    clusters = _Clusters(diagram, names)
    for place, lane in enumerate(diagram.lanes):
        lines.extend(clusters.lane(lane, f"l{place}"))
    loose = [node for node in diagram.nodes if node.lane not in known]
    lines.extend(clusters.within("", "x", loose))
    drawn = (edge for edge in diagram.edges if edge.start in names and edge.end in names)
    parting = at_once(diagram)
    lines.extend(_edge(edge, names, parting.get(edge, ""), pale=diagram.pale) for edge in drawn)
    return "\n".join((*lines, "}")) + "\n"


def _caption(diagram: Diagram) -> str:
    rows = (diagram.title, diagram.about, diagram.measure, *diagram.notes)
    return _left(visible(row) for row in rows if row)


class _Clusters:
    """The clusters of a diagram: lanes, and in each the parts of frames that lie there."""

    def __init__(self, diagram: Diagram, names: Mapping[str, str]) -> None:
        self._diagram = diagram
        self._names = names
        self._frames = {frame.id: (place, frame) for place, frame in enumerate(diagram.frames)}

    def lane(self, lane: Lane, name: str) -> Iterator[str]:
        """A department with its nodes."""
        look = looks.LANE | (looks.OUTSIDE if lane.external else {})
        label = f"{lane.label} (external)" if lane.external else lane.label
        inside = [node for node in self._diagram.nodes if node.lane == lane.id]
        yield from self._cluster(name, look | {"label": _words(label)}, "", inside)

    def within(self, around: str, name: str, inside: list[Node]) -> Iterator[str]:
        """Nodes that lie in a frame ("": in none), and as clusters the frames that lie there."""
        deeper: dict[str, list[Node]] = {}
        for node in inside:
            below = self._below(around, node)
            if below:
                deeper.setdefault(below, []).append(node)
            else:
                yield _node(node, self._names, pale=self._diagram.pale)
        for frame, nodes in deeper.items():
            place, known = self._frames[frame]
            look = looks.FRAME | {"label": _words(known.label)}
            yield from self._cluster(f"{name}_f{place}", look, frame, nodes)

    def _below(self, around: str, node: Node) -> str:
        """The frame right within ``around`` that a node lies in, "" where there is none."""
        below, frame = "", node.frame
        while frame in self._frames and frame != around:
            below, frame = frame, self._frames[frame][1].frame
        return below

    def _cluster(
        self, name: str, look: looks.Look, frame: str, inside: list[Node]
    ) -> Iterator[str]:
        yield f"  subgraph cluster_{name} {{"
        yield f"  graph {_list(look)};"
        yield from (f"  {row}" for row in self.within(frame, name, inside))
        yield "  }"


def _node(node: Node, names: Mapping[str, str], *, pale: bool) -> str:
    look = looks.KINDS.get(node.kind, {}) | looks.TONES.get(node.tone, {})
    if pale:
        look |= looks.PALE_NODE
    if node.figure is not None:
        look |= looks.heat(node.figure.level)
    worst = _worst(node.marks)
    if worst:
        look |= looks.MARKS[worst]
    rows = [*wrap(visible(node.label), 12, _WIDE, _MOST_LINES)]
    rows.extend(wrap(visible(node.detail), 12, _WIDE, _MOST_LINES))
    rows.extend(["waits for all"] if node.meets else [])
    rows.extend(_over(node))
    words = {"label": _lines(rows), "tooltip": _lines(_few((node.label, *node.facts)))}
    return f"  {names[node.id]} {_list(look | words)};"


def _edge(edge: Edge, names: Mapping[str, str], parting: str, *, pale: bool) -> str:
    look = looks.LINES[edge.kind] | (looks.PALE_EDGE if pale else {})
    if edge.figure is not None:
        look |= {"penwidth": str(thickness(edge.figure.level))}
    worst = _worst(edge.marks)
    if worst:
        look |= {key: looks.MARKS[worst][key] for key in ("color", "penwidth")}
        look |= {"style": "dashed"} if worst == "removed" else {}
    rows = [*wrap(visible(edge.label), 10, _NARROW, _MOST_LINES), *filter(None, [parting])]
    rows.extend(_over(edge))
    words = {"label": _left(rows)} if rows else {}
    tip = {"tooltip": _lines(_few([edge.label]))} if edge.label else {}
    return f"  {names[edge.start]} -> {names[edge.end]} {_list(look | words | tip)};"


def _over(thing: Node | Edge) -> Iterator[str]:
    """The rows of what is laid over it."""
    if thing.figure is not None:
        yield visible(thing.figure.text)
    for mark in dict.fromkeys(thing.marks):
        yield from wrap(f"{looks.SIGNS[mark.kind]} {visible(mark.text)}".strip(), 12, _WIDE, 2)


def _worst(marks: Iterable[Mark]) -> str:
    kinds = {mark.kind for mark in marks}
    return next((kind for kind in looks.MARKS if kind in kinds), "")


def _few(texts: Iterable[str]) -> Iterator[str]:
    """Texts for a tooltip, as many letters as one still reads."""
    left = _MOST_FACTS
    for text in texts:
        if left > 0:
            yield text if len(text) <= left else f"{text[: left - 1]}…"
        left -= len(text)


def _lines(rows: Iterable[str]) -> str:
    return "\\n".join(map(_words, rows))


def _left(rows: Iterable[str]) -> str:
    """Lines that begin at the left."""
    return "".join(f"{_words(row)}\\l" for row in rows)


def _words(text: str) -> str:
    """Text as it is read: backslashes and ampersands would begin an escape."""
    return visible(text).replace("\\", "\\\\").replace("&", "&amp;")


def _list(attributes: Mapping[str, str]) -> str:
    """An attribute list; within quotes only the quote itself has to be escaped."""
    told = (f"{key}={_quoted(value)}" for key, value in attributes.items())
    return f"[{', '.join(told)}]"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'
