"""The pages of the kinds of change say what ``diff`` says, and the committed ones are current."""

from pathlib import Path

import pytest

from salesflow.changes.catalogue.manual import (
    ABOUT,
    beginning,
    listing,
    manual,
    markdown,
    page,
    subject,
    summary,
    write,
)
from salesflow.changes.catalogue.rules import GROUPS, RULES, by_name
from salesflow.changes.catalogue.shown import texts
from salesflow.cli.command import run

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "docs" / "reference" / "changes"
COMMAND = "run: python -m salesflow.changes.catalogue.manual docs/reference/changes"

MANUAL = """\
step-timeout-shorter  (changes, check)

`timeout` of a step changes.

Why and what to do:
  More deals are broken off, and those under way that stand there for longer already are broken
  off at once. Look at them first, and see with `--simulate` how many it will be.

For example, at steps.call:
  -    timeout: {after: 30d, result: silent}
  +    timeout: {after: 20d, result: silent}

What is said of it:
  `call` is broken off after 20d now instead of 30d.
  For sales, running deals.

check: deals or people fare differently; somebody should look at it.
The same change backwards is step-timeout-longer.
Where it is agreed, in salesflow.toml:
  [[diff.waivers]]
  rule = "step-timeout-shorter"
  path = "steps.call"
  reason = "why it is agreed"
"""


def test_the_terminal_shows_the_manual() -> None:
    assert manual("step-timeout-shorter") == MANUAL


def test_the_manual_as_markdown_has_the_same_parts() -> None:
    text = markdown("step-timeout-shorter")
    assert text.startswith("# step-timeout-shorter\n\n`timeout` of a step changes. **check**\n")
    assert "```diff\n-    timeout: {after: 30d, result: silent}\n+" in text
    assert "> `call` is broken off after 20d now instead of 30d.\n" in text
    assert text.endswith("For sales, running deals. Backwards: `step-timeout-longer`.\n")


def test_what_is_its_own_mirror_says_so() -> None:
    assert "\nThe same change backwards is of this kind too.\n" in manual("step-changes-hands")
    assert "Backwards" not in markdown("step-changes-hands")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("step-added", "A step is added."),
        ("outcome-removed", "An outcome is removed."),
        ("branch-moved-to-another-block", "A branch moves into another block."),
        ("role-moved", "A role moves into another department."),
        ("run-renamed", "A process that is run gets another id."),
        ("field-type", "`type` of a field of the data changes."),
    ],
)
def test_the_subject_is_a_sentence(name: str, says: str) -> None:
    assert subject(by_name()[name]) == says


def test_a_whole_process_shows_no_lines() -> None:
    assert page("process-added").lines == ()
    assert "For example" not in manual("process-added")
    assert page("process-removed").message == "The process `new_business` is gone."


def test_an_example_that_stands_nowhere_is_refused() -> None:
    rule = by_name()["step-added"].replace(example=("no such line", "nor this"))
    with pytest.raises(ValueError, match="step-added: no side of the example stands once in BASE"):
        texts(rule)


def test_every_change_is_listed_once() -> None:
    rows = [line.split()[0] for line in listing().splitlines() if line.startswith("  ")]
    assert rows == [rule.name for rule in RULES]
    names = summary().replace(",", " ").split()
    assert [name for name in names if name in by_name()] == rows
    assert list(ABOUT) == list(GROUPS)


def test_names_are_found_by_their_beginning() -> None:
    assert beginning("step-sla-") == tuple(n for n in by_name() if n.startswith("step-sla-"))
    assert len(beginning("step-sla-")) == 5


def test_the_committed_reference_is_what_is_written(tmp_path: Path) -> None:
    write(str(tmp_path))
    written, committed = (
        {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
        for folder in (tmp_path, FOLDER)
    )
    assert set(written) == {"README.md", *(f"{group}.md" for group in GROUPS)}
    assert committed == written, COMMAND


# ----------------------------------------------------------------------------------- salesflow rule


def shown(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["rule", *arguments]) == 0
    return capsys.readouterr().out


def test_rule_explains_changes_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(["step-timeout-shorter"], capsys) == MANUAL
    assert shown(["changes"], capsys) == listing()
    everything = shown([], capsys)
    assert "\nchanges: What `salesflow diff` finds between two versions.\n" in everything
    assert everything.endswith("\n\n`salesflow rule NAME` tells more.\n")


def test_rule_shows_a_change_as_a_page_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    text = shown(["step-removed"], capsys)
    assert "\x1b[" in text
    assert "have no place in the new version" in text


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("step-removd", "There is no rule `step-removd`. Did you mean `step-removed`?"),
        ("step-sla", "There is no rule `step-sla`, but `step-sla-added`, `step-sla-removed`,"),
        ("deadend", "There is no rule `deadend`. Did you mean `dead-end`?"),
        ("changed", "There is no rule `changed`. Did you mean `changes`?"),
        ("outcomes", "`outcomes` is a family of rules:"),
    ],
)
def test_a_name_that_is_no_rule_is_answered(
    name: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["rule", name]) == 2
    assert says in capsys.readouterr().err
