"""How much work the deals of a process ask of each role, against the time its people give.

Visits in a week are arrivals times the visits of the chain, work is visits times mean effort. A
person gives a deal only the ``available`` share of open time, so an hour of effort takes an hour
divided by it; where several work together it takes each of them as long as the one who gives least.
Escalations are left out: they move work, they make none. Only the deals of this process are
counted, also where others share its roles.
"""

from collections.abc import Iterable, Iterator
from math import isfinite
from typing import NamedTuple

from salesflow.analysis.chain import Chain
from salesflow.analysis.crews import roles_of
from salesflow.analysis.schedules import Schedules
from salesflow.analysis.timetable import HOUR, WEEK
from salesflow.process.model import Process
from salesflow.process.people import Role
from salesflow.process.steps import Run, Work

FULL = 1.0  # from here on work piles up
TIGHT = 0.85  # from here on deals wait much longer than the work takes


class Task(NamedTuple):
    """What one step asks of a role in a week: ``visits``, and ``effort`` in hands-on hours.

    ``beside`` is the least share of time that others give who work on it too, 1 for nobody.
    """

    path: str
    step: Work
    visits: float
    effort: float
    beside: float

    def hours(self, available: float) -> float:
        """Hours of open time that it takes a person who gives this share of each."""
        return self.effort / min(available, self.beside)


class RoleLoad(NamedTuple):
    """What is asked of a role in a week.

    ``open_hours`` is how long each of its people is there; ``tasks`` by hours, the most first.
    """

    role: Role
    people: int
    open_hours: float
    tasks: tuple[Task, ...]

    def hours_at(self, available: float) -> float:
        """Hours of open time taken if its people gave this share of it."""
        return sum(task.hours(available) for task in self.tasks)

    @property
    def overloaded(self) -> bool:
        """Whether it is asked for at least all of its time."""
        return bool(self.open_hours) and self.share >= FULL

    @property
    def tight(self) -> bool:
        """Whether it is asked for much of its time, but not all."""
        return bool(self.open_hours) and TIGHT <= self.share < FULL

    @property
    def hours(self) -> float:
        """Hours of its people's open time that are taken."""
        return self.hours_at(self.role.available)

    @property
    def there(self) -> float:
        """Open hours of all its people."""
        return self.people * self.open_hours

    @property
    def share(self) -> float:
        """What is asked for, as a share of what is there."""
        return self.hours / self.there if self.there else float("inf")

    def people_for(self, share: float) -> int:
        """How many people it takes so that less than a share of their time is asked for."""
        needed = self.hours / (self.open_hours * share) if self.open_hours else 0.0
        return int(needed) + 1

    def available_for(self, share: float) -> float | None:
        """The least whole percent of ``available`` for that; None where even 100% is too little."""
        percents = range(1, 101)
        enough = (p / 100 for p in percents if self.hours_at(p / 100) < share * self.there)
        return next(enough, None)


class Loads(NamedTuple):
    """The loads of a process by role; ``missing`` says why there are none."""

    roles: dict[str, RoleLoad]
    missing: tuple[str, ...] = ()


def loads_of(process: Process, chain: Chain, schedules: Schedules) -> Loads:
    """The load of each role of ours whose people are counted and who has work with effort."""
    rates = {source.id: source.per_week for source in process.sources.values()}
    quiet = tuple(f"`arrivals` of `{name}`" for name in sorted(rates) if rates[name] is None)
    if chain.all is None or quiet:
        return Loads({}, chain.missing or quiet)
    deals = sum(rate or 0.0 for rate in rates.values())
    tasks: dict[str, list[Task]] = {}
    for path, work, visits in _visited(process, chain):
        roles = [*roles_of(process, work)]
        if work.effort is None or not visits:
            continue
        for role in roles:
            beside = min((other.available for other in roles if other is not role), default=1.0)
            effort = deals * visits * work.effort.mean
            if isfinite(effort):
                task = Task(path, work, deals * visits, effort, beside)
                tasks.setdefault(role.id, []).append(task)
    counted = {name: found for name, found in tasks.items() if process.roles[name].people}
    return Loads({name: _load(process, name, counted[name], schedules) for name in sorted(counted)})


def _load(process: Process, name: str, tasks: Iterable[Task], schedules: Schedules) -> RoleLoad:
    role = process.roles[name]
    table = schedules.timetable(schedules.hours(name))
    return RoleLoad(
        role=role,
        people=role.people or 0,
        open_hours=table.total / HOUR * WEEK / table.period,
        tasks=tuple(sorted(tasks, key=lambda task: (-task.hours(role.available), task.path))),
    )


def _visited(process: Process, chain: Chain) -> Iterator[tuple[str, Work, float]]:
    """Every step of work that deals come to, in runs too, with visits per deal."""
    visits = chain.all.visits if chain.all is not None else {}
    waiting = [(process, "")]
    for part, prefix in waiting:  # grows while it is walked
        for node, step in part.nodes.items():
            number = visits.get(prefix + node, 0.0)
            if isinstance(step, Run) and number and step.process in part.runs:
                waiting.append((part.runs[step.process], f"{prefix}{node}."))
            elif isinstance(step, Work) and isfinite(number):
                yield prefix + node, step, number
