"""Rows that are alike for every kind of element: its id changes."""

from salesflow.changes.catalogue.concerned import Audience, concerns
from salesflow.changes.catalogue.direction import announced
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import it, it_was
from salesflow.changes.compare import of_each_other
from salesflow.changes.edit import REPORTING


def renamed(
    what: str,
    audience: Audience,
    *,
    announced_example: tuple[str, str],
    example: tuple[str, str],
    noun: str = "",
) -> tuple[ChangeRule, ChangeRule]:
    """The rows of an element whose id changes: one for ``was:``, one for nothing said.

    ``noun`` is what people call the kind, where that is another word.
    """
    return (
        _announced(what, noun or what, audience, announced_example),
        _silent(what, noun or what, audience, example),
    )


def _announced(what: str, noun: str, audience: Audience, example: tuple[str, str]) -> ChangeRule:
    def message(case: Case) -> str:
        if what == "process" and of_each_other(case.old, case.new):
            return f"{it_was(case)} and {it(case)} are compared: one is a variant of the other."
        return f"The {noun} {it_was(case)} is now {it(case)}; `was:` says that the two are one."

    return ChangeRule(
        name=f"{what}-renamed",
        what=what,
        kind="renamed",
        level="cosmetic",
        mirror=f"{what}-renamed",
        holds=announced,
        audience=concerns(audience, REPORTING),
        message=message,
        why=(
            "`was:` says what the id was before, so reports, logs and running deals can be "
            "carried over. Deals take the same ways as before. Leave `was:` in place until "
            "every report knows the new id."
        ),
        example=example,
    )


def _silent(what: str, noun: str, audience: Audience, example: tuple[str, str]) -> ChangeRule:
    def message(case: Case) -> str:
        edit = case.edit
        sure = "" if edit.confidence >= 1 else f" ({int(edit.confidence * 100)}% sure)"
        return (
            f"The {noun} {it_was(case)} seems to be {it(case)} now{sure}, but no `was:` says so: "
            f"whatever counts `{edit.old}` finds nothing any more."
        )

    return ChangeRule(
        name=f"{what}-renamed-silently",
        what=what,
        kind="renamed",
        level="breaking",
        mirror=f"{what}-renamed-silently",
        audience=concerns(audience, REPORTING),
        message=message,
        why=(
            "Reports, logs and running deals know elements by their ids: one that changes without "
            "a word looks like one that is gone. That the two are one is only a guess from what "
            f"they have in common. Write `was:` with the former id in the {noun}, or keep the id "
            "and change its `name`."
        ),
        example=example,
    )
