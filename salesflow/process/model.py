"""The compiled process: one frozen value that every later part reads and none changes."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from salesflow.distributions import Distribution
from salesflow.expressions import Expression
from salesflow.findings import Finding
from salesflow.nouns import FrozenMap, Noun
from salesflow.process.people import Department, Element, Field, People, Role
from salesflow.process.steps import Block, Step
from salesflow.quantities import Duration, Rate
from salesflow.source.ignores import Ignore as Ignored
from salesflow.spans import Span


class Arrivals(Noun):
    """How deals come: a ``rate`` (while ``calendar`` is open), or a ``batch`` ``every`` so long."""

    rate: Rate | None = None
    calendar: str | None = None
    every: Duration | None = None
    batch: int = 1

    @property
    def per_week(self) -> float | None:
        """How many deals come in a week on average; None where that cannot be said."""
        if self.rate is not None:
            return self.rate.per_week
        if self.every is None or self.every.business or not self.every.milliseconds:
            return None
        return self.batch * 168 / self.every.hours


class Source(Element):
    """Where deals come from: ``start`` is a node, ``cost`` money per deal, ``gives`` fields."""

    start: str
    department: str | None = None
    arrivals: Arrivals | None = None
    cost: float | None = None
    gives: FrozenMap[str, Distribution | None] = FrozenMap()

    @property
    def per_week(self) -> float | None:
        """How many deals come in a week on average; None where that is not said, or cannot be."""
        return self.arrivals.per_week if self.arrivals is not None else None


class Stage(Element):
    """How a part of the flow shows in the CRM; ``win_chance`` is a fraction of 1."""

    win_chance: float | None = None
    max_age: Duration | None = None
    crm: FrozenMap[str, str] = FrozenMap()


GONE = frozenset({"lost", "disqualified"})  # outcomes of deals that are given up
UNHAPPY = GONE | {"failed"}


class Outcome(Element):
    """How a deal ends: ``won``, ``lost``, ``disqualified``, ``done`` or ``failed``."""

    kind: str
    requires: tuple[str, ...] = ()


class Touchpoint(Element):
    """The contract for handoffs from one department to another, maybe only ``at`` one node."""

    giver: str
    receiver: str
    at: str | None = None
    requires: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()
    accept_within: Duration | None = None
    target: float | None = None


class Policy(Element):
    """A rule over the order of events, which are nodes or results; ``kind`` as in the language."""

    kind: str
    events: tuple[str, ...]
    when: Expression | None = None


class Objective(Element):
    """A bound on a measure. ``limit`` is a fraction of 1, hours or a number, as ``unit`` says."""

    measure: str
    bound: str  # at_least | at_most
    limit: float
    unit: str  # share | hours | number
    start: str | None = None  # the language's `from`
    to: str | None = None
    of: str | None = None
    statistic: str = "mean"


class Change(NamedTuple):
    """What a variant changes or removes: the element path, and where that is written."""

    path: str
    span: Span


class Original(NamedTuple):
    """What a variant or scenario is of, and what it changes there, in the order written."""

    process: "Process"
    changes: tuple[Change, ...]


class Process(Noun):
    """A whole sales process, resolved: variant applied, organization merged, names bound.

    Equality leaves out where things stand and the texts they came from.
    """

    unequal = frozenset({"file", "folder", "span", "texts", "ignored", "notes", "base"})

    id: str
    name: str = ""
    description: str = ""
    owner: str = ""
    was: str = ""
    version: str = ""
    goal: str = ""
    value: str | None = None
    start_date: date = date(2026, 1, 5)
    people: People
    stages: FrozenMap[str, Stage] = FrozenMap()
    sources: FrozenMap[str, Source] = FrozenMap()
    steps: FrozenMap[str, Step] = FrozenMap()
    outcomes: FrozenMap[str, Outcome] = FrozenMap()
    touchpoints: FrozenMap[str, Touchpoint] = FrozenMap()
    policies: FrozenMap[str, Policy] = FrozenMap()
    objectives: FrozenMap[str, Objective] = FrozenMap()
    locked: tuple[str, ...] = ()
    runs: FrozenMap[str, "Process"] = FrozenMap()  # processes that steps run, by id
    file: str = ""
    folder: str | None = None  # where `use` starts, for a text that is no file
    span: Any = None  # where the id stands
    texts: Mapping[str, str] = FrozenMap()  # every file read -> its text
    ignored: tuple[Ignored, ...] = ()
    notes: tuple[Finding, ...] = ()  # found while loading, but no hindrance to it
    base: Original | None = None  # of a variant or scenario

    def __repr__(self) -> str:
        """In one line which process it is; all of it would fill the screen."""
        return f"Process({f'{self.id} {self.version}'.strip()}: {len(self.nodes)} steps)"

    @property
    def roles(self) -> FrozenMap[str, Role]:
        """Roles by id."""
        return self.people.roles

    @property
    def departments(self) -> FrozenMap[str, Department]:
        """Departments by id."""
        return self.people.departments

    @property
    def data(self) -> FrozenMap[str, Field]:
        """Fields of a deal by id."""
        return self.people.data

    @cached_property
    def nodes(self) -> Mapping[str, Step]:
        """Every step at every depth of blocks by node, in the order written; runs stay closed."""
        return {step.node: step for step in every_step(self.steps)}

    @cached_property
    def leading(self) -> Mapping[str, tuple[Step, ...]]:
        """Node or outcome -> the steps that have a result leading there, in the order written."""
        found: dict[str, dict[str, Step]] = {}
        for step in self.nodes.values():
            for result in step.next.values():
                for target in result.targets:
                    found.setdefault(target, {})[step.node] = step
        return {target: tuple(steps.values()) for target, steps in found.items()}

    @property
    def is_part(self) -> bool:
        """Whether it is meant to be run by others: it ends only ``done`` or ``failed``."""
        return all(outcome.kind in ("done", "failed") for outcome in self.outcomes.values())

    def department_of(self, step: Step) -> str | None:
        """The department whose role does the step, None where nobody does."""
        role = self.roles.get(getattr(step, "by", None) or "")
        return role.department if role else None

    @cached_property
    def graph(self) -> Any:
        """The flow as a frozen ``networkx.MultiDiGraph``; a run is one node."""
        return self.graph_of()

    def graph_of(self, *, expand: bool = False) -> Any:
        """The flow as a frozen ``networkx.MultiDiGraph``; ``expand`` opens runs."""
        from salesflow.process.graph import build_graph  # networkx is slow to import

        return build_graph(self, expand=expand)


def every_step(steps: Mapping[str, Step]) -> Iterator[Step]:
    """The steps and, after each block, the steps of its branches."""
    waiting = list(reversed(list(steps.values())))
    while waiting:
        step = waiting.pop()
        yield step
        if isinstance(step, Block):
            inner = [s for branch in step.branches.values() for s in branch.steps.values()]
            waiting.extend(reversed(inner))
