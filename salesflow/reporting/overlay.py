"""From findings to marks on a picture."""

from collections.abc import Iterable

from salesflow.drawing.diagram import Mark, Overlay
from salesflow.findings import Finding
from salesflow.nouns import FrozenMap


def findings_overlay(findings: Iterable[Finding]) -> Overlay:
    """Each finding marks its element with the rule's name."""
    marks: dict[str, tuple[Mark, ...]] = {}
    for finding in findings:
        mark = Mark(kind=finding.severity, text=finding.rule)
        marks[finding.path] = (*marks.get(finding.path, ()), mark)
    return Overlay(marks=FrozenMap(marks))
