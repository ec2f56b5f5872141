"""Changes of departments: which there are, whether they are ours, and when they work."""

from collections.abc import Mapping
from typing import Any

from salesflow.changes.catalogue.concerned import concerns
from salesflow.changes.catalogue.identity import renamed
from salesflow.changes.catalogue.of_words import word_rows
from salesflow.changes.catalogue.parties import department_of
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import ids, it
from salesflow.changes.edit import REPORTING


def _added(case: Case) -> str:
    data = case.edit.new
    return f"{it(case)} is a new department{_with_roles(data, ' with')}."


def _removed(case: Case) -> str:
    data = case.edit.old
    return f"{it(case)} is no department any more{_with_roles(data, '; it had')}."


def _with_roles(data: Mapping[str, Any], word: str) -> str:
    roles = sorted(data.get("roles", ()))
    if not roles:
        return ""
    return f"{word} the {'role' if len(roles) == 1 else 'roles'} {ids(roles)}"


def _external(case: Case) -> str:
    if case.edit.new:
        return (
            f"{it(case)} is outside the company now: what it does takes time but nobody of ours, "
            "and touchpoints look through it to the next department of ours."
        )
    return (
        f"{it(case)} is a department of ours now: what it does needs its people, and what it gets "
        "and gives are handoffs. So far it was outside the company."
    )


def _calendar(case: Case) -> str:
    old, new = case.edit.old, case.edit.new
    if old is None:
        return f"{it(case)} now works by the calendar `{new}`; so far it worked round the clock."
    if new is None:
        return f"{it(case)} now works round the clock, instead of by the calendar `{old}`."
    return f"{it(case)} now works by the calendar `{new}` instead of `{old}`."


def _told_calendar(case: Case, department: str) -> str:  # noqa: ARG001 - there is only one
    old, new = case.edit.old, case.edit.new
    if new is None:
        return f"You now count as working round the clock, instead of by the calendar `{old}`."
    so_far = "round the clock" if old is None else f"by `{old}`"
    return f"You now work by the calendar `{new}`; so far you worked {so_far}."


_SECURITY = "  security: {calendar: office, people: 1}\n"
_FINANCE = "  finance: {calendar: office, roles: {controller: {people: 3}, clerk: {people: 5}}}\n"
_NAME = "    name: Sales\n"

ROWS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="department-added",
        what="department",
        kind="added",
        level="safe",
        mirror="department-removed",
        audience=concerns(department_of),
        message=_added,
        why="That there is one more department binds nobody. The steps that it does and the "
        "contracts that it has are changes of their own.",
        example=(
            "  buyer: {external: true",
            "  support: {people: 1}\n  buyer: {external: true",
        ),
    ),
    ChangeRule(
        name="department-removed",
        what="department",
        kind="removed",
        level="breaking",
        mirror="department-added",
        audience=concerns(department_of, REPORTING),
        message=_removed,
        why="Reports count hours, load and handoffs by department, and its people have no place in "
        "this process any more. Tell them, and say who does the work now. If it is only called "
        "otherwise, write `was:` into the new one.",
        example=(_FINANCE, ""),
    ),
    *renamed(
        "department",
        department_of,
        announced_example=("  buyer: {external", "  customer: {was: buyer, external"),
        example=("  buyer: {external", "  customer: {external"),
    ),
    ChangeRule(
        name="department-external",
        what="department",
        kind="changed",
        field="external",
        level="breaking",
        mirror="department-external",
        audience=concerns(department_of, REPORTING),
        message=_external,
        why="Whether people of ours do the work decides who is loaded, what it costs and where "
        "handoffs are. Before this goes live, somebody must take over the work or hand it out, "
        "and the touchpoints around it must be agreed anew.",
        example=("  buyer: {external: true, roles", "  buyer: {roles"),
    ),
    ChangeRule(
        name="department-calendar",
        what="department",
        kind="changed",
        field="calendar",
        level="check",
        mirror="department-calendar",
        audience=concerns(department_of),
        message=_calendar,
        told=_told_calendar,
        why="People work at other hours, and times in `bd` and `bh` run by another clock. Ask the "
        "department, and see with `salesflow check` whether it is still open together with those "
        "it works with.",
        example=(_SECURITY, "  security: {people: 1}\n"),
    ),
    *word_rows(
        "department",
        {
            "name": (_NAME, "    name: Field sales\n"),
            "description": (
                "    name: Sales\n",
                "    name: Sales\n    description: New accounts\n",
            ),
            "owner": (_NAME, f"{_NAME}    owner: cro\n"),
            "was": (_NAME, f"{_NAME}    was: field\n"),
        },
        audience=department_of,
    ),
)
