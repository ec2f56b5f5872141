"""From findings to marks on a picture, and several things laid over it at once."""

from collections.abc import Iterable

from salesflow.drawing.diagram import Mark, Overlay
from salesflow.findings import Finding
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.process.steps import Run

_MOST_RUNS = 10_000  # a process may run one twice that runs one twice, and so on


def findings_overlay(findings: Iterable[Finding], process: Process | None = None) -> Overlay:
    """Each finding marks its element with the rule's name.

    What is found in a process that ``process`` runs marks it wherever it is run: its path stands
    behind that of the run.
    """
    found = [*findings]
    inside = process is not None and any(finding.file != process.file for finding in found)
    runs = _runs(process) if process is not None and inside else {}
    marks: dict[str, tuple[Mark, ...]] = {}
    for finding in found:
        mark = Mark(kind=finding.severity, text=finding.rule)
        for prefix in runs.get(finding.file, ("",)):
            path = f"{prefix}{finding.path}"
            marks[path] = (*marks.get(path, ()), mark)
    return Overlay(marks=FrozenMap(marks))


def both(one: Overlay, other: Overlay) -> Overlay:
    """Two overlays at once; where both have a figure, the other's is shown."""
    marks = {**one.marks}
    for path, more in other.marks.items():
        marks[path] = (*marks.get(path, ()), *more)
    return Overlay(
        marks=FrozenMap(marks),
        figures=FrozenMap({**one.figures, **other.figures}),
        measure=other.measure or one.measure,
    )


def _runs(process: Process) -> dict[str, tuple[str, ...]]:
    """File of a process that is run -> what stands before its paths, for each time it is run."""
    found: dict[str, tuple[str, ...]] = {process.file: ("",)}
    waiting = [("", process)]
    for prefix, outer in waiting:  # grows while it is walked
        for step in outer.nodes.values():
            inner = outer.runs.get(step.process) if isinstance(step, Run) else None
            if inner is not None and len(waiting) < _MOST_RUNS:
                path = f"{prefix}{step.path}."
                waiting.append((path, inner))
                if inner.file != process.file:  # texts that are no files have one name
                    found[inner.file] = (*found.get(inner.file, ()), path)
    return found
