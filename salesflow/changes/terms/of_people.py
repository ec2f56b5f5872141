"""What a change of people and their hours means to their department, in a few words."""

from typing import Any

from salesflow.changes.catalogue.row import Case
from salesflow.changes.catalogue.wording import it
from salesflow.changes.sheet import last_id
from salesflow.changes.terms.phrase import VAGUE, Term

_ROLES = {"added": "have the new role {}", "removed": "lose the role {}"}
_DEPARTMENTS = {"added": "take part for the first time", "removed": "take no part any more"}


def of_people(case: Case, department: str) -> Term:
    """Of a department or a role."""
    edit = case.edit
    role = last_id(edit.path)
    if edit.what == "department" and edit.kind != "changed":
        return Term(_DEPARTMENTS[edit.kind])
    if edit.kind == "moved":
        gets = edit.new.split(".")[-3] == department
        return Term("get the role {}" if gets else "give away the role {}", f"`{role}`")
    if edit.kind != "changed":
        return Term(_ROLES[edit.kind], f"`{role}`")
    if edit.field == "external":
        return Term(f"are {'outside' if edit.new else 'part of'} the company now")
    whose = f" as `{role}`" if edit.what == "role" else ""
    if edit.field == "people" and edit.old is not None and edit.new is not None:
        if not edit.new:
            return Term(f"have nobody any more{whose}")
        return Term(f"have {edit.new} instead of {edit.old} people{whose}")
    return _figure(edit.field, edit.old, edit.new, whose)


def _figure(field: str, old: Any, new: Any, whose: str) -> Term:
    """Figures that can be said in a few words."""
    if field == "available":
        shares = f"{new or 'all'} instead of {old or 'all'}"
        return Term(f"give {shares} of the working time{whose}")
    if field == "max_open_deals" and new is not None:
        so_far = f" instead of {old}" if old is not None else ""
        return Term(f"keep at most {new}{so_far} open deals each{whose}")
    if field == "calendar" and new is not None:
        return Term(f"work by the calendar `{new}`{whose}")
    return VAGUE


def of_calendar(case: Case, department: str) -> Term:  # noqa: ARG001 - said alike to all
    """Of a calendar by which the department works."""
    edit = case.edit
    if edit.rule == "calendar-holiday-on-closed-day":
        return VAGUE
    if edit.field == "holidays":
        return Term("have {} off" if edit.old is None else "work on {}", str(edit.new or edit.old))
    return Term("work other hours ({})", it(case))
