"""The edits as they are told: what is said by the same words is said once."""

from collections.abc import Iterable

from salesflow.changes.edit import LEVELS, Edit


def told(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits without those that another one says too.

    An organization that a sub-process has for itself changes there as well, by the same words; a
    ``was:`` that announces a rename is told with the rename.
    """
    edits = tuple(edits)
    renamed = {edit.path for edit in edits if edit.kind == "renamed"}
    found: dict[object, Edit] = {}
    for edit in edits:
        if edit.field != "was" or edit.path not in renamed:
            found.setdefault(key(edit), edit)
    return tuple(found.values())


def key(edit: Edit) -> object:
    """What an edit says, wherever it stands."""
    if edit.message:
        return edit.rule, edit.message, edit.level, edit.waived
    return edit.kind, edit.path, edit.field, repr(edit.old), repr(edit.new)


def worst_first(edits: Iterable[Edit]) -> list[Edit]:
    """By level, else in their order."""
    return sorted(edits, key=lambda edit: LEVELS.index(edit.level))
