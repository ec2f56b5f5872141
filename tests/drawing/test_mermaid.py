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

from salesflow.drawing.diagram import Diagram, Edge, Lane, Mark, Node
from salesflow.drawing.mermaid import MOST_EDGES, fits, mermaid

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
