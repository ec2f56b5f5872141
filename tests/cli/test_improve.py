"""``salesflow improve``: options, formats, exit codes."""

import json
from pathlib import Path

import pytest

from salesflow.cli import improve as options
from salesflow.cli.command import run
from salesflow.simulation.improving.improve import BUDGET, TOP
from salesflow.simulation.improving.nouns import KINDS
from tests.simulation.improving.processes import WAITING

FEW = ("--engine", "python", "--workers", "1", "--warmup", "4w", "--budget", "12")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shop.salesflow.yaml").write_text(WAITING)


def test_it_ranks_and_says_what_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["improve", "shop.salesflow.yaml", "--only", "wait", *FEW]) == 0
    shown = capsys.readouterr()
    assert "steps.think.wait: {median: 10d, p90: 20d}" in " ".join(shown.out.split())
    assert "12 of 12 replications spent" in shown.out
    assert "Tried 2 changes in " in shown.err
    assert shown.err.endswith("engine python, 1 worker.\n")


def test_formats_go_where_they_are_sent(capsys: pytest.CaptureFixture[str]) -> None:
    sent = ("--format", "json", "-o", "a.json", "-o", "b.md", "-o", "c.txt")
    assert run(["improve", "--only", "people", *FEW, *sent]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads(Path("a.json").read_text())["processes"] == ["shop"]
    assert Path("b.md").read_text().startswith("## What helps: shop")
    assert "Ranked by quick (to won, at most 10d)." in Path("c.txt").read_text()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--only", "peple"], "Did you mean `people`?"),
        (["--objective", "slow"], "There is no objective `slow`"),
        (["--budget", "1"], "at least 2 replications"),
        (["--for", "soon"], "is no elapsed time"),
        (["--format", "json", "--format", "text"], "would mix"),
    ],
)
def test_what_cannot_be_done_is_said(
    asked: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["improve", *asked]) == 2
    assert said in capsys.readouterr().err


def test_what_is_not_said_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    Path("shop.salesflow.yaml").write_text(WAITING.replace(", arrivals: 5 per week", ""))
    assert run(["improve"]) == 1
    assert "arrivals" in capsys.readouterr().err


def test_the_help_says_what_there_is() -> None:
    """The options do not import the search, which is slow; they must say the same."""
    assert (options.KINDS, options.BUDGET, options.TOP) == (KINDS, BUDGET, TOP)
