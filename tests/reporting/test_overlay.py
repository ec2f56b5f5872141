"""Findings become marks on the elements that they are about."""

from salesflow.drawing.diagram import Mark
from salesflow.findings import Finding
from salesflow.reporting.overlay import findings_overlay
from salesflow.spans import Span


def found(rule: str, path: str, severity: str = "error") -> Finding:
    return Finding(rule, "structure", severity, path, Span("a"), "…")  # type: ignore[arg-type]


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
