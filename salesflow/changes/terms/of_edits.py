"""What an edit means to one department in a few words: what it does, gets, owes, and by when."""

from collections.abc import Callable, Mapping

from salesflow.changes.catalogue.parties import contract
from salesflow.changes.catalogue.row import Case
from salesflow.changes.catalogue.wording import it, written
from salesflow.changes.terms.of_contracts import of_touchpoint
from salesflow.changes.terms.of_people import of_calendar, of_people
from salesflow.changes.terms.of_results import of_result
from salesflow.changes.terms.of_steps import of_branch, of_step
from salesflow.changes.terms.phrase import VAGUE, Term

_WORDS = frozenset({"name", "description", "owner", "was"})


def term(case: Case, department: str) -> Term:
    """The edit as this department meets it."""
    edit = case.edit
    if edit.kind == "renamed" or edit.field in _WORDS:
        return VAGUE
    say = _BY_KIND.get(edit.what)
    return say(case, department) if say else VAGUE


def _source(case: Case, department: str) -> Term:  # noqa: ARG001 - said alike to all
    edit = case.edit
    key, _, name = edit.field.partition(".")
    old, new = edit.old, edit.new
    if edit.kind == "added":
        return Term("get deals from {} too", it(case))
    if edit.kind == "removed":
        return Term("get no deals from {} any more", it(case))
    if key == "arrivals" and isinstance(old, str) and isinstance(new, str):
        return Term(f"get deals from {{}} at {new} instead of {old}", it(case))
    if key == "arrivals" and isinstance(new, Mapping) and "calendar" in new:
        return Term(f"get deals from {{}} only while `{new['calendar']}` is open", it(case))
    if key == "gives" and old is None:
        return Term(f"get {{}} with deals from {it(case)}", f"`{name}`")
    if key == "gives" and new is None:
        return Term(f"no longer get {{}} with deals from {it(case)}", f"`{name}`")
    if key == "start":
        return Term(f"see deals from {{}} begin at `{new}`", it(case))
    return VAGUE


def _rule(case: Case, department: str) -> Term:  # noqa: ARG001 - said alike to all
    says = {"added": "are bound by {} too", "removed": "are no longer bound by {}"}
    return Term(says.get(case.edit.kind, "are bound differently by {}"), it(case))


def _aim(case: Case, department: str) -> Term:  # noqa: ARG001 - said alike to all
    says = {"added": "are measured by {} too", "removed": "are no longer measured by {}"}
    bound = {"at_least": "at least", "at_most": "at most"}.get(case.edit.field)
    if bound and case.edit.old is not None and case.edit.new is not None:
        limits = f"{bound} {written(case.edit.new)} instead of {written(case.edit.old)}"
        return Term(f"are held to {limits} ({it(case)})")
    return Term(says.get(case.edit.kind, "are measured differently by {}"), it(case))


def _field(case: Case, department: str) -> Term:  # noqa: ARG001 - said alike to all
    says = {"added": "have the new field {}", "removed": "have no field {} any more"}
    if case.edit.kind in says:
        return Term(says[case.edit.kind], it(case))
    old, new = case.edit.old, case.edit.new
    if case.edit.field == "values":
        verb = "may fill" if old is None else "can no longer fill"
        return Term(f"{verb} {it(case)} with {{}}", f"`{new or old}`")
    if case.edit.field == "sensitive":
        return Term(f"{'have to' if new else 'need no longer'} keep {{}} confidential", it(case))
    return VAGUE


def _outcome(case: Case, department: str) -> Term:  # noqa: ARG001 - said alike to all
    edit = case.edit
    if edit.field != "requires":
        return VAGUE
    verb = "need" if edit.old is None else "no longer need"
    return Term(f"{verb} {{}} for {it(case)}", f"`{edit.new or edit.old}`")


def _touchpoint(case: Case, department: str) -> Term:
    return of_touchpoint(case, contract(case), department)


_BY_KIND: Mapping[str, Callable[[Case, str], Term]] = {
    "step": of_step,
    "result": of_result,
    "branch": of_branch,
    "source": _source,
    "touchpoint": _touchpoint,
    "policy": _rule,
    "objective": _aim,
    "department": of_people,
    "role": of_people,
    "field": _field,
    "outcome": _outcome,
    "calendar": of_calendar,
}
