"""Two versions of a process on one page: drawn together, and what changed as a list."""

from collections.abc import Iterator

from salesflow.changes.difference import Diff
from salesflow.changes.edit import LEVELS
from salesflow.changes.edit import Edit as Change
from salesflow.drawing.html.nouns import Edit, Versions
from salesflow.process.model import Process
from salesflow.reporting.changed.once import grouped
from salesflow.reporting.changed.verdict import headline
from salesflow.reporting.paged.places import Places

_KINDS = {"added": "added", "removed": "removed"}


def compared(old: Process, new: Process) -> Diff:
    """What changed from an old to a new version."""
    from salesflow.changes.comparing import changed  # only where versions are compared

    return changed(old, new)


def versions(diff: Diff, places: Places) -> Versions:
    """What the versions are called, and each change, the worst first."""
    old, new = diff.old, diff.new
    names = [one.version if one is not None else "" for one in (old, new)]
    named = all(names) and names[0] != names[1]
    titles = names if named else ["the old version", "the new version"]
    return Versions(
        old=titles[0], new=titles[1], verdict=headline(diff), edits=tuple(_edits(diff, places))
    )


def _edits(diff: Diff, places: Places) -> Iterator[Edit]:
    edits = [edit for edit in grouped(diff.edits) if not edit.waived]
    edits.sort(key=lambda edit: LEVELS.index(edit.level))
    for edit in edits:
        yield Edit(
            path=places.nearest(edit.path),
            kind=_KINDS.get(edit.kind, "changed") if not edit.field else "changed",
            text=edit.message or _said(edit),
            level=edit.level,
            audience=edit.audience,
        )


def _said(edit: Change) -> str:
    return " ".join(filter(None, [edit.kind, f"`{edit.path}`", edit.field]))
