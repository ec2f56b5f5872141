"""The flow as a list: each box with where deals go from it, and what changed there."""

from collections.abc import Iterable, Iterator

from salesflow.drawing.diagram import Diagram, Edge, Mark, Node
from salesflow.reporting.simulated.plots.canvas import safe

_SYMBOLS = {"added": "+", "removed": "−", "changed": "~"}
_KINDS = ("removed", "added", "changed")


def listed(diagram: Diagram) -> Iterator[str]:
    """HTML: the boxes in the order of the process; nothing for a picture without boxes."""
    if not diagram.nodes:
        return
    lanes = {lane.id: lane.label for lane in diagram.lanes}
    labels = {node.id: node.label for node in diagram.nodes}
    leaving: dict[str, list[Edge]] = {}
    for edge in diagram.edges:
        leaving.setdefault(edge.start, []).append(edge)
    yield "<h2>The flow</h2>"
    if diagram.pale:
        yield '<p class="note">+ added, − removed, ~ changed; what is grey is as it was.</p>'
    yield from (f'<p class="note">{safe(note)}</p>' for note in diagram.notes)
    yield '<ul class="flow">'
    for node in diagram.nodes:
        yield f'<li class="{_class(node.marks)}">{_box(node, lanes)}{_marks(node.marks)}</li>'
        ways = [edge for edge in leaving.get(node.id, ()) if edge.end in labels]
        if ways:
            rows = (f'<li class="{_class(e.marks)}">{_way(e, labels)}</li>' for e in ways)
            yield f"<li><ul>{''.join(rows)}</ul></li>"
    yield "</ul>"


def _class(marks: Iterable[Mark]) -> str:
    kinds = {mark.kind for mark in marks}
    return next((kind for kind in _KINDS if kind in kinds), "pale")


def _box(node: Node, lanes: dict[str, str]) -> str:
    lane = "" if node.kind == "join" else lanes.get(node.lane, "")  # its fork's, said there
    told = filter(None, [lane, node.detail])
    who = " · ".join(dict.fromkeys(told))  # a department can be its own role
    return f"<b>{safe(node.label)}</b>{f' ({safe(who)})' if who else ''}"


def _way(edge: Edge, labels: dict[str, str]) -> str:
    by = f"{safe(edge.label)} " if edge.label else ""
    return f"{by}→ {safe(labels[edge.end])}{_marks(edge.marks)}"


def _marks(marks: Iterable[Mark]) -> str:
    told = [f"{_SYMBOLS.get(mark.kind, '')} {mark.text or mark.kind}".strip() for mark in marks]
    return f" <b>{safe('; '.join(told))}</b>" if told else ""
