"""What a change of a step means to a department that has a hand in it, in a few words."""

from collections.abc import Mapping
from typing import Any

from salesflow.changes.catalogue.concerned import at_step, steps_of
from salesflow.changes.catalogue.elsewhere import elsewhere
from salesflow.changes.catalogue.receivers import hand_over
from salesflow.changes.catalogue.row import Case
from salesflow.changes.catalogue.wording import it
from salesflow.changes.sheet import home_of, node_of
from salesflow.changes.terms.phrase import VAGUE, Term
from salesflow.checking.words import named
from salesflow.process.model import Process
from salesflow.process.steps import Block, Step
from salesflow.quantities import parse_duration


def of_step(case: Case, department: str) -> Term:
    """Of a step, or of a block or run."""
    edit = case.edit
    if edit.kind in ("added", "removed"):
        step = steps_of(case)[edit.kind == "added"]
        done = _only_there(case, [step] if step else [], department)
        if done:
            return Term("do {} too" if edit.kind == "added" else "no longer do {}", done)
        return VAGUE
    return _moved(case, department) if edit.kind == "moved" else _changed(case, department)


def of_branch(case: Case, department: str) -> Term:
    """Of a branch of a block."""
    edit = case.edit
    if edit.kind not in ("added", "removed"):
        return VAGUE
    process = case.new if edit.kind == "added" else case.old
    inside = f"{node_of(edit.path)}."
    steps = [step for node, step in process.nodes.items() if node.startswith(inside)]
    done = _only_there(case, steps, department)
    if done:
        return Term("do {} too" if edit.kind == "added" else "no longer do {}", done)
    return VAGUE


def does(case: Case, department: str) -> bool:
    """Whether a department has a hand in the step, before or now."""
    old, new = steps_of(case)
    return any(
        step is not None and department in at_step(process, step)
        for process, step in ((case.old, old), (case.new, new))
    )


def _moved(case: Case, department: str) -> Term:
    edit = case.edit
    if edit.field == "stage":
        says = f"see deals at {{}} in the stage `{edit.new}`"
        return Term(says, it(case)) if edit.new else VAGUE
    if edit.field != "by":
        return Term(f"do {{}} {elsewhere(case)}", it(case))
    before = case.old.roles.get(edit.old)
    after = case.new.roles.get(edit.new)
    if after is not None and after.department == department:
        return Term("take over {}" + (f" from {before.department}" if before else ""), it(case))
    return Term("hand over {}" + (f" to {after.department}" if after else ""), it(case))


def _changed(case: Case, department: str) -> Term:
    edit = case.edit
    key, _, name = edit.field.partition(".")
    old, new = edit.old, edit.new
    if key == "requires" and department in hand_over(case):
        says = "hand deals to {} only with" if old is None else "may hand deals to {} without"
        return Term(f"{says.format(it(case))} {{}}", f"`{new or old}`")
    if not does(case, department):
        return VAGUE
    if key == "captures" and old is None:
        return Term(f"fill {{}} in {it(case)}", f"`{name or new}`")
    if key == "captures" and new is None:
        return Term(f"no longer fill {{}} in {it(case)}", f"`{name or old}`")
    if key == "requires":
        says = "get" if old is None else "can no longer count on"
        return Term(f"{says} {{}} at {it(case)}", f"`{new or old}`")
    if key == "wait_for":
        return Term(f"begin {{}} {f'after {_list(new)}' if new else 'without waiting'}", it(case))
    if edit.rule == "block-joins-sooner":
        return Term("may have work in {} withdrawn", it(case))
    if key == "with":
        return _helped(case, department)
    return _timed(case, key, old, new)


def _timed(case: Case, key: str, old: Any, new: Any) -> Term:
    if key in ("effort", "wait") and _is_time(old) and _is_time(new):
        verb = "work" if key == "effort" else "wait"
        return Term(
            f"{verb} {new} instead of {old} {'on' if verb == 'work' else 'at'} {{}}", it(case)
        )
    if key == "sla" and isinstance(new, Mapping):
        return _promised(case, old, new)
    if key == "timeout" and isinstance(new, Mapping):
        before = old["after"] if isinstance(old, Mapping) else ""
        so_far = f" instead of {before}" if before else ""
        says = f"have {{}} broken off after {new['after']}{so_far}"
        return VAGUE if before == new["after"] else Term(says, it(case))
    return VAGUE


def _promised(case: Case, old: Any, new: Mapping[str, Any]) -> Term:
    before = old if isinstance(old, Mapping) else {}
    if before.get("within") == new["within"]:
        shares = (data.get("target", "an unsaid share") for data in (new, before))
        return Term(f"are to be in time with {' instead of '.join(shares)} of {{}}", it(case))
    so_far = f" instead of {before['within']}" if before else ""
    return Term(f"have {new['within']}{so_far} for {{}}", it(case))


def _helped(case: Case, department: str) -> Term:
    """Of a role that works on a step too."""
    comes = case.edit.old is None
    process = case.new if comes else case.old
    role = process.roles.get(str(case.edit.new if comes else case.edit.old))
    if role is None or role.department != department:
        return VAGUE
    return Term("help with {}" if comes else "no longer help with {}", it(case))


def _list(nodes: Any) -> str:
    return named([nodes] if isinstance(nodes, str) else nodes)


def _only_there(case: Case, steps: list[Step], department: str) -> tuple[str, ...]:
    """The nodes of steps, of blocks all in them, that a department has a hand in.

    Only those that the other version does not have somewhere else.
    """
    added = case.edit.kind == "added"
    process = case.new if added else case.old
    elsewhere = case.matching.old_of if added else case.matching.new_of
    home = home_of(case.edit.path)
    work = {each.node: each for step in steps for each in _work_in(process, step)}
    return tuple(
        f"`{node}`"
        for node, each in work.items()
        if f"{home}{each.path}" not in elsewhere and department in at_step(process, each)
    )


def _work_in(process: Process, step: Step) -> list[Step]:
    """A step, or what lies in a block."""
    if not isinstance(step, Block):
        return [step]
    inside = f"{step.node}."
    nodes = process.nodes.items()
    return [s for node, s in nodes if node.startswith(inside) and not isinstance(s, Block)]


def _is_time(value: Any) -> bool:
    return isinstance(value, str) and parse_duration(value) is not None
