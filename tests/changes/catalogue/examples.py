"""The example of a row, compared: what the golden files tell and the laws judge."""

from collections.abc import Iterator

from salesflow.changes.catalogue.row import ChangeRule
from salesflow.changes.catalogue.shown import versions
from salesflow.changes.comparing import changed
from salesflow.changes.difference import Diff


def compared(rule: ChangeRule, *, backwards: bool = False) -> Diff:
    old, new = versions(rule)
    assert old is not None
    assert new is not None
    return changed(new, old) if backwards else changed(old, new)


def told(rule: ChangeRule) -> Iterator[str]:
    """The row's verdict on its own example, and what each department reads of it.

    Backwards too where it is its own mirror: then it has two things to say.
    """
    yield f"{rule.name}: {rule.level}"
    yield from _told(rule, compared(rule))
    if rule.mirror == rule.name:
        yield "  backwards"
        yield from _told(rule, compared(rule, backwards=True))


def _told(rule: ChangeRule, diff: Diff) -> Iterator[str]:
    edits = [edit for edit in diff.edits if edit.rule == rule.name]
    assert edits, f"the example of {rule.name} gives {[edit.rule for edit in diff.edits]}"
    for edit in edits:
        yield f"  for {', '.join(edit.audience) or 'nobody'}"
        yield f"  {edit.message}"
    for department, lines in diff.departments.items():
        yield f"    {department}:"
        yield from (f"      {line}" for line in lines)
