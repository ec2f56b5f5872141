"""Every rule's docstring is its manual and its test: wrong gives what it promises, right does not."""

import subprocess
import sys
from pathlib import Path

import pytest

from salesflow import api
from salesflow.checking.catalogue import (
    FAMILIES,
    FOUND_ELSEWHERE,
    built_in,
    finders,
    rule_names,
)
from salesflow.checking.manual import Example, listing, manual, page, reference
from salesflow.checking.run import run_checks
from salesflow.errors import LoadError, UsageError
from salesflow.findings import Finding

ROOT = Path(__file__).parents[2]


def findings_in(example: Example, folder: Path) -> tuple[Finding, ...]:
    """What a check finds in an example's last file, file names without the folder."""
    for name, text in example.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    try:
        found = run_checks(api.load(folder / name), preset="all")
    except LoadError as problem:
        found = problem.findings
    return found


def examples(kind: str) -> list[object]:
    """Every example of a kind with its rule."""
    return [
        pytest.param(name, example, id=f"{name}-{number}")
        for name in rule_names()
        for number, example in enumerate(getattr(page(built_in(name)), kind))
    ]


@pytest.mark.parametrize(("name", "example"), examples("wrong"))
def test_wrong_gives_exactly_what_it_promises(name: str, example: Example, tmp_path: Path) -> None:
    found = findings_in(example, tmp_path)
    assert example.marked
    expected = sorted(example.marked)
    assert sorted((Path(f.file).name, f.line, f.rule) for f in found if f.rule == name) == expected
    assert {f.family for f in found if f.rule == name} == {built_in(name).family}
    assert {f.severity for f in found if f.rule == name} == {built_in(name).severity}
    others = [f for f in found if f.rule != name]
    assert others == [], "an example shows one fault and no other"


@pytest.mark.parametrize(("name", "example"), examples("right"))
def test_right_is_clean(name: str, example: Example, tmp_path: Path) -> None:
    assert name
    assert findings_in(example, tmp_path) == ()


@pytest.mark.parametrize("name", rule_names())
def test_every_rule_has_a_whole_manual(name: str) -> None:
    rule = built_in(name)
    parts = page(rule)
    assert rule.name == name
    assert rule.family == next(family for family, names in FAMILIES.items() if name in names)
    assert parts.wrong
    assert parts.right
    assert [heading for heading, _ in parts.sections][:1] == ["Why it costs deals"]
    assert parts.meaning.endswith(".")
    assert len(parts.meaning) < 110
    looked_for = name not in FOUND_ELSEWHERE and rule.family != "syntax"
    assert (rule.find is not None) == looked_for
    if rule.severity == "error":
        assert rule.preset == "correctness"


def test_only_rules_that_look_are_loaded() -> None:
    assert [rule.name for rule in finders(["syntax", "dead-end", "unused-ignore"])] == ["dead-end"]


def test_the_terminal_shows_the_manual() -> None:
    text = manual("dead-end")
    assert text.startswith(
        "dead-end  (structure, error, preset correctness)\n\nA step without a way"
    )
    assert "\n  salesflow: 1\n" in text
    assert "# error: [dead-end]" in text
    assert text.endswith("To ignore it on a line: # salesflow: ignore[dead-end] the reason\n")
    assert manual("syntax").endswith("What does not load cannot be ignored.\n")


def test_a_name_that_is_no_rule_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="Did you mean `dead-end`"):
        manual("deadend")
    with pytest.raises(UsageError, match="is a family of rules: no-owner"):
        manual("bridges")


def test_a_name_that_is_no_rule_is_not_loaded() -> None:
    with pytest.raises(KeyError):
        built_in("dead")


def test_the_reference_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "salesflow.checking.manual", tmp_path], check=True)
    written = {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()}
    assert written == dict(reference())


def test_the_listing_has_every_rule_once() -> None:
    rows = [line.split()[0] for line in listing().splitlines() if line.startswith("  ")]
    assert rows == rule_names()


def test_the_committed_reference_is_current() -> None:
    folder = ROOT / "docs" / "reference" / "rules"
    committed = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    assert committed == dict(reference()), "run: python -m salesflow.checking.manual " + str(folder)
