"""Departments that a contract, a calendar, a field or a rule is about, in either version."""

from collections.abc import Iterable

from salesflow.changes.catalogue.concerned import at_step, outside, sides
from salesflow.changes.catalogue.row import Case
from salesflow.changes.sheet import last_id, runs_of
from salesflow.process.model import Process, Touchpoint
from salesflow.process.people import Department, Role
from salesflow.process.steps import Block, Branch, Result, Step, Work


def contract(case: Case) -> Touchpoint:
    """The touchpoint as it is, or as it was before it was removed."""
    process, path = list(sides(case))[-1]
    return process.touchpoints[last_id(path)]


def at_place(case: Case) -> str:
    """`` at `papers.audit` `` behind what a touchpoint says, where it binds only some deals."""
    at = contract(case).at
    return f" at `{at}`" if at else ""


def partners(case: Case) -> set[str]:
    """Who gives and who receives by a touchpoint, before and now."""
    found: set[str] = set()
    for process, path in sides(case):
        touchpoint = process.touchpoints[last_id(path)]
        found |= {touchpoint.giver, touchpoint.receiver}
    return found


def department_of(case: Case) -> set[str]:
    """The department itself, or that of a role, before and now."""
    return {path.split(".")[1] for _, path in sides(case)}


def both_sides(case: Case) -> set[str]:
    """Who gives and who receives by a touchpoint now, or did when it was removed."""
    now = contract(case)
    return {now.giver, now.receiver}


def known_department(process: Process, name: str) -> Department | None:
    """A department of the process, or of one that it runs."""
    found: Department | None = process.departments.get(name)
    if found is not None or not process.runs:
        return found
    runs = (run.departments.get(name) for run in runs_of(process).values())
    return next((each for each in runs if each is not None), None)


def keeping_hours(case: Case) -> set[str]:
    """Departments that work by a calendar, before and now."""
    found: set[str] = set()
    for process, path in sides(case):
        name = last_id(path)
        found.update(role.department for role in roles_by(process, name))
        found.update(d.id for d in process.departments.values() if d.calendar == name)
        for source in process.sources.values():
            if source.department and source.arrivals and source.arrivals.calendar == name:
                found.add(source.department)
    return found


def roles_by(process: Process, calendar: str) -> list[Role]:
    """The roles that work by a calendar."""
    return [role for role in process.roles.values() if role.calendar == calendar]


def using_field(case: Case) -> set[str]:
    """Departments that fill a field or are asked for it, before and now."""
    found: set[str] = set()
    for process, path in sides(case):
        found |= _using(process, last_id(path))
    return found


def counting_money(case: Case) -> set[str]:
    """Departments of ours whose hours cost money, or who fill an amount or decide by it."""
    found: set[str] = set()
    for process, _ in sides(case):
        paid = [role for role in process.roles.values() if role.cost_per_hour is not None]
        using = {role.department for role in paid}
        for field in process.data.values():
            using |= _using(process, field.id) if field.type == "money" else set()
        found |= {name for name in using if not outside(process, name)}
    return found


def _using(process: Process, field: str) -> set[str]:
    found: set[str] = set()
    for step in process.nodes.values():
        if _mentions(step, field):
            found |= at_step(process, step)
    for touchpoint in process.touchpoints.values():
        if field in (*touchpoint.requires, *touchpoint.returns):
            found |= {touchpoint.giver, touchpoint.receiver}
    for source in process.sources.values():
        if field in source.gives and source.department:
            found.add(source.department)
    return found


def _mentions(step: Step, field: str) -> bool:
    """Whether a step asks for a field, fills it, or decides by it."""
    if field in step.requires or field in getattr(step, "captures", ()):
        return True
    ways: list[Result | Branch] = [*step.next.values()]
    if isinstance(step, Block):
        ways += step.branches.values()
    return any(
        (way.when is not None and field in way.when.mentions)
        or (isinstance(way, Result) and (field in way.set or field in way.captures))
        for way in ways
    )


def at_nodes(process: Process, names: Iterable[str]) -> set[str]:
    """Departments that do the steps, blocks, branches or runs of these names, or end with them.

    A result is its step; outcomes and sources are of nobody. Roles are their department,
    touchpoints whoever gives and receives.
    """
    found: set[str] = set()
    for name in names:
        step = process.nodes.get(name) or process.nodes.get(name.rpartition(".")[0])
        branch = f"{name}."
        inside = [s for node, s in process.nodes.items() if node.startswith(branch)]
        touchpoint = process.touchpoints.get(name)
        role = process.roles.get(name)
        if role is not None:
            found.add(role.department)
        elif touchpoint is not None:
            found |= {touchpoint.giver, touchpoint.receiver}
        elif inside:
            for each in inside:
                found |= at_step(process, each) if isinstance(each, Work) else set()
        elif step is not None:
            found |= at_step(process, step)
    return found


def bound_by(case: Case) -> set[str]:
    """Departments at whose steps a policy looks, before and now."""
    found: set[str] = set()
    for process, path in sides(case):
        found |= at_nodes(process, process.policies[last_id(path)].events)
    return found


def measured(case: Case) -> set[str]:
    """Departments that an objective is about, before and now."""
    found: set[str] = set()
    for process, path in sides(case):
        objective = process.objectives[last_id(path)]
        found |= at_nodes(process, [name for name in (objective.of,) if name is not None])
    return found
