"""The formats that machines read."""

import json

from salesflow.checking.report import CheckReport
from salesflow.findings import Edit, Finding, Fix
from salesflow.reporting.plain import as_json, concise, github
from salesflow.spans import Span


def report(finding: Finding) -> CheckReport:
    return CheckReport(files=(finding.file,), findings=(finding,))


def finding(message: str = "wrong", file: str = "a.yaml") -> Finding:
    return Finding("dead-end", "structure", "error", "steps.a", Span(file, 2, 3, 2, 4), message)


def test_concise_is_one_line() -> None:
    assert concise(report(finding("a\nb"))) == "a.yaml:2:3: error dead-end a\\x0ab\n"


def test_a_file_name_cannot_speak_to_the_ci_service() -> None:
    assert concise(report(finding(file="::warning::x"))).startswith("\\::warning")


def test_github_escapes_message_and_properties() -> None:
    shown = github(report(finding("50% off, a: b\n::error::injected", file="a,b:c.yaml")))
    assert shown == (
        "::error file=a%2Cb%3Ac.yaml,line=2,endLine=2,col=3,endColumn=4,title=salesflow dead-end"
        "::50%25 off, a: b\\x0a::error::injected\n"
    )
    assert len(shown.splitlines()) == 1


def test_json_has_every_key_of_the_interface() -> None:
    fix = Fix((Edit(Span("a.yaml", 2, 3, 2, 3), "x"),))
    full = Finding(
        "dead-end", "structure", "error", "steps.a", Span("a.yaml", 2, 3, 2, 4), "m", "h",
        ("inbound", "a"), (), fix,
    )  # fmt: skip
    data = json.loads(as_json(report(full)))
    assert list(data) == ["version", "files", "maturity", "processes", "findings", "summary"]
    assert data["findings"][0] == {
        "rule": "dead-end",
        "family": "structure",
        "severity": "error",
        "path": "steps.a",
        "file": "a.yaml",
        "line": 2,
        "column": 3,
        "end_line": 2,
        "end_column": 4,
        "message": "m",
        "help": "h",
        "witness": ["inbound", "a"],
        "related": [],
        "fix": {
            "safe": True,
            "verified": False,
            "edits": [{"file": "a.yaml", "start": [2, 3], "end": [2, 3], "text": "x"}],
        },
    }
    assert data["summary"] == {"error": 1, "warning": 0, "info": 0}
    assert as_json(report(full)).isascii()
