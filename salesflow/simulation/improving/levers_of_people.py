"""Interventions on people: one more of them, or more of their time."""

from collections.abc import Iterator

from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.process.people import Role
from salesflow.quantities import format_share
from salesflow.simulation.improving.nouns import ACCEPT, AVAILABLE, PEOPLE, Intervention
from salesflow.simulation.program import Program

MORE_TIME = 0.1  # of each open minute
_ENOUGH = 10  # times the people: so many that work hardly ever waits for them


def one_more(process: Process, working: frozenset[str]) -> Iterator[Intervention]:
    """One more person in each role that works here."""
    for role in _ours(process, working):
        people = role.people or 0
        yield Intervention(
            kind=PEOPLE,
            process=process.id,
            subject=role.id,
            title=f"one more {role.title} ({people} → {people + 1})",
            change=FrozenMap({f"{role.path}.people": people + 1}),
            hired=FrozenMap({role.id: role.available}),
        )


def more_available(process: Process, working: frozenset[str]) -> Iterator[Intervention]:
    """Ten points more of everybody's time in each role that gives only a part, up to 100%."""
    for role in _ours(process, working):
        more = min(round(role.available + MORE_TIME, 9), 1.0)
        if more <= role.available:
            continue
        before, after = format_share(role.available), format_share(more)
        yield Intervention(
            kind=AVAILABLE,
            process=process.id,
            subject=role.id,
            title=f"more time of {role.title} for these deals ({before} → {after})",
            change=FrozenMap({f"{role.path}.available": after}),
            hired=FrozenMap({role.id: (role.people or 0) * (more - role.available)}),
        )


def accepted_in_time(
    process: Process, working: frozenset[str], program: Program
) -> Iterator[Intervention]:
    """What a kept promise would be worth at most: nobody waits for those who receive.

    For each touchpoint with ``accept_within`` the roles that take over have ten times their people.
    Where several touchpoints wait for the same people there is one intervention for all of them.
    """
    promised: dict[tuple[str, ...], list[str]] = {}
    ours = {role.id: role for role in _ours(process, working)}
    for name, touchpoint in process.touchpoints.items():
        if touchpoint.accept_within is not None:
            roles = tuple(r for r in _receivers(program, f"{process.id}:{name}") if r in ours)
            promised.setdefault(roles, []).append(name)
    for roles, names in promised.items():
        if not roles:
            continue
        who = " and ".join(ours[role].title for role in roles)
        yield Intervention(
            kind=ACCEPT,
            process=process.id,
            subject=", ".join(names),
            title=f"{', '.join(names)}: accepted with no wait for {who}",
            change=FrozenMap(
                {f"{ours[role].path}.people": (ours[role].people or 0) * _ENOUGH for role in roles}
            ),
            bound=True,
        )


def _receivers(program: Program, path: str) -> list[str]:
    """The roles that lead the steps at which a touchpoint is crossed."""
    number = next((n for n, t in enumerate(program.touchpoints) if t.path == path), -1)
    leaders = {
        program.crews[node.crew].leader
        for node in program.nodes
        if node.crew >= 0 and any(bridge.touchpoint == number for bridge in node.bridges)
    }
    return sorted(program.roles[leader].id for leader in leaders)


def working_roles(program: Program) -> frozenset[str]:
    """The roles that have any work in what is simulated."""
    crews = {node.crew for node in program.nodes if node.effort >= 0}
    crews |= {node.escalate_crew for node in program.nodes}
    roles = {role for crew in crews if crew >= 0 for role in program.crews[crew].roles}
    return frozenset(program.roles[role].id for role in roles)


def _ours(process: Process, working: frozenset[str]) -> Iterator[Role]:
    for role in process.roles.values():
        if role.id in working and role.people and not role.external:
            yield role
