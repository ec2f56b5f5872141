"""What the catalogue says of each edit, what a configuration says to that, and in which order."""

import os
from collections.abc import Iterable, Iterator

from salesflow.changes.catalogue.parties import known_department
from salesflow.changes.catalogue.row import Case
from salesflow.changes.catalogue.rules import rule_for
from salesflow.changes.edit import CUSTOMERS, LEVELS, REPORTING, RUNNING, Edit
from salesflow.changes.levels import Levels, Waiver
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.sheet import Sheet, home_of, last_id, sheet_of
from salesflow.names import nearest
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
    return tuple(told), tuple(_idle(waivers, told, sheets, levels))


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


def _idle(
    waivers: Iterable[Waiver], edits: list[Edit], sheets: tuple[Sheet, Sheet], levels: Levels
) -> Iterator[str]:
    """A sentence on each waiver that is about these versions, and by which nothing is meant.

    One whose element neither version has may be about another process, unless it says which one it
    is about, or a change that it would cover stands where it would with a letter more or less.
    """
    file = os.path.basename(levels.file) or "the configuration"
    for waiver in waivers:
        said = f"The waiver for `{waiver.rule}` at `{waiver.path}` in {file}"
        if any(waiver.is_about(sheet) for sheet in sheets):
            if not any(waiver.covers(edit) for edit in edits):
                yield f"{said} matches nothing any more: remove it."
            continue
        near = _meant(waiver, edits, sheets)
        if near:
            yield f"{said} matches nothing: there is no such element. Did you mean `{near}`?"
        elif waiver.process:
            gone = f"neither version of `{waiver.process}` has such an element"
            yield f"{said} matches nothing: {gone}. Mend the path, or remove it."


def _meant(waiver: Waiver, edits: list[Edit], sheets: tuple[Sheet, Sheet]) -> str:
    """The path that a mistyped one most resembles; "" where none is near enough."""
    inside = ".*" if waiver.path.endswith(".*") else ""
    path = waiver.path.removesuffix(".*")
    known = {
        each
        for edit in edits
        if edit.rule == waiver.rule and not edit.waived
        for place in (edit.path, edit.old_path)
        for each in (_above(place) if inside else (place,))
    }
    if waiver.process:
        known.update(*sheets)
    own = path.split(".")
    alike = [each for each in known if _one_off(own, each.split("."))]
    near = nearest(path, alike)
    return f"{near}{inside}" if near else ""


def _above(path: str) -> Iterator[str]:
    """The paths of all that an element lies in."""
    while "." in path:
        path = path.rpartition(".")[0]
        yield path


def _one_off(one: list[str], other: list[str]) -> bool:
    """Whether two paths differ in one part, and there by a slip."""
    if len(one) != len(other):
        return False
    apart = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(apart) == 1 and nearest(apart[0][0], [apart[0][1]]) is not None
