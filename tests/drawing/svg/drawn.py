"""Scenes to draw, and what stands in an SVG, read as XML."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from salesflow.drawing.diagram import Diagram, Edge, Figure, Frame, Lane, Mark, Node
from salesflow.drawing.layout.arrange import layout
from salesflow.drawing.scene import Scene

NS = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<script>alert(1)</script>",
    "]]><svg onload=alert(1)>",
    "quotes \" and ' and `",
    "&amp; &#60;",
    "x" * 500,
    "many words " * 60,
    "\u202eright to left",
    "zero\u200bwidth",
    "nul\x00 bell\x07 escape\x1b[31m",
    "lone \ud800 surrogate",
    "no character \ufffe",
    "🚀 launch 👩\u200d💻",
    "日本語の名前",
    "tab\tand\nline",
    "-->",
    "",
    " ",
]
KINDS = ("error", "warning", "info", "added", "removed", "changed")


def diagram(
    label: str = "Call", *, marks: tuple[Mark, ...] = (), figure: Figure | None = None
) -> Diagram:
    """One of everything: every kind of node, a block, a way back, a timeout, a way out."""

    def step(name: str, kind: str = "step", lane: str = "sales", frame: str = "") -> Node:
        return Node(
            id=name,
            path=f"steps.{name}",
            kind=kind,
            label=label,
            detail=label,
            lane=lane,
            frame=frame,
            facts=(label,),
            marks=marks,
            figure=figure,
        )

    def way(start: str, end: str, result: str, kind: str = "flow") -> Edge:
        path = f"steps.{start}.next.{result}"
        return Edge(
            start=start, end=end, path=path, label=label, kind=kind, marks=marks, figure=figure
        )

    block = [
        step("both", "fork", frame="both"),
        step("draft", frame="both"),
        step("check", "run", "buyer", "both"),
        step("both.join", "join", frame="both").replace(label="all done"),
    ]
    ends = ("won", "lost", "disqualified", "done", "failed")
    outcomes = [
        Node(id=end, path=f"outcomes.{end}", kind="outcome", label=label, tone=end) for end in ends
    ]
    return Diagram(
        title=label,
        lanes=(Lane(id="sales", label=label), Lane(id="buyer", label="Buyer", external=True)),
        nodes=(
            Node(id="web", path="sources.web", kind="source", label=label, lane="sales"),
            step("call"),
            step("which", "decision"),
            *block,
            step("sign", lane="buyer"),
            *outcomes,
            Node(id="…", path="", kind="outcome", label="…", tone="more"),
        ),
        edges=(
            Edge(start="web", end="call", path="sources.web"),
            way("call", "which", "fit"),
            way("call", "lost", "quiet", "timeout"),
            way("which", "call", "again"),
            way("which", "both", "yes"),
            way("which", "disqualified", "no"),
            way("both", "draft", "a"),
            way("both", "check", "b"),
            way("draft", "both.join", "ok"),
            way("check", "both.join", "off", "leave"),
            way("both.join", "sign", "done"),
            way("sign", "won", "signed"),
            way("sign", "done", "finished"),
            way("sign", "failed", "broke"),
            way("sign", "…", "other"),
        ),
        frames=(Frame(id="both", path="steps.both", kind="block", label=label),),
        notes=(label,),
        measure=label if figure else "",
    )


def scene(label: str = "Call", *, marks: tuple[Mark, ...] = ()) -> Scene:
    return layout(diagram(label, marks=marks))


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)


def classed(root: ET.Element, name: str) -> Iterator[ET.Element]:
    return (each for each in root.iter() if name in each.get("class", "").split())


def words(element: ET.Element) -> str:
    """The text that is drawn, its lines joined, without tooltips."""
    parts = (" ".join("".join(text.itertext()).split()) for text in element.iter(f"{NS}text"))
    return " ".join(parts)
