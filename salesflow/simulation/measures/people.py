"""Roles: how busy, how long work waits for them, how much of their time they sell."""

from collections.abc import Callable, Sequence
from math import fsum

from salesflow.nouns import FrozenMap
from salesflow.simulation.building.people import Crowd
from salesflow.simulation.estimates import SHARE, Sample
from salesflow.simulation.measures.seen import HOUR, WEEK, Seen
from salesflow.simulation.measures.steps import shown
from salesflow.simulation.program import Role, Table
from salesflow.simulation.result import RoleResult
from salesflow.simulation.tally import RoleTally, Tally


def roles_of(seen: Seen, offered: FrozenMap[str, float]) -> FrozenMap[str, RoleResult]:
    """All roles of ours whose people are counted; ``offered`` as in a forecast."""
    crowd = Crowd(seen.processes)
    return FrozenMap(
        {
            role.id: _role(seen, number, crowd, offered.get(role.id))
            for number, role in enumerate(seen.program.roles)
        }
    )


def utilization_of(seen: Seen, role: int) -> Sample | None:
    """Person-time taken, of all open person-time in the measured time; None: never open."""
    return busy_share(seen, [role])


def busy_share(seen: Seen, roles: Sequence[int]) -> Sample | None:
    """As ``utilization_of``, of several roles together."""
    return _share(seen, roles, lambda tally: tally.taken)


def hours_a_week(seen: Seen, roles: Sequence[int]) -> Sample:
    """Hands-on hours of all people of some roles, in a week of the measured time."""
    weeks = seen.measured / WEEK

    def hours(tally: Tally) -> float:
        return sum(tally.roles[role].effort for role in roles) / HOUR / weeks

    return seen.values(hours)


def selling_time_of(seen: Seen, role: int) -> Sample | None:
    """Hands-on time on steps that face the customer, of all open person-time."""
    return _share(seen, [role], lambda tally: tally.selling)


def _share(seen: Seen, roles: Sequence[int], time: Callable[[RoleTally], float]) -> Sample | None:
    there = sum(person_time(seen, seen.program.roles[role]) for role in roles)
    if not there:
        return None
    return seen.values(lambda t: sum(time(t.roles[role]) for role in roles) / there, SHARE)


def person_time(seen: Seen, role: Role) -> int:
    """Open milliseconds of all people of a role in the measured time."""
    program = seen.program
    if role.table < 0:
        return role.people * seen.measured
    table = program.tables[role.table]
    return role.people * (open_until(table, program.end) - open_until(table, program.warmup))


def open_until(table: Table, instant: int) -> int:
    """Open milliseconds before an instant."""
    return sum(
        min(closes, instant) - opens
        for opens, closes in zip(table.opens, table.closes, strict=True)
        if opens < instant
    )


def _role(seen: Seen, number: int, crowd: Crowd, offered: float | None) -> RoleResult:
    row = seen.program.roles[number]
    role = crowd.members[row.id].role

    def of(count: Callable[[RoleTally], float]) -> Callable[[Tally], float]:
        return lambda tally: count(tally.roles[number])

    waiting = seen.hours(of(lambda r: r.waiting), of(lambda r: r.started))
    return RoleResult(
        title=role.title,
        department=role.department,
        people=row.people,
        utilization=shown(utilization_of(seen, number)),
        waiting=shown(waiting),
        queue=seen.values(of(lambda r: r.queue / seen.measured)).estimate,
        selling_time=shown(selling_time_of(seen, number)),
        offered=offered,
        withdrawn_effort=seen.values(of(lambda r: r.withdrawn_effort / HOUR)).estimate,
        week=_week(seen.tallies, number),
    )


def _week(tallies: Sequence[Tally], role: int) -> tuple[float, ...]:
    """People at work, hour by hour of the week, over all weeks of all replications."""
    looks = [fsum(hour) for hour in zip(*(tally.week for tally in tallies), strict=True)]
    at_work = [fsum(hour) for hour in zip(*(t.roles[role].week for t in tallies), strict=True)]
    return tuple(
        people / often if often else 0.0 for people, often in zip(at_work, looks, strict=True)
    )
