"""A finding and its JSON have the same shape, and keys never move."""

import json

import pytest

from salesflow.errors import LoadError, SalesflowError, UsageError
from salesflow.findings import Edit, Finding, Fix, Related, syntax_finding
from salesflow.spans import NOWHERE, Span

SPAN = Span("a.yaml", 7, 3, 7, 9)


def test_the_json_is_the_one_of_the_interface() -> None:
    finding = Finding(
        rule="dead-end",
        family="structure",
        severity="error",
        path="steps.demo",
        span=SPAN,
        message="`demo` is a dead end.",
        help="Add `next`.",
        witness=("inbound", "call.interested", "demo"),
        related=(Related("steps.call", Span("b.yaml", 5, 3, 5, 7), "from here"),),
        fix=Fix(edits=(Edit(Span("a.yaml", 7, 9, 8, 1), " next"),), verified=True),
    )
    assert json.loads(json.dumps(finding.to_dict())) == {
        "rule": "dead-end",
        "family": "structure",
        "severity": "error",
        "path": "steps.demo",
        "file": "a.yaml",
        "line": 7,
        "column": 3,
        "end_line": 7,
        "end_column": 9,
        "message": "`demo` is a dead end.",
        "help": "Add `next`.",
        "witness": ["inbound", "call.interested", "demo"],
        "related": [
            {
                "path": "steps.call",
                "file": "b.yaml",
                "line": 5,
                "column": 3,
                "message": "from here",
            }
        ],
        "fix": {
            "safe": True,
            "verified": True,
            "edits": [{"file": "a.yaml", "start": [7, 9], "end": [8, 1], "text": " next"}],
        },
    }
    attributes = finding.to_dict().keys() - {"witness", "related", "fix"}
    assert all(getattr(finding, name) == finding.to_dict()[name] for name in attributes)


def test_what_a_finding_lacks_is_empty_in_its_json() -> None:
    data = syntax_finding("schema", SPAN, "Wrong.").to_dict()
    assert (data["family"], data["severity"], data["path"]) == ("syntax", "error", "")
    assert (data["help"], data["witness"], data["related"], data["fix"]) == ("", [], [], None)


def test_a_span_is_narrowed_within_its_line_only() -> None:
    assert SPAN.within(2, 4) == Span("a.yaml", 7, 5, 7, 7)
    long = Span("a.yaml", 7, 3, 8, 1)
    assert long.within(2, 4) == long
    assert NOWHERE.file == ""


def test_an_error_shows_the_first_findings_and_keeps_all() -> None:
    findings = tuple(
        syntax_finding("schema", Span("a.yaml", n, 1, n, 2), f"Wrong {n}.") for n in range(1, 8)
    )
    error = LoadError(findings, {"a.yaml": "text"})
    assert str(error).splitlines() == [
        *(f"a.yaml:{n}:1: Wrong {n}. [schema]" for n in range(1, 6)),
        "and 2 more",
    ]
    assert error.findings == findings
    assert error.texts == {"a.yaml": "text"}
    assert str(LoadError(findings[:1])) == "a.yaml:1:1: Wrong 1. [schema]"


@pytest.mark.parametrize("kind", [LoadError, UsageError])
def test_every_error_can_be_caught_as_one(kind: type[Exception]) -> None:
    assert issubclass(kind, SalesflowError)
