"""What a change of a result means to who ends the step, or to who gets the deals."""

from typing import Any

from salesflow.changes.catalogue.concerned import first_of, results_of, steps_of, within
from salesflow.changes.catalogue.row import Case
from salesflow.changes.catalogue.wording import it
from salesflow.changes.sheet import last_id, node_of
from salesflow.changes.terms.of_steps import does
from salesflow.changes.terms.phrase import Term
from salesflow.checking.words import named
from salesflow.process.model import Process
from salesflow.process.steps import Block, Step


def of_result(case: Case, department: str) -> Term:
    """Of one way in which a step ends."""
    edit = case.edit
    step = f"`{node_of(edit.path).rpartition('.')[0]}`"
    if not does(case, department):
        return _arriving(case, department)
    name = f"`{last_id(edit.path)}`"
    block = any(isinstance(each, Block) for each in steps_of(case))  # which nobody ends alone
    if edit.kind == "added":
        return Term(f"can end {step} with {{}}", name, vague=block)
    if edit.kind == "removed":
        return Term(f"can no longer end {step} with {{}}", name, vague=block)
    if edit.field == "to" and _nodes(edit.new):
        says = "see deals go from {} to" if block else "send deals from {} to"
        return Term(f"{says} {named(_nodes(edit.new))}", it(case))
    if edit.field == "share" and edit.old is not None and edit.new is not None:
        return Term(f"take {{}} in {edit.new} of cases instead of {edit.old}", it(case))
    return Term("end {} differently", step, vague=True)


def _arriving(case: Case, department: str) -> Term:
    """For who has the first work where the result leads, before or now."""
    edit = case.edit
    paths = (edit.old_path or edit.path, edit.path)
    gets = []
    for process, path, result in zip((case.old, case.new), paths, results_of(case), strict=True):
        located = within(process, path)
        targets = result.targets if result is not None else ()
        gets.append(located is not None and department in _takers(located[0], targets))
    if gets == [False, True]:
        return Term("get deals from {}", it(case))
    if gets == [True, False]:
        return Term("get no deals from {} any more", it(case))
    if edit.field == "to":
        return Term("get deals from {} by another way", it(case))
    return Term("get other deals from {}", it(case), vague=True)


def _takers(process: Process, targets: tuple[str, ...]) -> set[str]:
    """Who takes deals up that go there; steps that nobody does are looked through."""
    found: set[str] = set()
    waiting, known = list(targets), set(targets)
    while waiting:
        step = process.nodes.get(waiting.pop())
        taken = first_of(process, step) if step is not None and not isinstance(step, Block) else ()
        found.update(taken)
        if step is not None and not taken:
            new = [node for node in _next(step) if node not in known]
            known.update(new)
            waiting += new
    return found


def _next(step: Step) -> list[str]:
    if isinstance(step, Block):
        return [branch.start for branch in step.branches.values()]
    return [node for result in step.next.values() for node in result.targets]


def _nodes(targets: Any) -> list[str]:
    """Steps and outcomes; none of ``done`` and ``leave``."""
    written = [targets] if isinstance(targets, str) else targets or []
    return [node for node in written if node not in ("done", "leave")]
