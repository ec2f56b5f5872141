"""GitLab's code quality report: what a merge request shows beside the lines it changes."""

import json

from salesflow.checking.report import CheckReport
from salesflow.findings import Finding
from salesflow.reporting.elsewhere import with_elsewhere
from salesflow.reporting.fingerprints import fingerprints
from salesflow.reporting.repository import from_root
from salesflow.reporting.visible import visible
from salesflow.reporting.words import way

_SEVERITIES = {"error": "critical", "warning": "minor", "info": "info"}


def gitlab(report: CheckReport) -> str:
    """A JSON list as GitLab documents it, ASCII only; empty when there is nothing to say."""
    issues = [_issue(finding, print_) for finding, print_ in fingerprints(with_elsewhere(report))]
    return json.dumps(issues, indent=2) + "\n"


def _issue(finding: Finding, fingerprint: str) -> dict[str, object]:
    text = finding.message
    if finding.witness and way(finding.witness) not in text:
        text = f"{text} Way: {way(finding.witness)}."
    if finding.help:
        text = f"{text} {finding.help}"
    return {
        "description": visible(text),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": visible(from_root(finding.file).replace("\\", "/")),
            "lines": {"begin": finding.line, "end": finding.end_line},
        },
    }
