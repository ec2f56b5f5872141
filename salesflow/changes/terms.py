"""What an edit means to one department in a few words: what it does, gets, owes, and by when.

Each is what follows "you" (or "they"): ``owe `champion` to legal``, ``do `check` too``.
"""

from collections.abc import Callable, Mapping
from typing import Any

from salesflow.changes.catalogue.concerned import at_step, steps_of
from salesflow.changes.catalogue.parties import contract
from salesflow.changes.catalogue.row import Case
from salesflow.changes.catalogue.wording import it
from salesflow.changes.contract_terms import of_touchpoint
from salesflow.changes.sheet import last_id, node_of
from salesflow.process.model import Process
from salesflow.process.steps import Block, Step
from salesflow.quantities import parse_duration

_WORDS = frozenset({"name", "description", "owner", "was"})


def terms(case: Case, department: str) -> str:
    """The edit as this department meets it."""
    edit = case.edit
    if edit.kind == "renamed":
        return f"find `{edit.old}` as `{edit.new}`"
    if edit.field in _WORDS:
        return f"find {it(case)} described differently"
    say = _BY_KIND.get(edit.what)
    return say(case, department) if say else f"meet a change of {it(case)}"


def _step(case: Case, department: str) -> str:
    edit = case.edit
    if edit.kind in ("added", "removed"):
        process = case.new if edit.kind == "added" else case.old
        step = steps_of(case)[edit.kind == "added"]
        done = _done_by(process, step, department)
        if not done:
            return f"meet {it(case)}, which is new" if edit.new else f"do without {it(case)}"
        return f"do {_few(done)} too" if edit.kind == "added" else f"no longer do {_few(done)}"
    if edit.kind == "moved":
        return _moved(case, department)
    return _changed(case, department)


def _moved(case: Case, department: str) -> str:
    edit = case.edit
    if edit.field == "stage":
        return f"find {it(case)} in another stage"
    if edit.field != "by":
        return f"do {it(case)} at another place of the process"
    before = case.old.roles.get(edit.old)
    after = case.new.roles.get(edit.new)
    if after is not None and after.department == department:
        return f"take over {it(case)}" + (f" from {before.department}" if before else "")
    return f"hand over {it(case)}" + (f" to {after.department}" if after else "")


def _changed(case: Case, department: str) -> str:
    edit = case.edit
    key, _, name = edit.field.partition(".")
    old, new = edit.old, edit.new
    if not _does(case, department):
        return f"meet another {it(case)}"
    if key == "captures":
        if old is None:
            return f"fill `{name or new}` in {it(case)}"
        return f"no longer fill `{name or old}` in {it(case)}" if new is None else _otherwise(case)
    if key == "requires":
        return f"get `{new}` at {it(case)}" if old is None else f"may miss `{old}` at {it(case)}"
    if key == "effort" and _is_time(old) and _is_time(new):
        return f"work {new} instead of {old} on {it(case)}"
    if key == "sla" and isinstance(new, Mapping):
        so_far = f" instead of {old['within']}" if isinstance(old, Mapping) else ""
        return f"have {new['within']}{so_far} for {it(case)}"
    if key in ("timeout", "escalate", "sla"):
        return f"have other time limits at {it(case)}"
    return _otherwise(case)


def _otherwise(case: Case) -> str:
    return f"do {it(case)} differently"


def _result(case: Case, department: str) -> str:
    step = node_of(case.edit.path).rpartition(".")[0]
    if _does(case, department):
        return f"end `{step}` differently"
    return f"get deals from `{step}` differently"


def _branch(case: Case, department: str) -> str:
    edit = case.edit
    if edit.kind in ("added", "removed"):
        process = case.new if edit.kind == "added" else case.old
        inside = f"{node_of(edit.path)}."
        done = [
            node
            for node, step in process.nodes.items()
            if node.startswith(inside) and _done_by(process, step, department) == [node]
        ]
        if done:
            return f"do {_few(done)} too" if edit.kind == "added" else f"no longer do {_few(done)}"
    return f"work differently in {it(case)}"


def _source(case: Case, department: str) -> str:  # noqa: ARG001 - said alike to all
    if case.edit.kind == "added":
        return f"get deals from {it(case)} too"
    if case.edit.kind == "removed":
        return f"get no deals from {it(case)} any more"
    return f"get deals from {it(case)} differently"


def _people(case: Case, department: str) -> str:  # noqa: ARG001 - said alike to all
    edit = case.edit
    whose = f" as `{last_id(edit.path)}`" if edit.what == "role" else ""
    if edit.what == "role" and edit.kind != "changed":
        word = {"added": "have the new role", "removed": "lose the role"}.get(edit.kind)
        return f"{word or 'find another home for'} `{last_id(edit.path)}`"
    if edit.what == "department" and edit.kind == "added":
        return "take part for the first time"
    if edit.what == "department" and edit.kind == "removed":
        return "take no part any more"
    if edit.field == "people" and edit.old is not None and edit.new is not None:
        return f"have {edit.new} instead of {edit.old} people{whose}"
    if edit.field == "calendar":
        return f"work by another calendar{whose}"
    if edit.field == "external":
        return "are outside the company now" if edit.new else "are part of the company now"
    return _PEOPLE[edit.field] + whose


_PEOPLE = {
    "people": "are counted differently",
    "cost_per_hour": "cost another amount an hour",
    "available": "give another share of the working time",
    "keeps_deal": "keep deals differently",
    "max_open_deals": "keep another number of open deals",
    "takes_first": "pick deals in another order",
}


def _calendar(case: Case, department: str) -> str:  # noqa: ARG001 - said alike to all
    edit = case.edit
    if edit.field == "holidays":
        return f"have {edit.new} off" if edit.old is None else f"work on {edit.old}"
    return f"work other hours ({it(case)})"


def _rule(case: Case, department: str) -> str:  # noqa: ARG001 - said alike to all
    kind = case.edit.kind
    if kind == "added":
        return f"are bound by the new rule {it(case)}"
    if kind == "removed":
        return f"are no longer bound by {it(case)}"
    return f"are bound differently by {it(case)}"


def _aim(case: Case, department: str) -> str:  # noqa: ARG001 - said alike to all
    kind = case.edit.kind
    if kind == "added":
        return f"are measured by {it(case)} too"
    if kind == "removed":
        return f"are no longer measured by {it(case)}"
    return f"are measured differently by {it(case)}"


def _field(case: Case, department: str) -> str:  # noqa: ARG001 - said alike to all
    kind = case.edit.kind
    if kind == "added":
        return f"have the new field {it(case)}"
    if kind == "removed":
        return f"have no field {it(case)} any more"
    return f"use the field {it(case)} differently"


def _touchpoint(case: Case, department: str) -> str:
    return of_touchpoint(case, contract(case), department)


_BY_KIND: Mapping[str, Callable[[Case, str], str]] = {
    "step": _step,
    "result": _result,
    "branch": _branch,
    "source": _source,
    "touchpoint": _touchpoint,
    "policy": _rule,
    "objective": _aim,
    "department": _people,
    "role": _people,
    "field": _field,
    "calendar": _calendar,
}


def _does(case: Case, department: str) -> bool:
    """Whether a department has a hand in the step, before or now."""
    old, new = steps_of(case)
    return any(
        step is not None and department in at_step(process, step)
        for process, step in ((case.old, old), (case.new, new))
    )


def _done_by(process: Process, step: Step | None, department: str) -> list[str]:
    """The nodes of a step, of a block all in it, that a department has a hand in."""
    if step is None:
        return []
    inside = [step]
    if isinstance(step, Block):
        inside = [s for node, s in process.nodes.items() if node.startswith(f"{step.node}.")]
    return [
        each.node
        for each in inside
        if not isinstance(each, Block) and department in at_step(process, each)
    ]


def _few(nodes: list[str]) -> str:
    """One node, or the first and how many more."""
    rest = len(nodes) - 1
    return f"`{nodes[0]}`" + (f" and {rest} more step{'s' * (rest > 1)}" if rest else "")


def _is_time(value: Any) -> bool:
    return isinstance(value, str) and parse_duration(value) is not None
