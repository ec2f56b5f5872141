"""Playing a process from a text, and judging figures of many replications by a formula.

Each figure is estimated by Student's interval over 30 replications. It is one of 99.9%, not the
reported one of 95%: there are some hundred assertions, so that at 95% several would miss by mere
luck and somebody would have to pick a lucky seed. That an interval of 95% is one is proved in
``test_coverage.py``. The interval must also be narrow, or it would agree with anything.

The fast engine plays long runs, a million visits for most figures. Where numba is not installed the
same is asked of the readable engine, with shorter runs and wider intervals.
"""

from collections.abc import Callable
from functools import cached_property
from importlib.util import find_spec
from math import sqrt
from statistics import fmean, stdev
from typing import Any

from salesflow.api import loads
from salesflow.process.model import Process
from salesflow.simulation.compile import program_of
from salesflow.simulation.engines import play
from salesflow.simulation.program import Program
from salesflow.simulation.tally import NodeTally, PartTally, RoleTally, Tally

FAST = find_spec("numba") is not None
ENGINE = "numba" if FAST else "python"
SHORTER = 1 if FAST else 80  # how much shorter runs are without the fast engine
WIDER = 1 if FAST else 12  # and how much wider intervals may be then
WARMUP = 10 if FAST else 3  # hours with some arrivals a minute

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY

REPLICATIONS = 30
STUDENT = 3.6594  # 99.95% of Student's distribution with 29 degrees of freedom
SEED = 20_260_105
ROUNDING = 1e-9


def program(*texts: str | Process, hours: float, warmup: float = 0) -> Program:
    """What is played, of texts, for some measured hours after the warm-up."""
    return program_of(
        [text if isinstance(text, Process) else loads(text) for text in texts],
        duration=int(hours * HOUR),
        warmup=int(warmup * HOUR),
    )


class Seen:
    """What one replication counted, looked up by id; times in minutes."""

    def __init__(self, played: Program, tally: Tally) -> None:
        """Paths stand without the process's id where there is one process only."""
        self.played = played
        self.tally = tally

    def node(self, path: str) -> NodeTally:
        return self.tally.nodes[self._at(self.played.nodes, path)]

    def role(self, name: str) -> RoleTally:
        return self.tally.roles[[role.id for role in self.played.roles].index(name)]

    @property
    def deals(self) -> PartTally:
        return self.tally.parts[0]

    @property
    def measured(self) -> int:
        return self.played.end - self.played.warmup

    def _at(self, rows: tuple[Any, ...], path: str) -> int:
        paths = [row.path.partition(":")[2] for row in rows]
        return paths.index(path)

    def taken(self, path: str) -> int:
        """How often a result was taken."""
        return self.tally.ways[self._at(self.played.ways, path)]

    def finished(self, step: str) -> float:
        """Of the visits that are over, those that were not withdrawn."""
        node = self.node(step)
        return node.ended / (node.ended + node.withdrawn)

    def share(self, result: str) -> float:
        """How often a result is taken, of the visits that ended."""
        return self.taken(result) / self.node(result.rpartition(".")[0]).ended

    def visits(self, step: str) -> float:
        """Visits for each deal."""
        return self.node(step).visits / self.deals.arrived

    def waiting(self, step: str) -> float:
        return self.waited(self.node(step))

    def waited(self, row: NodeTally | RoleTally) -> float:
        """From ready to start of work, for each visit that was started."""
        return row.waiting / row.started / MINUTE

    def elapsed(self, step: str) -> float:
        node = self.node(step)
        return node.elapsed / (node.ended + node.withdrawn) / MINUTE

    def effort(self, step: str) -> float:
        node = self.node(step)
        return node.effort / (node.ended + node.withdrawn) / MINUTE

    def withdrawn_effort(self, step: str) -> float:
        node = self.node(step)
        return node.withdrawn_effort / (node.ended + node.withdrawn) / MINUTE

    def attainment(self, step: str) -> float:
        node = self.node(step)
        return node.within / node.judged

    def people(self, name: str) -> int:
        (found,) = [role.people for role in self.played.roles if role.id == name]
        return found

    def utilization(self, role: str) -> float:
        """Of a role that works always."""
        return self.role(role).taken / (self.people(role) * self.measured)

    def queue(self, role: str) -> float:
        return self.role(role).queue / self.measured

    def cycle(self) -> float:
        return self.deals.elapsed / sum(self.deals.kinds) / MINUTE

    def open_deals(self) -> float:
        return self.deals.open_time / self.measured

    def won(self) -> float:
        """The share of the deals that end in the measured time, whenever they came.

        Of those that came in it the slow ones are still open at the end, which are the won ones.
        """
        return self.deals.won / self.deals.ended

    def worth(self) -> float:
        """Of a won deal."""
        return self.deals.won_value / self.deals.kinds[0]


Measure = Callable[[Seen], float]


class Played:
    """All replications of a process."""

    def __init__(
        self, *texts: str | Process, hours: float, warmup: float = 0, seed: int = SEED
    ) -> None:
        """``hours`` are those of the fast engine; without it they are fewer."""
        self.hours = hours / SHORTER
        self.program = program(*texts, hours=self.hours, warmup=warmup)
        self.seed = seed

    @cached_property
    def seen(self) -> list[Seen]:
        return [
            Seen(self.program, play(ENGINE, self.program, self.seed, number))
            for number in range(REPLICATIONS)
        ]

    def agrees(
        self, measure: Measure, expected: float, within: float = 0.02, *, rarely: float = STUDENT
    ) -> None:
        """The expected figure lies in the interval, and this is narrow: a share of the figure."""
        agree([measure(seen) for seen in self.seen], expected, within * WIDER, rarely=rarely)

    def always(self, measure: Measure, expected: float) -> None:
        """The figure is the same in each replication: nothing is left to chance."""
        assert {measure(seen) for seen in self.seen} == {expected}


def agree(
    values: list[float],
    expected: float,
    within: float,
    *,
    rarely: float = STUDENT,
    overlooked: float = 0,
) -> None:
    """The expected figure lies in the interval of some values, and this is narrow.

    What is as small as ``overlooked`` may not have happened at all.
    """
    mean, half = fmean(values), rarely * stdev(values) / sqrt(len(values))
    told = f"{mean:.6g} ± {half:.3g}, expected {expected:.6g}"
    assert abs(mean - expected) <= half + overlooked + ROUNDING * abs(expected), told
    assert half <= within * abs(expected) + overlooked, f"too wide: {told}"


def tried(steps: str, *, arrivals: str = "60 per hour", roles: str = "{}", more: str = "") -> str:
    """A process of steps in flow style, with roles of ours in one department; starts at the first."""
    start = steps.strip().lstrip("{").split(":", 1)[0].strip()
    return f"""
salesflow: 1
process: tried
departments:
  ours: {{roles: {roles}}}
  theirs: {{external: true, roles: {{buyer: {{}}}}}}
{more}
sources: {{web: {{start: {start}, arrivals: {arrivals}}}}}
steps: {steps}
outcomes: {{won: {{kind: won}}, lost: {{kind: lost}}}}
"""
