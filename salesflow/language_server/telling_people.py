"""What a role or a department is asked for, as Markdown."""

from collections.abc import Iterator, Mapping

from salesflow.analysis.department import DepartmentView, view_of
from salesflow.analysis.load import RoleLoad
from salesflow.language_server.telling import code, codes, heading, some
from salesflow.process.model import Process
from salesflow.process.people import Role
from salesflow.process.steps import Work
from salesflow.quantities import decimal_text, format_share
from salesflow.reporting.words import count

_MOST = 12  # steps that are named


def role_told(process: Process, role: Role, loads: Mapping[str, RoleLoad]) -> str:
    """A role: its people, what they do, how busy the deals of the process keep them."""
    where = f"role in {code(role.department)}" if role.department != role.id else "department"
    parts = [heading(role, where), *_staff(process, role), *_work(process, role.id)]
    load = loads.get(role.id)
    if load is not None and load.open_hours:
        share = format_share(round(load.share, 2))
        parts.append(
            f"*Busy {share} of its time with the deals of {code(process.id)}: "
            f"{load.hours:.3g} of {load.there:.3g} open hours a week, if nobody waits.*"
        )
    return "\n\n".join(parts)


def department_told(process: Process, department: str, loads: Mapping[str, RoleLoad]) -> str:
    """A department: its roles, what it does, from whom it gets deals and to whom it hands them."""
    found = process.departments[department]
    outside = ", external: nobody of ours works there" if found.external else ""
    parts = [heading(found, f"department{outside}")]
    if department in process.roles:
        parts += _staff(process, process.roles[department])
    elif found.roles:
        parts.append(f"Roles: {codes(found.roles)}.")
    view = view_of(process, department)
    done = (*view.tasks, *view.inside)
    tasks = [f"{task.within}{task.step.node}" for task in done]
    if tasks:
        parts.append(f"Works on {some(tasks, _MOST)}.")
    parts += _handoffs(view)
    busy = [(name, loads[name]) for name in found.roles if name in loads]
    told = [f"{code(name)} {format_share(round(load.share, 2))}" for name, load in busy]
    if told:
        parts.append(f"*Busy with the deals of {code(process.id)}: {', '.join(told)}.*")
    return "\n\n".join(parts)


def _handoffs(view: DepartmentView) -> Iterator[str]:
    gets = sorted({crossing.other for crossing in view.entries})
    gives = sorted({crossing.other for crossing in view.exits})
    if gets:
        yield f"Gets deals from {codes(gets)}."
    if gives:
        yield f"Hands deals to {codes(gives)}."


def _staff(process: Process, role: Role) -> Iterator[str]:
    parts = []
    if role.people is not None:
        parts.append("1 person" if role.people == 1 else f"{role.people} people")
    if role.available < 1:
        parts.append(f"{format_share(role.available)} of their time for this process")
    if role.cost_per_hour is not None:
        money = f" {process.people.currency}" if process.people.currency else ""
        parts.append(f"{decimal_text(role.cost_per_hour)}{money} an hour")
    if role.calendar is not None:
        parts.append(f"calendar {code(role.calendar)}")
    if role.keeps_deal:
        most = f", at most {count(role.max_open_deals, 'deal')}" if role.max_open_deals else ""
        parts.append(f"keeps a deal until it ends{most}")
    if parts:
        yield f"{', '.join(parts).capitalize() if not parts[0][0].isdigit() else ', '.join(parts)}."


def _work(process: Process, role: str) -> Iterator[str]:
    work = [step for step in process.nodes.values() if isinstance(step, Work)]
    own = [step.node for step in work if step.by == role]
    helps = [step.node for step in work if role in step.with_]
    may = [step.node for step in work if step.escalate is not None and step.escalate.by == role]
    if own:
        yield f"Does {some(own, _MOST)}."
    if helps:
        yield f"Takes part in {some(helps, _MOST)}."
    if may:
        yield f"May take over {some(may, _MOST)}."
    if not (own or helps or may):
        yield f"Nothing in {code(process.id)} is done by it."
