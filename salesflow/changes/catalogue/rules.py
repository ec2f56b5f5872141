"""All kinds of change, and which one an edit is."""

from collections.abc import Mapping
from functools import cache

from salesflow.changes.catalogue import (
    of_branches,
    of_calendars,
    of_capacity,
    of_contracts,
    of_data,
    of_departments,
    of_fallbacks,
    of_header,
    of_meetings,
    of_objectives,
    of_outcomes,
    of_policies,
    of_process,
    of_promises,
    of_result_data,
    of_result_terms,
    of_results,
    of_roles,
    of_source_data,
    of_sources,
    of_stages,
    of_step_data,
    of_step_limits,
    of_step_people,
    of_step_times,
    of_steps,
    of_touchpoints,
)
from salesflow.changes.catalogue.row import Case, ChangeRule

# What the rows are about, in the order of the manual.
GROUPS: Mapping[str, tuple[ChangeRule, ...]] = {
    "touchpoints": (*of_touchpoints.ROWS, *of_contracts.ROWS, *of_promises.ROWS),
    "steps": (
        *of_steps.ROWS,
        *of_step_people.ROWS,
        *of_step_data.ROWS,
        *of_step_times.ROWS,
        *of_step_limits.ROWS,
        *of_meetings.ROWS,
    ),
    "results": (
        *of_results.ROWS,
        *of_fallbacks.ROWS,  # before other conditions
        *of_result_terms.ROWS,
        *of_result_data.ROWS,
    ),
    "branches": of_branches.ROWS,
    "sources": (*of_sources.ROWS, *of_source_data.ROWS),
    "stages": of_stages.ROWS,
    "outcomes": of_outcomes.ROWS,
    "departments": (*of_departments.ROWS, *of_roles.ROWS, *of_capacity.ROWS),
    "calendars": of_calendars.ROWS,
    "data": of_data.ROWS,
    "policies": of_policies.ROWS,
    "objectives": of_objectives.ROWS,
    "process": (*of_process.ROWS, *of_header.ROWS),
}

RULES: tuple[ChangeRule, ...] = tuple(rule for rows in GROUPS.values() for rule in rows)


@cache
def by_name() -> Mapping[str, ChangeRule]:
    """Name -> rule, in the order of the manual."""
    return {rule.name: rule for rule in RULES}


@cache
def by_edit() -> Mapping[tuple[str, str, str], tuple[ChangeRule, ...]]:
    """Kind of edit, kind of element and key -> the rules for such edits, to be tried in order."""
    found: dict[tuple[str, str, str], tuple[ChangeRule, ...]] = {}
    for rule in RULES:
        triple = (rule.kind, rule.what, rule.field)
        found[triple] = (*found.get(triple, ()), rule)
    return found


def rule_for(case: Case) -> ChangeRule:
    """The rule that judges an edit. KeyError where the catalogue has none for such edits."""
    edit = case.edit
    rules = by_edit()[edit.kind, edit.what, edit.field.partition(".")[0]]
    return next(rule for rule in rules if rule.holds is None or rule.holds(case))
