"""A study: processes and their scenarios played often enough, and what that shows.

First it is looked at what can be said without playing, so that a question that cannot be answered
is refused at once. Then, unless it is given, the warm-up is found by a few replications of their
own; then the processes and each scenario are played on the same random numbers.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from math import ceil, inf, isnan

from salesflow.analysis.load import FULL
from salesflow.errors import UsageError
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.quantities import format_share
from salesflow.simulation import engines
from salesflow.simulation.asked import Asked
from salesflow.simulation.comparison import compare
from salesflow.simulation.executors import Workers
from salesflow.simulation.forecast import Forecast, forecast, written_time
from salesflow.simulation.journal import Journal, open_journal
from salesflow.simulation.measures.seen import Seen, seen_of
from salesflow.simulation.plan import LEAST_REPLICATIONS, Plan
from salesflow.simulation.played import Played
from salesflow.simulation.program import Program
from salesflow.simulation.progress import Progress, Tell
from salesflow.simulation.replicate import Play
from salesflow.simulation.result import SimulationResult
from salesflow.simulation.results import result_of
from salesflow.simulation.scenario import Scenario
from salesflow.simulation.warmup import find_warmup, mean_by_day

PILOTS = range(1 << 31, (1 << 31) + 5)  # replications that only find the warm-up
MOST_FOR_PRECISION = 1000  # replications
LEAST_ADDED = 10
PRECISE = ("win_rate", "win_value", "throughput", "cycle_time_won")  # what precision is judged by

_DAY = 86_400_000
_SHORTEST_PILOT, _LONGEST_PILOT = 26 * 7 * _DAY, 208 * 7 * _DAY


def study(
    processes: Sequence[Process],
    scenarios: Sequence[Scenario],
    plan: Plan,
    *,
    executor: Executor | None = None,
    journal: str | os.PathLike[str] | None = None,
    progress: Tell | None = None,
    chosen: Callable[[str], None] | None = None,
    play: Play = engines.play,
) -> SimulationResult:
    """Simulate processes that share people, as they are and in each scenario.

    ``executor`` plays instead of ``plan.workers``. ``journal`` is a file that keeps what was
    played, and from which a run that was ended goes on. ``progress(done, total)`` is told of
    replications, ``chosen(engine)`` which engine plays. None of them changes a figure. When
    interrupted, the result is of what is complete if that are two replications at least, and says
    so.

    SimulationError where a process does not say enough; UsageError for what cannot be done.
    """
    if not processes:
        raise UsageError("There is no process to simulate.")
    asked = Asked(processes=tuple(processes), scenarios=tuple(scenarios), plan=plan)
    ahead = asked.programs(plan.warmup.milliseconds if plan.warmup is not None else 0)
    engine = engines.choose(plan.engine, ahead[0], plan.replications * len(ahead))
    if chosen is not None:
        chosen(engine)
    with (
        _journal(journal, asked, ahead) as kept,
        Workers(engine, plan.workers, executor) as workers,
    ):
        told = Progress(progress)
        played = Played(plan.seed, engine, play, workers=workers, progress=told, journal=kept)
        return _Study(asked, played).run(ahead)


@contextmanager
def _journal(
    path: str | os.PathLike[str] | None, asked: Asked, programs: Sequence[Program]
) -> Iterator[Journal | None]:
    if path is None:
        yield None
        return
    with open_journal(os.fspath(path), asked.identity(programs)) as journal:
        yield journal


class _Study:
    """A study at work."""

    def __init__(self, asked: Asked, played: Played) -> None:
        self.asked = asked
        self.plan = asked.plan
        self.played = played
        self.warmup_found = False
        self.warnings: list[str] = []

    def run(self, ahead: tuple[Program, ...]) -> SimulationResult:
        """Play, and say what was seen; ``ahead`` are the programs as far as they are known."""
        warmup = self._warmup(ahead[0])
        programs = ahead if warmup == ahead[0].warmup else self.asked.programs(warmup)
        outlooks = tuple(map(forecast, self.asked.casts, programs))
        wanted = self.plan.replications
        try:
            self.played.need(programs, range(wanted))
            result = self._result(programs, outlooks, wanted)
            while (more := self._enough(result)) > wanted:
                wanted = more
                self.played.need(programs, range(wanted))
                result = self._result(programs, outlooks, wanted)
        except KeyboardInterrupt:
            complete = self.played.complete(programs, wanted)
            if complete < LEAST_REPLICATIONS:
                raise
            self.warnings.append(_interrupted(complete, wanted))
            result = self._result(programs, outlooks, complete).replace(interrupted=True)
        foreseen = tuple(self._foreseen(outlooks))
        seen = (warning for warning in result.warnings if warning not in foreseen)
        return result.replace(warnings=(*foreseen, *self.warnings, *seen))

    def _foreseen(self, outlooks: Sequence[Forecast]) -> Iterator[str]:
        """What was known before, of scenarios only what is not so without them."""
        plain = outlooks[0].warnings
        yield from plain
        for scenario, outlook in zip(self.asked.scenarios, outlooks[1:], strict=True):
            new = (warning for warning in outlook.warnings if warning not in plain)
            yield from (f"Scenario `{scenario.name}`: {warning}" for warning in new)

    def _warmup(self, ahead: Program) -> int:
        """The warm-up in milliseconds, as given or found."""
        if self.plan.warmup is not None:
            return self.plan.warmup.milliseconds
        measured = self.plan.duration.milliseconds
        length = min(max(2 * measured, _SHORTEST_PILOT), _LONGEST_PILOT)
        days = self._settled(length)
        # Too short to settle, perhaps; who is asked for more than all of their time never does.
        offered = forecast(self.asked.processes, ahead).offered.values()
        if days is None and max(offered, default=0.0) < FULL:
            length *= 2
            days = self._settled(length)
        self.warmup_found = days is not None
        if days is None:
            days = min(measured, length // 2) // _DAY
            self.warnings.append(_unsettled(length, days * _DAY))
        return days * _DAY

    def _settled(self, length: int) -> int | None:
        """How many days it takes to settle, seen over so many milliseconds."""
        pilot = self.asked.pilot(length)
        self.played.need([pilot], PILOTS)
        return find_warmup(mean_by_day(self.played.of(pilot, PILOTS)))

    def _result(
        self, programs: Sequence[Program], outlooks: Sequence[Forecast], complete: int
    ) -> SimulationResult:
        """What the first so many replications say."""
        asked = self.asked
        seen = [
            seen_of(program, cast, self.played.of(program, range(complete)))
            for cast, program in zip(asked.casts, programs, strict=True)
        ]
        said = [self._said(*pair) for pair in zip(seen, outlooks, strict=True)]
        compared = {
            scenario.name: compare(
                seen[0],
                seen[at],
                said[at],
                name=scenario.name,
                title=scenario.title,
                changes=scenario.changes,
            ).replace(warned=said[0].warnings)
            for at, scenario in enumerate(asked.scenarios, start=1)
        }
        return said[0].replace(scenarios=FrozenMap(compared))

    def _said(self, seen: Seen, outlook: Forecast) -> SimulationResult:
        warmup = self.plan.warmup
        return result_of(
            seen.program,
            seen.processes,
            seen.tallies,
            seed=self.plan.seed,
            duration=str(self.plan.duration),
            warmup=_written(seen.program.warmup) if warmup is None else str(warmup),
            warmup_found=self.warmup_found,
            forecast=outlook,
        )

    def _enough(self, result: SimulationResult) -> int:
        """How many replications are wanted after those of the result: as many, or more."""
        played, precision = result.replications, self.plan.precision
        if precision is None:
            return played
        width, name = max(_widths(result), default=(0.0, ""))
        if width <= precision:
            return played
        most = max(MOST_FOR_PRECISION, self.plan.replications)
        if played >= most:
            share = format_share(precision)
            self.warnings.append(
                f"{played:,} replications do not reach the precision of {share}: the interval of "
                f"`{name}` is as wide as {width:.1%} to each side."
            )
            return played
        # Intervals narrow with the root of the number; not all at once, as the width is a guess.
        guess = ceil(played * min((width / precision) ** 2, 2.0))
        return min(max(guess, played + LEAST_ADDED), most)


def _widths(result: SimulationResult) -> Iterator[tuple[float, str]]:
    """How wide the intervals of the main measures are to each side, as shares of their means."""
    for part in result.processes.values():
        for name in PRECISE:
            estimate = part.kpis.get(name)
            if estimate is not None and estimate.mean:
                width = (estimate.high - estimate.low) / 2 / abs(estimate.mean)
                yield (inf if isnan(width) else width), name  # seen once: no interval yet


def _interrupted(complete: int, wanted: int) -> str:
    return f"Interrupted after {complete} of {wanted} replications: figures are of these."


def _unsettled(length: int, left_out: int) -> str:
    return (
        f"Open deals still change after {_written(length)}, so no end of the warm-up was found: "
        f"the first {_written(left_out)} are left out. Figures depend on how long is simulated."
    )


def _written(length: int) -> str:
    return written_time(length) if length else "0d"
