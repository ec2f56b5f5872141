"""What people call an element and say of it: nothing about the flow changes."""

from collections.abc import Mapping

from salesflow.changes.catalogue.concerned import Audience, nobody
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import it, quoted

FIELDS = ("name", "description", "owner", "was")

_WHY = {
    "name": "Drawings and reports show the new name. The id stays, so nothing that counts by ids "
    "is touched. Tell those who look for the old name.",
    "description": "The process does the same. Read the new description: where it says that people "
    "should work differently, the steps should say so too.",
    "owner": "The process does the same. The new owner should know, for questions go there now.",
    "was": "Only comparisons read `was`: it lets them show a renaming instead of a removal. It may "
    "be taken out once nobody compares with a version from before the renaming.",
}


def word_rows(
    what: str, examples: Mapping[str, tuple[str, str]], *, audience: Audience = nobody
) -> tuple[ChangeRule, ...]:
    """The rows for name, description, owner and former id of a kind of element.

    ``examples`` has one for each of ``FIELDS``.
    """
    return tuple(
        ChangeRule(
            name=f"{what}-{field}",
            what=what,
            kind="changed",
            field=field,
            level="cosmetic",
            mirror=f"{what}-{field}",
            audience=nobody if field == "was" else audience,
            message=_was if field == "was" else _words,
            why=_WHY[field],
            example=examples[field],
        )
        for field in FIELDS
    )


def _words(case: Case) -> str:
    edit = case.edit
    if edit.old is None:
        return f"{it(case)} now has the {edit.field} {quoted(edit.new)}; it had none."
    if edit.new is None:
        return f"{it(case)} has no {edit.field} any more; it was {quoted(edit.old)}."
    return (
        f"The {edit.field} of {it(case)} is now {quoted(edit.new)} instead of {quoted(edit.old)}."
    )


def _was(case: Case) -> str:
    edit = case.edit
    if edit.old is None:
        return f"{it(case)} now says that it was called `{edit.new}`."
    if edit.new is None:
        return f"{it(case)} no longer says that it was called `{edit.old}`."
    return f"{it(case)} now says that it was called `{edit.new}` instead of `{edit.old}`."
