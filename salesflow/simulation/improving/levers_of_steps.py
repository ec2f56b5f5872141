"""Interventions on hard passages: a step's effort halved, or its wait."""

from collections.abc import Iterator
from typing import Any

from salesflow.nouns import FrozenMap
from salesflow.process.steps import Work
from salesflow.simulation.ground import Ground
from salesflow.simulation.improving.halving import halved
from salesflow.simulation.improving.nouns import EFFORT, WAIT, Intervention
from salesflow.source.write import one_line


def less_effort(ground: Ground) -> Iterator[Intervention]:
    """Half the hands-on time, for each step that people of ours do."""
    for step in work_of(ground):
        if step.by is not None and step.effort is not None and step.effort.mean > 0:
            role = ground.process.roles.get(step.by)
            if role is not None and not role.external:
                yield _halving(ground, step, EFFORT, "effort")


def less_wait(ground: Ground) -> Iterator[Intervention]:
    """Half the wait, for each step that has one."""
    for step in work_of(ground):
        if step.wait is not None and step.wait.mean > 0:
            yield _halving(ground, step, WAIT, "wait")


def _halving(ground: Ground, step: Work, kind: str, key: str) -> Intervention:
    written = written_at(ground, f"{step.path}.{key}")
    half = halved(written)
    before, after = one_line(written), one_line(half)
    return Intervention(
        kind=kind,
        process=ground.process.id,
        subject=step.node,
        title=f"half the {key} of {called(step)} ({before} → {after})",
        change=FrozenMap({f"{step.path}.{key}": half}),
        locked=is_locked(ground, step.path),
    )


def work_of(ground: Ground) -> Iterator[Work]:
    """The steps of work of a process; those of processes that it runs are not its to change."""
    return (step for step in ground.process.nodes.values() if isinstance(step, Work))


def called(step: Work) -> str:
    """A step by its path, which is also what to look for in the file."""
    return f"`{step.node}`"


def written_at(ground: Ground, path: str) -> Any:
    """What stands at a path of the document, short forms written out."""
    node: Any = ground.assembly.data
    for part in path.split("."):
        node = node[part]
    return node


def is_locked(ground: Ground, path: str) -> bool:
    """Whether the process locks a path or something above it: variants may not change it."""
    return any(path == lock or path.startswith(f"{lock}.") for lock in ground.process.locked)
