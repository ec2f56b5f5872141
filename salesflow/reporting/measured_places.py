"""Where the steps of a result stand in a picture of its process, also those that are run."""

from collections.abc import Iterator
from typing import NamedTuple

from salesflow.process.model import Process
from salesflow.process.steps import Run, Step
from salesflow.simulation.result import PartResult, StepResult


class Place(NamedTuple):
    """A step: its ``key`` in the result, its ``path`` in the picture, what was seen of it.

    ``prefix`` and ``prefix_key`` stand before paths and keys of its process: those of the run that
    it lies in, "" at the top. ``within`` are the paths of all that holds it.
    """

    key: str
    path: str
    step: Step
    process: Process
    seen: StepResult
    prefix: str
    prefix_key: str
    within: tuple[str, ...]


def places_of(process: Process, part: PartResult) -> Iterator[Place]:
    """The steps of which a result says something, what is run behind its run."""
    waiting: list[tuple[Process, str, str, tuple[str, ...]]] = [(process, "", "", ())]
    while waiting:
        one, prefix, prefix_key, around = waiting.pop()
        for node, step in one.nodes.items():
            seen = part.steps.get(prefix_key + node)
            if seen is None:
                continue
            path = prefix + step.path
            within = (*around, *_holders(one, step, prefix))
            yield Place(
                prefix_key + node,
                path,
                step,
                one,
                seen,
                prefix,
                prefix_key,
                (*within, *_of(one, step)),
            )
            inner = one.runs.get(step.process) if isinstance(step, Run) else None
            if inner is not None:
                waiting.append((inner, f"{path}.", f"{prefix_key}{node}.", (*within, path)))


def _holders(process: Process, step: Step, prefix: str) -> Iterator[str]:
    """The blocks around a step, the nearest first."""
    while step.scope:
        step = process.nodes[step.scope.rpartition(".")[0]]
        yield prefix + step.path


def _of(process: Process, step: Step) -> Iterator[str]:
    department = process.department_of(step)
    if department is not None:
        yield f"departments.{department}"
    if step.stage is not None:
        yield f"stages.{step.stage}"
