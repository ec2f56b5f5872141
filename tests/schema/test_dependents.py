"""What is looked at again when some files change: all that draws on them, and nothing else."""

import os
from pathlib import Path

import pytest

from salesflow.checking.paths import check_paths
from salesflow.cli.command import run
from salesflow.errors import UsageError
from salesflow.schema.dependents import suites_on, with_dependents
from salesflow.source.tracked import kept_files, kept_in
from tests.source.git_made import Made, made

ORG = "salesflow: 1\norganization: acme\ndepartments: {sales: {roles: {seller: {people: 2}}}}\n"
STEPS = """\
sources: {web: {start: call}}
steps:
  call: {by: seller, next: {fit: won, unfit: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
APPROVAL = f"salesflow: 1\nprocess: approval\nuse: [org.salesflow.yaml]\n{STEPS}"
BIG = f"""\
salesflow: 1
process: big
use: [org.salesflow.yaml, approval.salesflow.yaml]
{STEPS.replace("won,", "check,").replace("outcomes", "  check: {run: approval, next: {won: won, lost: lost}}" + chr(10) + "outcomes")}"""
ALONE = "salesflow: 1\nprocess: alone\n" + STEPS.replace("by: seller, ", "by: sales, ")
VARIANT = "salesflow: 1\nvariant: big_dach\nof: ../big.salesflow.yaml\n"
TESTS = "salesflow: 1\ntests: big_tests\nof: big.salesflow.yaml\ncases: {one: {takes: {call: unfit}, ends: lost}}\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    there = made(tmp_path / "work", monkeypatch)
    there.commit(
        org=ORG,
        approval=APPROVAL,
        big=BIG,
        alone=ALONE,
        dach__big_dach=VARIANT,
        big_tests=TESTS,
    )
    monkeypatch.chdir(there.folder)
    return there


def names(found: tuple[str, ...]) -> list[str]:
    return [name.removesuffix(".salesflow.yaml").replace(os.sep, "/") for name in found]


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ("alone", ["alone"]),
        ("org", ["org", "approval", "big", "big_tests", "dach/big_dach"]),
        ("approval", ["approval", "big", "big_tests", "dach/big_dach"]),
        ("big", ["big", "big_tests", "dach/big_dach"]),
        ("dach/big_dach", ["dach/big_dach"]),
        ("big_tests", ["big_tests"]),
    ],
)
def test_users_runners_variants_and_tests_come_after_the_file(
    repository: Made, changed: str, found: list[str]
) -> None:
    assert names(with_dependents([f"{changed}.salesflow.yaml"])) == found


def test_the_files_of_the_case_are_sound(repository: Made) -> None:
    """Else nothing above would be followed."""
    assert not [f for f in check_paths(["."]).findings if f.family == "syntax"]


def test_several_files_a_folder_and_one_named_twice(repository: Made) -> None:
    twice = ["big.salesflow.yaml", "./big.salesflow.yaml", "big.salesflow.yaml"]
    assert names(with_dependents(twice))[0] == "big"
    assert names(with_dependents(twice)).count("big_tests") == 1
    assert names(with_dependents(["dach", "alone.salesflow.yaml"])) == ["dach/big_dach", "alone"]
    assert set(names(with_dependents(["."]))) == set(names(kept_files("org.salesflow.yaml")))


def test_from_a_folder_below_names_lead_there(
    repository: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository.folder / "dach")
    found = with_dependents(["../big.salesflow.yaml"])
    assert names(found) == ["../big", "../big_tests", "big_dach"]


def test_a_draft_that_git_does_not_track_is_left_alone(repository: Made) -> None:
    repository.write("draft.salesflow.yaml", "salesflow: 1\nprocess: [\n")
    repository.write("draft2.salesflow.yaml", BIG.replace("process: big", "process: draft"))
    assert "draft2" not in names(with_dependents(["org.salesflow.yaml"]))
    repository.git("add", "draft2.salesflow.yaml")
    assert "draft2" in names(with_dependents(["org.salesflow.yaml"]))
    (repository.folder / "draft2.salesflow.yaml").unlink()  # git still knows it
    assert "draft2" not in names(with_dependents(["org.salesflow.yaml"]))


def test_of_folders_only_what_git_tracks(
    repository: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.write("draft.salesflow.yaml", "salesflow: 1\nprocess: [\n")
    kept = ["alone", "approval", "big", "big_tests", "dach/big_dach", "org"]
    assert names(kept_in(["."])) == kept
    assert names(kept_in(["dach", "alone.salesflow.yaml", "dach"])) == ["dach/big_dach", "alone"]
    assert names(kept_in(["draft.salesflow.yaml", "-"])) == ["draft", "-"]  # named is meant
    (repository.folder / "dach2").mkdir()
    assert kept_in(["dach2"]) == ()
    assert run(["check"]) == 1
    assert run(["check", "--tracked", "--fail-on", "error"]) == 0
    assert run(["check", "--tracked", "draft.salesflow.yaml"]) == 1
    capsys.readouterr()
    assert run(["check", "--tracked", "dach2"]) == 0
    assert capsys.readouterr().err == "Nothing to check: git tracks no process file in `dach2`.\n"


def test_hidden_folders_and_other_names_do_not_count(repository: Made) -> None:
    repository.commit(**{".hidden__x": ALONE, "node_modules__y": ALONE})
    repository.write("other.yaml", ALONE)
    repository.commit()
    kept = names(kept_files("org.salesflow.yaml"))
    assert kept == ["alone", "approval", "big", "big_tests", "dach/big_dach", "org"]


def test_without_a_repository_the_project_folder_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "salesflow.toml").touch()
    for name, text in {"org": ORG, "a/approval": APPROVAL.replace("org.", "../org.")}.items():
        file = tmp_path / f"{name}.salesflow.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert names(with_dependents(["org.salesflow.yaml"])) == ["org", "a/approval"]


def test_without_git_the_project_folder_counts(
    repository: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    repository.write("draft.salesflow.yaml", ALONE)
    assert "draft" in names(kept_files("org.salesflow.yaml"))
    assert "big" in names(with_dependents(["org.salesflow.yaml"]))


def test_a_file_that_is_not_there_is_told_by_the_check(repository: Made) -> None:
    assert names(with_dependents(["nowhere/x.salesflow.yaml"])) == ["nowhere/x"]
    with pytest.raises(UsageError, match="no such file"):
        check_paths(with_dependents(["nowhere/x.salesflow.yaml"]))


def test_tests_that_draw_on_a_file(repository: Made) -> None:
    assert names(suites_on(["org.salesflow.yaml"])) == ["big_tests"]
    assert suites_on(["alone.salesflow.yaml", "dach/big_dach.salesflow.yaml"]) == ()


def test_check_finds_what_an_organization_breaks(
    repository: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.write("org.salesflow.yaml", ORG.replace("seller", "advisor"))
    assert run(["check", "org.salesflow.yaml"]) == 0
    capsys.readouterr()
    assert run(["check", "org.salesflow.yaml", "--dependents", "--format", "concise"]) == 1
    told = capsys.readouterr().out
    assert "big.salesflow.yaml:6:" in told
    assert "seller" in told
    assert "alone" not in told


def test_test_runs_what_draws_on_a_process(
    repository: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["test", "--dependents", "org.salesflow.yaml"]) == 0
    assert "1 passed" in capsys.readouterr().out
    repository.write("big.salesflow.yaml", BIG.replace("unfit: lost", "unfit: won"))
    assert run(["test", "--dependents", "approval.salesflow.yaml"]) == 1
    capsys.readouterr()
    assert run(["test", "--dependents", "alone.salesflow.yaml"]) == 0
    assert capsys.readouterr().err == "No tests draw on these files.\n"
