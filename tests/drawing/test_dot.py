"""What salesflow writes in DOT is read by the real Graphviz, and says what the diagram says."""

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesflow import api
from salesflow.drawing.departments import departments
from salesflow.drawing.diagram import Diagram, Edge, Figure, Frame, Lane, Mark, Node, Overlay
from salesflow.drawing.dot import dot
from salesflow.drawing.extract import flow
from salesflow.drawing.only import only
from salesflow.drawing.stages import stages
from salesflow.drawing.union import union
from salesflow.nouns import FrozenMap
from salesflow.visible import visible
from tests.drawing.test_depth import anything, loaded
from tests.drawing.test_mermaid import HOSTILE

ENTERPRISE = Path(__file__).parents[2] / "examples" / "enterprise" / "enterprise.salesflow.yaml"
MORE = [*HOSTILE, "ends in \\", '\\"', "\\N\\G\\l", "&lt;b&gt; &#65;", "<b>bold</b>", "a\\nb", "}"]


def graphviz(text: str, form: str) -> str:
    """What Graphviz makes of a text, without a word of complaint."""
    if shutil.which("dot") is None:
        message = "Graphviz is not installed: run `apt-get install graphviz`"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    done = subprocess.run(
        ["dot", f"-T{form}"],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


class Read:
    """The graph as Graphviz understood it: ``dot_json`` keeps labels as they are written."""

    def __init__(self, text: str) -> None:
        data: dict[str, Any] = json.loads(graphviz(text, "dot_json"))
        objects = data.get("objects", [])
        self.label = words(data["label"])
        self.nodes = {o["name"]: o for o in objects if not o["name"].startswith("cluster_")}
        self.clusters = [o for o in objects if o["name"].startswith("cluster_")]
        named = {o["_gvid"]: o["name"] for o in objects}
        self.inside = {o["name"]: {named[n] for n in o.get("nodes", ())} for o in self.clusters}
        self.edges = [
            (named[edge["tail"]], named[edge["head"]], words(edge.get("label", "")))
            for edge in data.get("edges", ())
        ]
        self.lines = data.get("edges", [])


def words(label: str) -> str:
    """A label as it is seen: escapes of lines and of backslashes undone, lines joined."""
    rows = re.sub(r"\\(.)", lambda m: {"n": "\n", "l": "\n"}.get(m[1], m[1]), label)
    return unescape(" ".join(rows.split()))


def diagram(label: str) -> Diagram:
    mark = Mark(kind="error", text=label)
    figure = Figure(text=label, level=0.5)
    return Diagram(
        title=label,
        lanes=(Lane(id="a", label=label), Lane(id="b", label="B", external=True)),
        nodes=(
            Node(id="inbound", path="sources.inbound", kind="source", label=label, lane="a"),
            Node(id=label, path=label, kind="step", label=label, lane="a", marks=(mark,)),
            Node(id="graph", path="x", kind="run", label="in", lane="b", frame="f", facts=(label,)),
            Node(id="won", path="outcomes.won", kind="outcome", label="Won", figure=figure),
        ),
        edges=(
            Edge(start="inbound", end=label, path="a"),
            Edge(start=label, end="graph", path="b", label=label, marks=(mark,), figure=figure),
            Edge(start="graph", end="won", path="c", kind="timeout"),
        ),
        frames=(Frame(id="f", path="f", kind="block", label=label),),
        notes=(label,),
        measure=label,
    )


@pytest.mark.parametrize("label", MORE)
def test_graphviz_reads_hostile_names_as_they_are(label: str) -> None:
    read = Read(dot(diagram(label)))
    assert [(start, end) for start, end, _ in read.edges] == [
        ("n0", "n1"),
        ("n1", "n2"),
        ("n2", "n3"),
    ]
    assert read.inside == {
        "cluster_l0": {"n0", "n1"},
        "cluster_l1": {"n2"},
        "cluster_l1_f0": {"n2"},
    }
    shown = " ".join(visible(label).split())
    assert len(label) > 80 or plain(words(read.nodes["n0"]["label"])) == plain(shown)
    assert words(read.clusters[0]["label"]) == shown
    assert shown in words(read.nodes["n2"]["tooltip"])


def plain(text: str) -> str:
    """Without spaces: long words are broken into lines."""
    return text.replace(" ", "")


def test_no_name_reaches_the_picture_as_anything_but_text() -> None:
    for label in MORE:
        root = ET.fromstring(graphviz(dot(diagram(label)), "svg"))
        seen = "".join("".join(e.itertext()) for e in root.iter() if e.tag.endswith("}text"))
        shown = plain(visible(label))
        assert len(label) > 80 or shown in plain(seen).replace("\xa0", ""), label
        assert not [e for e in root.iter() if e.tag.endswith(("}script", "}b"))]


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(anything, st.integers(0, 3))
def test_graphviz_sees_the_graph_of_the_diagram(files: dict[str, Any], depth: int) -> None:
    shown = flow(loaded(files), depth=depth)
    _same(shown, Read(dot(shown)))


def _same(shown: Diagram, read: Read) -> None:
    names = {node.id: f"n{place}" for place, node in enumerate(shown.nodes)}
    assert {*names.values()} == {*read.nodes}
    wanted = Counter((names[edge.start], names[edge.end]) for edge in shown.edges)
    assert Counter((start, end) for start, end, _ in read.edges) == wanted
    for place, lane in enumerate(shown.lanes):
        inside = {names[node.id] for node in shown.nodes if node.lane == lane.id}
        assert read.inside[f"cluster_l{place}"] == inside
    around = {frame.id: frame.frame for frame in shown.frames}
    for place, frame in enumerate(shown.frames):
        parts = [read.inside[name] for name in read.inside if name.endswith(f"_f{place}")]
        assert set().union(*parts) == {
            names[node.id] for node in shown.nodes if frame.id in _frames(node.frame, around)
        }


def _frames(frame: str, around: dict[str, str]) -> set[str]:
    found = set()
    while frame:
        found.add(frame)
        frame = around.get(frame, "")
    return found


@pytest.mark.parametrize(
    "view", ["flow", "closed", "runs", "part", "stages", "departments", "both"]
)
def test_every_view_of_the_example_is_drawn(view: str) -> None:
    process = api.load(ENTERPRISE)
    whole = flow(process)
    paths = {thing.path: thing.path for thing in (*whole.nodes, *whole.edges)}
    shown = {
        "flow": lambda: whole,
        "closed": lambda: flow(process, depth=0),
        "runs": lambda: flow(process, depth=2),
        "part": lambda: only(whole, ["discovery"]),
        "stages": lambda: stages(process),
        "departments": lambda: departments(process),
        "both": lambda: union(flow(process, depth=0), whole, same=paths),
    }[view]()
    _same(shown, Read(dot(shown)))
    assert graphviz(dot(shown), "svg").startswith("<?xml")


def test_a_measure_is_number_colour_and_thickness() -> None:
    figure = Figure(text="4.2 days", level=1.0)
    overlay = Overlay(
        figures=FrozenMap({"steps.pricing": figure, "steps.pricing.next.to_finance": figure}),
        marks=FrozenMap({"steps.sign": (Mark(kind="warning", text="no-owner"),)}),
        measure="waiting per visit",
    )
    shown = flow(api.load(ENTERPRISE), overlay=overlay)
    read = Read(dot(shown))
    names = {node.id: f"n{place}" for place, node in enumerate(shown.nodes)}
    pricing, sign = read.nodes[names["pricing"]], read.nodes[names["sign"]]
    assert words(pricing["label"]).endswith("4.2 days")
    assert pricing["fillcolor"] != read.nodes[names["pilot"]].get("fillcolor")
    assert "⚠ no-owner" in words(sign["label"])
    assert (sign["color"], sign["penwidth"]) == ("#b45309", "3")
    (line,) = (each for each in read.lines if each.get("penwidth") == "9")
    assert words(line["label"]) == "to finance 4.2 days"
    assert read.label.startswith("Enterprise New accounts that go live")
    assert read.label.endswith("version 2.0.0 waiting per visit")


def test_versions_differ_by_sign_and_colour() -> None:
    old = diagram("a").replace(frames=())
    new = old.replace(nodes=old.nodes[:3], edges=old.edges[:2])
    both = union(old, new, same={"sources.inbound": "sources.inbound", "a": "a", "x": "x"})
    read = Read(dot(both))
    gone = [node for node in read.nodes.values() if "− removed" in words(node["label"])]
    assert [node["color"] for node in gone] == ["#b91c1c"]
    lines = [each["style"] for each in read.lines if "−" in each.get("label", "")]
    assert lines == ["dashed", "dashed"]


@given(st.text(max_size=120))
def test_no_text_leaves_its_quotes(label: str) -> None:
    for row in dot(diagram(label)).splitlines():
        bare = re.sub(r"\\.", "", row)
        assert bare.count('"') % 2 == 0
        assert row.isprintable() or not visible(row).isprintable()


def test_the_same_diagram_gives_the_same_text() -> None:
    assert dot(diagram("x")) == dot(diagram("x"))
