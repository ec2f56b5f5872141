"""What a simulation says: estimates with their intervals, for people, JSON, tables and pictures."""

from typing import Any, NamedTuple

from salesflow.nouns import FrozenMap, Noun
from salesflow.process.model import Process


class Estimate(NamedTuple):
    """A mean over replications with its 95% interval."""

    mean: float
    low: float
    high: float


class Times(NamedTuple):
    """How long something takes, in hours; None where nothing was seen."""

    mean: Estimate | None
    median: Estimate | None
    p90: Estimate | None


class StepResult(Noun):
    """One step, over visits of counted deals.

    ``visits`` per replication; ``waiting`` from ready to start of work, hands-on ``effort`` and
    ``elapsed`` from entry to end in hours per visit; ``results`` shares of the visits that ended,
    by result; ``attainment`` share within the sla; ``stuck`` deals a replication that stand there
    at the end; ``missing`` required fields that were not filled, per visit. None: nothing was seen.
    """

    title: str
    department: str | None
    visits: Estimate
    waiting: Estimate | None
    effort: Estimate | None
    elapsed: Estimate | None
    results: FrozenMap[str, Estimate]
    attainment: Estimate | None
    stuck: Estimate
    missing: Estimate | None
    withdrawn_effort: Estimate  # hours a replication
    target: float | None = None  # the share that its sla asks for


class RoleResult(Noun):
    """One role: shares of open person-time, hours of waiting per visit, mean number waiting.

    ``offered`` is the load worked out before the run from shares and efforts (None: not known).
    ``week`` is for each of the 168 hours of a week, Monday 00:00 first, the mean number of people
    at work.
    """

    title: str
    department: str
    people: int
    utilization: Estimate | None
    waiting: Estimate | None
    queue: Estimate
    selling_time: Estimate | None
    offered: float | None
    withdrawn_effort: Estimate
    week: tuple[float, ...]


class TouchpointResult(Noun):
    """One touchpoint: crossings a replication, hours until accepted, share accepted in time."""

    title: str
    crossings: Estimate
    accept_time: Estimate | None
    attainment: Estimate | None
    missing: Estimate | None
    target: float | None = None  # the share that it asks for


class StageResult(Noun):
    """One stage: hours per spell, share of the spells that lasted beyond ``max_age``."""

    title: str
    time: Estimate | None
    beyond: Estimate | None


class ObjectiveResult(Noun):
    """An objective: ``verdict`` is met, missed, or unsure (its bound lies inside the interval).

    ``needed`` replications would probably decide it; ``why`` says what was missing to judge it.
    ``counted`` is for reports, and no part of its JSON: "" for the mean of whole deals.
    """

    unequal = frozenset({"counted"})

    name: str
    title: str
    measure: str
    bound: str  # "at_least 20%"
    value: Estimate | None
    unit: str  # share | hours | number | money
    verdict: str
    needed: int | None = None
    why: str = ""
    counted: str = ""  # "p90, from call to won"


class PartResult(Noun):
    """One process; ``exact_win_rate`` is what the chain of shares gives, without time.

    ``distribution`` pools the cycle times of won deals of all replications:
    ``((from_hours, to_hours, count), …)``. ``flow`` are deals a replication along each transition,
    by node path and result (``discovery.fit``). Where the chain is not exact, ``chain_win_rate`` is
    what it gives nevertheless (None: nothing), and ``chain`` tells what it leaves open.
    """

    id: str
    title: str
    deals: FrozenMap[str, Estimate]
    kpis: FrozenMap[str, Estimate | None]
    cycle_time: Times
    cycle_time_won: Times
    steps: FrozenMap[str, StepResult]
    touchpoints: FrozenMap[str, TouchpointResult]
    stages: FrozenMap[str, StageResult]
    objectives: tuple[ObjectiveResult, ...]
    flow: FrozenMap[str, Estimate]
    distribution: tuple[tuple[float, float, int], ...]
    exact_win_rate: float | None = None
    flow_efficiency: Estimate | None = None
    win_rate_by_value: Estimate | None = None
    unfinished: Estimate | None = None
    chain_win_rate: float | None = None
    chain: str = ""


class Difference(NamedTuple):
    """What a scenario changes in a measure: paired interval, ``significant`` after Holm.

    ``value`` is the measure in the scenario itself.
    """

    value: Estimate | None
    difference: Estimate | None
    significant: bool


class Comparison(NamedTuple):
    """A measure before and after: paired interval, ``significant`` after Holm."""

    old: Estimate | None
    new: Estimate | None
    difference: Estimate | None
    significant: bool


class Workload(NamedTuple):
    """What people have to do before and after: share of open person-time, hands-on hours a week."""

    utilization: Comparison
    hours: Comparison


class ScenarioResult(Noun):
    """One scenario against the process as it is, on the same random numbers.

    ``changes`` are the changes in the user's words (``departments.legal.roles.counsel.people: 3``).
    ``hours`` and ``departments`` are of all that the process as it is or the scenario has; whoever
    one of them does not have works no hours in it.
    """

    name: str
    title: str
    changes: tuple[str, ...]
    kpis: FrozenMap[str, FrozenMap[str, Difference]]  # by process, then measure
    roles: FrozenMap[str, Difference]  # utilization
    objectives: tuple[ObjectiveResult, ...]
    result: "SimulationResult"
    hours: FrozenMap[str, Comparison] = FrozenMap()  # of a role: hands-on hours a week
    departments: FrozenMap[str, Workload] = FrozenMap()
    warned: tuple[str, ...] = ()  # warnings of the process as it is, by itself


class SimulationResult(Noun):
    """The answer of ``simulate``. Attributes are called as in its JSON, which ``to_dict`` gives.

    For one process its figures are here too: ``result.kpis["win_rate"].mean``. ``warnings`` are
    sentences for the reader. ``instances`` is how many visits of work were simulated in all.
    ``interrupted``: fewer replications are complete than were asked for. ``models`` are the
    processes that were simulated, for pictures; no part of its JSON, and gone where it is read
    back.
    """

    unequal = frozenset({"models"})

    program: str
    seed: int
    replications: int
    duration: str
    warmup: str
    warmup_found: bool
    currency: str
    zone: str
    processes: FrozenMap[str, PartResult]
    roles: FrozenMap[str, RoleResult]
    scenarios: FrozenMap[str, ScenarioResult]
    warnings: tuple[str, ...]
    instances: int
    interrupted: bool = False
    models: tuple[Process, ...] = ()

    def __repr__(self) -> str:
        """In one line what was simulated; the figures would fill the screen."""
        names = ", ".join(self.processes)
        return f"SimulationResult({names}: {self.replications} replications of {self.duration})"

    def to_dict(self) -> dict[str, Any]:
        """The JSON of ``simulate --format json``: version 1, no NaN, no infinity."""
        from salesflow.simulation.result_json import document

        return document(self)

    @property
    def process(self) -> PartResult:
        """The only process; ValueError where several were simulated."""
        if len(self.processes) != 1:
            names = ", ".join(f"`{name}`" for name in self.processes)
            raise ValueError(f"several processes were simulated: take one of `processes`: {names}")
        return next(iter(self.processes.values()))

    @property
    def deals(self) -> FrozenMap[str, Estimate]:
        """Deals a replication by what became of them."""
        return self.process.deals

    @property
    def kpis(self) -> FrozenMap[str, Estimate | None]:
        """The measures of the process."""
        return self.process.kpis

    @property
    def cycle_time(self) -> Times:
        """From arrival to end, of all deals."""
        return self.process.cycle_time

    @property
    def cycle_time_won(self) -> Times:
        """From arrival to end, of won deals."""
        return self.process.cycle_time_won

    @property
    def steps(self) -> FrozenMap[str, StepResult]:
        """The steps by path."""
        return self.process.steps

    @property
    def touchpoints(self) -> FrozenMap[str, TouchpointResult]:
        """The touchpoints by path."""
        return self.process.touchpoints

    @property
    def stages(self) -> FrozenMap[str, StageResult]:
        """The stages by id."""
        return self.process.stages

    @property
    def objectives(self) -> tuple[ObjectiveResult, ...]:
        """What was wanted, and whether it is met."""
        return self.process.objectives
