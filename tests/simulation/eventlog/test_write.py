"""A log is written while a replication runs, changes nothing, and is there whole or not at all."""

import resource
from pathlib import Path
from typing import Any

import pytest

from salesflow.errors import UsageError
from salesflow.simulation.engine_python.loop import play
from salesflow.simulation.eventlog.sampling import kept
from salesflow.simulation.eventlog.write import check_log, write_log
from salesflow.simulation.program import Program
from tests.simulation.eventlog.logged import TEXT, program
from tests.simulation.eventlog.test_csv_log import rows_of

LONG = 24 * 200


def logged(path: Path, played: Program, **how: Any) -> set[str]:
    """The cases of a log."""
    write_log(str(path), played, 1, **how)
    return {row["case"] for row in rows_of(path)}


@pytest.mark.parametrize("ending", ["csv", "xes"])
def test_looking_changes_no_figure(tmp_path: Path, ending: str) -> None:
    played = program(LONG)
    pulses: list[int] = []
    tally = write_log(str(tmp_path / f"log.{ending}"), played, 7, 3, pulse=pulses.append)
    assert tally == play(played, 7, 3)
    assert tally.replication == 3
    sampled = write_log(str(tmp_path / f"log.{ending}"), played, 7, 3, sample=0.1)
    assert sampled == tally


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv", "one.xes", "two.xes"):
        write_log(str(tmp_path / name), program(24 * 60), 1)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    assert (tmp_path / "one.xes").read_bytes() == (tmp_path / "two.xes").read_bytes()


def test_a_sample_is_of_the_same_deals_in_every_scenario(tmp_path: Path) -> None:
    every = logged(tmp_path / "all.csv", program(LONG))
    tenth = logged(tmp_path / "tenth.csv", program(LONG), sample=0.1)
    third = logged(tmp_path / "third.csv", program(LONG), sample=1 / 3)
    assert tenth < third < every
    assert len(every) == 960
    assert (len(tenth), len(third)) == (80, 326)  # by chance, but always the same
    more = program(LONG, TEXT.replace("counsel: {people: 1}", "counsel: {people: 3}"))
    slower = program(LONG, TEXT.replace("effort: 2h", "effort: 4h"))
    assert logged(tmp_path / "more.csv", more, sample=0.1) == tenth
    assert logged(tmp_path / "slower.csv", slower, sample=0.1) == tenth


def test_shares_are_as_asked_for() -> None:
    for share in (0.01, 0.1, 0.5, 0.9):
        taken = sum(kept(key, serial, share) for key in (3, 5) for serial in range(10_000))
        assert abs(taken / 20_000 - share) < 4 * (share * (1 - share) / 20_000) ** 0.5
    assert all(kept(1, serial, 1.0) for serial in range(1000))


def test_it_is_written_while_the_run_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    sizes = []

    def look(_: int) -> None:
        assert not path.exists()
        (partial,) = tmp_path.iterdir()
        sizes.append(partial.stat().st_size)

    write_log(str(path), program(24 * 1500), 1, pulse=look)
    assert len(sizes) > 1
    assert sizes == sorted(sizes)
    assert 0 < sizes[0] < sizes[-1]
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("ending", ["csv", "xes"])
def test_a_full_disk_leaves_no_half_log(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"log.{ending}"
    path.write_text("what was there before")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))  # as a quota does
    try:
        with pytest.raises(UsageError) as caught:
            write_log(str(path), program(LONG), 1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert str(caught.value) == (
        f"`{path}` cannot be written: File too large. "
        "A sample of the deals takes less room: `--log-sample 10%`."
    )
    assert path.read_text() == "what was there before"
    assert [*tmp_path.iterdir()] == [path]


def test_no_such_folder(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "log.csv"
    with pytest.raises(UsageError) as caught:
        write_log(str(path), program(1), 1)
    assert str(caught.value) == f"`{path}` cannot be written: No such file or directory."


@pytest.mark.parametrize("problem", [KeyboardInterrupt, RuntimeError])
def test_what_breaks_off_leaves_nothing(tmp_path: Path, problem: type[BaseException]) -> None:
    def stop(_: int) -> None:
        raise problem

    with pytest.raises(problem):
        write_log(str(tmp_path / "log.csv"), program(24 * 1500), 1, pulse=stop)
    assert not [*tmp_path.iterdir()]


def test_other_endings_and_shares_are_refused() -> None:
    assert check_log("a/log.CSV") == ".csv"
    assert check_log("log.xes", 0.5) == ".xes"
    with pytest.raises(
        UsageError, match=r"`log.txt`: an event log is written as `.csv` or `.xes`."
    ):
        check_log("log.txt")
    for sample in (0.0, -0.1, 1.5):
        with pytest.raises(UsageError, match="more than 0% and at most 100% of the deals"):
            check_log("log.csv", sample)
