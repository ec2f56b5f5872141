"""What is asked of a simulation, judged before hours are spent on it.

The functions are callbacks of options: each takes a value as it was typed and gives it back judged,
or raises UsageError.
"""

import os
from collections.abc import Sequence
from typing import NamedTuple

import click

from salesflow.errors import UsageError

_MOST_SEEDS = 1 << 32
_FEWEST = 2  # replications: one has no interval


class Question(NamedTuple):
    """A simulation as it is asked for; times as in the language (``26w``), shares of 1.

    None where nothing was said.
    """

    duration: str
    warmup: str | None
    replications: int
    precision: float | None
    seed: int
    scenarios: tuple[str, ...]
    settings: tuple[str, ...]
    engine: str
    workers: int | None = None
    dask: str | None = None
    log: str | None = None
    log_sample: float | None = None
    resume: str | None = None


def span(_ctx: click.Context, option: click.Parameter, text: str | None) -> str | None:
    """An elapsed time, as it was written."""
    from salesflow.quantities import explain, parse_duration  # `--help` need not know

    if text is None:
        return None
    name, parsed = option.opts[-1], parse_duration(text)
    if parsed is None or parsed.business:
        why = explain("elapsed", text) or "Write a time such as `26w` or `90d`."
        raise UsageError(f"`{name} {text}` is no elapsed time. {why}")
    if parsed.milliseconds <= 0 and name == "--for":
        raise UsageError(f"`{name} {text}` leaves nothing to simulate. Write `{name} 26w`.")
    return text


def percent(_ctx: click.Context, option: click.Parameter, text: str | None) -> float | None:
    """A share above 0% and up to 100%."""
    from salesflow.quantities import explain, parse_share  # `--help` need not know

    if text is None:
        return None
    name, share = option.opts[-1], parse_share(text)
    if share is None:
        why = explain("share", text) or "Write a share such as `2%`."
        raise UsageError(f"`{name} {text}` is no share. {why}")
    if not 0 < share <= 1:
        raise UsageError(f"`{name} {text}` must be above 0% and at most 100%.")
    return share


def replications(_ctx: click.Context, _option: click.Parameter, number: int) -> int:
    """How many runs."""
    if number < _FEWEST:
        raise UsageError(
            f"`--replications {number}` gives no interval: at least {_FEWEST} are needed, "
            "30 are usual."
        )
    return number


def seed(_ctx: click.Context, _option: click.Parameter, number: int) -> int:
    """The number that all chance comes from."""
    if not 0 <= number < _MOST_SEEDS:
        raise UsageError(f"`--seed {number}` must be from 0 to {_MOST_SEEDS - 1}.")
    return number


def log(_ctx: click.Context, _option: click.Parameter, file: str | None) -> str | None:
    """Where the event log goes."""
    if file is not None:
        from salesflow.simulation.eventlog.write import check_log  # only where one is wanted

        check_log(file)
    return file


def consistent(asked: Question) -> Question:
    """The question, if its parts go together."""
    if asked.log_sample is not None and asked.log is None:
        raise UsageError("`--log-sample` goes with `--log FILE`: say where the log goes.")
    if asked.dask is not None and asked.workers is not None:
        raise UsageError("`--workers` are of this machine, `--dask` has its own: leave one out.")
    return asked


def _is_stream(file: str) -> bool:
    """Whether it is there and no file: a device, a pipe."""
    return os.path.exists(file) and not os.path.isfile(file) and not os.path.isdir(file)


def writable(files: Sequence[str | None]) -> None:
    """Hold that every file can be written, and no two results go to the same one."""
    seen: set[str] = set()
    for file in files:
        if file is None:
            continue
        path = os.path.realpath(file)
        if path in seen:
            raise UsageError(f"Two results go to `{file}`: give each its own file.")
        seen.add(path)
        if _is_stream(file):
            continue
        folder = os.path.dirname(path)
        if os.path.isdir(path):
            raise UsageError(f"`{file}` is a folder: name a file in it.")
        if not os.path.isdir(folder):
            raise UsageError(f"`{file}` cannot be written: its folder is not there.")
        if not os.access(path if os.path.exists(path) else folder, os.W_OK):
            raise UsageError(f"`{file}` cannot be written: permission denied.")
