"""The element that a name stands for in a process, told in words."""

from salesflow.calendars import Calendar
from salesflow.checking.facts import Facts
from salesflow.language_server.mention import (
    CALENDARS,
    DATA,
    FLOW,
    OBJECTIVES,
    PEOPLE,
    POLICIES,
    PROCESSES,
    STAGES,
    TOUCHPOINTS,
    Name,
)
from salesflow.language_server.telling import code
from salesflow.language_server.telling_elements import (
    field_told,
    objective_told,
    outcome_told,
    policy_told,
    source_told,
    stage_told,
    touchpoint_told,
)
from salesflow.language_server.telling_people import department_told, role_told
from salesflow.language_server.telling_steps import branch_told, result_told, step_told
from salesflow.process.model import Process
from salesflow.process.steps import Block
from salesflow.quantities import decimal_text
from salesflow.reporting.words import count

_HOUR = 3_600_000  # milliseconds


def told(facts: Facts, name: Name) -> str:
    """What a process knows of a name, as Markdown; "" where it does not know it."""
    process = facts.process
    if name.space == FLOW:
        return _flow(facts, name)
    if name.space == PEOPLE:
        return _people(facts, name.id)
    if name.space == DATA and name.id in process.data:
        return field_told(process, process.data[name.id])
    if name.space == STAGES and name.id in process.stages:
        return stage_told(process, process.stages[name.id], facts.chain)
    if name.space == TOUCHPOINTS and name.id in process.touchpoints:
        return touchpoint_told(process.touchpoints[name.id])
    if name.space == POLICIES and name.id in process.policies:
        return policy_told(process.policies[name.id])
    if name.space == OBJECTIVES and name.id in process.objectives:
        return objective_told(process.objectives[name.id])
    if name.space == PROCESSES:
        return _process(process, name.id)
    return _calendar(process, name.id) if name.space == CALENDARS else ""


def _flow(facts: Facts, name: Name) -> str:
    process = facts.process
    node = ".".join(name.path)
    if node in process.nodes:
        return step_told(process, process.nodes[node], facts.chain)
    if node in process.outcomes:
        return outcome_told(process, process.outcomes[node], facts.chain)
    if node in process.sources:
        return source_told(process.sources[node], facts.chain)
    around = process.nodes.get(".".join(name.path[:-1]))
    if around is None:
        return ""
    if isinstance(around, Block) and name.id in around.branches:
        return branch_told(around, around.branches[name.id])
    if name.id in around.next:
        return result_told(around, around.next[name.id], facts.chain)
    return ""


def _people(facts: Facts, name: str) -> str:
    process = facts.process
    if name in process.departments:
        return department_told(process, name, facts.loads)
    if name in process.roles:
        return role_told(process, process.roles[name], facts.loads)
    return ""


def _process(process: Process, name: str) -> str:
    found = process if process.id == name else process.runs.get(name)
    if found is None:
        return ""
    parts = [f"{code(found.id)} · process"]
    steps = len(found.nodes)
    ends = ", ".join(code(outcome) for outcome in found.outcomes)
    parts.append(f"{steps} steps; it ends {ends}.")
    return "\n\n".join(parts)


def _calendar(process: Process, name: str) -> str:
    calendar = process.people.calendars.get(name)
    if not isinstance(calendar, Calendar):
        return ""
    weekly = decimal_text(round(calendar.weekly_open_ms / _HOUR, 2))
    day = decimal_text(round(calendar.business_day_ms / _HOUR, 2))
    holidays = (
        f", closed on {count(len(calendar.holidays), 'holiday')}" if calendar.holidays else ""
    )
    return (
        f"{code(name)} · calendar\n\nOpen {weekly} hours a week in "
        f"{code(calendar.timezone)}{holidays}. `1bd` is {day} hours."
    )
