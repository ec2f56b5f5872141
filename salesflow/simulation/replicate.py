"""Replications played by any executor. Their tallies depend on nothing but program, seed, number.

A program travels packed, once packed and once unpacked by each process, so that a worker that
starts later, or in place of one that died, needs nothing but its next piece of work.
"""

import pickle
import zlib
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from functools import lru_cache
from typing import NamedTuple, Protocol

import salesflow
from salesflow.errors import UsageError
from salesflow.simulation import engines
from salesflow.simulation.executors import Workers
from salesflow.simulation.program import Program
from salesflow.simulation.progress import Progress, Pulse
from salesflow.simulation.tally import Tally

_KEPT = 64  # unpacked programs in one process: a process and its scenarios
_LOOK_UP = 1.0  # seconds; some systems do not let Ctrl-C interrupt a wait without end


class Play(Protocol):
    """What plays one replication: ``engines.play``."""

    def __call__(
        self, engine: str, program: Program, seed: int, replication: int, *, pulse: Pulse | None
    ) -> Tally:
        """The tally of the replication."""
        ...


class Job(NamedTuple):
    """What replications are of."""

    programs: tuple[Program, ...]
    seed: int
    engine: str
    play: Play = engines.play


class Task(NamedTuple):
    """One piece of work: a program, by its place in the job, and the number of the replication."""

    replication: int
    program: int


Finished = Callable[[Task, Tally], None]


def replicate(
    job: Job,
    tasks: Sequence[Task],
    *,
    workers: Workers,
    finished: Finished,
    progress: Progress,
) -> None:
    """Play all tasks; ``finished`` is called in this thread for each, in whatever order.

    When interrupted, it is called for all that are complete before KeyboardInterrupt goes on. A
    pool of our own that loses a process is started again once. UsageError when it dies again, when
    somebody's executor breaks, and when a worker has another salesflow.
    """
    progress.expect(len(tasks))
    if workers.executor is not None:
        _Crowd(job, workers, finished, progress).run(tasks)
        return
    for task in tasks:
        program = job.programs[task.program]
        pulse = progress.pulse(task, program.end) if progress.tell else None
        tally = job.play(job.engine, program, job.seed, task.replication, pulse=pulse)
        finished(task, tally)
        progress.finish(task)


class Packed(NamedTuple):
    """A program on its way to another process."""

    version: str
    content: bytes


def pack(program: Program) -> Packed:
    """The program as bytes."""
    return Packed(salesflow.__version__, zlib.compress(pickle.dumps(program), 1))


def play_packed(packed: Packed, play: Play, engine: str, seed: int, replication: int) -> Tally:
    """Play one replication where the work has arrived."""
    if packed.version != salesflow.__version__:
        raise UsageError(
            f"A worker has salesflow {salesflow.__version__}, and this is salesflow "
            f"{packed.version}. Install the same version there."
        )
    return play(engine, _unpacked(packed), seed, replication, pulse=None)


@lru_cache(maxsize=_KEPT)
def _unpacked(packed: Packed) -> Program:
    # What is unpacked was packed by our own process, or by one that may run code here anyway.
    program: Program = pickle.loads(zlib.decompress(packed.content))  # noqa: S301
    return program


class _Crowd:
    """Tasks on their way through an executor."""

    def __init__(self, job: Job, workers: Workers, finished: Finished, progress: Progress) -> None:
        self.job = job
        self.workers = workers
        self.finished = finished
        self.progress = progress
        self.packed = () if workers.local else tuple(map(pack, job.programs))
        self.waiting: deque[Task] = deque()
        self.running: dict[Future[Tally], Task] = {}

    def run(self, tasks: Sequence[Task]) -> None:
        """Play all of them."""
        self.waiting.extend(tasks)
        try:
            while self.waiting or self.running:
                try:
                    self._hand_out()
                    self._collect(wait(self.running, _LOOK_UP, FIRST_COMPLETED).done)
                except BrokenExecutor as problem:
                    self._start_again(problem)
        except KeyboardInterrupt:
            self._give_up()
            self._collect([future for future in self.running if _complete(future)])
            raise
        except BaseException:
            self._give_up()
            raise

    def _hand_out(self) -> None:
        while self.waiting and len(self.running) < self.workers.ahead:
            self.running[self._submit(self.waiting[0])] = self.waiting[0]
            self.waiting.popleft()

    def _submit(self, task: Task) -> "Future[Tally]":
        job, number = self.job, task.program
        drawn = (job.seed, task.replication)
        if self.workers.local:
            program = job.programs[number]
            pulse = self.progress.pulse(task, program.end)
            return self.workers.submit(job.play, job.engine, program, *drawn, pulse=pulse)
        return self.workers.submit(play_packed, self.packed[number], job.play, job.engine, *drawn)

    def _collect(self, done: Sequence["Future[Tally]"] | set["Future[Tally]"]) -> None:
        for future in done:
            tally = _result(future)
            task = self.running.pop(future)
            self.finished(task, tally)
            self.progress.finish(task)

    def _start_again(self, problem: BrokenExecutor) -> None:
        """Keep what is complete, and hand out the rest again if that has not failed before."""
        self._collect([future for future in self.running if _complete(future)])
        self.waiting.extendleft(sorted(self.running.values(), reverse=True))
        self.running.clear()
        if not self.workers.renew():
            raise UsageError(
                f"The worker processes have died ({str(problem).rstrip('.')}): perhaps memory ran "
                "out. Try again with fewer workers. (In a script of your own, simulate below "
                '`if __name__ == "__main__":`.)'
            ) from None

    def _give_up(self) -> None:
        """End what runs; what is complete stays."""
        self.progress.stopped = True
        for future in self.running:
            future.cancel()
        self.workers.stop()


def _complete(future: "Future[Tally]") -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _result(future: "Future[Tally]") -> Tally:
    """What came back; what can go wrong on the way to other machines, in words."""
    try:
        return future.result()
    except ImportError as problem:
        raise UsageError(
            f"A worker lacks what it needs to play ({problem}). Install the same salesflow and "
            "extras there."
        ) from None
    except CancelledError:
        raise UsageError("The connection to the workers was lost. Try again.") from None
    except Exception as problem:
        if type(problem).__name__ == "KilledWorker":  # Dask's, which may not be installed here
            raise UsageError(
                "Workers have died several times over the same replication: perhaps memory ran "
                "out there."
            ) from None
        raise
