"""Where the steps of a result stand in a picture of its process, also those that are run."""

from collections.abc import Iterator
from typing import NamedTuple

from salesflow.process.model import Process
from salesflow.process.steps import Run, Step, Work
from salesflow.simulation.result import Estimate, PartResult, StepResult


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
            held = (*around, *_holders(one, step, prefix))
            yield Place(
                key=prefix_key + node,
                path=path,
                step=step,
                process=one,
                seen=seen,
                prefix=prefix,
                prefix_key=prefix_key,
                within=tuple(dict.fromkeys((*held, *_homes(one, step, prefix)))),
            )
            inner = one.runs.get(step.process) if isinstance(step, Run) else None
            if inner is not None:
                held = (*held, *_homes(one, step, prefix), path)
                waiting.append((inner, f"{path}.", f"{prefix_key}{node}.", held))


def still_of(place: Place) -> Estimate | None:
    """Hours per visit in which nobody of ours works on the deal: it stands in line, or waits for
    others.

    None for what nobody does and takes no time, and for what holds other steps.
    """
    step, elapsed = place.step, place.seen.elapsed
    if not isinstance(step, Work) or elapsed is None or not (step.by or step.effort or step.wait):
        return None
    work = place.seen.effort.mean if place.seen.effort is not None else 0.0
    return Estimate(*(max(hours - work, 0.0) for hours in elapsed))


def _holders(process: Process, step: Step, prefix: str) -> Iterator[str]:
    """The blocks around a step with their stages, the nearest first."""
    while step.scope:
        step = process.nodes[step.scope.rpartition(".")[0]]
        yield prefix + step.path
        yield from _homes(process, step, prefix)


def _homes(process: Process, step: Step, prefix: str) -> Iterator[str]:
    """The department of a step, and its stage: what is run has stages of its own."""
    department = process.department_of(step)
    if department is not None:
        yield f"departments.{department}"
    if step.stage is not None and not prefix:
        yield f"stages.{step.stage}"
