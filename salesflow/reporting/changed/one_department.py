"""A comparison as one department needs it: its own changes, and what deals can do now."""

from collections.abc import Sequence

from salesflow.changes.difference import Diff
from salesflow.errors import UsageError
from salesflow.names import listed, nearest
from salesflow.nouns import FrozenMap
from salesflow.reporting.changed.ways import kept


def for_department(diffs: Sequence[Diff], department: str) -> tuple[Diff, ...]:
    """The comparisons with only the edits that concern a department.

    What all share stays: behaviour, running deals, figures, findings. UsageError, with what was
    meant, where no version has the department.
    """
    known = sorted(
        {
            name
            for diff in diffs
            for process in (diff.old, diff.new)
            if process is not None
            for name in process.departments
        }
    )
    if diffs and department not in known:
        near = nearest(department, known)
        hint = f"Did you mean `{near}`?" if near else f"There are: {listed(known)}."
        raise UsageError(f"No version has a department `{department}`. {hint}")
    return tuple(_narrowed(diff, department) for diff in diffs)


def _narrowed(diff: Diff, department: str) -> Diff:
    edits = [edit for edit in diff.edits if department in edit.audience]
    lines = diff.departments.get(department)
    return diff.replace(
        edits=tuple(edit.replace(audience=(department,)) for edit in edits),
        behaviour=kept(diff.behaviour, diff.edits, edits),
        departments=FrozenMap({department: lines} if lines else {}),
    )
