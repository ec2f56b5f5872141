"""Annotations on a pull request, and the same as data."""

import json

import jsonschema
import pytest

from salesflow.changes.difference import Diff
from salesflow.reporting.changed.document import document
from salesflow.reporting.changed.github import github
from salesflow.spans import Span
from tests.reporting.changed.diffs import edits, evil, lone, nothing, rich


def test_a_command_for_each_edit_that_counts_the_worst_first() -> None:
    rows = github([rich()]).splitlines()
    kinds = [row.partition(" ")[0] for row in rows]
    assert kinds == [
        "::error",  # stranded deals
        "::error",  # the new finding
        *["::error"] * 3,
        *["::warning"] * 2,
        *["::notice"] * 2,
    ]
    assert "stranded" in rows[0]
    assert not any("step-changes-hands" in row for row in rows)  # it is waived


def test_an_edit_stands_at_its_line_in_the_new_version() -> None:
    row = github([Diff(old=rich().old, new=rich().new, edits=edits()[2:3])])
    assert row == (
        "::warning file=new/new_business.salesflow.yaml,line=51,endLine=51,col=7,endColumn=12,"
        "title=salesflow result-share::35%25 of `call` now end with `interested` instead of 40%25.\n"
    )


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("old/a.yaml", "old/a.yaml"),
        ("main:flows/a.yaml", "flows/a.yaml"),
        ("origin/main:flows/a.yaml", "flows/a.yaml"),
        ("HEAD~1:a.yaml", "a.yaml"),
        ("C:/flows/a.yaml", "C%3A/flows/a.yaml"),
        ("C:\\flows\\a.yaml", "C%3A\\flows\\a.yaml"),
    ],
)
def test_what_is_removed_stands_at_its_file_without_the_old_line(file: str, told: str) -> None:
    edit = edits()[1].replace(old_span=Span(file, 52, 7, 52, 12))
    row = github([Diff(old=rich().old, new=rich().new, edits=(edit,))])
    assert row.startswith(f"::error file={told},title=salesflow result-removed::")


def test_nothing_in_a_name_is_another_command() -> None:
    rows = github([evil()]).splitlines()
    assert len(rows) == 9
    for row in rows:
        assert row.startswith(("::error ", "::warning ", "::notice "))
        assert "\u202e" not in row
        assert "\x1b" not in row


def test_nothing_changed_says_nothing() -> None:
    assert github([nothing()]) == ""
    assert github([]) == ""


SCHEMA = {
    "type": "object",
    "required": ["version", "level", "edits", "departments"],
    "properties": {
        "version": {"const": 1},
        "level": {"enum": ["breaking", "check", "safe", "cosmetic", "none"]},
        "edits": {
            "items": {
                "required": [
                    *("kind", "path", "field", "old", "new", "level", "audience", "rule", "message")
                ],
                "properties": {
                    "kind": {"enum": ["added", "removed", "changed", "renamed", "moved"]}
                },
            }
        },
        "departments": {"additionalProperties": {"type": "array", "items": {"type": "string"}}},
        "behaviour": {"required": ["verdict", "only_old", "only_new", "statements"]},
        "deals": {
            "required": [
                *("checked", "fine", "stranded", "waiting", "ambiguous", "unknown", "groups")
            ]
        },
    },
}


def test_one_comparison_is_the_json_of_the_interface() -> None:
    data = json.loads(json.dumps(document([rich()])))
    jsonschema.validate(data, SCHEMA)
    assert data == json.loads(json.dumps(rich().to_dict()))
    assert set(data["impact"]) >= {"win_rate"}
    counted = ("fine", "stranded", "waiting", "ambiguous", "unknown")
    assert data["deals"]["checked"] == sum(data["deals"][verdict] for verdict in counted) == 3000


def test_several_are_by_process_with_the_worst_level() -> None:
    gone = lone(added=False)
    assert gone.old is not None
    other = gone.replace(old=gone.old.replace(id="other"))
    data = document([rich(), other])
    assert data["level"] == "breaking"
    assert list(data["processes"]) == ["new_business", "other"]
    assert data["processes"]["other"] == other.to_dict()
    assert document([nothing(), nothing()])["level"] == "none"


def test_no_process_is_lost_where_two_have_one_id() -> None:
    data = document([nothing(), lone(added=False), rich()])
    assert len(data["processes"]) == 3


def test_no_processes_are_an_empty_map() -> None:
    assert document([]) == {"version": 1, "level": "none", "processes": {}}
