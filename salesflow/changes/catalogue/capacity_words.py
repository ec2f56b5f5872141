"""Sentences about the people of a role, or of a department that is itself a role."""

from collections.abc import Callable
from typing import TypeAlias

from salesflow.changes.catalogue.concerned import sides
from salesflow.changes.catalogue.row import Case
from salesflow.changes.catalogue.wording import flow, in_money, it
from salesflow.changes.sheet import last_id

Told: TypeAlias = Callable[[Case, str], str]

_FIRST = {
    "oldest": "what waits longest",
    "newest": "what came last",
    "largest": "the largest deal",
    "earliest_deadline": "what is due first",
}


def spoken(sentence: Callable[[Case, str, bool], str]) -> tuple[Callable[[Case], str], Told]:
    """A message, and what the department itself reads.

    ``sentence`` takes the case, who it is about, and whether that is "You".
    """

    def message(case: Case) -> str:
        return _by_roles(case) or sentence(case, _subject(case), False)

    def told(case: Case, department: str) -> str:  # noqa: ARG001 - only the own one is concerned
        return _by_roles(case) or sentence(case, _you(case), True)

    return message, told


def _by_roles(case: Case) -> str:
    """Of a department that got roles, or lost them: what was said of it is said there, or back."""
    edit = case.edit
    if edit.what != "department" or (edit.old is not None and edit.new is not None):
        return ""
    process, path = list(sides(case))[-1 if edit.new is None else 0]
    name = last_id(path)
    if process.departments[name].roles == (name,):
        return ""
    if edit.new is None:
        return (
            f"{it(case)} has its people in roles now; `{edit.field}` was {flow(edit.old)} for all."
        )
    return f"{it(case)} has no roles any more; `{edit.field}` is {flow(edit.new)} for all."


def people(number: int) -> str:
    """``1 person``, ``3 people``, ``nobody``."""
    if number == 0:
        return "nobody"
    return "1 person" if number == 1 else f"{number} people"


def count(case: Case, who: str, you: bool) -> str:
    """How many people there are."""
    old, new = case.edit.old, case.edit.new
    have = "have" if you else "has"
    if old is None:
        return f"{who} now {have} {people(new)}; so far nobody had counted them."
    if new is not None and not (old and new):
        return f"{who} now {have} {people(new)}; so far it was {people(old)}."
    if new is None:
        return f"Nothing says any more how many people {_inside(who)} {have}; it was {old}."
    return f"{who} now {have} {people(new)} instead of {old}."


def cost(case: Case, who: str, you: bool) -> str:
    """What an hour costs."""
    old, new = case.edit.old, case.edit.new
    whose = f"of your work{who.removeprefix('You')}" if you else f"of {who}"
    before, now = in_money(old, case.old), in_money(new, case.new)
    if old is None:
        return f"An hour {whose} now costs {now}; so far it cost nothing."
    if new is None:
        return f"An hour {whose} costs nothing any more; it was {before}."
    alike = case.old.people.currency == case.new.people.currency
    return f"An hour {whose} now costs {now} instead of {old if alike else before}."


def available(case: Case, who: str, you: bool) -> str:
    """The share of their time that people give."""
    old, new = (value or "all" for value in (case.edit.old, case.edit.new))
    give = "give" if you else "gives"
    return f"{who} now {give} {new} of the working time to this process instead of {old}."


def keeps(case: Case, who: str, you: bool) -> str:  # noqa: ARG001 - said alike to all
    """Whether the first person on a deal keeps it."""
    who = _inside(who)
    if case.edit.new:
        now = f"Whoever of {who} takes a deal first now keeps it until it ends"
        return f"{now}; so far anybody who was free went on with it."
    return (
        f"Any of {who} who is free may now go on with a deal; so far whoever took it first kept "
        "it until it ended."
    )


def most(case: Case, who: str, you: bool) -> str:  # noqa: ARG001 - said alike to all
    """How many deals one person keeps."""
    old, new = case.edit.old, case.edit.new
    each = f"Each of {_inside(who)}"
    if old is None:
        return f"{each} now keeps at most {new} open deals, and more wait; so far without limit."
    if new is None:
        return f"{each} may now keep any number of open deals; so far {old} at most."
    return f"{each} now keeps at most {new} open deals instead of {old}."


def takes(case: Case, who: str, you: bool) -> str:
    """Which waiting work is taken first."""
    old, new = (_FIRST[value or "oldest"] for value in (case.edit.old, case.edit.new))
    return f"{who} now {'pick' if you else 'picks'} {new}, instead of {old}."


def _inside(who: str) -> str:
    """Within a sentence."""
    return f"you{who.removeprefix('You')}" if who.startswith("You") else who


def _subject(case: Case) -> str:
    path = case.edit.path
    if case.edit.what == "department":
        return it(case)
    return f"`{last_id(path)}` of {path.split('.')[-3]}"


def _you(case: Case) -> str:
    return f"You (`{last_id(case.edit.path)}`)" if case.edit.what == "role" else "You"
