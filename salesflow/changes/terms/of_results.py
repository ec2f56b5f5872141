"""What a change of a result means to who ends the step, or to who gets the deals."""

from typing import Any

from salesflow.changes.catalogue.concerned import results_of, steps_of, within
from salesflow.changes.catalogue.receivers import takers
from salesflow.changes.catalogue.row import Case
from salesflow.changes.catalogue.told_results import receives
from salesflow.changes.catalogue.wording import it, outer
from salesflow.changes.sheet import last_id, node_of
from salesflow.changes.terms.of_steps import does
from salesflow.changes.terms.phrase import VAGUE, Term
from salesflow.checking.words import named
from salesflow.process.steps import Block


def of_result(case: Case, department: str) -> Term:
    """Of one way in which a step ends."""
    edit = case.edit
    step = f"`{node_of(edit.path).rpartition('.')[0]}`"
    if not does(case, department):
        return _arriving(case, department)
    name = f"`{last_id(edit.path)}`"
    block = any(isinstance(each, Block) for each in steps_of(case))  # which nobody ends alone
    if edit.kind in ("added", "removed"):
        can = "can" if edit.kind == "added" else "can no longer"
        return VAGUE if block else Term(f"{can} end {step} with {{}}", name)
    if edit.field == "to" and _nodes(edit.new):
        says = "see deals go from {} to" if block else "send deals from {} to"
        return Term(f"{says} {named(_nodes(edit.new))}", it(case))
    if edit.field == "share" and edit.old is not None and edit.new is not None:
        return Term(f"take {{}} in {edit.new} of cases instead of {edit.old}", it(case))
    return VAGUE


def _arriving(case: Case, department: str) -> Term:
    """For who has the first work where the result leads, before or now."""
    edit = case.edit
    paths = (edit.old_path or edit.path, edit.path)
    gets = []
    for process, path, result in zip((case.old, case.new), paths, results_of(case), strict=True):
        located = within(process, path)
        results = [result] if result is not None else []
        gets.append(department in takers(located[0], results))
    if edit.field == "to" and any(gets):
        says = {
            (False, True): "get deals from {}",
            (True, False): "get no deals from {} any more",
            (True, True): "get deals from {} by another way",
        }
        return Term(says[gets[0], gets[1]], it(case))
    means = receives(case, department) or "get other deals from {}"
    return Term(means, outer(case))


def _nodes(targets: Any) -> list[str]:
    """Steps and outcomes; none of ``done`` and ``leave``."""
    written = [targets] if isinstance(targets, str) else targets or []
    return [node for node in written if node not in ("done", "leave")]
