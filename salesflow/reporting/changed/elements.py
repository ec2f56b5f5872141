"""The edits, by the element that they are about."""

from collections.abc import Iterable
from typing import NamedTuple

from salesflow.changes.difference import Diff
from salesflow.changes.edit import LEVELS, Edit, Level, worst
from salesflow.changes.sheet import last_id, node_of
from salesflow.reporting.changed.once import grouped, told
from salesflow.spans import NOWHERE, Span


class Changed(NamedTuple):
    """An element and its edits, the worst first; ``doubt`` says how sure it is the same one."""

    what: str
    node: str
    place: str
    doubt: str
    edits: tuple[Edit, ...]

    @property
    def level(self) -> Level:
        """The worst of its edits."""
        return worst([edit.level for edit in self.edits])


def changed(diff: Diff) -> tuple[Changed, ...]:
    """Elements with edits that count, the worst first, else in the order of the edits."""
    return _by_element(diff, grouped(edit for edit in told(diff.edits) if not edit.waived))


def waived(diff: Diff) -> tuple[Changed, ...]:
    """Elements with edits that a waiver lets pass."""
    return _by_element(diff, grouped(edit for edit in told(diff.edits) if edit.waived))


def _by_element(diff: Diff, edits: Iterable[Edit]) -> tuple[Changed, ...]:
    groups: dict[tuple[str, bool], list[Edit]] = {}
    for edit in edits:
        groups.setdefault((edit.path, edit.kind == "removed"), []).append(edit)
    found = [_changed(diff, group) for group in groups.values()]
    return tuple(sorted(found, key=lambda each: LEVELS.index(each.level)))


def _changed(diff: Diff, edits: list[Edit]) -> Changed:
    first = edits[0]
    edits.sort(key=lambda edit: LEVELS.index(edit.level))
    node = diff.id if first.what == "process" else node_of(first.path)
    return Changed(first.what, node, places(first), _doubt(edits), tuple(edits))


def places(edit: Edit) -> str:
    """``old.yaml:12 → new.yaml:14``, once where it is the same."""
    spans = [place(span) for span in (edit.old_span, edit.new_span) if span != NOWHERE]
    return " → ".join(dict.fromkeys(spans))


def place(span: Span) -> str:
    """``file:line``."""
    return f"{span.file}:{span.line}"


def _doubt(edits: list[Edit]) -> str:
    """That two elements are one was inferred: how sure that is, and how to say so."""
    least = min(edits, key=lambda edit: edit.confidence)
    if least.confidence >= 1 or least.announced or not least.old_path:
        return ""
    sure = surely(least.confidence)
    if any(edit.kind == "renamed" and sure in edit.message for edit in edits):
        return ""  # the rename says so itself
    old, new = last_id(least.old_path), last_id(least.path)
    if old != new:
        return f"`{old}` is now `{new}` ({sure}: add `was: {old}` to say so)"
    return f"`{node_of(least.old_path)}` is now `{node_of(least.path)}` ({sure})"


def surely(confidence: float) -> str:
    """``84% sure``; never 100%."""
    return f"{min(int(confidence * 100), 99)}% sure"
