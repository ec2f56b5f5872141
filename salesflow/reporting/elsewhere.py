"""In which variants a finding shows too, or only: one fault of a base is told once."""

from collections.abc import Iterator

from salesflow.checking.report import CheckReport
from salesflow.findings import Finding
from salesflow.reporting.words import sentence

_MOST = 8  # variants named


def elsewhere(report: CheckReport, finding: Finding) -> str:
    """``Also in `dach` and `uk`.``, ``Also in all 5 variants.``, ``Only in `uk`.`` or ""."""
    shared = report.shared.get(finding)
    if shared is None:
        return ""
    word = {True: "Also in", False: "Only in", None: "In"}[shared.also]
    if shared.every and len(shared.ids) > 1:
        number = "both" if len(shared.ids) == 2 else f"all {len(shared.ids)}"
        return f"{word} {number} variants."
    named = [f"`{name}`" for name in shared.ids[:_MOST]]
    if len(shared.ids) > _MOST:
        named.append(f"{len(shared.ids) - _MOST} more")
    return f"{word} {sentence(named)}."


def with_elsewhere(report: CheckReport) -> Iterator[Finding]:
    """The findings, where they show too at the end of their help."""
    for finding in report.findings:
        said = elsewhere(report, finding)
        yield finding._replace(help=f"{finding.help} {said}".strip()) if said else finding
