"""What a picture shows of processes that are run, and which of it both versions have."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from salesflow.analysis.runs import inner_first
from salesflow.changes.difference import Diff
from salesflow.changes.sheet import RUNS
from salesflow.process.model import Process
from salesflow.process.steps import Run

_OPEN = 2  # the depth at which what is run is drawn open


class Opened(NamedTuple):
    """A run in a picture: its ``path`` there, and the processes that it stands for.

    One that is ``open`` stands for the process it runs, what is behind its path is drawn; another
    one also for all that this runs in turn.
    """

    path: str
    processes: frozenset[str]
    open: bool


def opened(process: Process, depth: int) -> Iterator[Opened]:
    """The runs in a picture of a process, outer ones first."""
    waiting = [("", process, depth)]
    for prefix, outer, left in waiting:  # grows while it is walked
        for step in outer.nodes.values():
            inner = outer.runs.get(step.process) if isinstance(step, Run) else None
            if inner is None:
                continue
            path = prefix + step.path
            if left >= _OPEN:
                yield Opened(path, frozenset({inner.id}), open=True)
                waiting.append((f"{path}.", inner, left - 1))
            else:
                held = frozenset(each.id for each in inner_first(inner))
                yield Opened(path, held, open=False)


def pictured(diff: Diff, depth: int) -> Mapping[str, str]:
    """Path in a picture of the old version -> path in one of the new, for what both have."""
    same: dict[str, str] = dict(diff.matching.new_of)
    if depth < _OPEN or diff.old is None or diff.new is None:
        return same
    pairs: dict[str, list[tuple[str, str]]] = {}
    for old, new in diff.matching.new_of.items():
        if old.startswith(f"{RUNS}.") and new.startswith(f"{RUNS}."):
            pairs.setdefault(old.split(".", 2)[1], []).append((old, new))
    there = {run.path: run.processes for run in opened(diff.new, depth) if run.open}
    for run in opened(diff.old, depth):
        twin = same.get(run.path, "")
        if not run.open or twin not in there:
            continue
        (before,), (after,) = run.processes, there[twin]
        home, other = f"{RUNS}.{before}.", f"{RUNS}.{after}."
        for old, new in pairs.get(before, ()):
            if new.startswith(other):
                inside = f"{run.path}.{old.removeprefix(home)}"
                same[inside] = f"{twin}.{new.removeprefix(other)}"
    return same
