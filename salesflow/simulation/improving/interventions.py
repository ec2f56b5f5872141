"""All interventions that a process gives, one function for each kind of lever."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from salesflow.errors import LoadError
from salesflow.simulation.ground import Ground
from salesflow.simulation.improving.levers_of_flow import bypassed, cut
from salesflow.simulation.improving.levers_of_people import (
    accepted_in_time,
    more_available,
    one_more,
    working_roles,
)
from salesflow.simulation.improving.levers_of_steps import less_effort, less_wait
from salesflow.simulation.improving.nouns import (
    ACCEPT,
    AVAILABLE,
    BYPASS,
    CUT,
    EFFORT,
    KINDS,
    PEOPLE,
    WAIT,
    Intervention,
)
from salesflow.simulation.program import Program
from salesflow.simulation.scenario import Scenario, changed

Lever = Callable[[Ground, Program], Iterator[Intervention]]

LEVERS: Mapping[str, Lever] = {
    PEOPLE: lambda ground, program: one_more(ground.process, working_roles(program)),
    AVAILABLE: lambda ground, program: more_available(ground.process, working_roles(program)),
    EFFORT: lambda ground, _: less_effort(ground),
    WAIT: lambda ground, _: less_wait(ground),
    BYPASS: lambda ground, _: bypassed(ground),
    CUT: lambda ground, _: cut(ground),
    ACCEPT: lambda ground, program: accepted_in_time(
        ground.process, working_roles(program), program
    ),
}


def interventions_of(
    grounds: Sequence[Ground], program: Program, kinds: Collection[str] = KINDS
) -> tuple[Intervention, ...]:
    """Every intervention of some kinds, in a fixed order.

    What people are asked for is shared by all processes and proposed once.
    """
    found: dict[tuple[str, ...], Intervention] = {}
    for kind in KINDS:
        if kind in kinds:
            for ground in grounds:
                for one in LEVERS[kind](ground, program):
                    found.setdefault(one.lines, one)
    return tuple(found.values())


def scenario_of(intervention: Intervention, grounds: Sequence[Ground]) -> Scenario:
    """The processes as they would be. LoadError where the change does not work."""
    own = [g.process.id for g in grounds].index(intervention.process)
    return changed(
        grounds,
        own,
        name=intervention.name,
        change=intervention.change,
        remove=intervention.remove,
    )


def scenarios_of(
    interventions: Sequence[Intervention], grounds: Sequence[Ground]
) -> tuple[tuple[tuple[Intervention, Scenario], ...], tuple[tuple[str, str], ...]]:
    """Interventions with their scenarios; and those that do not load, with the reason."""
    found: list[tuple[Intervention, Scenario]] = []
    failed: list[tuple[str, str]] = []
    for one in interventions:
        try:
            found.append((one, scenario_of(one, grounds)))
        except LoadError as problem:
            failed.append((one.title, problem.findings[0].message if problem.findings else ""))
    return tuple(found), tuple(failed)
