"""What a department reads of a change to its steps, spoken to as "you"."""

from salesflow.changes.catalogue.concerned import at_step, steps_of
from salesflow.changes.catalogue.elsewhere import elsewhere
from salesflow.changes.catalogue.receivers import hand_over
from salesflow.changes.catalogue.row import Case
from salesflow.changes.catalogue.wording import it, it_was, who
from salesflow.checking.words import named
from salesflow.process.model import Process
from salesflow.process.steps import Step, Work


def told_added(case: Case, department: str) -> str:
    """Of a new step."""
    _, step = steps_of(case)
    role = _role_in(case.new, step, department)
    if not role or not isinstance(step, Work):
        return ""
    effort = None if step.effort is None else step.effort.to_data()
    takes = f" It takes {effort}." if isinstance(effort, str) else ""
    return f"You have a new step to do{role}: {it(case)}.{takes}"


def told_removed(case: Case, department: str) -> str:
    """Of a step that is gone."""
    step, _ = steps_of(case)
    if not _role_in(case.old, step, department):
        return ""
    return f"You no longer do {it(case)}: the step is gone."


def told_hands(case: Case, department: str) -> str:
    """Of a step that another role does now."""
    edit = case.edit
    before = case.old.roles.get(str(edit.old))
    after = case.new.roles.get(str(edit.new))
    roles = [role for role in (before, after) if role is not None and role.id != role.department]
    if len(roles) == 2 and roles[0].department == roles[1].department:
        return f"You do {it(case)} as `{roles[1].id}` now; so far as `{roles[0].id}`."
    if after is not None and after.department == department:
        so_far = f"; so far {who(case.old, edit.old)} did it" if before is not None else ""
        return f"You take over {it(case)}{_as(after.id, department)}{so_far}."
    if after is not None and before is not None:
        return f"You hand over {it(case)}: {who(case.new, edit.new)} does it now."
    return ""


def told_moved(case: Case, department: str) -> str:
    """Of a step that lies in another block now, or in none."""
    _, step = steps_of(case)
    if not _role_in(case.new, step, department):
        return ""
    was = "" if it(case) == it_was(case) else f" (so far {it_was(case)})"
    return f"You now do {it(case)}{was} {elsewhere(case)}."


def told_help(case: Case, department: str) -> str:
    """Of somebody who works on a step too, or no longer."""
    edit = case.edit
    comes = edit.old is None
    process = case.new if comes else case.old
    role = process.roles.get(str(edit.new if comes else edit.old))
    if role is None or role.department != department:
        return ""
    if comes:
        return f"You work on {it(case)} too now{_as(role.id, department)}, at the same time."
    return f"You no longer work on {it(case)}{_as(role.id, department)}."


def told_captures(case: Case, department: str) -> str:
    """Of a field that a step fills now, or no longer."""
    edit = case.edit
    _, step = steps_of(case)
    if not _role_in(case.new, step, department):
        return ""
    name = edit.field.partition(".")[2] or (edit.new if edit.old is None else edit.old)
    if edit.old is None:
        return f"You now have to fill `{name}` in {it(case)}."
    return f"You no longer fill `{name}` in {it(case)}." if edit.new is None else ""


def told_asked(case: Case, department: str) -> str:
    """Of a field that must be there when a deal comes, or need not any more."""
    edit = case.edit
    if department not in hand_over(case):
        if edit.old is None:
            return f"You can count on `{edit.new}` at {it(case)} now: no deal comes without it."
        return f"Do not count on `{edit.old}` at {it(case)} any more: deals may come without it."
    if edit.old is None:
        return f"You now have to see that `{edit.new}` is filled before a deal comes to {it(case)}."
    return f"You need not see to `{edit.old}` any more before a deal comes to {it(case)}."


def told_whole(case: Case, department: str) -> str:
    """Of a process that came or went as a whole."""
    added = case.edit.kind == "added"
    process = case.new if added else case.old
    work = [
        step.node
        for step in process.nodes.values()
        if isinstance(step, Work) and department in at_step(process, step)
    ]
    if not work:
        return ""
    if added:
        return f"`{process.id}` is a new process, and you do {named(work)} in it."
    return f"The process `{process.id}` is gone, and with it your steps there: {named(work)}."


def _role_in(process: Process, step: Step | None, department: str) -> str:
    """`` as `counsel` `` where the department has a hand in the step; "" where it has none."""
    if not isinstance(step, Work) or department not in at_step(process, step):
        return ""
    roles = [process.roles.get(name) for name in (step.by or "", *step.with_)]
    own = next(role for role in roles if role is not None and role.department == department)
    return _as(own.id, department) or " yourselves"


def _as(role: str, department: str) -> str:
    return "" if role == department else f" as `{role}`"
