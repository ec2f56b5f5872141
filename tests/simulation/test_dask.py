"""Replications on a Dask cluster: a real scheduler and worker processes, one killed on the way."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from salesflow.errors import UsageError
from salesflow.simulation import engines
from salesflow.simulation.executors import Workers, dask_executor
from salesflow.simulation.program import Program
from salesflow.simulation.progress import Progress, Pulse
from salesflow.simulation.replicate import Job, Task, replicate
from salesflow.simulation.tally import Tally
from tests.simulation.small import program

ROOT = Path(__file__).parents[2]
PROGRAM = program(weeks=2)
TASKS = [Task(replication, 0) for replication in range(12)]


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def scheduler(folder: Path, workers: int) -> Iterator[str]:
    """The address of a scheduler that has so many workers, each a process."""
    file = folder / "scheduler.json"
    with ExitStack() as stack:
        local = ("--no-dashboard", "--scheduler-file", str(file))
        stack.enter_context(
            running("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", *local)
        )
        for _ in range(workers):
            stack.enter_context(
                running("distributed.cli.dask_worker", "--no-nanny", "--nthreads", "1", *local)
            )
        until = time.monotonic() + 60
        while not (file.exists() and file.read_text()):
            assert time.monotonic() < until, "the scheduler has not started"
            time.sleep(0.05)
        yield json.loads(file.read_text())["address"]


def killed_once(
    engine: str, program: Program, seed: int, replication: int, *, pulse: Pulse | None = None
) -> Tally:
    """``engine`` names a file: whoever plays replication 4 first leaves it, and is killed."""
    if replication == 4 and not Path(engine).exists():
        Path(engine).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return engines.play("python", program, seed, replication)


def killed_always(
    engine: str, program: Program, seed: int, replication: int, *, pulse: Pulse | None = None
) -> Tally:
    if replication == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return engines.play("python", program, seed, replication)


def test_a_cluster_counts_what_one_process_counts_though_a_worker_is_killed(
    tmp_path: Path,
) -> None:
    found: dict[Task, Tally] = {}
    marker = tmp_path / "killed"
    job = Job((PROGRAM,), 5, str(marker), killed_once)
    with (
        scheduler(tmp_path, 3) as address,
        dask_executor(address, patience=60) as executor,
        Workers("python", 1, executor) as workers,
    ):
        replicate(job, TASKS, workers=workers, finished=found.__setitem__, progress=Progress())
    assert marker.exists()
    serial = {task: engines.play("python", PROGRAM, 5, task.replication) for task in TASKS}
    assert repr(sorted(found.items())) == repr(sorted(serial.items()))


def test_workers_that_all_die_of_the_same_work(tmp_path: Path) -> None:
    job = Job((PROGRAM,), 5, "python", killed_always)
    with (
        scheduler(tmp_path, 5) as address,
        dask_executor(address, patience=60) as executor,
        Workers("python", 1, executor) as workers,
        pytest.raises(UsageError, match="Workers have died several times"),
    ):
        replicate(job, TASKS, workers=workers, finished=lambda *_: None, progress=Progress())


def test_a_scheduler_without_workers(tmp_path: Path) -> None:
    with (
        scheduler(tmp_path, 0) as address,
        pytest.raises(UsageError) as caught,
        dask_executor(address, patience=2),
    ):
        pass
    assert str(caught.value) == (
        f"The Dask scheduler at `{address}` has no workers. Start some with `dask worker "
        f"{address}`."
    )


@pytest.mark.parametrize("address", ["", "nowhere", "tcp://nowhere.invalid:8786", "gopher://a:1"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(UsageError, match=f"There is no Dask scheduler at `{address}`"):  # noqa: SIM117
        with dask_executor(address, patience=2):
            pass


def test_nobody_answers() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{closed.getsockname()[1]}"
        started = time.monotonic()
        with pytest.raises(UsageError) as caught, dask_executor(address, patience=1):
            pass
        assert time.monotonic() - started < 30
    assert str(caught.value).startswith(f"There is no Dask scheduler at `{address}` (")


def test_dask_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError) as caught, dask_executor("tcp://127.0.0.1:1"):
        pass
    assert str(caught.value) == (
        "Dask is not installed. Install it with `pip install 'salesflow[dask]'`."
    )
