"""Changes of roles: which there are, where they belong, and when they work."""

from salesflow.changes.catalogue.capacity_words import people
from salesflow.changes.catalogue.concerned import concerns
from salesflow.changes.catalogue.identity import renamed
from salesflow.changes.catalogue.of_words import word_rows
from salesflow.changes.catalogue.parties import department_of
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.edit import REPORTING
from salesflow.changes.sheet import last_id


def role(case: Case) -> str:
    """The role by its id; its department is said beside it."""
    return f"`{last_id(case.edit.path)}`"


def _department(path: str) -> str:
    return path.split(".")[-3]


def _added(case: Case) -> str:
    counted = case.edit.new.get("people")
    with_people = f", with {people(counted)}" if counted is not None else ""
    return f"{role(case)} is a new role of {_department(case.edit.path)}{with_people}."


def _removed(case: Case) -> str:
    counted = case.edit.old.get("people")
    had = f"; it had {people(counted)}" if counted is not None else ""
    return f"{role(case)} is no role of {_department(case.edit.path)} any more{had}."


def _moved(case: Case) -> str:
    old, new = _department(case.edit.old), _department(case.edit.new)
    return (
        f"{role(case)} now belongs to {new} instead of {old}: what it does counts as work of "
        f"{new}, so deals cross between departments at other places."
    )


def _told_moved(case: Case, department: str) -> str:
    old, new = _department(case.edit.old), _department(case.edit.new)
    if department == new:
        return f"{role(case)} now belongs to you instead of {old}, with the work that it does."
    return f"{role(case)} no longer belongs to you: it goes to {new}, with the work that it does."


def _calendar(case: Case) -> str:
    old, new = (_hours(value) for value in (case.edit.old, case.edit.new))
    return f"{role(case)} of {_department(case.edit.path)} now works {new} instead of {old}."


def _told_calendar(case: Case, department: str) -> str:  # noqa: ARG001 - there is only one
    old, new = (_hours(value) for value in (case.edit.old, case.edit.new))
    return f"You ({role(case)}) now work {new} instead of {old}."


def _hours(calendar: str | None) -> str:
    return f"by the calendar `{calendar}`" if calendar else "by the calendar of the department"


_LEGAL = (
    "  legal: {name: Legal, calendar: office, roles: {counsel: {people: 2, takes_first: oldest}}}\n"
)
_FINANCE = "  finance: {calendar: office, roles: {controller: {people: 3}, clerk: {people: 5}}}\n"

ROWS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="role-added",
        what="role",
        kind="added",
        level="safe",
        mirror="role-removed",
        audience=concerns(department_of),
        message=_added,
        why="That there is one more role binds nobody. The steps that it does are changes of "
        "their own.",
        example=("clerk: {people: 5}", "clerk: {people: 5}, trainee: {people: 1}"),
    ),
    ChangeRule(
        name="role-removed",
        what="role",
        kind="removed",
        level="breaking",
        mirror="role-added",
        audience=concerns(department_of, REPORTING),
        message=_removed,
        why="Its people have no place in this process any more, and reports by role lose one. "
        "Tell them, and say who does their work now. If the role is only called otherwise, write "
        "`was:` into the new one.",
        example=(", clerk: {people: 5}", ""),
    ),
    *renamed(
        "role",
        department_of,
        announced_example=("clerk: {people: 5}", "assistant: {was: clerk, people: 5}"),
        example=("clerk: {people: 5}", "assistant: {people: 5}"),
    ),
    ChangeRule(
        name="role-moved",
        what="role",
        kind="moved",
        level="check",
        mirror="role-moved",
        audience=concerns(department_of, REPORTING),
        message=_moved,
        told=_told_moved,
        why="The same people work for another department: handoffs, touchpoints and hours per "
        "department change with them. See with `salesflow check` which handoffs have no contract "
        "now, and tell both departments.",
        example=(
            _LEGAL + _FINANCE,
            (
                "  legal:\n    name: Legal\n    calendar: office\n"
                "    roles: {counsel: {people: 2, takes_first: oldest}, clerk: {people: 5}}\n"
                "  finance: {calendar: office, roles: {controller: {people: 3}}}\n"
            ),
        ),
    ),
    ChangeRule(
        name="role-calendar",
        what="role",
        kind="changed",
        field="calendar",
        level="check",
        mirror="role-calendar",
        audience=concerns(department_of),
        message=_calendar,
        told=_told_calendar,
        why="These people work at other hours, and times in `bd` and `bh` of their steps run by "
        "another clock. Ask them, and see with `salesflow check` whether they are still at work "
        "together with those they need.",
        example=("clerk: {people: 5}", "clerk: {people: 5, calendar: shifts}"),
    ),
    *word_rows(
        "role",
        {
            "name": ("clerk: {people: 5}", "clerk: {people: 5, name: Back office}"),
            "description": ("clerk: {people: 5}", "clerk: {people: 5, description: Books orders}"),
            "owner": ("clerk: {people: 5}", "clerk: {people: 5, owner: cfo}"),
            "was": ("clerk: {people: 5}", "clerk: {people: 5, was: booker}"),
        },
        audience=department_of,
    ),
)
