"""A log of one replication as a file, whole or not at all."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EDQUOT, EFBIG, ENOSPC
from io import TextIOWrapper
from typing import Protocol, TextIO

from salesflow.errors import UsageError
from salesflow.simulation.engine_python.loop import play as play_python
from salesflow.simulation.eventlog.cases import Case, Cases
from salesflow.simulation.eventlog.csv_log import CsvLog
from salesflow.simulation.eventlog.naming import Naming
from salesflow.simulation.eventlog.xes_log import XesLog
from salesflow.simulation.events import Watch
from salesflow.simulation.program import Program
from salesflow.simulation.tally import Tally
from salesflow.source.files import whole

_FULL = frozenset({ENOSPC, EDQUOT, EFBIG})
_SMALLER = " A sample of the deals takes less room: `--log-sample 10%`."


class PlayWatched(Protocol):
    """An engine that tells what happens: the python one. The compiled one tells nothing."""

    def __call__(
        self,
        program: Program,
        seed: int,
        replication: int,
        *,
        watch: Watch,
        pulse: Callable[[int], None] | None = None,
    ) -> Tally:
        """Play one replication."""
        ...


class Log(Protocol):
    """A format that is written case by case."""

    def write(self, case: Case) -> None:
        """Write a deal."""
        ...

    def close(self) -> None:
        """Write what comes last."""
        ...


FORMATS: dict[str, Callable[[TextIO, Naming], Log]] = {".csv": CsvLog, ".xes": XesLog}


def check_log(path: str, sample: float = 1.0) -> str:
    """The ending of a log's path, ``.csv`` or ``.xes``; UsageError for another one.

    Also for a ``sample``, the share of the deals that are told of, that is not above 0 up to 1.
    """
    ending = os.path.splitext(path)[1].lower()
    if ending not in FORMATS:
        raise UsageError(f"`{path}`: an event log is written as `.csv` or `.xes`.")
    if not 0 < sample <= 1:
        raise UsageError(
            f"A log tells of more than 0% and at most 100% of the deals, not {sample:.0%}."
        )
    return ending


def write_log(
    path: str,
    program: Program,
    seed: int,
    replication: int = 0,
    *,
    sample: float = 1.0,
    play: PlayWatched = play_python,
    pulse: Callable[[int], None] | None = None,
) -> Tally:
    """Play a replication (0 is the first) and write its log while it runs; what it counted.

    The tally is the same as without a log. ``sample`` is the share of the deals that are told of,
    the same deals in every scenario. UsageError for a path that cannot be written, when the disk
    is full too: then there is no file, and one that was there stays as it was.
    """
    ending = check_log(path, sample)
    with _whole(path) as stream:
        log = FORMATS[ending](stream, Naming(program))
        cases = Cases(program, log.write, share=sample)
        tally = play(program, seed, replication, watch=cases, pulse=pulse)
        cases.finish()
        log.close()
    return tally


@contextmanager
def _whole(path: str) -> Iterator[TextIO]:
    """A stream to a file that is there when all is written, and not before."""
    try:
        with (
            whole(path) as raw,
            TextIOWrapper(raw, "utf-8", "backslashreplace", newline="\n") as stream,
        ):
            yield stream
    except OSError as problem:
        hint = _SMALLER if problem.errno in _FULL else ""
        raise UsageError(f"`{path}` cannot be written: {problem.strerror}.{hint}") from None
