"""The SVG is well-formed and safe whatever the names are, and holds all of its scene."""

import re
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.drawing.diagram import Diagram, Figure, Mark, Node
from salesflow.drawing.extract import flow
from salesflow.drawing.layout.arrange import layout
from salesflow.drawing.scene import Scene
from salesflow.drawing.svg.markup import BOX, isolated
from salesflow.drawing.svg.picture import fragment, svg
from salesflow.testing import processes
from salesflow.visible import visible
from tests.drawing.svg.drawn import HOSTILE, NS, classed, diagram, parsed, scene, words

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PATH = re.compile(r"M -?[\d.]+ -?[\d.]+(?: L -?[\d.]+ -?[\d.]+| Q(?: -?[\d.]+){4})+")
_ALLOWED = {
    *("svg", "title", "desc", "style", "defs", "marker"),
    *("g", "rect", "path", "circle", "text", "tspan"),
}


def judge(drawn: Scene) -> None:
    """All of the scene is there, once each, and nothing else than what we draw with."""
    text = svg(drawn)
    root = parsed(text)
    assert {each.tag.removeprefix(NS) for each in root.iter()} <= _ALLOWED
    assert not any(key.startswith("on") or "href" in key for e in root.iter() for key in e.attrib)
    for name, things in (
        ("node", [shape.node.path for shape in drawn.shapes]),
        ("edge", [way.edge.path for way in drawn.routes]),
        ("lane", [f"departments.{band.lane.id}" for band in drawn.bands]),
        ("frame", [border.frame.path for border in drawn.borders]),
        ("edge-label", [way.edge.path for way in drawn.routes if way.label is not None]),
    ):
        drawn_here = [each.get("data-path") for each in classed(root, name)]
        shown = [path for path in drawn_here if path is not None]
        assert shown == things if name != "edge" else Counter(shown) == Counter(things)
    for path in classed(root, "edge"):
        assert _PATH.fullmatch(path.get("d", "")), path.get("d")
    _inside(root, drawn)


def _inside(root: Any, drawn: Scene) -> None:
    _, _, wide, high = map(float, _NUMBER.findall(root.get("viewBox")))
    assert wide >= drawn.width
    assert high >= drawn.height
    assert (root.get("width"), root.get("height")) == tuple(root.get("viewBox").split()[2:])


@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_names_are_text(label: str) -> None:
    marks = (Mark(kind="error", text=label), Mark(kind="changed", text=label))
    figure = Figure(text="4.2 days", level=0.7)
    drawn = layout(diagram(label, marks=marks, figure=figure))
    judge(drawn)
    text = svg(drawn)
    assert "<script" not in text
    assert "<svg" not in text[4:]
    assert all(visible(letter) == letter for letter in text if letter not in "\n\ufe0f")
    judge(drawn.replace(diagram=drawn.diagram.replace(pale=True)))


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_can_be_a_name(label: str) -> None:
    judge(scene(label, marks=(Mark(kind="warning", text=label),)))


@settings(max_examples=40)
@given(processes())
def test_every_process_is_drawn_whole(data: dict[str, Any]) -> None:
    judge(layout(flow(sf.load(data))))


def test_words_of_boxes_edges_lanes_and_frames_stand_in_the_picture() -> None:
    root = parsed(svg(scene("Ask them")))
    assert [words(each) for each in classed(root, "node")][:3] == [
        "Ask them",
        "Ask them Ask them",
        "Ask them Ask them",
    ]
    assert {words(each) for each in classed(root, "edge-label")} == {"Ask them"}
    shown = ["".join(each.itertext()) for each in classed(root, "lane-label")]
    assert set(shown) == {"Ask them", "Buyer", "external"}
    assert ["".join(each.itertext()) for each in classed(root, "frame-label")] == ["Ask them"]
    join = next(each for each in classed(root, "join"))
    assert words(join) == "all done"


def test_words_that_wrap_stay_whole_words_for_who_copies_them() -> None:
    root = parsed(svg(scene("Ask for the signature of the managing director")))
    step = next(each for each in classed(root, "step"))
    assert words(step).startswith("Ask for the signature of the managing director")
    assert sum(1 for _ in step.iter(f"{NS}tspan")) > 2


def test_a_shape_comes_first_in_its_group_and_lies_where_the_scene_says() -> None:
    drawn = scene()
    root = parsed(svg(drawn))
    for shape, group in zip(drawn.shapes, classed(root, "node"), strict=False):
        first = next(each for each in group if each.tag != f"{NS}title")
        assert first.get("class") == "shape"
        numbers = [float(each) for each in _NUMBER.findall(first.get("d", ""))]
        x = float(first.get("x", "nan")) if not numbers else min(numbers[0::2])
        assert x == pytest.approx(shape.x, abs=0.06)


def test_a_long_name_of_a_frame_is_cut_and_whole_in_the_tooltip() -> None:
    root = parsed(svg(scene("many words " * 40)))
    border = next(classed(root, "border"))
    label = next(classed(border, "frame-label")).text or ""
    assert label.endswith("…")
    assert len(label) < 50
    assert (border[0].text or "").startswith("many words " * 40)


def test_the_usual_path_lies_above_other_lines_and_marks_above_it() -> None:
    marks = (Mark(kind="added", text="added"),)
    drawn = scene()
    ways = tuple(
        way.replace(edge=way.edge.replace(marks=marks)) if place == 1 else way
        for place, way in enumerate(drawn.routes)
    )
    edges = list(classed(parsed(svg(drawn.replace(routes=ways))), "edge"))
    names = [each.get("class", "").split() for each in edges if each.get("data-path") is not None]
    assert "added" in names[-1]
    main = ["main" in each for each in names[:-1]]
    assert main == sorted(main)
    assert any(main)


def test_tooltips_say_what_is_known() -> None:
    marks = (Mark(kind="error", text="dead-end"), Mark(kind="added", text="added"))
    figure = Figure(text="4.2 days", level=0.7)
    root = parsed(svg(layout(diagram(marks=marks, figure=figure).replace(measure="waiting"))))
    step = next(each for each in classed(root, "step"))
    assert step[0].tag == f"{NS}title"
    assert step[0].text == (
        "Call (step in Call)\nCall\nCall\nwaiting: 4.2 days\nerror: dead-end\nadded"
    )
    edge = next(e for e in classed(root, "edge") if e.get("data-path") == "steps.call.next.fit")
    assert edge[0].text == "Call → Call: Call\n4.2 days\nerror: dead-end\nadded"
    border = next(each for each in classed(root, "border"))
    assert border[0].text == "Call (block)\nerror: dead-end\nadded"


def test_the_picture_tells_itself_in_words() -> None:
    root = parsed(svg(scene("Deal")))
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Deal"
    title, desc = root[0], root[1]
    assert (title.tag, title.text) == (f"{NS}title", "Deal")
    assert desc.text is not None
    assert "5 steps. Lanes: Deal, Buyer. The usual path: Deal" in desc.text


def test_no_lanes_no_names_nothing_at_all() -> None:
    empty = Diagram(title="", lanes=(), nodes=(), edges=())
    nothing: dict[str, Any] = dict.fromkeys(("bands", "borders", "shapes", "routes"), ())
    judge(Scene(diagram=empty, width=0, height=0, **nothing))
    alone = Node(id="a", path="steps.a", kind="stage", label="")
    judge(layout(Diagram(title="", lanes=(), nodes=(alone,), edges=())))


def test_the_same_scene_gives_the_same_text_in_any_process() -> None:
    code = (
        "from tests.drawing.svg.drawn import scene;"
        "from salesflow.drawing.svg.picture import svg;"
        "import sys; sys.stdout.write(svg(scene()))"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            text=True,
            encoding="utf-8",
            env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("1", "2")
    }
    assert texts == {svg(scene())}


def test_the_fragment_holds_the_same_without_colours_and_tooltips() -> None:
    drawn = scene(marks=(Mark(kind="warning", text="late"),))
    inside = parsed(f'<svg xmlns="{NS[1:-1]}">{fragment(drawn)}</svg>')
    whole = parsed(svg(drawn))
    assert [each.get("class") for each in inside] == [
        "lanes",
        "frames",
        "edges",
        "nodes",
        "labels",
    ]
    for name, number in (("nodes", drawn.shapes), ("edges", drawn.routes), ("lanes", drawn.bands)):
        assert len(next(classed(inside, name))) == len(number)
    assert not list(inside.iter(f"{NS}title"))
    assert not any(each.get("stroke") for each in inside.iter())
    texts = Counter("".join(each.itertext()) for each in inside.iter(f"{NS}text"))
    assert not texts - Counter("".join(each.itertext()) for each in whole.iter(f"{NS}text"))


def test_only_names_from_right_to_left_are_set_apart() -> None:
    assert isolated("Größe, 50% <") == "Größe, 50% &lt;"
    assert isolated("\u05dc\u05d0, 50%") == "\u2068\u05dc\u05d0\u2069, \u206850%\u2069"
    assert (
        isolated("\u0644\u0627 & \u2067, \u2069x")
        == f"\u2068\u0644\u0627 &amp; {BOX}\u2069, \u2068{BOX}x\u2069"
    )
