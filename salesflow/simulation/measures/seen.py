"""What was seen: the tallies of a program, whole and one process at a time."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from salesflow.process.model import Process
from salesflow.process.places import Layout
from salesflow.process.steps import Run, Step
from salesflow.simulation.estimates import (
    NOT_NEGATIVE,
    Range,
    Sample,
    sample_of_ratio,
    sample_of_values,
)
from salesflow.simulation.program import Program
from salesflow.simulation.tally import PartTally, Tally

HOUR = 3_600_000
WEEK = 168 * HOUR

Count: TypeAlias = Callable[[Tally], float]


class Seen(NamedTuple):
    """The replications of a program, by number; ``processes`` are what it was made of, in order."""

    program: Program
    processes: tuple[Process, ...]
    tallies: tuple[Tally, ...]

    @property
    def measured(self) -> int:
        """The measured time in milliseconds."""
        return self.program.end - self.program.warmup

    def values(self, of: Count, within: Range = NOT_NEGATIVE) -> Sample:
        """The mean of one number from each replication."""
        return sample_of_values([of(tally) for tally in self.tallies], within)

    def ratio(self, top: Count, bottom: Count, within: Range = NOT_NEGATIVE) -> Sample | None:
        """All of one count over all of another; None where the other was hardly seen."""
        tops = [top(tally) for tally in self.tallies]
        return sample_of_ratio(tops, [bottom(tally) for tally in self.tallies], within)

    def hours(self, time: Count, number: Count) -> Sample | None:
        """Milliseconds over how many they belong to, as hours."""
        return self.ratio(lambda tally: time(tally) / HOUR, number)

    def parts(self) -> Iterator["View"]:
        """Each process."""
        for number, process in enumerate(self.processes):
            yield View(self, number, process)


def seen_of(program: Program, processes: Sequence[Process], tallies: Sequence[Tally]) -> Seen:
    """The same whatever the order in which tallies have come.

    ValueError where there are none, or two of one replication.
    """
    ordered = sorted(tallies, key=lambda tally: tally.replication)
    if not ordered:
        raise ValueError("no replication was played")
    for one, other in pairwise(ordered):
        if one.replication == other.replication:
            raise ValueError(f"replication {one.replication} is there twice")
    return Seen(program, tuple(processes), tuple(ordered))


class View(NamedTuple):
    """One process, the ``number``-th, of what was seen."""

    seen: Seen
    number: int
    process: Process

    def name(self, path: str) -> str:
        """What users call what has this path in the program."""
        return path.removeprefix(f"{self.process.id}:")

    def ratio(
        self,
        top: Callable[[PartTally], float],
        bottom: Callable[[PartTally], float],
        within: Range = NOT_NEGATIVE,
    ) -> Sample | None:
        """All of one count of this process over all of another."""
        at = self.number
        return self.seen.ratio(lambda t: top(t.parts[at]), lambda t: bottom(t.parts[at]), within)

    def values(self, of: Callable[[PartTally], float], within: Range = NOT_NEGATIVE) -> Sample:
        """The mean of one number of this process."""
        return self.seen.values(lambda tally: of(tally.parts[self.number]), within)

    def steps(self) -> Iterator[tuple[str, Step, Process]]:
        """Every step with its path and whose it is, as written, what is run behind its run."""
        yield from _steps(self.process, "", Layout(self.process).processes)

    def homes(self) -> Iterator[tuple[str, Process]]:
        """This process, and each one that is run in it with the path in front: ``approval.``."""
        yield "", self.process
        processes = Layout(self.process).processes
        for path, step, _ in _steps(self.process, "", processes):
            if isinstance(step, Run):
                yield f"{path}.", processes[step.process]


def _steps(
    process: Process, prefix: str, processes: dict[str, Process]
) -> Iterator[tuple[str, Step, Process]]:
    for node, step in process.nodes.items():
        yield prefix + node, step, process
        if isinstance(step, Run):
            yield from _steps(processes[step.process], f"{prefix}{node}.", processes)
