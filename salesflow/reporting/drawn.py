"""A process as a picture: which view fits the format, with findings or another version on it."""

from collections.abc import Iterable

from salesflow.drawing.departments import departments
from salesflow.drawing.extract import flow
from salesflow.drawing.mermaid import fits, mermaid
from salesflow.errors import UsageError
from salesflow.findings import Finding
from salesflow.process.model import Process
from salesflow.reporting.overlay import findings_overlay


def drawn(
    process: Process,
    format: str,  # noqa: A002 - the word users know
    *,
    findings: Iterable[Finding] = (),
    view: str = "flow",
    against: Process | None = None,
) -> str:
    """A picture as text, as ``draw`` promises it; UsageError for an unknown format or view."""
    if format != "mermaid":
        raise UsageError(f"The format `{format}` is unknown; this version draws: mermaid.")
    if view not in ("flow", "departments"):
        raise UsageError(f"The view `{view}` is unknown: flow or departments.")
    overlay = findings_overlay(findings)
    if against is not None:
        from salesflow.reporting.changed.picture import beside  # only where versions are compared

        return mermaid(beside(against, process, view=view, overlay=overlay))
    if view == "departments":
        return mermaid(departments(process))
    diagram = flow(process, overlay=overlay)
    if fits(diagram):
        return mermaid(diagram)
    note = f"{len(diagram.edges)} transitions are more than Mermaid draws: departments are shown."
    return mermaid(departments(process, notes=(note,)))
