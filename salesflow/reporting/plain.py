"""The short formats: a line per finding, JSON, and GitHub's workflow annotations."""

import json
from collections import Counter
from collections.abc import Iterable

from salesflow.checking.report import CheckReport
from salesflow.findings import SEVERITIES, Finding
from salesflow.reporting.elsewhere import elsewhere, with_elsewhere
from salesflow.reporting.visible import line
from salesflow.reporting.words import way
from salesflow.reporting.workflow_command import workflow_command, workflow_commands

_GITHUB = {"error": "error", "warning": "warning", "info": "notice"}


def concise(report: CheckReport) -> str:
    """``FILE:LINE:COLUMN: SEVERITY RULE MESSAGE``, a line each."""
    rows = [
        line(f"{f.file}:{f.line}:{f.column}: {f.severity} {f.rule} {_whole(report, f)}")
        for f in report.findings
    ]
    return "".join(f"{row}\n" for row in rows)


def _whole(report: CheckReport, finding: Finding) -> str:
    return f"{finding.message} {elsewhere(report, finding)}".rstrip()


def as_json(report: CheckReport) -> str:
    """The JSON of the interface: keys in a fixed order, ASCII only, so it prints everywhere."""
    return json.dumps(report.to_dict(), indent=2) + "\n"


def github(report: CheckReport) -> str:
    """GitHub workflow commands, which show findings on the lines of a pull request.

    GitHub shows the first few. So what does not load comes first, and of each rule its first
    finding before the second of any: thirty small matters hide no large one.
    """
    return workflow_commands(map(_annotation, _telling_first(with_elsewhere(report))))


def _telling_first(findings: Iterable[Finding]) -> list[Finding]:
    seen: Counter[str] = Counter()
    ranked = []
    for finding in findings:
        seen[finding.rule] += 1
        loads = finding.family != "syntax"
        ranked.append(((SEVERITIES.index(finding.severity), loads, seen[finding.rule]), finding))
    return [finding for _, finding in sorted(ranked, key=lambda pair: pair[0])]


def _annotation(finding: Finding) -> str:
    place = {
        "file": finding.file,
        "line": finding.line,
        "endLine": finding.end_line,
        "col": finding.column,
        "endColumn": finding.end_column,
        "title": f"salesflow {finding.rule}",
    }
    if finding.end_line != finding.line:  # GitHub refuses columns over several lines
        del place["col"], place["endColumn"]
    parts = [finding.message]
    if finding.witness:
        parts.append(f"Way: {way(finding.witness)}")
    parts.append(finding.help)
    return workflow_command(_GITHUB[finding.severity], place, filter(None, parts))
