"""The tallies of a study: those that were played before, and those that are played now."""

from collections.abc import Iterable, Sequence

from salesflow.simulation.executors import Workers
from salesflow.simulation.journal import Journal
from salesflow.simulation.program import Program
from salesflow.simulation.progress import Progress
from salesflow.simulation.replicate import Job, Play, Task, replicate
from salesflow.simulation.tally import Tally


class Played:
    """Tallies by program and number of the replication; each is played once."""

    def __init__(
        self,
        seed: int,
        engine: str,
        play: Play,
        *,
        workers: Workers,
        progress: Progress,
        journal: Journal | None,
    ) -> None:
        """Start with what is in the journal."""
        self.seed = seed
        self.engine = engine
        self.play = play
        self.workers = workers
        self.progress = progress
        self.journal = journal
        self.tallies: dict[tuple[str, int], Tally] = dict(journal.known) if journal else {}

    def need(
        self,
        programs: Sequence[Program],
        replications: Iterable[int],
        *,
        one_by_one: bool = False,
    ) -> None:
        """Play these replications of all programs, but for those that are there.

        All programs of one replication come before those of the next, so that what is complete can
        be compared at any time. ``one_by_one``: all of a program before the next one, which is
        quicker where there are many. KeyboardInterrupt leaves what is complete here.
        """
        different = tuple({program.digest: program for program in programs}.values())
        tasks = [
            Task(replication, number)
            for replication in replications
            for number, program in enumerate(different)
            if (program.digest, replication) not in self.tallies
        ]
        if one_by_one:
            tasks.sort(key=lambda task: task.program)

        def finished(task: Task, tally: Tally) -> None:
            digest = different[task.program].digest
            self.tallies[digest, task.replication] = tally
            if self.journal is not None:
                self.journal.add(digest, tally)

        job = Job(different, self.seed, self.engine, self.play)
        replicate(job, tasks, workers=self.workers, finished=finished, progress=self.progress)

    def complete(self, programs: Sequence[Program], most: int) -> int:
        """How many replications from 0 on are there of all programs: one after the other.

        Later ones that happened to be quicker do not count: they would be no fair sample.
        """
        for replication in range(most):
            if any((p.digest, replication) not in self.tallies for p in programs):
                return replication
        return most

    def of(self, program: Program, replications: Iterable[int]) -> tuple[Tally, ...]:
        """The tallies of a program, in the order of their numbers."""
        return tuple(self.tallies[program.digest, replication] for replication in replications)
