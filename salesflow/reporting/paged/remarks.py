"""Findings as remarks that are pinned to what is drawn."""

from collections.abc import Iterable

from salesflow.drawing.html.nouns import Line, Remark
from salesflow.findings import SEVERITIES, Finding
from salesflow.process.model import Process
from salesflow.reporting.overlay import findings_overlay
from salesflow.reporting.paged.places import Places


def remarks(findings: Iterable[Finding], process: Process, places: Places) -> tuple[Remark, ...]:
    """A remark for each finding, the worst first, then in the order of the file.

    What is found in a process that is run is shown where it is run first.
    """
    ordered = sorted(findings, key=lambda each: (SEVERITIES.index(each.severity), each.place))
    return tuple(_remark(finding, process, places) for finding in ordered)


def _remark(finding: Finding, process: Process, places: Places) -> Remark:
    path = next(iter(findings_overlay([finding], process).marks))
    run = path.removesuffix(finding.path)
    within = places.node(run.removesuffix("."))
    names = [f"{within}.{name}" if within else name for name in finding.witness]
    return Remark(
        path=places.nearest(path),
        severity=finding.severity,
        rule=finding.rule,
        text=finding.message,
        help=finding.help,
        place=f"{finding.file}:{finding.line}" if finding.file else "",
        way=places.way(names),
        related=tuple(
            Line(text=other.message, to=places.nearest(f"{run}{other.path}"))
            for other in finding.related
        ),
    )
