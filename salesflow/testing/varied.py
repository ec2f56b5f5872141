"""What might become of a process of yours: edits that people make, and that still load."""

import os
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, TypeAlias

from hypothesis import assume
from hypothesis import strategies as st

from salesflow.api import loads
from salesflow.errors import LoadError
from salesflow.process.dump import dump
from salesflow.process.model import Process
from salesflow.source.write import emit

Data: TypeAlias = dict[str, Any]
Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]


def variations(process: Process, *, most: int = 3) -> st.SearchStrategy[Process]:
    """The process with up to so many edits: another target, a result more or fewer, a requirement
    more or fewer, another owner, limit or name.

    It always loads; whether it is still in order is for a check to say. For whatever depends on a
    process and has to survive its next version.
    """
    whole = dump(process)
    folder = process.folder if process.folder is not None else os.path.dirname(process.file)

    @st.composite
    def drawn(draw: Draw) -> Process:
        data = deepcopy(whole)
        for _ in range(draw(st.integers(1, most))):
            steps, targets = draw(st.sampled_from([*_scopes(data)]))
            if steps:
                _edit(draw, data, steps[draw(st.sampled_from(sorted(steps)))], targets)
        try:
            return loads(emit(data), file=f"{process.id} (varied)", folder=folder or ".")
        except LoadError:
            assume(False)
            raise

    return drawn()


def _scopes(data: Data) -> Iterator[tuple[Data, list[str]]]:
    """The steps of the process and of each branch, with where results may lead there."""
    waiting = [(data["steps"], sorted(data["outcomes"]))]
    while waiting:
        steps, ends = waiting.pop()
        yield steps, [*steps, *ends]
        for step in steps.values():
            waiting += [(branch["steps"], ["done"]) for branch in step.get("parallel", {}).values()]


def _edit(draw: Draw, data: Data, step: Data, targets: list[str]) -> None:
    """Make one edit at a step, the first kind being the simplest; what does not fit is not made."""
    ways = step.get("next", {})
    kinds = ["name", "owner", "requires", *(["to", "limit", "drop", "add"] if ways else [])]
    kind = draw(st.sampled_from(kinds))
    if kind == "name":
        step["name"] = draw(st.sampled_from(["Call them", "Write to them"]))
    elif kind == "owner" and "by" in step:
        step["by"] = draw(st.sampled_from(_roles(data) or [step["by"]]))
    elif kind == "requires" and data.get("data"):
        field = draw(st.sampled_from(sorted(data["data"])))
        step["requires"] = sorted({*step.get("requires", ())} ^ {field})
    elif kind == "add" and "parallel" not in step and "run" not in step:
        ways["another"] = {"to": draw(st.sampled_from(targets))}
    elif ways:
        name = draw(st.sampled_from(sorted(ways)))
        if kind == "drop" and len(ways) > 1:
            del ways[name]
        elif kind == "limit":
            ways[name]["at_most"] = draw(st.integers(1, 3))
        elif kind == "to" and isinstance(ways[name].get("to"), str):
            ways[name]["to"] = draw(st.sampled_from(targets))


def _roles(data: Data) -> list[str]:
    """The roles of all departments; a department without roles is one."""
    found: list[str] = []
    for name, department in data.get("departments", {}).items():
        found += department.get("roles") or [name]
    return sorted(found)
