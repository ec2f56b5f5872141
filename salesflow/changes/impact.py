"""What a change does to the figures: both versions simulated on the same random numbers.

Random numbers hang on the paths of elements. So the old version is played under the ids of the new
one: what is the same in both draws the same, whatever it is called.
"""

from collections.abc import Callable, Iterator, Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any, NamedTuple

from salesflow.changes.matching.nouns import Matching
from salesflow.errors import SimulationError
from salesflow.findings import Finding
from salesflow.nouns import FrozenMap, Noun
from salesflow.process.model import Process
from salesflow.simulation.plan import Plan
from salesflow.simulation.result import (
    Comparison,
    Difference,
    Estimate,
    ObjectiveResult,
    RoleResult,
    ScenarioResult,
    SimulationResult,
)

if TYPE_CHECKING:  # slow to import, and only simulations need it
    from concurrent.futures import Executor

_NEW = "new"  # what the new version is called as a scenario of the old one


class Work(NamedTuple):
    """What a role or department has to do, before and after.

    ``utilization`` is a share of its open person-time, ``hours`` are hands-on hours a week of all
    its people; None in a version that does not have it or does not count its people, where it works
    no hours.
    """

    title: str
    utilization: Comparison
    hours: Comparison


class Goal(NamedTuple):
    """An objective in both versions; None where only the other one has it."""

    title: str
    old: ObjectiveResult | None
    new: ObjectiveResult | None


class Impact(Noun):
    """Figures of the old and the new version, and paired differences with intervals of 95%.

    A difference is ``significant`` where it is more than chance although many are looked at: the
    measures of deals and the utilization of roles together, hours and departments together (Holm).
    All is under the ids of the new version. ``kpis`` and ``objectives`` are called and measured as
    in a simulation; times in hours, money in ``currency``. ``interrupted``: fewer replications are
    complete than were asked for. ``warnings`` are sentences.
    """

    kpis: FrozenMap[str, Comparison]
    roles: FrozenMap[str, Work]
    departments: FrozenMap[str, Work]
    objectives: FrozenMap[str, Goal]
    seed: int
    replications: int
    duration: str
    warmup: str
    currency: str = ""
    warnings: tuple[str, ...] = ()
    interrupted: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape: the measures, and beside them all else."""
        from salesflow.simulation.result_json import plain

        fields = {name: plain(getattr(self, name)) for name in self._fields}
        return {**fields.pop("kpis"), **fields}


def impact(
    old: Process,
    new: Process,
    matching: Matching,
    plan: Plan,
    *,
    executor: "Executor | None" = None,
    journal: str | PathLike[str] | None = None,
    progress: Callable[[float, float], None] | None = None,
    chosen: Callable[[str], None] | None = None,
) -> Impact:
    """Simulate both versions; ``executor`` and what follows are as for a study.

    SimulationError with what a version does not say and simulation needs, and which version it is.
    """
    from salesflow.changes.luck import drawn_as
    from salesflow.changes.translation import translated
    from salesflow.simulation.scenario import Scenario
    from salesflow.simulation.study import study

    _hold_simulable(old, new)
    was, paths = translated(old, matching)
    before = _alone(was, new)
    cast, luck = (_alone(new, new),), drawn_as(was, new, matching, paths)
    after = Scenario(
        name=_NEW, title=_NEW, changes=(), file=new.file, processes=cast, drawn_as=luck
    )
    result = study(
        [before],
        [after],
        plan,
        executor=executor,
        journal=journal,
        progress=progress,
        chosen=chosen,
    )
    return _impact(result, {**before.departments, **new.departments})


def _alone(process: Process, new: Process) -> Process:
    """A version as both are simulated: the same process, and no variant of another.

    A variant draws the numbers of what it varies; here the two are compared, whatever they vary.
    """
    return process.replace(id=new.id, base=None)


def _hold_simulable(old: Process, new: Process) -> None:
    """Hold that each version says enough, before anything is played."""
    from salesflow.simulation.needs import needs_of

    found: list[Finding] = []
    texts: dict[str, str] = {}
    for version, process in (("old", old), ("new", new)):
        errors = (finding for finding in needs_of([process]) if finding.severity == "error")
        for finding in errors:
            message = f"The {version} version cannot be simulated: {finding.message}"
            found.append(finding._replace(message=message))
            texts.update(process.texts)
    if found:
        raise SimulationError(tuple(found), texts)


def _impact(result: SimulationResult, departments: Mapping[str, Any]) -> Impact:
    """What the study says, the old version being the process as it is."""
    compared = result.scenarios[_NEW]
    part, after = result.process, compared.result.process
    (kpis,) = compared.kpis.values()
    own = {
        **part.kpis,
        "win_rate_by_value": part.win_rate_by_value,
        "flow_efficiency": part.flow_efficiency,
    }
    return Impact(
        kpis=FrozenMap({name: _compared(own.get(name), one) for name, one in kpis.items()}),
        roles=FrozenMap(_roles(result, compared)),
        departments=FrozenMap(
            {
                name: Work(departments[name].title, *load)
                for name, load in compared.departments.items()
            }
        ),
        objectives=FrozenMap(_goals(part.objectives, after.objectives)),
        seed=result.seed,
        replications=result.replications,
        duration=result.duration,
        warmup=result.warmup,
        currency=compared.result.currency or result.currency,
        warnings=tuple(_warnings(result, compared)),
        interrupted=result.interrupted,
    )


def _warnings(result: SimulationResult, compared: ScenarioResult) -> Iterator[str]:
    """What a reader should doubt, of which version."""
    old, new = compared.warned, compared.result.warnings
    for warning in dict.fromkeys((*old, *new)):
        if warning not in new:
            yield f"Old version: {warning}"
        elif warning not in old:
            yield f"New version: {warning}"
        else:
            yield warning
    told = (*old, *(f"Scenario `{_NEW}`: {warning}" for warning in new))
    yield from (warning for warning in result.warnings if warning not in told)


def _compared(old: Estimate | None, one: Difference) -> Comparison:
    return Comparison(old, one.value, one.difference, one.significant)


def _roles(result: SimulationResult, compared: ScenarioResult) -> dict[str, Work]:
    """All roles whose people either version counts."""
    found = {}
    for name, hours in compared.hours.items():
        old, new = result.roles.get(name), compared.result.roles.get(name)
        shared = compared.roles.get(name)
        busy = _busy(old), _busy(new)
        utilization = (
            Comparison(*busy, None, significant=False)
            if shared is None
            else _compared(busy[0], shared)
        )
        known = new or old
        found[name] = Work(known.title if known else name, utilization, hours)
    return found


def _busy(role: RoleResult | None) -> Estimate | None:
    return None if role is None else role.utilization


def _goals(old: tuple[ObjectiveResult, ...], new: tuple[ObjectiveResult, ...]) -> dict[str, Goal]:
    """Objectives by name, those of the new version first."""
    before, after = ({one.name: one for one in each} for each in (old, new))
    return {
        name: Goal((after.get(name) or before[name]).title, before.get(name), after.get(name))
        for name in {**after, **before}
    }
