"""For each department what changes for it, in its own terms: the report that people read first."""

import re
from collections.abc import Iterable, Mapping, Sequence

from salesflow.changes.catalogue.parties import known_department
from salesflow.changes.catalogue.row import Case
from salesflow.changes.catalogue.rules import by_name
from salesflow.changes.edit import CUSTOMERS, LEVELS, REPORTING, RUNNING, Edit, Level
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.sheet import home_of, last_id
from salesflow.changes.terms.of_edits import term
from salesflow.changes.terms.phrase import Term, phrases
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process

_OTHERS = frozenset({RUNNING, REPORTING, CUSTOMERS})
_GRAVE: Mapping[Level, str] = {"breaking": "breaking", "check": "to check"}
_FEW = 2  # sentences that the first line has room for
_MOST = 3  # changes that the first line tells
# What people ask first about: what they promised each other, their steps, their colleagues.
_FIRST = ("touchpoint", "step", "branch", "role", "department", "calendar")


def per_department(
    edits: Iterable[Edit], old: Process, new: Process, *, matching: Matching | None = None
) -> FrozenMap[str, tuple[str, ...]]:
    """For each department of the audiences its lines, what matters most first.

    The first line says in short what changes for it, the others are a sentence for each change;
    there are none where the first line has them all. Departments of ours are spoken to as "you",
    those outside the company as "they". The edits are judged ones, in order. Departments are
    sorted, those outside last.
    """
    pairs = matching or Matching()
    lying: dict[str, list[Edit]] = {}
    for edit in edits:
        for department in edit.audience:
            if department not in _OTHERS:
                lying.setdefault(department, []).append(edit)
    outside = {name: _outside(name, old, new) for name in lying}
    return FrozenMap(
        {
            name: _lines(
                name, [Case(e, old, new, pairs) for e in _ranked(lying[name])], outside[name]
            )
            for name in sorted(lying, key=lambda name: (outside[name], name))
        }
    )


def counted(lines: Sequence[str]) -> str:
    """Of a department's lines how many changes there are and how grave: ``3 changes, 1 breaking``.

    For a reader who has the other lines before them, and needs no summary of these.
    """
    return re.split("[.:]", lines[0], maxsplit=1)[0]


def _ranked(edits: list[Edit]) -> list[Edit]:
    """The worst first; of one level what people ask about first; agreed ones last."""

    def rank(edit: Edit) -> tuple[bool, int, int]:
        first = _FIRST.index(edit.what) if edit.what in _FIRST else len(_FIRST)
        if edit.what == "step" and edit.kind != "changed":
            first = 0  # whose work it is
        return bool(edit.waived), LEVELS.index(edit.level), first

    return sorted(edits, key=rank)


def _lines(department: str, cases: Sequence[Case], outside: bool) -> tuple[str, ...]:
    told: dict[str, Case] = {}
    for case in cases:
        told.setdefault(_message(case, department, outside), case)
    if len(told) == 1:
        return (f"1 change{_grave(list(told.values()))}. {next(iter(told))}",)
    terms = [term(case, _called(case, department)) for case in told.values()]
    if len(told) == _FEW and all(each.vague for each in terms):
        return (f"{len(told)} changes{_grave(list(told.values()))}. {' '.join(told)}",)
    return (_summary(told, terms, outside), *told)


def _message(case: Case, department: str, outside: bool) -> str:
    """The sentence for this department; what was agreed beforehand says so."""
    edit = case.edit
    rule = None if outside else by_name()[edit.rule].told
    message = rule(case, _called(case, department)) if rule else ""
    if not message:
        message = edit.message if outside else _spoken_to(department, edit.message)
    return f"{message} (Agreed: {edit.waived})" if edit.waived else message


def _spoken_to(department: str, message: str) -> str:
    """A sentence for everybody as the department reads it where it says what its people may do."""
    name, role = re.escape(department), r"(?P<role> \(`\w+`\))"
    said = re.sub(rf"^{name}{role}?(?= may )", r"You\g<role>", message)
    said = re.sub(rf"^{name}{role}? no longer takes ", r"You\g<role> no longer take ", said)
    return re.sub(rf"\b(by|was) {name}{role}", r"\1 you\g<role>", said)


def _called(case: Case, department: str) -> str:
    """A department by the id that the judged version of an element has for it."""
    if case.edit.kind != "removed":
        return department
    for home in (home_of(case.edit.path), ""):
        path = case.matching.old_of.get(f"{home}departments.{department}")
        if path is not None:
            return last_id(path)
    return department


def _summary(told: Mapping[str, Case], terms: Sequence[Term], outside: bool) -> str:
    """How many changes, how grave, and the first that can be told in a few words.

    What is worse than all of these is told before them as a sentence.
    """
    cases = list(told.values())
    head = f"{len(cases)} changes{_grave(cases)}"
    if all(each.vague for each in terms):
        return f"{head}. {next(iter(told))} And {len(cases) - 1} more."
    plain = next(case for case, each in zip(cases, terms, strict=True) if not each.vague)
    who = "they" if outside else "you"
    if terms[0].vague and _weight(cases[0]) < _weight(plain):
        said = _in_short(terms[1:])
        return f"{head}. {next(iter(told))} Besides, {who} {said}."
    return f"{head}: {who} {_in_short(terms)}."


def _in_short(terms: Sequence[Term]) -> str:
    """The first that can be told in a few words, and how many more there are."""
    parts = phrases(terms)[:_MOST]
    shown = [part.text for part in parts]
    rest = len(terms) - sum(part.changes for part in parts)
    if any(", " in each for each in shown):  # where one ends must be seen
        *most, last = [*shown, f"{rest} more"] if rest else shown
        return f"{'; '.join(most)}; and {last}" if most else last
    if rest:
        return f"{', '.join(shown)}, and {rest} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


def _weight(case: Case) -> tuple[bool, int]:
    """How grave it is, the worst first."""
    return bool(case.edit.waived), LEVELS.index(case.edit.level)


def _grave(cases: Sequence[Case]) -> str:
    """How many must be acted on, or looked at."""
    levels: list[Level] = [case.edit.level for case in cases if not case.edit.waived]
    for level, word in _GRAVE.items():
        count = levels.count(level)
        if count:
            return f", {word}" if count == len(cases) else f", {count} {word}"
    return ""


def _outside(department: str, old: Process, new: Process) -> bool:
    known = known_department(new, department) or known_department(old, department)
    return known is not None and known.external
