"""One department's part in a process: when it comes in, what it gets, what it owes, by when."""

from collections.abc import Iterator
from typing import NamedTuple

from salesflow.analysis.crossings import Handoff
from salesflow.analysis.flow import Flow
from salesflow.analysis.handoffs import Threads
from salesflow.process.model import Process, Source, Touchpoint
from salesflow.process.people import Department
from salesflow.process.steps import Escalation, Run, Sla, Step, Timeout, Work


class Crossing(NamedTuple):
    """Deals that pass between this department and ``other`` at step ``at``.

    ``by`` are the transitions that let go (``validate.gap``, or a source); ``contracts`` the
    touchpoints for it: they say what must be filled (``requires``), what is owed back
    (``returns``) and how soon work begins (``accept_within``).
    """

    other: str
    at: str
    by: tuple[str, ...]
    contracts: tuple[Touchpoint, ...]

    @property
    def requires(self) -> tuple[str, ...]:
        """What must be filled at the crossing."""
        return tuple(sorted({name for contract in self.contracts for name in contract.requires}))

    @property
    def returns(self) -> tuple[str, ...]:
        """What the receiver must have filled when it lets go."""
        return tuple(sorted({name for contract in self.contracts for name in contract.returns}))


class Task(NamedTuple):
    """One step that the department does (``alone``) or takes part in, with its times.

    ``within`` is the step that runs the process of this one, with a dot behind it.
    """

    step: Work
    role: str
    alone: bool
    within: str = ""

    @property
    def sla(self) -> Sla | None:
        """By when it is to be complete."""
        return self.step.sla

    @property
    def timeout(self) -> Timeout | None:
        """When it is interrupted."""
        return self.step.timeout

    @property
    def escalate(self) -> Escalation | None:
        """When somebody else may take it too."""
        return self.step.escalate


class DepartmentView(NamedTuple):
    """All that a process says to one department.

    ``sources`` are where deals come to it first-hand; ``entries`` and ``exits`` the handoffs to and
    from it; ``tasks`` its steps in order of the way to them; ``inside`` those in processes that are
    run, of each process where it is run first; ``escalations`` steps of others that its roles may
    take over.
    """

    department: Department
    sources: tuple[Source, ...]
    entries: tuple[Crossing, ...]
    exits: tuple[Crossing, ...]
    tasks: tuple[Task, ...]
    inside: tuple[Task, ...]
    escalations: tuple[Work, ...]


def view_of(process: Process, department: str) -> DepartmentView:
    """A department's part in a process. KeyError for a department that it does not have."""
    found = process.departments[department]
    flow = Flow(process)
    table = Threads(process, flow).table
    roles = {role.id for role in process.roles.values() if role.department == department}
    steps = sorted(process.nodes.values(), key=lambda step: _order(flow, step))
    work = [step for step in steps if isinstance(step, Work)]
    return DepartmentView(
        department=found,
        sources=tuple(s for s in process.sources.values() if s.department == department),
        entries=_crossings(process, flow, [h for h in table if h.receiver == department], "giver"),
        exits=_crossings(process, flow, [h for h in table if h.giver == department], "receiver"),
        tasks=tuple(task for step in work for task in _tasks(step, roles)),
        inside=tuple(_inside(process, department)),
        escalations=tuple(s for s in work if s.escalate is not None and s.escalate.by in roles),
    )


def _inside(process: Process, department: str) -> Iterator[Task]:
    """The department's tasks in the processes that are run, each process once."""
    waiting = [("", process)]
    seen = {process.id}
    for within, part in waiting:
        for step in part.nodes.values():
            if isinstance(step, Run) and step.process not in seen:
                seen.add(step.process)
                waiting.append((f"{within}{step.node}.", part.runs[step.process]))
        roles = {role.id for role in part.roles.values() if role.department == department}
        for step in part.nodes.values() if within else ():
            if isinstance(step, Work):
                yield from (task._replace(within=within) for task in _tasks(step, roles))


def _order(flow: Flow, step: Step) -> tuple[int, str]:
    return flow.distance.get(step.node, len(flow.distance)), step.node


def _tasks(step: Work, roles: set[str]) -> list[Task]:
    if step.by in roles:
        return [Task(step, step.by or "", alone=not step.with_)]
    return [Task(step, name, alone=False) for name in step.with_ if name in roles]


def _crossings(
    process: Process, flow: Flow, handoffs: list[Handoff], side: str
) -> tuple[Crossing, ...]:
    """The handoffs of one step and other department as one crossing, in order of the way."""
    same: dict[tuple[str, str], list[Handoff]] = {}
    for handoff in handoffs:
        same.setdefault((getattr(handoff, side), handoff.at), []).append(handoff)
    far = len(flow.distance)
    rows = sorted(
        same.items(), key=lambda row: (flow.distance.get(row[1][0].place, far), row[0][::-1])
    )
    return tuple(
        Crossing(
            other=other,
            at=at,
            by=tuple(handoff.transition for handoff in group),
            contracts=tuple(
                process.touchpoints[name]
                for name in dict.fromkeys(n for handoff in group for n in handoff.covered_by)
            ),
        )
        for (other, at), group in rows
    )
