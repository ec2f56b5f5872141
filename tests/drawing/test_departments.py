"""Who hands over to whom: touchpoints, promises and volumes on the edges between departments."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from salesflow import api
from salesflow.drawing.departments import departments
from salesflow.drawing.diagram import Diagram, Figure, Mark, Overlay
from salesflow.nouns import FrozenMap
from tests.analysis.test_movements import single, solved
from tests.drawing.test_extract import FREE, TEXT

ENTERPRISE = Path(__file__).parents[2] / "examples" / "enterprise" / "enterprise.salesflow.yaml"


@pytest.fixture(scope="module")
def drawn() -> Diagram:
    return departments(api.load(ENTERPRISE))


def test_departments_show_who_hands_over_to_whom() -> None:
    shown = departments(api.loads(TEXT))
    assert {node.id: (node.label, node.detail) for node in shown.nodes} == {
        "sales": ("Field sales", "1 step"),
        "legal": ("Legal", "2 steps"),
        "spare": ("Spare", "0 steps"),
    }
    assert [(edge.start, edge.end, edge.label) for edge in shown.edges] == [
        ("sales", "legal", "to legal")
    ]
    assert shown.notes == (
        "What goes by way of buyer is drawn as a handoff between our own departments.",
    )


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(single())
def test_volumes_are_those_of_all_equations(data: dict[str, Any]) -> None:
    shown = departments(api.load(data))
    wanted = {pair: 4 * number for pair, number in solved(data, by_stage=False).items()}
    assert {(edge.start, edge.end) for edge in shown.edges if edge.figure} == wanted.keys()
    for edge in shown.edges:
        if edge.figure is not None:
            number = wanted[edge.start, edge.end]
            assert float(edge.figure.text.removesuffix(" a week").lstrip("<")) == pytest.approx(
                number, rel=0.06, abs=0.01
            )
            assert edge.figure.level == pytest.approx(number / max(wanted.values()))


def test_edges_say_what_is_promised_and_how_much_there_is(drawn: Diagram) -> None:
    told = {(e.start, e.end): (e.label, e.figure.text if e.figure else "") for e in drawn.edges}
    assert told["sales", "finance"] == (
        "order ≤1bd, price check ≤1bd, supplier request ≤2bd",
        "5.5 a week",
    )
    assert told["security", "sales"] == ("papers from security ≤1bd", "1.1 a week")
    assert [edge.path for edge in drawn.edges][:2] == [
        "departments.finance>sales",
        "departments.legal>sales",
    ]
    legal = next(node for node in drawn.nodes if node.id == "legal")
    assert legal.facts == (
        "Does Draft, Redline.",
        "Begins what comes from Sales (contract request) within 2bd for 90%.",
    )
    finance = next(node for node in drawn.nodes if node.id == "finance")
    assert finance.detail == "4 steps"  # one of them in the process that is run


def test_figures_and_marks_of_an_overlay_come_first() -> None:
    figure, mark = Figure(text="7 a week", level=1.0), Mark(kind="warning", text="x")
    overlay = Overlay(
        figures=FrozenMap({"departments.sales>legal": figure, "departments.legal": figure}),
        marks=FrozenMap({"touchpoints.leads": (mark,), "departments.legal.roles": (mark,)}),
        measure="waiting",
    )
    shown = departments(api.load(ENTERPRISE), overlay=overlay)
    assert {edge.path: edge.figure for edge in shown.edges if edge.figure} == {
        "departments.sales>legal": figure
    }
    assert [edge.path for edge in shown.edges if edge.marks] == ["departments.marketing>sales"]
    assert [node.id for node in shown.nodes if node.marks and node.figure] == ["legal"]
    assert shown.measure == "waiting"


def test_what_is_missing_for_volumes_is_said_to_those_who_asked_for_numbers() -> None:
    assert departments(api.loads(FREE)).notes == ()
    text = FREE.replace("start: call}", "start: call, arrivals: 3 per week}")
    shown = departments(api.loads(text))
    assert shown.notes == ("Not known how many deals move: share at the results of call.",)
    assert shown.measure == ""
