"""The nouns of promises that cannot be kept; light, for every check loads them."""

from typing import NamedTuple

from salesflow.process.model import Process, Touchpoint
from salesflow.process.steps import Step
from salesflow.quantities import Duration


class Entry(NamedTuple):
    """One way into a step. ``even``: evenly over the open time of ``hours`` (calendars that are
    all open; none = always); else at some instants in it.

    ``origin`` is the source or step it comes from, ``rate`` deals an hour for a source that leads
    straight to the step, ``most`` how often a deal can come from a step by the result ``via``.
    """

    hours: frozenset[str]
    even: bool
    origin: str
    rate: float | None = None
    via: str = ""
    most: int | None = None


class Broken(NamedTuple):
    """A promise that cannot be kept: at best a share ``best`` of the visits of ``step`` can.

    ``touchpoint`` is None for the step's own ``sla``. ``spread``: efforts and waits are too long
    for the rest, whenever deals come. ``least`` is the least effort and wait in hours;
    ``would_do`` are limits that could be kept, in open time and elapsed, where there are such.
    """

    step: Step
    touchpoint: Touchpoint | None
    limit: Duration
    target: float | None
    best: float
    spread: bool
    least: float
    entries: tuple[Entry, ...]
    would_do: tuple[Duration, ...]


def promising(process: Process) -> bool:
    """Whether a process promises anything within a time."""
    if any(touchpoint.accept_within for touchpoint in process.touchpoints.values()):
        return True
    return any(step.sla is not None for step in process.nodes.values())
