"""What GitHub shows on the lines of a pull request: the right file, and what matters first."""

import os
from pathlib import Path

import pytest

from salesflow.checking.report import CheckReport
from salesflow.findings import Finding
from salesflow.reporting.plain import github
from salesflow.reporting.repository import at_root, from_root
from salesflow.reporting.workflow_command import workflow_command, workflow_commands
from salesflow.spans import Span


def finding(rule: str, line: int, severity: str = "error", family: str = "structure") -> Finding:
    span = Span("a.yaml", line, 1, line, 2)
    return Finding(rule, family, severity, "steps.a", span, f"{rule} at {line}.", "")


def rows(*findings: Finding) -> list[str]:
    return github(CheckReport(files=("a.yaml",), findings=findings)).splitlines()


@pytest.fixture
def below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a repository, which is the working folder."""
    (tmp_path / "work" / ".git").mkdir(parents=True)
    folder = tmp_path / "work" / "sales" / "emea"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def test_files_are_named_from_the_root_of_the_repository(below: Path) -> None:
    assert from_root("a.yaml") == "sales/emea/a.yaml"
    assert from_root("./x/../a.yaml") == "sales/emea/a.yaml"
    assert from_root("../apac/a.yaml") == "sales/apac/a.yaml"
    assert from_root(str(below / "a.yaml")) == "sales/emea/a.yaml"
    assert from_root("../../../out.yaml") == "../../../out.yaml"
    assert from_root("<stdin>") == "<stdin>"
    assert workflow_command("error", {"file": "a.yaml"}, ["x"]) == (
        "::error file=sales/emea/a.yaml::x\n"
    )
    assert from_root(at_root("sales/apac/a.yaml")) == "sales/apac/a.yaml"


def test_at_the_root_names_stay(below: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(below.parent.parent)
    assert from_root("sales/emea/a.yaml") == "sales/emea/a.yaml"
    assert at_root("a.yaml") == os.path.join(os.path.realpath(os.getcwd()), "a.yaml")


def test_a_worktree_has_a_file_for_a_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tree" / "sub").mkdir(parents=True)
    (tmp_path / "tree" / ".git").write_text("gitdir: elsewhere\n")
    monkeypatch.chdir(tmp_path / "tree" / "sub")
    assert from_root("a.yaml") == "sub/a.yaml"


def test_ten_small_matters_do_not_hide_a_large_one() -> None:
    many = [finding("share-missing", line) for line in range(1, 30)]
    told = rows(*many, finding("deadlock", 30), finding("syntax", 31, family="syntax"))
    assert "there are 31 errors." in told[0]
    titles = [row.split("title=salesflow ")[1].split("::")[0] for row in told[1:4]]
    assert titles == ["syntax", "share-missing", "deadlock"]
    assert [row.split("line=")[1].split(",")[0] for row in told[4:7]] == ["2", "3", "4"]
    assert len(told) == 32  # the log has all


def test_errors_come_before_warnings() -> None:
    told = rows(finding("no-owner", 1, "warning"), finding("x", 2, "info"), finding("deadlock", 3))
    assert [row.split(" ")[0] for row in told] == ["::error", "::warning", "::notice"]


def test_ten_are_shown_without_a_word_and_each_kind_counts_by_itself() -> None:
    ten = [workflow_command("error", {"line": n}, ["x"]) for n in range(10)]
    warnings = [workflow_command("warning", {"line": n}, ["x"]) for n in range(12)]
    assert workflow_commands(ten) == "".join(ten)
    assert workflow_commands([*ten, *ten]) == "".join(ten)
    first, *others = workflow_commands([*ten, *warnings]).splitlines()
    assert first == (
        "::notice title=salesflow::GitHub shows 10 of each kind here, and there are 12 warnings. "
        "The log of this job has them all."
    )
    assert len(others) == 22
