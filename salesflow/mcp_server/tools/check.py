"""The tool ``check``: everything wrong in processes, with what to write instead."""

from collections.abc import Mapping
from typing import Any

from salesflow.checking.config import Settings, read_settings
from salesflow.checking.report import CheckReport
from salesflow.checking.seen import Seen
from salesflow.findings import Finding
from salesflow.mcp_server.answer import Answer
from salesflow.mcp_server.ground import Ground
from salesflow.mcp_server.shapes import CHECKED
from salesflow.mcp_server.sources import PATH, TEXT, assemblies
from salesflow.mcp_server.tool import Parameter, Tell, Tool
from salesflow.nouns import FrozenMap
from salesflow.schema.assembly import Assembly

_RULES = Parameter("select", "Only these rules or families, such as `structure`.", "strings")
_LIMIT = Parameter("limit", "Findings told at most.", "integer", default=50, least=1, most=500)


def _run(asked: Mapping[str, Any], ground: Ground, _tell: Tell) -> Answer:
    found = assemblies(asked["path"], asked["text"], ground)
    settings = read_settings(found[0].file).overridden(
        select=asked["select"] or (), ignore=asked["ignore"] or ()
    )
    report = _report(found, settings)
    told = report.replace(findings=report.findings[: asked["limit"]])
    told = told.replace(findings=_mendable(told, found, settings, fixes=asked["fixes"]))
    left = len(report.findings) - len(told.findings)
    data = {**told.to_dict(), "summary": report.summary}
    if left:
        data["left_out"] = left
    return Answer(_text(told, left), data)


def _report(found: tuple[Assembly, ...], settings: Settings) -> CheckReport:
    """What is found in documents that were read, by the rules that the configuration asks for."""
    seen = Seen(settings, chains=True, ways=False)
    for assembly in found:
        seen.look(assembly)
    findings = tuple(sorted(seen.all(), key=lambda finding: finding.place))
    if settings.baseline is not None:
        from salesflow.checking.baseline import read_baseline  # only where there is one

        findings = read_baseline(settings.baseline).left(findings)[0]
    return CheckReport(
        files=tuple(assembly.file for assembly in found),
        findings=findings,
        processes=FrozenMap(seen.processes),
        texts=seen.texts,
    )


def _mendable(
    report: CheckReport, found: tuple[Assembly, ...], settings: Settings, *, fixes: bool
) -> tuple[Finding, ...]:
    """The findings, with fixes that were tried out if that is asked for."""
    if not fixes:
        return tuple(finding._replace(fix=None) for finding in report.findings)
    from salesflow.checking.fixes.asked import offer_asked  # only where somebody reads fixes

    (file, text) = (found[0].file, report.texts.get(found[0].file, ""))
    return offer_asked(report.findings, report.files, settings, stdin=(file, text.encode()))[0]


def _text(report: CheckReport, left: int) -> str:
    from salesflow.reporting.full import full

    more = f"… and {left} more findings: ask with a larger `limit`.\n" if left else ""
    return full(report) + more


TOOL = Tool(
    name="check",
    title="Check a sales process",
    meaning="Finds everything wrong in processes: dead ends, deadlocks, missing data, broken "
    "promises, contradictions. Each finding has its place, the way a deal gets there and what to "
    "write. Call it after every change to a file.",
    parameters=(
        PATH,
        TEXT,
        _RULES,
        Parameter("ignore", "Not these rules or families.", "strings"),
        Parameter("fixes", "Also edits that were tried out and mend it.", "boolean", default=False),
        _LIMIT,
    ),
    run=_run,
    shape=CHECKED,
)
