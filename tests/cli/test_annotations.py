"""On GitHub every verb says what is wrong beside the lines: also where it could not do its work."""

import json
from pathlib import Path

import pytest

from salesflow.cli.command import run
from tests.source.git_made import made

TIMED = """\
salesflow: 1
process: small
calendars: {office: {timezone: UTC, hours: {mon-fri: "09:00-17:00"}}}
departments: {sales: {roles: {seller: {people: 1, calendar: office}}}}
sources: {web: {start: call, arrivals: {rate: 5 per week}}}
steps:
  call: {by: seller, effort: 30min, next: {fit: {to: won, share: 20%}, unfit: {to: lost, share: rest}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
objectives:
  wins: {measure: win_rate, at_least: 60%}
  fast: {measure: time, to: won, at_most: 30d}
"""
SHORT = ["--for", "4w", "--warmup", "0d", "--replications", "4", "--engine", "python"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder below the root of a repository, in a job of GitHub."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "sales").mkdir()
    (tmp_path / "sales/small.salesflow.yaml").write_text(TIMED, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "sales")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    return tmp_path / "sales"


def commands(text: str) -> list[str]:
    return [row for row in text.splitlines() if row.startswith("::")]


def test_a_missed_objective_is_told_where_it_is_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["simulate", "small.salesflow.yaml", *SHORT]) == 1
    (command,) = commands(capsys.readouterr().out)
    assert command.startswith(
        "::error file=sales/small.salesflow.yaml,line=10,title=salesflow objective wins::"
        "The objective `wins` is missed: at least 60%25 is asked for, and it comes to "
    )


def test_json_on_standard_output_stays_json(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["simulate", "small.salesflow.yaml", *SHORT, "--format", "json"])
    assert not commands(capsys.readouterr().out)
    run(["simulate", "small.salesflow.yaml", *SHORT, "--format", "json", "-o", "r.json"])
    assert len(commands(capsys.readouterr().out)) == 1


def test_annotations_alone_when_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS")
    assert run(["simulate", "small.salesflow.yaml", *SHORT, "--format", "github"]) == 1
    out = capsys.readouterr().out
    assert out.splitlines() == commands(out)
    assert run(["simulate", ".", *SHORT, "--format", "github", "--format", "text"]) == 2
    assert "would mix" in capsys.readouterr().err
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run(["simulate", ".", *SHORT, "--format", "github", "--format", "text"]) == 1


def test_a_met_objective_is_no_annotation(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "small.salesflow.yaml").write_text(TIMED.replace("60%", "1%"), encoding="utf-8")
    assert run(["simulate", ".", *SHORT]) == 0
    assert not commands(capsys.readouterr().out)


@pytest.mark.parametrize("verb", ["show", "simulate", "draw"])
def test_a_file_that_does_not_load_is_annotated_by_every_verb(
    verb: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "small.salesflow.yaml").write_text(TIMED.replace("start: call", "start: cal"))
    assert run([verb, "small.salesflow.yaml"]) == 1
    (command,) = commands(capsys.readouterr().err)
    assert command.startswith("::error file=sales/small.salesflow.yaml,line=5,")
    assert "Did you mean `call`?" in command


def test_tests_that_do_not_load_are_annotated_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "t.salesflow.yaml").write_text(
        "salesflow: 1\ntests: t\nof: smal.salesflow.yaml\ncases: {a: {ends: won}}\n"
    )
    assert run(["test", "t.salesflow.yaml"]) == 1
    told = capsys.readouterr()
    assert len(commands(told.out + told.err)) == 1


def test_what_cannot_be_done_is_annotated(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "smal.salesflow.yaml"]) == 2
    assert commands(capsys.readouterr().err) == [
        "::error title=salesflow::`smal.salesflow.yaml` cannot be read: there is no such file. "
        "Did you mean `small.salesflow.yaml`?"
    ]


def test_a_wrong_option_is_annotated(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", ".", "--fail-on", "errors"]) == 2
    (command,) = commands(capsys.readouterr().err)
    assert command.startswith("::error title=salesflow::")
    assert "errors" in command


def test_what_is_gone_is_told_at_its_file_also_from_a_folder_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there = made(tmp_path / "work", monkeypatch)
    there.commit(sales__small=TIMED)
    there.git("switch", "--quiet", "--create", "topic")
    there.write("sales/small.salesflow.yaml", TIMED[: TIMED.index("objectives:")])
    monkeypatch.chdir(there.folder / "sales")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    run(["diff", "--base", "main", "."])
    told = commands(capsys.readouterr().out)
    assert told
    for command in told:
        assert "file=sales/small.salesflow.yaml" in command


def test_elsewhere_nothing_is_annotated(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS")
    run(["check", "smal.salesflow.yaml"])
    run(["simulate", "small.salesflow.yaml", *SHORT])
    told = capsys.readouterr()
    assert not commands(told.out + told.err)


def test_sarif_names_files_from_the_root_of_the_repository(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "small.salesflow.yaml").write_text("salesflow: 1\nprocess: a\n")
    run(["check", "small.salesflow.yaml", "--format", "sarif"])
    log = json.loads(capsys.readouterr().out.partition("\n::")[0])
    (place,) = log["runs"][0]["results"][0]["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "sales/small.salesflow.yaml"
