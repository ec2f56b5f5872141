"""The pipeline as the CRM shows it: against a deal that is led through the process step by step."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesflow import api
from salesflow.drawing.departments import departments
from salesflow.drawing.diagram import Diagram, Edge, Figure, Mark, Overlay
from salesflow.drawing.stages import stages
from salesflow.errors import UsageError
from salesflow.nouns import FrozenMap
from tests.analysis.test_movements import single
from tests.drawing.test_depth import shuffled

ENTERPRISE = Path(__file__).parents[2] / "examples" / "enterprise" / "enterprise.salesflow.yaml"


@pytest.fixture(scope="module")
def drawn() -> Diagram:
    return stages(api.load(ENTERPRISE))


def followed(data: dict[str, Any]) -> set[tuple[str, str]]:
    """Every pair of stages (or source, or outcome) that one thread can show one after the other."""
    found = set()
    waiting = [(s["start"], f"sources.{name}") for name, s in data["sources"].items()]
    seen = set(waiting)
    for place, before in waiting:  # grows while it is walked
        step = data["steps"].get(place)
        own = f"outcomes.{place}" if step is None else before
        if step is not None and "stage" in step:
            own = f"stages.{step['stage']}"
        if own != before:
            found.add((before, own))
        for way in step["next"].values() if step is not None else ():
            if (way["to"], own) not in seen:
                seen.add((way["to"], own))
                waiting.append((way["to"], own))
    return found


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(single())
def test_edges_are_what_a_deal_can_show(data: dict[str, Any]) -> None:
    if not any("stage" in step for step in data["steps"].values()):
        with pytest.raises(UsageError, match="write `stage: first`"):
            stages(api.load(data))
        return
    shown = stages(api.load(data))
    paths = {node.id: node.path for node in shown.nodes}
    pairs = {(paths[edge.start], paths[edge.end]) for edge in shown.edges}
    assert pairs == followed(data)
    assert {edge.path for edge in shown.edges} == {">".join(pair) for pair in pairs}
    for start in {edge.start for edge in shown.edges}:
        told = sum(edge.share or 0.0 for edge in shown.edges if edge.start == start)
        assert told == pytest.approx(1.0)


def test_stages_stand_in_the_order_of_the_flow(drawn: Diagram) -> None:
    shown = [(node.label, node.detail) for node in drawn.nodes if node.kind == "stage"]
    assert shown == [
        ("Lead", "wins 5%, at most 30d"),
        ("Qualification", "wins 17%, at most 45d"),
        ("Evaluation", "wins 38%, at most 90d"),
        ("Proposal", "wins 56%, at most 90d"),
        ("Contracting", "wins 92%, at most 90d"),
    ]
    lead = next(node for node in drawn.nodes if node.id == "lead")
    assert lead.facts == (
        "Begins at Qualify the lead.",
        "In salesforce: Open Lead.",
        "As the shares say, 91% of all deals come here, 5% of them are won.",
    )


def test_shares_and_numbers_are_those_of_the_chain(drawn: Diagram) -> None:
    told = {(e.start, e.end): (e.label, e.figure.text if e.figure else "") for e in drawn.edges}
    assert told["lead", "qualification"] == ("28%", "6.4 a week")
    assert told["contracting", "won.outcome"] == ("93%", "1.5 a week")
    assert told["website.source", "lead"] == ("", "21 a week")
    assert max(edge.figure.level for edge in drawn.edges if edge.figure) == 1.0
    assert drawn.measure == "deals a week, as the shares say"
    assert drawn.notes == (
        "Deals keep their stage at Keep in touch (lead or qualification).",
        "Volumes are estimates: lost can end what still runs beside it.",
    )


def test_figures_of_a_result_take_their_place() -> None:
    figure, mark = Figure(text="3 days", level=1.0), Mark(kind="info", text="unused")
    overlay = Overlay(
        figures=FrozenMap({"stages.lead": figure}),
        marks=FrozenMap({"stages.lead.max_age": (mark,)}),
        measure="waiting",
    )
    shown = stages(api.load(ENTERPRISE), overlay=overlay)
    assert {node.id: node.figure for node in shown.nodes if node.figure} == {"lead": figure}
    assert {node.id: node.marks for node in shown.nodes if node.marks} == {"lead": (mark,)}
    assert not any(edge.figure or edge.share for edge in shown.edges)
    assert shown.measure == "waiting"


def test_without_stages_it_says_what_to_write() -> None:
    text = """\
salesflow: 1
process: smb
sources: {inbound: {start: call}}
steps: {call: {by: sales, next: won}}
outcomes: {won: {kind: won}}
"""
    with pytest.raises(UsageError) as caught:
        stages(api.loads(text))
    assert "write `stages: {lead: {win_chance: 10%}}` at the top" in str(caught.value)


def test_what_a_thread_beside_sets_can_show_in_between() -> None:
    text = """\
salesflow: 1
process: p
stages: {first: {}, second: {}, third: {}, last: {}}
sources: {inbound: {start: split}}
steps:
  split: {stage: first, next: {both: {to: [one, two]}}}
  one: {stage: second, next: meet}
  two: {stage: third, next: meet}
  meet: {wait_for: [one, two], stage: last, next: won}
outcomes: {won: {kind: won}}
"""
    shown = stages(api.loads(text))
    assert {(edge.start, edge.end) for edge in shown.edges} == {
        ("inbound.source", "first"),
        *(("first", "second"), ("first", "third"), ("second", "third"), ("third", "second")),
        *(("second", "last"), ("third", "last"), ("last", "won.outcome")),
    }
    assert shown.notes == ()


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(single(), st.randoms(use_true_random=False))
def test_the_order_of_keys_only_orders_the_views(data: dict[str, Any], order: Any) -> None:
    mixed = shuffled(data, order)
    for view in (stages, departments):
        if view is departments or any("stage" in step for step in data["steps"].values()):
            assert rounded(view(api.load(data))) == rounded(view(api.load(mixed)))


def rounded(drawn: Diagram) -> tuple[Any, ...]:
    """All of a view but the order of things and the last digits."""

    def plain(edge: Edge) -> Edge:
        share = None if edge.share is None else round(edge.share, 9)
        figure = edge.figure
        if figure is not None:
            figure = figure.replace(level=round(figure.level, 9))
        return edge.replace(share=share, figure=figure)

    return Counter(drawn.nodes), Counter(map(plain, drawn.edges)), drawn.notes, drawn.measure
