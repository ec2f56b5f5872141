"""What a role is asked for, in words that the rules about it share."""

from salesflow.analysis.load import TIGHT, RoleLoad, Task
from salesflow.checking.words import named
from salesflow.findings import Related

ENOUGH = TIGHT  # the share of its time that a role should not be asked for
_MOST = 3


def asked(load: RoleLoad) -> str:
    """How much is asked for, and how much is there, in hands-on hours."""
    role = load.role
    there = load.there * role.available
    needed = there * load.share
    alone = load.people == 1
    people = "1 person" if alone else f"{load.people} people"
    given = "" if role.available == 1 else f" at {_percent(role.available)} of their time"
    return (
        f"`{role.id}` is asked for {_percent(load.share)} of its time: its deals take "
        f"{_hours(needed)} a week, and {people}{given} {'has' if alone else 'have'} "
        f"{_hours(there)}."
    )


def remedy(load: RoleLoad) -> str:
    """How many people, or how much of their time, would do."""
    ways = [f"`people: {load.people_for(ENOUGH)}`"]
    available = load.available_for(ENOUGH)
    if available is not None:
        ways.append(f"`available: {_percent(available)}`")
    most = named(task.path for task in load.tasks[:_MOST])
    slow = _slow(load)
    return (
        f"{' or '.join(ways)} would bring it below {_percent(ENOUGH)}, or less effort at {most}."
        f"{slow}"
    )


def _slow(load: RoleLoad) -> str:
    """A word on work that takes long only because others give little of their time."""
    available = load.role.available
    if any(task.beside < available for task in load.tasks):
        least = min(task.beside for task in load.tasks)
        return f" Where it works with people who give {_percent(least)}, it takes that much longer."
    return ""


def tasks(load: RoleLoad) -> tuple[Related, ...]:
    """The steps that ask for most."""
    return tuple(_task(load, task) for task in load.tasks[:_MOST])


def _task(load: RoleLoad, task: Task) -> Related:
    share = task.hours(load.role.available) / load.hours
    message = f"`{task.path}`: {_number(task.visits)} visits a week, {_percent(share)} of it"
    return Related(task.step.path, task.step.span, message)


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"


def _hours(hours: float) -> str:
    return f"{_number(hours)}h"


def _number(number: float) -> str:
    """A few digits: 0.42, 4.2, 42."""
    if number >= 100:
        return f"{number:.0f}"
    return f"{number:.1f}" if number >= 1 else f"{number:.2g}"
