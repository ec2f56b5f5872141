"""A part of a picture: the named things, what is around them, and a word for the rest."""

from itertools import islice
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesflow import api
from salesflow.drawing.diagram import Diagram
from salesflow.drawing.extract import flow
from salesflow.drawing.only import MORE, only
from salesflow.errors import UsageError
from tests.drawing.test_depth import anything, loaded

ENTERPRISE = Path(__file__).parents[2] / "examples" / "enterprise" / "enterprise.salesflow.yaml"


@pytest.fixture(scope="module")
def drawn() -> Diagram:
    return flow(api.load(ENTERPRISE))


def ids(diagram: Diagram) -> set[str]:
    return {node.id for node in diagram.nodes if node.label != MORE}


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(anything, st.data(), st.integers(0, 3))
def test_exactly_the_neighbourhood_is_kept(
    files: dict[str, Any], data: st.DataObject, around: int
) -> None:
    whole = flow(loaded(files), depth=9)
    frames = {frame.id for frame in whole.frames}
    joins = {node.id for node in whole.nodes if node.kind == "join"}
    plain = sorted(node.id for node in whole.nodes if node.id not in frames | joins)
    named = data.draw(st.lists(st.sampled_from(plain), min_size=1, max_size=2))
    graph = nx.Graph((edge.start, edge.end) for edge in whole.edges)
    graph.add_nodes_from(node.id for node in whole.nodes)
    wanted = set()
    ends = {node.id for node in whole.nodes if node.kind == "outcome"}
    for node in graph:
        for name in named:  # no way leads through an outcome
            through = graph.subgraph(set(graph) - (ends - {node, *named}))
            if node in through and nx.has_path(through, name, node):
                far = nx.shortest_path_length(through, name, node)
                wanted |= {node} if far <= around else set()
    part = only(whole, named, around)
    assert ids(part) == wanted
    kept = [edge for edge in whole.edges if {edge.start, edge.end} <= wanted]
    assert [edge for edge in part.edges if MORE not in edge.start + edge.end] == kept
    cut = {edge.start for edge in whole.edges if edge.start in wanted and edge.end not in wanted}
    assert cut == {edge.start for edge in part.edges if MORE in edge.end}
    assert {lane.id for lane in part.lanes} == {node.lane for node in part.nodes} - {""}
    assert bool(part.notes) == (len(wanted) < len(whole.nodes))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("discovery", {"discovery"}),
        ("steps.discovery", {"discovery"}),
        ("won", {"won"}),
        ("sources.partner", {"partner"}),
        ("discovery.later", {"discovery", "nurture"}),
        ("steps.discovery.next.later", {"discovery", "nurture"}),
        ("quotation.sent", {"quotation", "pricing", "pilot"}),
        ("success", {"handover"}),
        ("departments.success", {"handover"}),
        ("lead", {"qualify"}),
        ("stages.evaluation", {"solution"}),
        ("contracting.stalled", {"contracting.join", "executive_call"}),
        (
            "contracting.legal",
            {
                *("contracting", "contracting.legal.draft", "contracting.legal.redline"),
                "contracting.legal.customer_review",
            },
        ),
        ("contracting.legal.draft", {"contracting.legal.draft"}),
    ],
)
def test_parts_have_many_names(drawn: Diagram, name: str, kept: set[str]) -> None:
    assert ids(only(drawn, [name], 0)) == kept


def test_the_last_id_of_a_path_is_enough_where_one_has_it(drawn: Diagram) -> None:
    for node in drawn.nodes:
        last = node.path.rpartition(".")[2]
        alike = {
            other.id
            for other in drawn.nodes
            if other.path.rpartition(".")[2] == last and other.kind != "join"
        }
        if node.kind in ("step", "decision") and "." in node.id and len(alike) == 1:
            assert ids(only(drawn, [last], 0)) == {node.id}
    assert ids(only(drawn, ["redline"], 0)) == {"contracting.legal.redline"}
    twin = next(node for node in drawn.nodes if node.id == "contracting.legal.redline")
    path = "steps.contracting.branches.late.steps.redline"
    two = drawn.replace(
        nodes=(*drawn.nodes, twin.replace(id="contracting.late.redline", path=path))
    )
    with pytest.raises(UsageError) as caught:
        only(two, ["redline"])
    assert "`contracting.legal.redline`, `contracting.late.redline`: write which" in str(
        caught.value
    )


@pytest.mark.parametrize(
    ("view", "depth", "name", "said"),
    [
        ("stages", None, "discovery", "is a step, and this picture shows stages"),
        ("departments", None, "redline", "is a step, and this picture shows departments"),
        ("flow", 0, "redline", "open more with a larger depth"),
        ("stages", None, "webiste", "did you mean `website`?"),
        ("stages", None, "quxquux", "there are `website`"),
    ],
)
def test_a_step_that_is_not_drawn_is_known(
    view: str, depth: int | None, name: str, said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        api.draw(api.load(ENTERPRISE), view=view, only=[name], depth=depth)
    assert said in str(caught.value)
    assert ".source`" not in str(caught.value)


def test_a_block_is_all_that_is_in_it(drawn: Diagram) -> None:
    part = only(drawn, ["contracting"], 0)
    inside = {node.id for node in drawn.nodes if node.id.startswith("contracting")}
    assert ids(part) == inside
    assert part.frames == drawn.frames


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("discovry", "did you mean `discovery`?"),
        ("Discovery.latr", "did you mean `discovery.later`?"),
        ("departments.sucess", "did you mean `departments.success`?"),
        ("\x1b[31m", "there are `website`"),
        ("contracting.purchasing.approval.assessment", "which is closed in this picture"),
    ],
)
def test_what_nothing_is_called_is_said(drawn: Diagram, name: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        only(drawn, [name])
    assert said in str(caught.value)


def test_what_is_left_out_is_said(drawn: Diagram) -> None:
    part = only(drawn, ["discovery"])
    left = len(drawn.nodes) - len(ids(part))
    assert part.notes == (
        f"This is a part: discovery, and what is next to it; {left} more boxes are left out.",
    )
    more = [node for node in part.nodes if node.label == MORE]
    assert {(node.kind, node.tone, node.path) for node in more} <= {
        ("source", "more", ""),
        ("outcome", "more", ""),
    }
    assert only(drawn, ["discovery"], 99) == drawn


def test_the_order_of_names_means_nothing(drawn: Diagram) -> None:
    names = ["discovery", "pilot", "legal"]
    one, other = only(drawn, names), only(drawn, names[::-1])
    assert one.replace(notes=()) == other.replace(notes=())
    for name in islice((node.id for node in drawn.nodes), 5):
        assert only(drawn, [name, name], 0).nodes == only(drawn, [name], 0).nodes
