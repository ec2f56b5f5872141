"""Marks and figures are told by sign, colour and word, never by colour alone."""

import pytest

from salesflow.drawing.diagram import Edge, Figure, Mark
from salesflow.drawing.layout.arrange import layout
from salesflow.drawing.scene import Route, Scene, Shape, Text
from salesflow.drawing.svg.boxes import badges, heat
from salesflow.drawing.svg.colours import LIGHT
from salesflow.drawing.svg.legend import ends_of, keys_of
from salesflow.drawing.svg.picture import svg
from tests.drawing.svg.drawn import KINDS, NS, classed, diagram, parsed, scene, words


@pytest.mark.parametrize("kind", KINDS)
def test_a_mark_is_sign_colour_and_word(kind: str) -> None:
    root = parsed(svg(scene(marks=(Mark(kind=kind, text="no-owner"),))))
    step = next(each for each in classed(root, "step"))
    assert kind in step.get("class", "").split()
    assert words(step) == "Call Call no-owner"
    (sign,) = classed(step, "sign")
    assert sign.get("fill") == LIGHT[f"--sf-{kind}"]
    (shape,) = classed(step, "shape")
    assert shape.get("stroke") == LIGHT[f"--sf-{kind}"]
    edge = next(each for each in classed(root, "edge"))
    assert "main" in edge.get("class", "").split()  # a source's way has no mark here
    marked = [each for each in classed(root, "edge") if kind in each.get("class", "").split()]
    assert len(marked) > 5
    assert {each.get("marker-end") for each in marked} == {f"url(#sf-{kind})"}
    labels = [each for each in classed(root, "edge-label") if list(classed(each, "sign"))]
    assert {words(each) for each in labels} == {"Call no-owner"}


def test_what_was_removed_is_dashed_as_well() -> None:
    root = parsed(svg(scene(marks=(Mark(kind="removed", text="removed"),))))
    shape = next(classed(next(classed(root, "step")), "shape"))
    assert shape.get("stroke-dasharray")
    removed = [each for each in classed(root, "edge") if "removed" in each.get("class", "")]
    assert all(each.get("stroke-dasharray") for each in removed)


def test_a_mark_without_words_says_its_kind_on_a_box() -> None:
    root = parsed(svg(scene(marks=(Mark(kind="added", text=""),))))
    assert words(next(classed(root, "step"))) == "Call Call added"


def test_many_marks_are_few_lines_and_all_in_the_tooltip() -> None:
    marks = tuple(Mark(kind="warning", text=f"rule-{n}") for n in range(5))
    root = parsed(svg(scene(marks=(*marks, marks[0]))))
    step = next(classed(root, "step"))
    assert words(step) == "Call Call rule-0 ×2 rule-1 and 3 more"
    title = step[0].text or ""
    assert all(f"warning: rule-{n}" in title for n in range(5))


def test_marks_of_a_block_stand_beside_the_name_of_its_frame() -> None:
    root = parsed(svg(scene(marks=(Mark(kind="error", text="deadlock"),))))
    (border,) = classed(root, "border")
    assert words(border) == "Call deadlock"


def test_what_has_no_mark_is_pale_in_a_pale_picture() -> None:
    plain = diagram().replace(pale=True)
    added = plain.nodes[1].replace(marks=(Mark(kind="added", text="added"),))
    root = parsed(svg(layout(plain.replace(nodes=(plain.nodes[0], added, *plain.nodes[2:])))))
    pale = [each for each in classed(root, "node") if "pale" in each.get("class", "").split()]
    nodes = [*classed(root.find(f".//{NS}g[@class='nodes']") or root, "node")]
    assert len(nodes) - len(pale) == 1
    edges = [each for each in classed(root, "edge") if each.get("data-path")]
    assert all("pale" in each.get("class", "").split() for each in edges)


def test_a_figure_is_number_heat_and_thickness() -> None:
    figure = Figure(text="4.2 days", level=0.55)
    root = parsed(svg(layout(diagram(figure=figure).replace(measure="waiting per visit"))))
    step = next(classed(root, "step"))
    assert words(step) == "Call Call 4.2 days"
    assert next(classed(step, "shape")).get("fill") == LIGHT["--sf-heat-3"]
    edge = next(e for e in classed(root, "edge") if e.get("data-path") == "steps.call.next.fit")
    assert "w3" in edge.get("class", "").split()
    assert float(edge.get("stroke-width", "0")) == 3.8
    label = next(
        e for e in classed(root, "edge-label") if e.get("data-path") == "steps.call.next.fit"
    )
    assert words(label) == "Call 4.2 days"
    (legend,) = classed(root, "legend")
    assert "waiting per visit" in words(legend)


def test_heat_and_thickness_grow_with_the_level() -> None:
    assert [heat(level) for level in (-1, 0, 0.17, 0.5, 0.99, 1, 7)] == [0, 0, 1, 3, 5, 5, 5]
    widths = []
    for level in (0, 0.2, 0.4, 0.6, 0.8, 1):
        root = parsed(svg(layout(diagram(figure=Figure(text="9", level=level)))))
        edge = next(e for e in classed(root, "edge") if e.get("data-path") == "steps.call.next.fit")
        widths.append(float(edge.get("stroke-width", "0")))
    assert widths == sorted(set(widths))


def test_the_legend_explains_what_there_is_and_nothing_else() -> None:
    drawn = scene()
    route = next(each for each in drawn.routes if each.edge.path == "steps.which.next.again")
    assert route.back
    samples = [sample for sample, _ in keys_of(drawn)]
    assert samples == [
        *("main", "back", "timeout", "leave", "both", "decision", "run", "external"),
        *("won", "done", "lost", "disqualified", "failed"),
    ]
    few = drawn.replace(routes=(), bands=(), shapes=drawn.shapes[:2])
    assert keys_of(few) == ()


def test_what_is_run_begins_and_ends_without_a_sign_for_several_at_once() -> None:
    plain = diagram()
    frames = tuple(frame.replace(kind="run", label="Call (runs deal)") for frame in plain.frames)
    nodes = tuple(
        node.replace(label="over") if node.kind == "join" else node for node in plain.nodes
    )
    drawn = layout(plain.replace(frames=frames, nodes=nodes))
    root = parsed(svg(drawn))
    signs = {
        kind: [each.get("d") for each in classed(group, "stroke")]
        for kind in ("fork", "join")
        for group in classed(root, kind)
    }
    assert signs == {"fork": ["M-2.6 -3.8L3.4 0L-2.6 3.8Z"], "join": []}
    assert words(next(classed(root, "join"))) == "over"
    assert "both" not in dict(keys_of(drawn))
    assert "both" in dict(keys_of(scene()))


def test_the_tip_of_a_pale_thick_line_is_pale() -> None:
    plain = diagram(figure=Figure(text="9", level=1))
    root = parsed(svg(layout(plain.replace(pale=True))))
    tips = {
        each.get("marker-end") for each in classed(root, "edge") if "w5" in each.get("class", "")
    }
    assert tips == {"url(#sf-pale-wide)"}
    marker = next(each for each in root.iter(f"{NS}marker") if each.get("id") == "sf-pale-wide")
    assert marker[0].get("fill") == LIGHT["--sf-faint"]


def test_the_legend_says_what_the_lightest_and_the_darkest_colour_are() -> None:
    plain = diagram()
    hot = {"call": ("3 hours", 0.2), "draft": ("up to 9 days", 0.9), "sign": ("2 days", 0.6)}
    nodes = tuple(
        node.replace(figure=Figure(text=hot[node.id][0], level=hot[node.id][1]))
        if node.id in hot
        else node
        for node in plain.nodes
    )
    edges = tuple(
        edge.replace(figure=Figure(text=f"{place} a week", level=place / len(plain.edges)))
        for place, edge in enumerate(plain.edges)
    )
    drawn = layout(plain.replace(nodes=nodes, edges=edges, measure="waiting"))
    (shown,) = classed(parsed(svg(drawn)), "legend")
    said = [each.text for each in shown.iter(f"{NS}text")]
    at = said.index("3 hours")
    last = f"{len(plain.edges) - 1}"
    assert said[at : at + 6] == ["3 hours", "9 days", "waiting", "0", last, "deals a week"]
    swatches = [each.get("class") for each in shown.iter(f"{NS}g")]
    assert [each for each in swatches if each and " h" in each] == [
        f"node h{level}" for level in range(1, 6)
    ]
    assert ends_of(scene()) == {}
    (usual,) = [each for each in classed(shown, "edge") if "main" in each.get("class", "")]
    (line,) = classed(parsed(svg(scene())), "legend")
    (thick,) = [each for each in classed(line, "edge") if "main" in each.get("class", "")]
    assert float(usual.get("stroke-width", "")) < float(thick.get("stroke-width", ""))


def test_timeouts_have_a_clock_and_ways_out_an_arrow_where_they_start() -> None:
    root = parsed(svg(scene()))
    with_badge = [
        each.get("data-path") for each in classed(root, "node") if list(classed(each, "badge"))
    ]
    assert with_badge == ["steps.call", "steps.check"]


def test_one_result_with_several_targets_says_that_all_of_them_begin() -> None:
    plain = diagram()
    also = Edge(start="call", end="sign", path="steps.call.next.fit")
    drawn = layout(plain.replace(edges=(*plain.edges, also)))
    assert set(badges(drawn).values()) == {"timeout", "leave", "both"}
    assert "both" not in badges(scene()).values()
    assert ("both", "at the same time") in keys_of(drawn)
    gone = also.replace(marks=(Mark(kind="removed", text="removed"),))
    led_elsewhere = layout(plain.replace(edges=(*plain.edges, gone)))
    assert "both" not in badges(led_elsewhere).values()


def test_edge_words_stand_where_the_scene_has_them_whatever_the_anchor() -> None:
    drawn = scene(marks=(Mark(kind="error", text="late"),))
    for anchor, share in (("start", 0), ("middle", 0.5), ("end", 1)):
        label = Text(lines=("one", "✖ late"), x=100, y=50, width=80, height=28, anchor=anchor)
        route: Route = drawn.routes[1].replace(label=label)
        root = parsed(svg(_only(drawn, route)))
        group = next(e for e in classed(root, "edge-label"))
        first, second = group.iter(f"{NS}text")
        assert float(first.get("x", "")) == 100 + share * 80
        assert 100 <= float(second.get("x", "")) <= 180
        assert second.text == "late"


def _only(drawn: Scene, route: Route) -> Scene:
    shapes: tuple[Shape, ...] = drawn.shapes
    return drawn.replace(routes=(route,), shapes=shapes)
