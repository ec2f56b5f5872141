"""The edits as they are told: what is said by the same words is said once."""

from collections.abc import Iterable

from salesflow.changes.edit import LEVELS, Edit


def told(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits without those that another one says too.

    An organization that a sub-process has for itself changes there as well, by the same words.
    """
    found: dict[object, Edit] = {}
    for number, edit in enumerate(edits):
        key = (edit.rule, edit.message, edit.level, edit.waived) if edit.message else number
        found.setdefault(key, edit)
    return tuple(found.values())


def worst_first(edits: Iterable[Edit]) -> list[Edit]:
    """By level, else in their order."""
    return sorted(edits, key=lambda edit: LEVELS.index(edit.level))
