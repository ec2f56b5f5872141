"""``salesflow simulate``: options judged before anything is played, reports, exit codes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from salesflow.cli import playing, simulating
from salesflow.cli.command import run
from salesflow.cli.playing import Played
from salesflow.cli.question import Question
from salesflow.nouns import FrozenMap
from salesflow.simulation.result import SimulationResult
from tests.reporting.simulated_results import OBJECTIVES, part, result, scenarios

TEXT = """\
salesflow: 1
process: smb
calendars: {office: {timezone: UTC, hours: {mon-fri: "09:00-17:00"}}}
departments:
  sales: {calendar: office, roles: {rep: {people: 2, cost_per_hour: 50}}}
sources:
  inbound: {start: call, arrivals: {rate: 20 per week, calendar: office}}
steps:
  call: {by: rep, effort: {min: 1h, usual: 2h, max: 4h}, next: {likes_it: {to: demo, share: 40%}, declines: {to: lost, share: rest}}}
  demo: {by: rep, effort: 2h, wait: {median: 3d, p90: 8d}, next: {buys: {to: won, share: 50%}, declines: {to: lost, share: rest}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
objectives:
  wins: {measure: win_rate, at_least: 10%}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("smb.salesflow.yaml").write_text(TEXT)


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[Question]:
    """Nothing is played: the result made by hand stands for it."""
    asked: list[Question] = []

    def play(processes: object, scenarios: object, question: Question) -> Played:
        asked.append(question)
        return Played(given[-1], "Simulated.")

    monkeypatch.setattr(simulating, "play", play)
    return asked


given: list[SimulationResult] = [result()]


def answer(**changes: object) -> None:
    given[:] = [result(processes=FrozenMap({"enterprise": part(**changes)}))]


# ------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--for", "26 weeks"], "`--for 26 weeks` is no elapsed time. Write `26w`."),
        (["--for", "26"], "`--for 26` is no elapsed time. Say the unit: `26min`, `26h` or `26d`."),
        (["--for", "soon"], "`--for soon` is no elapsed time. Write a time such as `26w` or `90d`."),
        (["--for", "0w"], "`--for 0w` leaves nothing to simulate. Write `--for 26w`."),
        (["--warmup", "5bd"], "`--warmup 5bd` is no elapsed time. No calendar counts here: write elapsed time, such as `5d`."),
        (["--replications", "1"], "`--replications 1` gives no interval: at least 2 are needed, 30 are usual."),
        (["--seed", "-1"], "`--seed -1` must be from 0 to 4294967295."),
        (["--precision", "2"], "`--precision 2` is no share. Write `2%`."),
        (["--precision", "0%"], "`--precision 0%` must be above 0% and at most 100%."),
        (["--log", "log.txt"], "`log.txt`: an event log is written as `.csv` or `.xes`."),
        (["--log-sample", "5%"], "`--log-sample` goes with `--log FILE`: say where the log goes."),
        (["--dask", "tcp://x:1", "--workers", "2"], "`--workers` are of this machine, `--dask` has its own: leave one out."),
        (["-o", "no/such/a.json"], "`no/such/a.json` cannot be written: its folder is not there."),
        (["-o", "."], "`.` is a folder: name a file in it."),
        (["-o", "a.json", "--log", "a.csv", "--resume", "a.csv"], "Two results go to `a.csv`: give each its own file."),
        (["--format", "json", "--format", "html"], "Two formats on standard output would mix: give one of them `-o FILE`."),
    ],
)  # fmt: skip
def test_each_mistake_is_told_before_anything_is_played(
    options: list[str], message: str, played: list[Question], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["simulate", "smb.salesflow.yaml", *options]) == 2
    captured = capsys.readouterr()
    assert captured.err == f"salesflow: {message}\n"
    assert captured.out == ""
    assert played == []


def test_a_file_that_may_not_be_written_is_told_before(
    played: list[Question], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere
    assert run(["simulate", ".", "-o", "a.json"]) == 2
    assert capsys.readouterr().err == "salesflow: `a.json` cannot be written: permission denied.\n"
    assert played == []


def test_a_missing_file_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["simulate", "nowhere.yaml"]) == 2
    assert capsys.readouterr().err == (
        "salesflow: `nowhere.yaml` cannot be read: there is no such file.\n"
    )


def test_a_folder_without_a_process_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    assert run(["simulate", "empty"]) == 2
    assert "There is no process in `empty`" in capsys.readouterr().err


def test_a_text_that_does_not_load_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    Path("smb.salesflow.yaml").write_text(TEXT.replace("by: rep", "by: repp"))
    assert run(["simulate", "."]) == 1
    assert "error[unknown-name]" in capsys.readouterr().err


# ------------------------------------------------------------------------------- reports


def test_options_reach_the_study(played: list[Question]) -> None:
    answer(objectives=())
    options = (
        "--for 10w --warmup 2w --replications 5 --precision 3% --seed 7 "
        "--set steps.demo.effort=1h --engine python --workers 2 --resume j"
    )
    assert run(["simulate", ".", *options.split()]) == 0
    change = ("steps.demo.effort=1h",)
    assert played == [Question("10w", "2w", 5, 0.03, 7, (), change, "python", 2, resume="j")]


def test_the_formats_and_their_files(
    played: list[Question], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SimulationResult, "to_dict", lambda self: {"version": 1, "odd": "\u202e"})
    answer(objectives=())
    options = "-o a.txt -o a.md -o a.html -o a.JSON --format markdown -o b --format json"
    assert run(["simulate", ".", *options.split()]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["version"] == 1
    assert captured.out.isascii()
    assert Path("a.txt").read_text(encoding="utf-8").startswith("enterprise  26 weeks after")
    assert Path("a.md").read_text(encoding="utf-8").startswith("## Simulated: enterprise\n")
    assert Path("b").read_text(encoding="utf-8") == Path("a.md").read_text(encoding="utf-8")
    assert Path("a.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert Path("a.JSON").read_text(encoding="utf-8") == captured.out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_loses_no_answer(
    played: list[Question], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("full.html").symlink_to("/dev/full")
    answer(objectives=())
    assert run(["simulate", ".", "-o", "full.html"]) == 2
    captured = capsys.readouterr()
    assert captured.out.startswith("enterprise  26 weeks after")
    assert captured.err == ("salesflow: `full.html` cannot be written: No space left on device.\n")


def test_colour_only_where_it_is_wanted(
    played: list[Question], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(objectives=())
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    run(["simulate", "."])
    assert "\x1b[" not in capsys.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    run(["simulate", ".", "-o", "a.txt", "--format", "text"])
    assert "\x1b[" in capsys.readouterr().out
    assert "\x1b[" not in Path("a.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [((), 0), (("met",), 0), (("unsure",), 0), (("missed",), 1), (("met", "missed"), 1)],
)
def test_a_missed_objective_is_exit_code_1(
    verdicts: tuple[str, ...], code: int, played: list[Question]
) -> None:
    answer(objectives=tuple(OBJECTIVES[0].replace(verdict=verdict) for verdict in verdicts))
    assert run(["simulate", "."]) == code


def test_an_objective_that_a_scenario_misses_counts(played: list[Question]) -> None:
    missed = scenarios()["third_counsel"].replace(objectives=(OBJECTIVES[2],))
    plain = FrozenMap({"enterprise": part(objectives=())})
    given[:] = [result(processes=plain, scenarios=FrozenMap({"third_counsel": missed}))]
    assert run(["simulate", "."]) == 1


def test_an_unsure_objective_says_what_would_decide_it(
    played: list[Question], capsys: pytest.CaptureFixture[str]
) -> None:
    answer(objectives=OBJECTIVES[1:2])
    assert run(["simulate", "."]) == 0
    captured = capsys.readouterr()
    assert "unsure   six_months" in captured.out
    assert captured.err == (
        "Simulated.\nsix_months is unsure: `--replications 480` would probably decide it.\n"
    )


def test_a_folder_stands_for_all_its_processes(
    played: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("other.salesflow.yaml").write_text(TEXT.replace("process: smb", "process: other"))
    seen: list[str] = []

    def play(processes: list[object], *_: object) -> Played:
        seen.extend(process.id for process in processes)  # type: ignore[attr-defined]
        return Played(given[-1], "Simulated.")

    monkeypatch.setattr(simulating, "play", play)
    answer(objectives=())
    assert run(["simulate", ".", "smb.salesflow.yaml", "./other.salesflow.yaml"]) == 0
    assert sorted(seen) == ["other", "smb"]


def test_help_imports_nothing_slow() -> None:
    code = (
        "import sys; from salesflow.cli.command import run\n"
        "assert run(['simulate', '--help']) == 0\n"
        "slow = {'networkx', 'numpy', 'numba', 'yaml', 'rich', 'salesflow.api'} & set(sys.modules)\n"
        "assert not slow, slow"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "--replications" in done.stdout


# --------------------------------------------------------------------------- really played

SHORT = ["--for", "6w", "--warmup", "1w", "--engine", "python"]


def test_a_process_is_played_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["simulate", ".", *SHORT, "--replications", "4"]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("smb  6 weeks after a warm-up of 1 week, 4 replications, seed 1")
    assert " deals won a quarter (" in captured.out
    assert "met      wins       at least 10%" in captured.out
    assert captured.err.startswith("Simulated ")
    assert captured.err.endswith(": engine python, 1 worker.\n")


def test_results_are_the_same_bytes_however_they_are_played() -> None:
    change = ["--set", "steps.demo.effort=4h"]
    for name, workers in (("one", "1"), ("two", "2")):
        options = [*SHORT, *change, "--replications", "3", "--workers", workers]
        outputs = ["-o", f"{name}.json", "-o", f"{name}.html", "-o", f"{name}.md"]
        assert run(["simulate", ".", *options, *outputs]) == 0
    for ending in ("json", "html", "md"):
        assert Path(f"one.{ending}").read_bytes() == Path(f"two.{ending}").read_bytes()
    whole = json.loads(Path("one.json").read_text(encoding="utf-8"))
    assert whole["version"] == 1
    assert set(whole["kpis"]["win_rate"]) == {"mean", "low", "high"}
    assert list(whole["scenarios"]) == ["set"]
    assert "python" not in Path("one.json").read_text(encoding="utf-8")  # no trace of the engine


def test_a_journal_is_gone_on_from(capsys: pytest.CaptureFixture[str]) -> None:
    for replications in ("2", "4"):
        options = [*SHORT, "--replications", replications, "--resume", "journal"]
        assert run(["simulate", ".", *options, "-o", "resumed.json"]) == 0
    assert run(["simulate", ".", *SHORT, "--replications", "4", "-o", "whole.json"]) == 0
    assert Path("resumed.json").read_bytes() == Path("whole.json").read_bytes()
    capsys.readouterr()
    assert run(["simulate", ".", *SHORT, "--seed", "2", "--resume", "journal"]) == 2
    assert "seed" in capsys.readouterr().err


def test_logs_of_the_process_and_of_scenarios(capsys: pytest.CaptureFixture[str]) -> None:
    options = [*SHORT, "--replications", "2", "--log", "log.csv", "--set", "steps.demo.effort=4h"]
    assert run(["simulate", ".", *options]) == 0
    assert Path("log.csv").read_text(encoding="utf-8").startswith("case,activity,")
    assert Path("log.set.csv").read_bytes() != Path("log.csv").read_bytes()
    assert "Wrote log.csv, log.set.csv: the first replication.\n" in capsys.readouterr().err
    whole = Path("log.csv").read_text(encoding="utf-8").count("\n")
    assert run(["simulate", ".", *options, "--log-sample", "20%"]) == 0
    assert 1 < Path("log.csv").read_text(encoding="utf-8").count("\n") < whole / 2


def test_what_a_simulation_lacks_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("smb.salesflow.yaml").write_text(TEXT.replace("share: 40%", "at_most: 3"))
    assert run(["simulate", ".", *SHORT]) == 1
    captured = capsys.readouterr()
    assert "smb.salesflow.yaml:9:" in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--engine", "rust"], "There is no engine `rust`: auto, python or numba."),
        (["--workers", "0"], "The number of workers must be from 1 to 1024."),
        (["--scenario", "no.yaml"], "`no.yaml` cannot be read: there is no such file."),
        (["--set", "steps.demo.effort"], "`--set steps.demo.effort` says nothing to change: write --set PATH=VALUE, such as --set steps.call.effort=30min."),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told(
    options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["simulate", ".", *SHORT, *options]) == 2
    captured = capsys.readouterr()
    assert captured.err == f"salesflow: {message}\n"
    assert captured.out == ""


def test_a_change_that_hits_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["simulate", ".", *SHORT, "--set", "steps.demmo.effort=1h"]) == 1
    assert "`steps` has no `demmo`" in capsys.readouterr().err


def test_ctrl_c_keeps_what_is_complete() -> None:
    """The second replication is hardly begun when the interrupt comes, with two complete."""
    code = (
        "import os, signal, sys\n"
        "from salesflow.simulation import engine_python, engines, progress\n"
        "finish = progress.Progress.finish\n"
        "def third(self, task):\n"
        "    finish(self, task)\n"
        "    if self.done == 3: os.kill(os.getpid(), signal.SIGINT)\n"
        "progress.Progress.finish = third\n"
        "from salesflow.cli.command import run\n"
        f"sys.exit(run(['simulate', '.', *{SHORT!r}, '--replications', '30', '-o', 'a.json']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 130, done.stderr
    assert done.stderr.endswith("salesflow: interrupted, what was complete is written\n")
    whole = json.loads(Path("a.json").read_text(encoding="utf-8"))
    assert whole["interrupted"] is True
    assert 2 <= whole["replications"] <= 3


def test_the_workers_of_a_scheduler_play(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    addresses: list[str] = []

    @contextmanager
    def scheduler(address: str) -> Iterator[Executor]:
        addresses.append(address)
        with ThreadPoolExecutor(2) as executor:
            yield executor

    monkeypatch.setattr(playing, "dask_executor", scheduler)
    assert run(["simulate", ".", *SHORT, "--replications", "2", "--dask", "tcp://a:1"]) == 0
    assert addresses == ["tcp://a:1"]
    assert capsys.readouterr().err.endswith(": engine python, the workers of tcp://a:1.\n")


def test_small_work_needs_no_workers() -> None:
    assert playing._workers(1_000) == 1
    assert playing._workers(1_000_000) >= 1


def test_who_works_day_and_night_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--for", "4w", "--warmup", "0w", "--replications", "2"]
    sleepless = TEXT.replace("sales: {calendar: office, ", "sales: {")
    Path("night.salesflow.yaml").write_text(sleepless)
    Path("day.salesflow.yaml").write_text(TEXT)
    run(["simulate", "night.salesflow.yaml", *options])
    assert (
        "`rep` works day and night, 168 hours a week, for want of a calendar. Give the department "
        "one: `calendar: office`, and its hours in `calendars`." in capsys.readouterr().err
    )
    run(["simulate", "day.salesflow.yaml", *options])
    assert "calendar" not in capsys.readouterr().err
