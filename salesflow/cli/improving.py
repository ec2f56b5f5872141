"""What ``improve`` does once its options are understood: search, and report."""

import os
import sys
from collections.abc import Sequence
from typing import NamedTuple

from salesflow.cli.meter import Meter, lasting
from salesflow.cli.outcome import CLEAN, tell
from salesflow.cli.output import Pairs, hold_apart, spare, wants_colour, write_file, write_out
from salesflow.cli.question import writable
from salesflow.cli.simulating import processes_of
from salesflow.reporting import improved
from salesflow.reporting.words import count
from salesflow.simulation.improving.improve import improve as search
from salesflow.simulation.improving.nouns import Improvement
from salesflow.simulation.plan import plan_of

_ENDINGS = {".json": "json", ".md": "markdown"}


class Search(NamedTuple):
    """A search as it is asked for; times as in the language."""

    duration: str
    warmup: str | None
    seed: int
    budget: int
    top: int
    only: tuple[str, ...]
    objective: str | None
    engine: str
    workers: int


def improve(paths: Sequence[str], asked: Search, pairs: Pairs) -> int:
    """Search and report in each format; the exit code."""
    pairs = pairs or (("text", None),)
    hold_apart(pairs)
    spare(pairs, paths)
    writable([file for _, file in pairs])
    processes = processes_of(paths)
    plan = plan_of(
        duration=asked.duration,
        warmup=asked.warmup,
        seed=asked.seed,
        engine=asked.engine,
        workers=asked.workers,
    )
    engines: list[str] = []
    with Meter() as meter:
        found = search(
            processes,
            plan,
            budget=asked.budget,
            top=asked.top,
            only=asked.only,
            objective=asked.objective,
            progress=meter.tell,
            chosen=engines.append,
        )
    for name, file in pairs:
        _write(found, name, file, asked.top)
    sys.stdout.flush()  # what is told goes below it
    how = f"engine {engines[0]}, {count(asked.workers, 'worker')}"
    tell(f"Tried {count(len(found.ranked), 'change')} in {lasting(meter.seconds)}: {how}.")
    return CLEAN


def _write(found: Improvement, name: str, file: str | None, top: int) -> None:
    if file is None:
        write_out(render(found, name or "text", top, colour=wants_colour(sys.stdout)))
    else:
        kind = name or _ENDINGS.get(os.path.splitext(file)[1].lower(), "text")
        write_file(file, render(found, kind, top, colour=False))


def render(found: Improvement, name: str, top: int, *, colour: bool) -> str:
    """The ranking in one of the formats."""
    if name == "json":
        return improved.as_json(found)
    if name == "markdown":
        return improved.markdown(found, top=top)
    return improved.text(found, top=top, colour=colour)
