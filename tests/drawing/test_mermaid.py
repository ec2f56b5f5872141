"""What salesflow draws is read by the real Mermaid, and says what the diagram says."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesflow import api
from salesflow.drawing.departments import departments
from salesflow.drawing.diagram import Diagram, Edge, Figure, Lane, Mark, Node, Overlay
from salesflow.drawing.extract import flow
from salesflow.drawing.mermaid import MOST_EDGES, fits, mermaid
from salesflow.drawing.mermaid_looks import HEAT, SHAPES, heat_class
from salesflow.drawing.only import only
from salesflow.drawing.stages import stages
from salesflow.nouns import FrozenMap
from tests.drawing.test_depth import anything, loaded

ENTERPRISE = Path(__file__).parents[2] / "examples" / "enterprise" / "enterprise.salesflow.yaml"
ORACLE = Path(__file__).parent / "oracle"
HOSTILE = [
    "end",
    "call",
    "class",
    "click",
    "<script>alert(1)</script>",
    'quotes " and `ticks`',
    "1. a list",
    "- a list",
    "%%{init: {}}%%",
    "a | b --> c",
    "#35; &amp; ;",
    "x" * 500,
    "\u202eright to left",
    "zero\u200bwidth",
    "🚀 launch",
    "日本語",
    "tab\tand\nline",
    "{}[]()",
    "\\",
    "",
]


def read(texts: list[str]) -> list[dict[str, Any]]:
    """What Mermaid understood of each text."""
    if not (ORACLE / "node_modules" / "mermaid").is_dir() or shutil.which("node") is None:
        message = "Mermaid is not installed: run `npm ci --prefix tests/drawing/oracle`"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    done = subprocess.run(
        ["node", "read.mjs"],
        cwd=ORACLE,
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def diagram(label: str = "Call", *, marks: tuple[Mark, ...] = ()) -> Diagram:
    return Diagram(
        title=label,
        lanes=(Lane(id="sales", label=label), Lane(id="buyer", label="Buyer", external=True)),
        nodes=(
            Node(id="inbound", path="sources.inbound", kind="source", label=label),
            Node(id="end", path="steps.end", kind="step", label=label, lane="sales", marks=marks),
            Node(id="sign", path="steps.sign", kind="decision", label=label, lane="buyer"),
            Node(id="won", path="outcomes.won", kind="outcome", label="Won", tone="won"),
        ),
        edges=(
            Edge(start="inbound", end="end", path="sources.inbound"),
            Edge(start="end", end="sign", path="steps.end.next.fit", label=label, marks=marks),
            Edge(start="sign", end="won", path="steps.sign.next.ok", label="", kind="timeout"),
        ),
    )


def test_mermaid_reads_hostile_names_and_keeps_the_graph() -> None:
    marks = (Mark(kind="error", text="dead-end"),)
    texts = [mermaid(diagram(label, marks=marks)) for label in HOSTILE]
    for label, answer in zip(HOSTILE, read(texts), strict=True):
        assert "error" not in answer, (label, answer)
        assert [node["id"] for node in answer["nodes"]] == ["n1", "n2", "n0", "n3"], label
        assert [(e["start"], e["end"]) for e in answer["edges"]] == [
            ("n0", "n1"),
            ("n1", "n2"),
            ("n2", "n3"),
        ]
        assert [lane["nodes"] for lane in answer["lanes"]] == [["n1"], ["n2"]], label


def test_labels_arrive_as_they_are_written() -> None:
    labels = [label for label in HOSTILE if label.isprintable() and 0 < len(label) <= 80]
    for label, answer in zip(labels, read([mermaid(diagram(x)) for x in labels]), strict=True):
        assert next(n["text"] for n in answer["nodes"] if n["id"] == "n0") == label.strip()


def test_marks_are_classes_symbols_and_strokes() -> None:
    marks = (Mark(kind="warning", text="no-owner"), Mark(kind="error", text="dead-end"))
    text = mermaid(diagram(marks=marks))
    (answer,) = read([text])
    step = next(node for node in answer["nodes"] if node["id"] == "n1")
    assert step["classes"] == ["error"]
    assert "✖ dead-end" in step["text"]
    assert "⚠ no-owner" in step["text"]
    assert "  linkStyle 1 stroke:#b91c1c,stroke-width:3px" in text


def test_a_measure_is_number_colour_and_thickness() -> None:
    figures = {
        "steps.pricing": Figure(text="4.2 days", level=1.0),
        "steps.pilot": Figure(text="<1 hour", level=0.0),
        "steps.pricing.next.to_finance": Figure(text="5 a week", level=1.0),
        "steps.pilot.next.convinced": Figure(text="3 a week", level=0.5),
    }
    shown = flow(
        api.load(ENTERPRISE), overlay=Overlay(figures=FrozenMap(figures), measure="waiting | load")
    )
    text = mermaid(shown)
    (answer,) = read([text])
    names = {node.id: f"n{place}" for place, node in enumerate(shown.nodes)}
    nodes = {node["id"]: node for node in answer["nodes"]}
    pricing, pilot = nodes[names["pricing"]], nodes[names["pilot"]]
    assert (pricing["classes"], pilot["classes"]) == (["h5"], ["h0"])
    assert pricing["text"].endswith("<br>4.2 days")
    assert pilot["text"].endswith("<br><1 hour")
    labels = [edge["text"] for edge in answer["edges"]]
    thick = next(place for place, label in enumerate(labels) if label.endswith("<br>5 a week"))
    thin = next(place for place, label in enumerate(labels) if label.endswith("<br>3 a week"))
    assert f"  linkStyle {thick} stroke-width:9px" in text
    assert f"  linkStyle {thin} stroke-width:5px" in text
    assert 'title: "Enterprise, waiting   load"' in text


def test_heat_can_be_read_at_every_level() -> None:
    for place in range(len(HEAT)):
        colours = dict(pair.split(":") for pair in heat_class(place).split(" ")[2].split(","))
        assert _contrast(colours["fill"], colours["color"]) >= 4.5


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_mermaid_reads_every_view_and_keeps_its_graph() -> None:
    process = api.load(ENTERPRISE)
    views = [
        *(flow(process, depth=depth) for depth in range(3)),
        stages(process),
        departments(process),
        only(flow(process), ["discovery"]),
    ]
    for view, answer in zip(views, read([mermaid(view) for view in views]), strict=True):
        _same(view, answer)


def test_mermaid_reads_any_process_at_any_depth() -> None:
    views: list[Diagram] = []

    @settings(max_examples=40, suppress_health_check=list(HealthCheck), database=None)
    @given(anything, st.integers(0, 3))
    def collect(files: dict[str, Any], depth: int) -> None:
        views.append(flow(loaded(files), depth=depth))

    collect()
    for view, answer in zip(views, read([mermaid(view) for view in views]), strict=True):
        _same(view, answer)


def _same(view: Diagram, answer: dict[str, Any]) -> None:
    assert "error" not in answer, answer
    names = {node.id: f"n{place}" for place, node in enumerate(view.nodes)}
    drawn = [node["id"] for node in answer["nodes"] if node["id"] != "notes"]
    assert sorted(drawn) == sorted(names.values())
    assert [(edge["start"], edge["end"]) for edge in answer["edges"]] == [
        (names[edge.start], names[edge.end]) for edge in view.edges
    ]
    for lane, told in zip(view.lanes, answer["lanes"], strict=True):
        inside = [names[node.id] for node in view.nodes if node.lane == lane.id]
        assert sorted(told["nodes"]) == sorted(inside)
    notes = [node["text"] for node in answer["nodes"] if node["id"] == "notes"]
    assert notes == (["<br>".join(view.notes)] if view.notes else [])


def test_mermaid_knows_every_shape() -> None:
    step = diagram().nodes[1]
    nodes = tuple(step.replace(id=kind, kind=kind) for kind in sorted(SHAPES))
    (answer,) = read([mermaid(Diagram(title="p", lanes=(), nodes=nodes, edges=()))])
    assert len(answer["nodes"]) == len(SHAPES)


@pytest.mark.parametrize("label", HOSTILE)
def test_notes_and_figures_are_text_too(label: str) -> None:
    figure = Figure(text=label, level=0.3)
    shown = diagram()
    shown = shown.replace(
        nodes=(shown.nodes[0].replace(figure=figure), *shown.nodes[1:]),
        edges=(shown.edges[0].replace(figure=figure), *shown.edges[1:]),
        notes=(label,),
        measure=label,
    )
    for row in mermaid(shown).splitlines():
        assert row.count('"') in (0, 2) or row.startswith("  %%")
        assert row.isprintable()


def test_mermaid_reads_hostile_notes_and_figures() -> None:
    texts = []
    for label in HOSTILE:
        shown = diagram()
        first = shown.nodes[0].replace(figure=Figure(text=label, level=0.3))
        texts.append(
            mermaid(shown.replace(nodes=(first, *shown.nodes[1:]), notes=(label,), measure=label))
        )
    for label, answer in zip(HOSTILE, read(texts), strict=True):
        assert "error" not in answer, (label, answer)
        assert len(answer["nodes"]) == 5, label


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=120))
def test_no_label_leaves_its_quotes(label: str) -> None:
    for row in mermaid(diagram(label)).splitlines():
        assert row.count('"') in (0, 2)
        assert row.isprintable()


def test_more_edges_than_mermaid_draws_do_not_fit() -> None:
    small = diagram()
    many = small.replace(edges=small.edges[:1] * (MOST_EDGES + 1))
    assert fits(small)
    assert not fits(many)
    long = small.replace(nodes=small.nodes * 600)
    assert not fits(long)


def test_the_same_diagram_gives_the_same_text() -> None:
    assert mermaid(diagram()) == mermaid(diagram())
