"""Studies: warm-up, precision, scenarios, journals; and that nothing but the seed changes them."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

import salesflow as sf
from salesflow.errors import LoadError, UsageError
from salesflow.simulation import engines
from salesflow.simulation import study as studying
from salesflow.simulation.plan import Plan, plan_of
from salesflow.simulation.program import Program
from salesflow.simulation.result import SimulationResult
from salesflow.simulation.scenario import read_scenarios
from salesflow.simulation.study import PILOTS, study
from salesflow.simulation.tally import Tally
from tests.simulation.small import TEXT, WEEK, program, small

ROOT = Path(__file__).parents[2]
OVERLOADED = TEXT.replace("{mean: 3h}", "{mean: 30h}")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def short(**asked: Any) -> Plan:
    return plan_of(
        **{"duration": "2w", "warmup": "1w", "replications": 4, "engine": "python", **asked}
    )


def answer(text: str = TEXT, settings: tuple[str, ...] = (), **asked: Any) -> SimulationResult:
    also = {name: asked.pop(name) for name in ("journal", "progress", "play") if name in asked}
    process = small(text)
    scenarios = read_scenarios([process], settings=settings)
    return study([process], scenarios, short(**asked), **also)


class Recorder:
    """Plays, and remembers what."""

    def __init__(self, interrupt_at: int = -1) -> None:
        self.played: list[tuple[Program, int, int]] = []
        self.interrupt_at = interrupt_at

    def __call__(
        self, engine: str, program: Program, seed: int, replication: int, *, pulse: Any = None
    ) -> Tally:
        if len(self.played) == self.interrupt_at:
            raise KeyboardInterrupt
        self.played.append((program, seed, replication))
        return engines.play("python", program, seed, replication, pulse=pulse)


# ------------------------------------------------------------------------------- what is played


def test_the_base_and_each_scenario_play_the_same_replications() -> None:
    recorder = Recorder()
    result = answer(settings=("departments.legal.roles.counsel.people=2",), play=recorder)
    base, other = recorder.played[0][0], recorder.played[1][0]
    assert [(p is base, s, r) for p, s, r in recorder.played] == [
        (which, 1, number) for number in range(4) for which in (True, False)
    ]
    assert (base.warmup, base.end, other.end) == (WEEK, 3 * WEEK, 3 * WEEK)
    assert (result.replications, result.duration, result.warmup) == (4, "2w", "1w")
    assert not result.warmup_found
    assert not result.interrupted
    scenario = result.scenarios["set"]
    assert scenario.changes == ("departments.legal.roles.counsel.people: 2",)
    assert scenario.result.program == other.digest
    assert result.program == base.digest
    # A second counsel decides nothing: the same deals are won and lost. They only wait less.
    kpis = scenario.kpis["small"]
    assert kpis["cycle_time_won"].difference.high < 0
    alone = study([small(TEXT.replace("people: 1", "people: 2"))], (), short())
    assert scenario.result.kpis == alone.kpis


def test_a_scenario_that_changes_nothing_is_played_once_and_differs_by_nothing() -> None:
    recorder = Recorder()
    result = answer(settings=("name=Other",), play=recorder)
    assert len(recorder.played) == 4
    for change in result.scenarios["set"].kpis["small"].values():
        if change.difference is not None:
            assert tuple(change.difference) == (0.0, 0.0, 0.0)
        assert not change.significant


def test_the_warm_up_is_found_by_replications_of_their_own() -> None:
    recorder = Recorder()
    result = answer(warmup=None, play=recorder)
    pilots, rest = recorder.played[:5], recorder.played[5:]
    assert [number for _, _, number in pilots] == list(PILOTS)
    assert all(number < 4 for _, _, number in rest)
    pilot, program = pilots[0][0], rest[0][0]
    assert (pilot.warmup, pilot.end) == (0, 26 * WEEK)
    assert result.warmup_found
    assert program.warmup % 86_400_000 == 0
    assert program.end == program.warmup + 2 * WEEK
    assert result.warmup == studying._written(program.warmup)
    assert result.warnings == ()


def test_what_never_settles_is_said_and_not_waited_for() -> None:
    recorder = Recorder()
    result = answer(OVERLOADED, warmup=None, replications=2, play=recorder)
    assert len(recorder.played) == 5 + 2  # no longer pilots: more is asked for than there is time
    assert result.warmup == "2w"
    assert not result.warmup_found
    assert result.warnings[0].startswith("`sales` is asked for")
    assert result.warnings[-2] == (
        "Open deals still change after 26w, so no end of the warm-up was found: the first 2w are "
        "left out. Figures depend on how long is simulated."
    )


def test_what_settles_late_is_looked_at_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def found(series: tuple[float, ...]) -> int | None:
        seen.append(len(series))
        return None if len(seen) == 1 else 9

    def play(engine: str, program: Program, *args: Any, pulse: Any = None) -> Tally:
        tally = (
            answered if program.warmup else answered._replace(open_by_day=(0,) * days[program.end])
        )
        return tally._replace(replication=args[1])

    days = {26 * WEEK: 182, 52 * WEEK: 364}
    answered = engines.play("python", program(weeks=2, warmup=0), 1, 0)
    monkeypatch.setattr(studying, "find_warmup", found)
    assert answer(warmup=None, replications=2, play=play).warmup == "9d"
    assert seen == [182, 364]


def test_replications_are_added_until_the_precision_is_reached() -> None:
    rough, fine = answer(), answer(precision="8%")
    assert fine.replications > rough.replications
    assert max(studying._widths(fine))[0] <= 0.08
    assert fine.warnings == ()
    # What was added continues what was there: more replications of the same study.
    assert fine == answer(replications=fine.replications)


def test_a_precision_out_of_reach_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studying, "MOST_FOR_PRECISION", 12)
    result = answer(precision="0.1%")
    assert result.replications == 12
    (warning,) = result.warnings
    width, name = max(studying._widths(result))
    assert warning == (
        "12 replications do not reach the precision of 0.1%: the interval of "
        f"`{name}` is as wide as {width:.1%} to each side."
    )


def test_what_was_seen_only_once_has_no_interval_yet() -> None:
    rare = TEXT.replace("share: 60%", "share: 0.5%")
    result = answer(rare, replications=2, precision="60%")
    assert result.replications > 2
    assert max(studying._widths(result))[0] <= 0.6


def test_progress_counts_all_that_is_played() -> None:
    told: list[tuple[float, float]] = []
    answer(warmup=None, progress=lambda done, total: told.append((done, total)))
    assert told[0] == (0, 5)
    assert told[-1] == (9, 9)
    assert sorted(told) == told


def test_several_processes_share_their_people() -> None:
    other = small(TEXT.replace("process: small", "process: other"))
    result = study([small(), other], (), short())
    alone = answer()
    assert list(result.processes) == ["small", "other"]
    load = result.roles["counsel"].utilization
    assert load.mean > 1.5 * alone.roles["counsel"].utilization.mean


# ------------------------------------------------------------------------------- what cannot be


def test_a_process_that_says_too_little_is_refused_before_anything_is_played() -> None:
    recorder = Recorder()
    with pytest.raises(LoadError, match="share"):
        answer(TEXT.replace("share: 60%", "at_most: 2"), play=recorder)
    with pytest.raises(LoadError, match="people"):
        answer(TEXT.replace("people: 1, ", ""), play=recorder)
    with pytest.raises(LoadError, match="share"):
        answer(settings=("steps.draft.next.other={to: lost}",), play=recorder)
    with pytest.raises(UsageError, match="There is no engine `java`"):
        answer(engine="java", play=recorder)
    with pytest.raises(UsageError, match="number of workers"):
        answer(workers=0, play=recorder)
    assert recorder.played == []
    with pytest.raises(UsageError, match="There is no process to simulate"):
        study([], (), short())


def test_what_a_scenario_alone_overloads_is_said() -> None:
    busy = answer(settings=("steps.call.effort={mean: 9h}",))
    (warning,) = busy.warnings
    assert warning.startswith("Scenario `set`: `sales` is asked for 1")
    # What is so without the scenario too is said once.
    both = answer(OVERLOADED, settings=("departments.legal.roles.counsel.people=2",))
    assert [w for w in both.warnings if "`sales`" in w] == [*both.warnings[:-1]]
    assert "take longer than `--for 2w`" in both.warnings[-1]
    assert len(both.warnings) == 2


def test_which_engine_plays_is_told() -> None:
    told: list[str] = []
    study([small()], (), short(replications=2), chosen=told.append)
    assert told == ["python"]


# ------------------------------------------------------------------------------- interrupted


def test_an_interrupted_study_says_what_is_complete() -> None:
    whole = answer(replications=3)
    result = answer(replications=30, play=Recorder(interrupt_at=3))
    assert result.interrupted
    assert result.warnings == ("Interrupted after 3 of 30 replications: figures are of these.",)
    assert result.replace(warnings=(), interrupted=False) == whole


def test_a_scenario_counts_only_with_its_base() -> None:
    settings = ("departments.legal.roles.counsel.people=2",)
    result = answer(settings=settings, play=Recorder(interrupt_at=5))
    assert result.replications == 2
    assert result.scenarios["set"].result.replications == 2


@pytest.mark.parametrize("at", [0, 1])
def test_with_too_little_complete_there_is_no_result(at: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        answer(play=Recorder(interrupt_at=at))


def test_an_interrupted_study_goes_on_from_its_journal() -> None:
    settings = ("departments.legal.roles.counsel.people=2",)
    expected = answer(warmup=None, settings=settings)
    for at in (2, 4, 4):
        recorder = Recorder(interrupt_at=at)
        try:
            answer(warmup=None, settings=settings, journal="run.jsonl", play=recorder)
        except KeyboardInterrupt:
            continue
    recorder = Recorder()
    result = answer(warmup=None, settings=settings, journal="run.jsonl", play=recorder)
    assert len(recorder.played) == 5 + 8 - 2 - 4 - 4
    assert json.dumps(result.to_dict()) == json.dumps(expected.to_dict())
    # Once complete nothing is left to be played; and more can be asked for.
    recorder = Recorder()
    assert answer(warmup=None, settings=settings, journal="run.jsonl", play=recorder) == expected
    assert recorder.played == []
    answer(warmup=None, settings=settings, journal="run.jsonl", play=recorder, replications=5)
    assert len(recorder.played) == 2


def test_a_journal_of_another_study_is_refused() -> None:
    answer(journal="run.jsonl")
    with pytest.raises(UsageError, match=r"seed `1` there, `2` here"):
        answer(journal="run.jsonl", seed=2)
    with pytest.raises(UsageError, match=r"`small` has changed"):
        answer(TEXT.replace("60%", "61%"), journal="run.jsonl")
    with pytest.raises(UsageError, match=r"the scenario `set` is not in it"):
        answer(journal="run.jsonl", settings=("steps.call.effort=1h",))


# ------------------------------------------------------------------------- the same, whoever plays

PLAYED = """
import json, sys
from tests.simulation.small import small
from salesflow.simulation.plan import plan_of
from salesflow.simulation.scenario import read_scenarios
from salesflow.simulation.study import study

if __name__ == "__main__":
    workers, engine, journal = int(sys.argv[1]), sys.argv[2], sys.argv[3] or None
    plan = plan_of(duration="2w", warmup="1w", replications=6, engine=engine, workers=workers)
    scenarios = read_scenarios([small()], settings=["departments.legal.roles.counsel.people=2"])
    result = study([small()], scenarios, plan, journal=journal)
    print(json.dumps(result.to_dict()))
"""


def command(workers: int, engine: str = "python", journal: str = "") -> list[str]:
    Path("played.py").write_text(PLAYED)
    return [sys.executable, "played.py", str(workers), engine, journal]


def surroundings(hashing: str = "0") -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": hashing}


def test_the_same_bytes_for_any_workers_any_engine_and_any_hashing() -> None:
    ways = ((1, "python", "0"), (2, "python", "1"), (3, "python", "random"), (2, "numba", "2"))
    said = {
        subprocess.run(
            command(workers, engine), env=surroundings(hashing), check=True, capture_output=True
        ).stdout
        for workers, engine, hashing in ways
    }
    assert len(said) == 1
    assert len(json.loads(said.pop())["kpis"]) > 5


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")
def test_killed_at_any_instant_and_resumed_it_says_the_same() -> None:
    expected = subprocess.run(
        command(1), env=surroundings(), check=True, capture_output=True
    ).stdout
    draw, journal, kills = Random(4), Path("run.jsonl"), 0
    journal.touch()
    for turn in range(40):
        enough = journal.stat().st_size + draw.randrange(1, 20_000)  # some four lines
        run = subprocess.Popen(
            command(1 + turn % 2, journal="run.jsonl"),
            env=surroundings(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # its workers go with it
        )
        while run.poll() is None:
            if journal.stat().st_size > enough:
                os.killpg(run.pid, signal.SIGKILL)
                kills += 1
                break
        said, _ = run.communicate()
        if run.returncode == 0:
            break
    assert kills > 1
    assert said == expected


def test_a_public_call_says_the_same() -> None:
    result = sf.simulate(
        small(), duration="2w", warmup="1w", replications=4, engine="python", settings=["name=B"]
    )
    assert result == answer(settings=("name=B",))
