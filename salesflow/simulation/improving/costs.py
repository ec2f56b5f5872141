"""What an intervention costs a year, as far as the files say.

More people, or more of their time, cost their open hours: cost per hour, times the open hours of a
week without holidays, times 52, times the share of it that they give. What changes the flow or the
work costs the difference of the work that is done, which is below zero where work is saved; what it
takes to bring such a change about stands in no file.
"""

from collections.abc import Sequence
from math import fsum

from salesflow.names import listed
from salesflow.process.model import Process
from salesflow.process.people import Role
from salesflow.simulation.improving.nouns import Cost, Intervention
from salesflow.simulation.measures.seen import HOUR, WEEK, Seen

WEEKS = 52
_ALL_WEEK = 168.0  # hours


def cost_of(intervention: Intervention, base: Seen, other: Seen) -> Cost:
    """Money a year; both were seen on the same replications."""
    if intervention.bound:
        return Cost(None, "it is what could be reached at most, no proposal")
    if intervention.hired:
        return _pay(intervention, base.processes)
    return _work(base, other)


def _pay(intervention: Intervention, processes: Sequence[Process]) -> Cost:
    amounts = []
    for name, people in intervention.hired.items():
        process = next(process for process in processes if name in process.roles)
        role = process.roles[name]
        if role.cost_per_hour is None:
            return _unknown([name])
        amounts.append(people * role.cost_per_hour * weekly_hours(process, role) * WEEKS)
    return Cost(fsum(amounts), hired=True)


def weekly_hours(process: Process, role: Role) -> float:
    """Open hours of a person's week without holidays: 168 where there is no calendar."""
    calendar = process.people.calendars.get(role.calendar or "")
    open_ms = getattr(calendar, "weekly_open_ms", None)
    return _ALL_WEEK if open_ms is None else float(open_ms) / HOUR


def _work(base: Seen, other: Seen) -> Cost:
    """The difference of hands-on hours, each at its role's cost."""
    known = {
        name: role.cost_per_hour
        for process in base.processes
        for name, role in process.roles.items()
    }
    years = base.measured / WEEK / WEEKS * len(base.tallies)
    amounts, without = [], []
    for number, role in enumerate(base.program.roles):
        hours = (_hours(other, number) - _hours(base, number)) / years
        cost = known.get(role.id)
        if cost is not None:
            amounts.append(hours * cost)
        elif hours:
            without.append(role.id)
    return _unknown(without) if without else Cost(fsum(amounts))


def _hours(seen: Seen, role: int) -> float:
    """Hands-on hours of a role in the measured time of all replications."""
    return sum(part.role_effort[role] for t in seen.tallies for part in t.parts) / HOUR


def _unknown(roles: Sequence[str]) -> Cost:
    return Cost(None, f"no `cost_per_hour` of {listed(roles)}")
