"""What the catalogue says of each edit, what a configuration says to that, and in which order."""

import os
from collections.abc import Iterable

from salesflow.changes.catalogue.parties import known_department
from salesflow.changes.catalogue.row import Case
from salesflow.changes.catalogue.rules import rule_for
from salesflow.changes.edit import CUSTOMERS, LEVELS, REPORTING, RUNNING, Edit
from salesflow.changes.levels import Levels, Waiver
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.sheet import Sheet, home_of, last_id, sheet_of
from salesflow.process.model import Process

_WORDS = (RUNNING, REPORTING, CUSTOMERS)  # behind the departments, in this order


def judged(
    edits: Iterable[Edit], old: Process, new: Process, matching: Matching, levels: Levels
) -> tuple[tuple[Edit, ...], tuple[str, ...]]:
    """The edits with level, audience, rule, message and waiver, and sentences on idle waivers.

    The worst level comes first; within a level the edits stay in the order of the new process, with
    what was removed behind. Whoever is outside the company is told of as ``customers`` too.
    """
    waivers = [w for w in levels.waivers if w.process in ("", old.id, new.id)]
    told = [_judged(Case(edit, old, new, matching), levels, waivers) for edit in edits]
    told.sort(key=lambda edit: (LEVELS.index(edit.level), edit.kind == "removed"))
    if not waivers:
        return tuple(told), ()
    sheets = sheet_of(old), sheet_of(new)
    idle = [waiver for waiver in waivers if _idle(waiver, told, sheets)]
    return tuple(told), tuple(_said(waiver, levels) for waiver in idle)


def _judged(case: Case, levels: Levels, waivers: list[Waiver]) -> Edit:
    rule = rule_for(case)
    edit = case.edit.replace(
        rule=rule.name,
        level=levels.levels.get(rule.name, rule.level),
        audience=_audience(rule.audience(case), case),
        message=rule.message(case),
    )
    waiver = next((waiver for waiver in waivers if waiver.covers(edit)), None)
    return edit if waiver is None else edit.replace(waived=waiver.reason)


def _audience(names: Iterable[str], case: Case) -> tuple[str, ...]:
    """Departments by their new ids, sorted, then the others."""
    departments = {_now(name, case) for name in names if name not in _WORDS}
    words = {name for name in names if name in _WORDS}
    if any(_outside(name, case) for name in departments):
        words.add(CUSTOMERS)
    return (*sorted(departments), *(word for word in _WORDS if word in words))


def _now(department: str, case: Case) -> str:
    """What a department of either version is called in the new one."""
    if known_department(case.new, department) is not None:
        return department
    for home in (home_of(case.edit.path), ""):
        path = case.matching.new_of.get(f"{home}departments.{department}")
        if path is not None:
            return last_id(path)
    return department


def _outside(department: str, case: Case) -> bool:
    known = known_department(case.new, department) or known_department(case.old, department)
    return known is not None and known.external


def _idle(waiver: Waiver, edits: list[Edit], sheets: tuple[Sheet, Sheet]) -> bool:
    """Whether a waiver is about these versions, and nothing that changed is meant by it.

    One whose element neither version has may be about another process.
    """
    if not any(waiver.is_about(sheet) for sheet in sheets):
        return False
    return not any(waiver.covers(edit) for edit in edits)


def _said(waiver: Waiver, levels: Levels) -> str:
    file = os.path.basename(levels.file) or "the configuration"
    return (
        f"The waiver for `{waiver.rule}` at `{waiver.path}` in {file} matches nothing any more: "
        "remove it."
    )
