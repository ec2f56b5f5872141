"""Findings become marks on the elements that they are about, wherever they are drawn."""

from pathlib import Path

import pytest

from salesflow import api
from salesflow.drawing.diagram import Figure, Mark, Overlay
from salesflow.findings import Finding
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.reporting.overlay import both, findings_overlay
from salesflow.spans import Span

INNER = """\
salesflow: 1
process: credit
sources: {request: {start: look}}
steps: {look: {effort: 1h, next: good}}
outcomes: {good: {kind: done}}
"""
TEXT = """\
salesflow: 1
process: deal
use: [credit.salesflow.yaml]
sources: {web: {start: ask}}
steps:
  ask: {run: credit, next: {good: again}}
  again: {run: credit, next: {good: won}}
outcomes: {won: {kind: won}}
"""


def found(rule: str, path: str, severity: str = "error", file: str = "a") -> Finding:
    return Finding(rule, "structure", severity, path, Span(file), "…")  # type: ignore[arg-type]


def mark(text: str, kind: str = "error") -> Mark:
    return Mark(kind=kind, text=text)


@pytest.fixture
def process(tmp_path: Path) -> Process:
    (tmp_path / "credit.salesflow.yaml").write_text(INNER)
    (tmp_path / "deal.salesflow.yaml").write_text(TEXT)
    return api.load(tmp_path / "deal.salesflow.yaml")


def test_each_finding_marks_its_element() -> None:
    overlay = findings_overlay(
        [
            found("dead-end", "steps.a"),
            found("no-owner", "steps.b", "warning"),
            found("note", "steps.a", "info"),
        ]
    )
    assert overlay.marks == {
        "steps.a": (Mark(kind="error", text="dead-end"), Mark(kind="info", text="note")),
        "steps.b": (Mark(kind="warning", text="no-owner"),),
    }


def test_nothing_found_marks_nothing() -> None:
    assert findings_overlay([]).marks == {}


def test_what_is_found_in_a_process_that_is_run_marks_it_wherever_it_is_run(
    process: Process,
) -> None:
    inner = process.runs["credit"]
    overlay = findings_overlay(
        [
            found("x", "steps.look", file=inner.file),
            found("y", "steps.ask", file=process.file),
            found("z", "departments.sales", file="organization.yaml"),
        ],
        process,
    )
    assert overlay.marks == {
        "steps.ask.steps.look": (mark("x"),),
        "steps.again.steps.look": (mark("x"),),
        "steps.ask": (mark("y"),),
        "departments.sales": (mark("z"),),
    }


def test_a_process_and_what_it_runs_in_one_text_are_marked_as_they_stand(process: Process) -> None:
    same = process.replace(
        file="<text>", runs={"credit": process.runs["credit"].replace(file="<text>")}
    )
    overlay = findings_overlay([found("x", "steps.look", file="<text>")], same)
    assert [*overlay.marks] == ["steps.look"]


def test_runs_in_runs_do_not_explode(process: Process) -> None:
    inner = process.runs["credit"]
    runs = process
    for depth in range(30):  # 2 to the power of 30 places
        runs = process.replace(id=f"p{depth}", file=f"f{depth}", runs={"credit": runs})
    overlay = findings_overlay([found("x", "steps.look", file=inner.file)], runs)
    assert len(overlay.marks) <= 10_000


def test_two_overlays_at_once() -> None:
    one, other = Figure(text="1", level=0.1), Figure(text="2", level=0.2)
    first = Overlay(
        marks=FrozenMap({"a": (mark("x"),), "b": (mark("y"),)}),
        figures=FrozenMap({"a": one, "b": one}),
        measure="ones",
    )
    second = Overlay(
        marks=FrozenMap({"b": (mark("z"),)}), figures=FrozenMap({"b": other}), measure="twos"
    )
    assert both(first, second) == Overlay(
        marks=FrozenMap({"a": (mark("x"),), "b": (mark("y"), mark("z"))}),
        figures=FrozenMap({"a": one, "b": other}),
        measure="twos",
    )
    assert both(first, Overlay()) == both(Overlay(), first) == first
