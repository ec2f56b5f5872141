"""Which change helps most: all interventions of a process, played side by side."""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor

from salesflow.errors import UsageError
from salesflow.names import listed, nearest
from salesflow.process.model import Process
from salesflow.quantities import parse_duration
from salesflow.simulation import engines
from salesflow.simulation.compile import program_of, written_program
from salesflow.simulation.estimates import Sample
from salesflow.simulation.executors import Workers
from salesflow.simulation.ground import ground_of
from salesflow.simulation.improving.aims import Aim, aims_of
from salesflow.simulation.improving.interventions import interventions_of, scenarios_of
from salesflow.simulation.improving.nouns import (
    KINDS,
    Improvement,
    Intervention,
    Round,
    Tried,
)
from salesflow.simulation.improving.ranking import Compared, best, ranked, samples_of
from salesflow.simulation.improving.rounds import LEAST, Halving
from salesflow.simulation.measures.seen import Seen, seen_of
from salesflow.simulation.plan import Plan
from salesflow.simulation.played import Played
from salesflow.simulation.program import Program
from salesflow.simulation.progress import Progress, Tell
from salesflow.simulation.replicate import Play
from salesflow.simulation.result import SimulationResult
from salesflow.simulation.scenario import Scenario
from salesflow.simulation.study import study

BUDGET = 800  # replications
TOP = 5


def improve(
    processes: Sequence[Process],
    plan: Plan,
    *,
    budget: int = BUDGET,
    top: int = TOP,
    only: Collection[str] = (),
    objective: str | None = None,
    executor: Executor | None = None,
    progress: Tell | None = None,
    chosen: Callable[[str], None] | None = None,
    play: Play = engines.play,
) -> Improvement:
    """Rank interventions by what they do for the objectives.

    ``budget`` are replications in all, beside those that find the warm-up; ``top`` is how many are
    looked at to the end, ``only`` kinds of interventions (all), ``objective`` the only one that
    counts. ``plan`` says the rest; ``executor``, ``progress`` and ``chosen`` are as in ``study``
    and change no figure.

    SimulationError where a process does not say enough; UsageError for what cannot be done.
    """
    kinds = _kinds(only)
    aims = aims_of(processes, objective)
    if budget < LEAST or top < 1:
        raise UsageError("The budget must be at least 2 replications, and the top at least 1.")
    outlined = program_of(processes, duration=plan.duration.milliseconds, warmup=0)
    engine = engines.choose(plan.engine, outlined, budget)
    if chosen is not None:
        chosen(engine)
    settled = plan.replace(replications=LEAST, precision=None, engine=engine)
    base = study(processes, (), settled, executor=executor, play=play)
    search = _Search(processes, plan, aims, base, kinds)
    with Workers(engine, plan.workers, executor) as workers:
        played = Played(
            plan.seed, engine, play, workers=workers, progress=Progress(progress), journal=None
        )
        return search.run(played, budget, top)


def _kinds(only: Collection[str]) -> tuple[str, ...]:
    for kind in only:
        if kind not in KINDS:
            near = nearest(kind, KINDS)
            hint = f"Did you mean `{near}`?" if near else f"There are {listed(KINDS)}."
            raise UsageError(f"There is no kind of intervention `{kind}`. {hint}")
    return tuple(kind for kind in KINDS if kind in only) if only else KINDS


class _Search:
    """A search at work."""

    def __init__(
        self,
        processes: Sequence[Process],
        plan: Plan,
        aims: tuple[Aim, ...],
        settled: SimulationResult,
        kinds: Collection[str],
    ) -> None:
        self.processes = tuple(processes)
        self.plan = plan
        self.aims = aims
        self.settled = settled
        warmup = _milliseconds(settled.warmup)
        duration = plan.duration.milliseconds
        self.base = program_of(processes, duration=duration, warmup=warmup)
        grounds = tuple(map(ground_of, processes))
        made = interventions_of(grounds, self.base, kinds)
        loaded, self.untried = scenarios_of(made, grounds)
        self.scenarios: Mapping[str, tuple[Intervention, Scenario]] = {
            one.name: (one, scenario) for one, scenario in loaded
        }
        self.programs: Mapping[str, Program] = {
            one.name: written_program(scenario.processes, duration=duration, warmup=warmup)
            for one, scenario in loaded
        }

    def run(self, played: Played, budget: int, top: int) -> Improvement:
        """Play round after round, and rank."""
        names = (*self.programs,)
        halving = Halving(len(names), top, budget)
        last: dict[str, Compared] = {}
        rounds: list[Round] = []
        while names:
            programs = [self.base, *(self.programs[name] for name in names)]
            if not halving.more(len({program.digest for program in programs})):
                break
            played.need(programs, range(halving.played), one_by_one=True)
            base = self._seen(self.base, self.processes, played, halving.played)
            now = samples_of(base, self.aims)
            found = {name: self._compared(name, base, now, played) for name in names}
            last |= found
            tried, names = len(names), best(found, self.aims, halving.survivors(len(names)))
            rounds.append(Round(tried, halving.played, len(names)))
        order = ranked([*last.values()], frozenset(names), self.aims)
        return self._said(budget, halving.spent, rounds, order)

    def _said(
        self, budget: int, spent: int, rounds: Sequence[Round], found: tuple[Tried, ...]
    ) -> Improvement:
        return Improvement(
            processes=tuple(process.id for process in self.processes),
            seed=self.plan.seed,
            duration=self.settled.duration,
            warmup=self.settled.warmup,
            currency=self.settled.currency,
            aims=tuple(aim.words for aim in self.aims),
            budget=budget,
            spent=spent,
            rounds=tuple(rounds),
            ranked=found,
            untried=self.untried,
            warnings=self.settled.warnings,
        )

    def _compared(
        self, name: str, base: Seen, now: tuple[Sample | None, ...], played: Played
    ) -> Compared:
        intervention, scenario = self.scenarios[name]
        replications = len(base.tallies)
        other = self._seen(self.programs[name], scenario.processes, played, replications)
        return Compared(intervention, base, other, now, samples_of(other, self.aims))

    def _seen(
        self, program: Program, processes: Sequence[Process], played: Played, replications: int
    ) -> Seen:
        return seen_of(program, processes, played.of(program, range(replications)))


def _milliseconds(written: str) -> int:
    parsed = parse_duration(written)
    return 0 if parsed is None else parsed.milliseconds
