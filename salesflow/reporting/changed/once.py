"""The edits as they are told: what is said by the same words is said once."""

from collections.abc import Iterable

from salesflow.changes.edit import LEVELS, Edit
from salesflow.changes.sheet import last_id, node_of
from salesflow.checking.words import named

_SEVERAL = 3


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


def grouped(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits, those that say the same of several elements as one that names the others.

    Two are told apart all the same, and what is inferred too: each has its own doubt.
    """
    edits = tuple(edits)
    alike: dict[object, list[Edit]] = {}
    for edit in edits:
        alike.setdefault(_pattern(edit), []).append(edit)
    return tuple(
        _naming(edit, group[1:]) if len(group) >= _SEVERAL else edit
        for edit in edits
        if edit is (group := alike[_pattern(edit)])[0] or len(group) < _SEVERAL
    )


def _pattern(edit: Edit) -> object:
    """What an edit says, without the names of what it says it of."""
    if not edit.message or edit.confidence < 1:
        return edit.path, edit.field, edit.message
    names = {path for path in (edit.path, edit.old_path) if path}
    said = edit.message
    for name in {f(path) for path in names for f in (node_of, last_id)}:
        said = said.replace(f"`{name}`", "``")
    return edit.what, edit.rule, edit.level, edit.waived, edit.audience, said


def _naming(edit: Edit, others: list[Edit]) -> Edit:
    names = named(node_of(other.path) for other in others)
    return edit.replace(message=f"{edit.message} The same for {names}.")


def key(edit: Edit) -> object:
    """What an edit says, wherever it stands."""
    if edit.message:
        return edit.rule, edit.message, edit.level, edit.waived
    return edit.kind, edit.path, edit.field, repr(edit.old), repr(edit.new)


def worst_first(edits: Iterable[Edit]) -> list[Edit]:
    """By level, else in their order."""
    return sorted(edits, key=lambda edit: LEVELS.index(edit.level))
