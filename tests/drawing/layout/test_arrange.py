"""Laws of a layout, asked of the scene itself; the gate asks the same of the text that is drawn."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import salesflow as sf
from salesflow.drawing.diagram import Diagram, Edge, Lane, Node, Overlay
from salesflow.drawing.extract import flow
from salesflow.drawing.layout.arrange import WIDEST, layout
from salesflow.drawing.scene import HEAD, Route, Scene, Shape
from salesflow.reporting.changed.picture import beside
from tests.drawing.gate.grown import company, staffed

SOME = settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
ENTERPRISE = "examples/enterprise/enterprise.salesflow.yaml"


def chain(*nodes: tuple[str, str], loops: tuple[tuple[str, str], ...] = ()) -> Diagram:
    """Steps in a row, each (id, lane), and edges besides."""
    lanes = dict.fromkeys(lane for _, lane in nodes)
    return Diagram(
        title="",
        lanes=tuple(Lane(id=lane, label=lane) for lane in lanes),
        nodes=tuple(
            Node(id=node, path=node, kind="step", label=node, lane=lane) for node, lane in nodes
        ),
        edges=tuple(
            Edge(start=one, end=two, path=f"{one}.{two}")
            for one, two in [*pairwise(node for node, _ in nodes), *loops]
        ),
    )


def shape(scene: Scene, node: str) -> Shape:
    return next(one for one in scene.shapes if one.node.id == node)


def route(scene: Scene, path: str) -> Route:
    return next(one for one in scene.routes if one.edge.path == path)


def broken(scene: Scene) -> Iterator[str]:
    """What may not be in any scene."""
    for one in scene.routes:
        for (x, y), (u, v) in pairwise(one.points):
            if x != u and y != v:
                yield f"{one.edge.path} runs aslant"
        for place, point in ((one.start, one.points[0]), (one.end, one.points[-1])):
            if not on_border(scene.shapes[place], point):
                yield f"{one.edge.path} ends beside {scene.shapes[place].node.id}"
        if scene.shapes[one.start].node.id != one.edge.start:
            yield f"{one.edge.path} begins elsewhere"
        if scene.shapes[one.end].node.id != one.edge.end:
            yield f"{one.edge.path} ends elsewhere"
    for one in scene.shapes:
        if one.x < (HEAD if scene.bands else 0) or one.x + one.width > scene.width:
            yield f"{one.node.id} sticks out"
        lanes = [b for b in scene.bands if b.y <= one.y and one.y + one.height <= b.y + b.height]
        if scene.bands and len(lanes) != 1:
            yield f"{one.node.id} lies in {len(lanes)} lanes"
        if scene.bands and one.node.lane and lanes and lanes[0].lane.id != one.node.lane:
            yield f"{one.node.id} lies in the lane of {lanes[0].lane.id}"


def on_border(one: Shape, point: tuple[float, float]) -> bool:
    x, y = point
    right, bottom = one.x + one.width, one.y + one.height
    inside = one.x - 0.01 <= x <= right + 0.01 and one.y - 0.01 <= y <= bottom + 0.01
    return inside and min(abs(x - one.x), abs(x - right), abs(y - one.y), abs(y - bottom)) < 0.01


@SOME
@given(staffed(sound=False))
def test_every_line_runs_square_from_border_to_border_and_every_shape_lies_in_its_lane(
    data: dict[str, Any],
) -> None:
    diagram = flow(sf.load(data))
    for wrapped in (True, False):
        scene = layout(diagram, wrapped=wrapped)
        assert [*broken(scene)] == []
        edges = [one.edge for one in scene.routes]
        assert sorted(map(repr, edges)) == sorted(map(repr, diagram.edges))
        assert {one.node.id for one in scene.shapes} == {node.id for node in diagram.nodes}
        if not wrapped:
            assert len(scene.bands) == len(diagram.lanes)


@pytest.mark.parametrize("seed", range(4))
def test_time_runs_to_the_right_within_a_row_and_loops_are_marked(seed: int) -> None:
    scene = layout(flow(sf.load(company(40, seed=seed))), wrapped=False)
    for one in scene.routes:
        start, end = scene.shapes[one.start], scene.shapes[one.end]
        ahead = start.x + start.width <= end.x
        under = start.x < end.x + end.width and end.x < start.x + start.width  # a drop
        assert one.back or ahead or (end.node.kind == "outcome" and under), one.edge.path


def test_the_same_diagram_gives_the_same_scene_in_any_process() -> None:
    code = (
        "import salesflow as sf\n"
        "from salesflow.drawing.extract import flow\n"
        "from salesflow.drawing.layout.arrange import layout\n"
        f"print(layout(flow(sf.load({ENTERPRISE!r}))))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_the_usual_path_is_straight_within_a_lane() -> None:
    scene = layout(chain(("a", "sales"), ("b", "sales"), ("c", "sales"), loops=(("c", "a"),)))
    assert [len(one.points) for one in scene.routes] == [2, 2, 4]
    assert route(scene, "c.a").back
    assert not route(scene, "a.b").back


def test_a_handoff_has_one_corner() -> None:
    scene = layout(chain(("a", "sales"), ("b", "legal"), ("c", "sales")))
    assert [len(one.points) for one in scene.routes] == [3, 3]


def test_departments_that_hand_over_stand_side_by_side() -> None:
    nodes = (("a", "sales"), ("b", "legal"), ("c", "finance"), ("d", "legal"), ("e", "finance"))
    scene = layout(chain(*nodes, loops=(("e", "b"),)))
    order = [band.lane.id for band in sorted(scene.bands, key=lambda band: band.y)]
    assert order.index("legal") == 1


def test_outcomes_hang_under_what_causes_them_and_won_ends_the_row() -> None:
    scene = layout(flow(sf.load("examples/smb/smb.salesflow.yaml")), wrapped=False)
    lost = [one for one in scene.shapes if one.node.id == "lost"]
    assert [one.copy for one in lost] == list(range(len(lost)))
    causes = [one for one in scene.routes if scene.shapes[one.end].node.id == "lost"]
    assert len(causes) == len(lost)
    assert all(len(one.points) == 2 for one in causes)
    (won,) = (one for one in scene.shapes if one.node.id == "won")
    assert won.x == max(one.x for one in scene.shapes)


def test_a_long_process_is_wrapped_and_a_frame_never_cut() -> None:
    scene = layout(flow(sf.load(ENTERPRISE)))
    assert scene.width <= WIDEST * scene.height
    assert len({band.row for band in scene.bands}) == 2
    (border,) = scene.borders
    inner = [
        one
        for one in scene.shapes
        if one.node.frame == "contracting" and not one.node.id.startswith("contracting.join")
        if one.node.id != "contracting"
    ]
    for one in inner:
        assert border.x < one.x
        assert border.y < one.y
        assert one.x + one.width < border.x + border.width
        assert one.y + one.height < border.y + border.height


def test_a_step_that_leads_only_back_stands_where_it_is_first_needed() -> None:
    process = {
        "salesflow": 1,
        "process": "calls",
        "sources": {"web": {"start": "a"}},
        "steps": {
            "a": {"by": "sales", "next": {"ok": "b", "silent": "again"}},
            "b": {"by": "sales", "next": {"ok": "c", "silent": "again"}},
            "c": {"by": "sales", "next": {"ok": "won", "silent": "again"}},
            "again": {"by": "sales", "next": {"reached": "a", "gone": "lost"}},
        },
        "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
    }
    scene = layout(flow(sf.load(process)))
    assert shape(scene, "again").x < shape(scene, "c").x
    assert route(scene, "steps.c.next.silent").back
    assert not route(scene, "steps.a.next.silent").back


def test_nothing_is_laid_out_as_nothing() -> None:
    scene = layout(Diagram(title="", lanes=(), nodes=(), edges=()))
    assert (scene.width, scene.height, scene.shapes) == (0, 0, ())


def test_what_was_removed_shares_no_arrow_with_what_stays() -> None:
    old, new = (
        sf.load(f"examples/{folder}/enterprise.salesflow.yaml")
        for folder in ("enterprise", "enterprise-next")
    )
    scene = layout(beside(old, new, view="flow", overlay=Overlay()))
    tips: dict[bool, set[tuple[float, float]]] = {True: set(), False: set()}
    for one in scene.routes:
        gone = any(mark.kind == "removed" for mark in one.edge.marks)
        tips[gone].add(one.points[-1])
    assert tips[True]
    assert not tips[True] & tips[False]
