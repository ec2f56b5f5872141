"""What a study is asked: processes, their scenarios and the plan; as programs to be played."""

from collections.abc import Sequence

import salesflow
from salesflow.nouns import FrozenMap, Noun
from salesflow.process.model import Process
from salesflow.simulation.compile import program_of
from salesflow.simulation.journal import Identity
from salesflow.simulation.plan import Plan
from salesflow.simulation.program import Program
from salesflow.simulation.scenario import Scenario


class Asked(Noun):
    """The question of a study."""

    processes: tuple[Process, ...]
    scenarios: tuple[Scenario, ...]
    plan: Plan

    @property
    def casts(self) -> tuple[tuple[Process, ...], ...]:
        """The processes as they are, and in each scenario."""
        return (self.processes, *(scenario.processes for scenario in self.scenarios))

    def programs(self, warmup: int) -> tuple[Program, ...]:
        """The programs of the processes as they are and of each scenario.

        ``warmup`` in milliseconds; it is the same for all, so that they can be compared deal by
        deal. SimulationError where one does not say enough.
        """
        duration = self.plan.duration.milliseconds
        luck = (FrozenMap[str, str](), *(scenario.drawn_as for scenario in self.scenarios))
        return tuple(
            program_of(cast, duration=duration, warmup=warmup, drawn_as=drawn_as)
            for cast, drawn_as in zip(self.casts, luck, strict=True)
        )

    def pilot(self, length: int) -> Program:
        """The processes as they are, for ``length`` milliseconds from the very beginning."""
        return program_of(self.processes, duration=length, warmup=0)

    def identity(self, programs: Sequence[Program]) -> Identity:
        """What a journal of this study is of."""
        plan = self.plan
        names = [
            " and ".join(f"`{process.id}`" for process in self.processes),
            *(f"the scenario `{scenario.name}`" for scenario in self.scenarios),
        ]
        digests = [program.digest for program in programs]
        return Identity(
            version=salesflow.__version__,
            seed=plan.seed,
            duration=str(plan.duration),
            warmup="" if plan.warmup is None else str(plan.warmup),
            programs=dict(zip(names, digests, strict=True)),
        )
