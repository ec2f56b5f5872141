"""Replications by any executor: the same tallies, whoever plays them in whatever order."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from concurrent.futures.thread import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from salesflow.errors import UsageError
from salesflow.simulation import engines
from salesflow.simulation.executors import Workers
from salesflow.simulation.program import Program
from salesflow.simulation.progress import Progress, Pulse, Stopped
from salesflow.simulation.replicate import Job, Packed, Task, pack, play_packed, replicate
from salesflow.simulation.tally import Tally
from tests.simulation.small import TEXT, program

FASTER = TEXT.replace("{mean: 3h}", "{mean: 1h}")
PROGRAMS = (program(weeks=2), program(FASTER, weeks=2))
TASKS = [Task(replication, number) for replication in range(6) for number in range(2)]


def played(
    workers: Workers,
    *,
    engine: str = "python",
    play: Any = engines.play,
    progress: Progress | None = None,
    tallies: dict[Task, Tally] | None = None,
) -> dict[Task, Tally]:
    found: dict[Task, Tally] = {} if tallies is None else tallies
    job = Job(PROGRAMS, 7, engine, play)
    with workers:
        replicate(
            job,
            TASKS,
            workers=workers,
            finished=found.__setitem__,
            progress=progress or Progress(),
        )
    return found


EXPECTED = {
    task: engines.play("python", PROGRAMS[task.program], 7, task.replication) for task in TASKS
}


class Backwards(Executor):
    """Waits until all is handed in, and plays it from the end."""

    def __init__(self, number: int) -> None:
        self.left = number
        self.held: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.held.append((future, lambda: fn(*args, **kwargs)))
        self.left -= 1
        if not self.left:
            threading.Thread(target=self.run).start()
        return future

    def run(self) -> None:
        for future, call in reversed(self.held):
            future.set_result(call())


def test_one_two_and_three_workers_count_the_same() -> None:
    for number in (1, 2, 3):
        assert played(Workers("python", number)) == EXPECTED
    # What is called numba here plays in threads, as numba does.
    threads = Workers("numba", 3)
    assert isinstance(threads.executor, ThreadPoolExecutor)

    def readable(engine: str, *args: Any, **kwargs: Any) -> Tally:
        return engines.play("python", *args, **kwargs)

    assert played(threads, engine="numba", play=readable) == EXPECTED


def test_executors_of_the_caller() -> None:
    with ThreadPoolExecutor(2) as threads:
        assert played(Workers("python", 1, threads)) == EXPECTED
        assert threads.submit(int, "3").result() == 3  # it is left open
    assert played(Workers("python", 1, Backwards(len(TASKS)))) == EXPECTED


def test_a_program_travels_once_packed_and_arrives_as_it_was() -> None:
    packed = pack(PROGRAMS[0])
    seen = []

    def play(engine: str, program: Program, seed: int, replication: int, *, pulse: Any) -> Tally:
        seen.append(program)
        return EXPECTED[TASKS[0]]

    for _ in range(2):
        copy = Packed(packed.version, bytes(bytearray(packed.content)))
        play_packed(copy, play, "python", 1, 0)
    assert seen[0] == PROGRAMS[0]
    assert seen[0].digest == PROGRAMS[0].digest
    assert seen[0] is seen[1]
    assert len(packed.content) < 20_000


def test_another_version_on_a_worker() -> None:
    packed = pack(PROGRAMS[0])._replace(version="9.9.9")
    with pytest.raises(UsageError, match=r"and this is salesflow 9\.9\.9\. Install the same"):
        play_packed(packed, engines.play, "python", 1, 0)


def dies_once(
    engine: str, program: Program, seed: int, replication: int, *, pulse: Pulse | None = None
) -> Tally:
    """``engine`` names a file: the first to play replication 3 leaves it behind, and is gone."""
    if replication == 3 and not Path(engine).exists():
        Path(engine).touch()
        os._exit(1)
    return engines.play("python", program, seed, replication)


def dies_always(
    engine: str, program: Program, seed: int, replication: int, *, pulse: Pulse | None = None
) -> Tally:
    if replication == 3:
        os._exit(1)
    return engines.play("python", program, seed, replication)


def lacks_numba(engine: str, *args: Any, **kwargs: Any) -> Tally:
    raise ImportError("No module named 'numba'")


def test_a_process_that_dies_is_replaced_once(tmp_path: Path) -> None:
    marker = tmp_path / "died"
    assert played(Workers("python", 2), engine=str(marker), play=dies_once) == EXPECTED
    assert marker.exists()


def test_processes_that_die_again() -> None:
    progress = Progress()
    found: dict[Task, Tally] = {}
    with pytest.raises(UsageError, match=r"The worker processes have died .*fewer workers"):
        played(Workers("python", 2), play=dies_always, progress=progress, tallies=found)
    assert found == {task: EXPECTED[task] for task in found}
    assert progress.done == len(found)


def test_a_pool_of_the_caller_that_breaks_is_not_replaced() -> None:
    with (
        ProcessPoolExecutor(1, mp_context=Workers("python", 2).executor._mp_context) as pool,
        pytest.raises(UsageError, match="The worker processes have died"),
    ):
        played(Workers("python", 1, pool), play=dies_always)
    with pytest.raises(BrokenExecutor):
        pool.submit(int)


def test_what_a_worker_lacks_is_said() -> None:
    with pytest.raises(UsageError, match=r"A worker lacks what it needs.*'numba'.*Install"):
        played(Workers("python", 2), play=lacks_numba)


def test_a_fault_of_an_engine_is_no_mistake_of_the_user() -> None:
    def broken(*args: Any, **kwargs: Any) -> Tally:
        raise ZeroDivisionError

    for workers in (Workers("numba", 2), Workers("numba", 1)):
        with pytest.raises(ZeroDivisionError):
            played(workers, engine="numba", play=broken)


def test_an_interrupt_keeps_what_is_complete() -> None:
    def tell(done: float, total: float) -> None:
        if done >= 5:
            raise KeyboardInterrupt

    for number in (1, 2):
        found: dict[Task, Tally] = {}
        with pytest.raises(KeyboardInterrupt):
            played(Workers("python", number), progress=Progress(tell), tallies=found)
        assert 5 <= len(found) < len(TASKS)
        assert found == {task: EXPECTED[task] for task in found}


def test_threads_that_are_at_work_are_told_to_stop() -> None:
    started = threading.Event()
    ended: list[str] = []

    def endless(
        engine: str, program: Program, seed: int, replication: int, *, pulse: Pulse
    ) -> Tally:
        if replication == 0:
            return EXPECTED[TASKS[0]]
        started.set()
        try:
            while True:
                pulse(1)
        finally:
            ended.append("stopped")

    def tell(done: float, total: float) -> None:
        if done >= 2:
            started.wait(5)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        played(Workers("numba", 2), engine="numba", play=endless, progress=Progress(tell))
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(5)
    assert ended


def test_progress_counts_replications_and_the_part_of_the_running_ones() -> None:
    told: list[tuple[float, float]] = []
    progress = Progress(lambda done, total: told.append((done, total)))
    progress.expect(2)
    pulse = progress.pulse("a", 100)
    pulse(50)
    pulse(400)
    progress.finish("a")
    progress.expect(1)
    assert told == [(0, 2), (0.5, 2), (1.0, 2), (1, 2), (1, 3)]
    progress.stopped = True
    with pytest.raises(Stopped):
        pulse(60)
    silent = Progress()
    silent.expect(1)
    silent.pulse("a", 100)(50)
    silent.finish("a")
    assert silent.done == 1


@pytest.mark.parametrize("number", [0, -1, 1025])
def test_how_many_workers_there_can_be(number: int) -> None:
    with pytest.raises(UsageError, match="from 1 to 1024"):
        Workers("python", number)


def test_work_is_handed_out_only_where_somebody_takes_it() -> None:
    with pytest.raises(ValueError, match="nobody to hand work to"):
        Workers("python", 1).submit(int)


def test_a_connection_that_is_lost() -> None:
    class Lost(Executor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.cancel()
            future.set_running_or_notify_cancel()
            return future

    with pytest.raises(UsageError, match="The connection to the workers was lost"):
        played(Workers("python", 1, Lost()))


def test_systems_without_signal_masks_and_without_forkserver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(signal, "pthread_sigmask")
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert played(Workers("python", 2)) == EXPECTED
