"""Who plays replications: this thread, threads or processes of our own, or somebody's executor."""

import gc
import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

from salesflow.errors import UsageError
from salesflow.simulation.progress import Pulse

T = TypeVar("T")

MOST_WORKERS = 1024
PATIENCE = 10  # seconds to wait for a scheduler, and for a worker of it
_AHEAD = 2  # pieces of work handed out for each worker of our own
_AHEAD_ELSEWHERE = 256  # and for an executor whose size nobody knows


class Workers:
    """An executor, or none, with what is to be known about it.

    ``local``: what is submitted is played in this process and need not be packed.
    """

    def __init__(self, engine: str, number: int = 1, executor: Executor | None = None) -> None:
        """Take the executor of the caller, else make one: threads where the engine lets them run.

        The numba engine gives up the interpreter's lock while it plays; the python engine needs
        processes. One worker is the calling thread itself. UsageError for a wrong ``number``.
        """
        if not 1 <= number <= MOST_WORKERS:
            raise UsageError(f"The number of workers must be from 1 to {MOST_WORKERS}.")
        self.number = number
        self.own = executor is None
        self.local = executor is None and engine == "numba"
        self.executor = executor
        self.renewed = False
        if self.own:
            self._open()
        else:
            self.local = isinstance(executor, ThreadPoolExecutor)

    @property
    def ahead(self) -> int:
        """How many pieces of work may wait or run at a time."""
        return self.number * _AHEAD if self.own else _AHEAD_ELSEWHERE

    def submit(
        self, play: "Callable[..., T]", *arguments: Any, pulse: Pulse | None = None
    ) -> "Future[T]":
        """Hand out a piece of work, with a ``pulse`` where it is played in this process."""
        if self.executor is None:  # one worker hands out nothing: it plays
            raise ValueError("there is nobody to hand work to")
        if self.local:
            return self.executor.submit(play, *arguments, pulse=pulse)
        if not self.own or not hasattr(signal, "pthread_sigmask"):
            return self.executor.submit(play, *arguments)
        # May start a process: Ctrl-C must not hit it before it knows better. It inherits the mask.
        held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return self.executor.submit(play, *arguments)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)

    def renew(self) -> bool:
        """Start again after a process has died: once, and only a pool of our own."""
        if self.renewed or not self.own:
            return False
        self.renewed = True
        self._close()
        self._open()
        return True

    def stop(self) -> None:
        """Hand out no more work, and end what our own processes are at."""
        if self.own and self.executor is not None:
            # Nothing public ends a process that is busy; left alone, leaving would wait for it.
            processes = getattr(self.executor, "_processes", None) or {}
            for process in list(processes.values()):
                process.terminate()
            self._close()

    def _open(self) -> None:
        if self.number == 1:
            self.executor = None
        elif self.local:
            self.executor = ThreadPoolExecutor(self.number)
        else:
            # Copies of this process would hold locks of its other threads for ever.
            safe = "forkserver" in multiprocessing.get_all_start_methods()
            context = multiprocessing.get_context("forkserver" if safe else "spawn")
            self.executor = ProcessPoolExecutor(
                self.number, mp_context=context, initializer=_ignore_interrupts
            )

    def _close(self) -> None:
        if self.own and self.executor is not None:
            # A thread ends at its next pulse; processes have ended, and leave nothing behind.
            self.executor.shutdown(wait=not self.local, cancel_futures=True)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End our own pool."""
        if self.own and self.executor is not None:
            self.executor.shutdown(wait=kind is None, cancel_futures=True)


def _ignore_interrupts() -> None:
    """Ctrl-C reaches all processes of a terminal; the one that leads decides what happens."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def dask_executor(address: str, *, patience: float = PATIENCE) -> Iterator[Executor]:
    """The workers of a Dask scheduler as an executor, such as ``tcp://10.0.0.1:8786``.

    UsageError within ``patience`` seconds where nobody answers or no worker is there, and where
    Dask is not installed.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(
            "Dask is not installed. Install it with `pip install 'salesflow[dask]'`."
        ) from None
    # A client that never came up is closed when it is cleared away. Should that happen while
    # another one starts, distributed would wait for itself for ever.
    gc.collect()
    try:
        client = Client(address, timeout=patience, set_as_default=False)
    except (OSError, ValueError, TypeError) as problem:
        raise UsageError(
            f"There is no Dask scheduler at `{address}` ({_first_line(problem)}). Start one with "
            "`dask scheduler`, and workers with `dask worker ADDRESS`."
        ) from None
    with client:
        _wait_for_a_worker(client, address, patience)
        # Each replication is played anew: what another study left behind is none of ours.
        yield client.get_executor(pure=False)


def _wait_for_a_worker(client: Any, address: str, patience: float) -> None:
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError:
        raise UsageError(
            f"The Dask scheduler at `{address}` has no workers. Start some with "
            f"`dask worker {address}`."
        ) from None


def _first_line(problem: Exception) -> str:
    lines = str(problem).splitlines()
    return lines[0] if lines else type(problem).__name__
