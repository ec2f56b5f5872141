"""The comparison as data: version 1."""

from collections.abc import Sequence
from typing import Any

from salesflow.changes.difference import Diff, overall


def document(diffs: Sequence[Diff]) -> dict[str, Any]:
    """One comparison as it is, several by the ids of their processes with the worst level."""
    if len(diffs) == 1:
        return diffs[0].to_dict()
    told: dict[str, Any] = {}
    for diff in sorted(diffs, key=lambda diff: (diff.id, _file(diff))):
        name = diff.id if diff.id not in told else f"{diff.id} ({_file(diff)})"
        while name in told:
            name += "+"
        told[name] = diff.to_dict()
    return {"version": 1, "level": overall(diffs), "processes": told}


def _file(diff: Diff) -> str:
    process = diff.new or diff.old
    return process.file if process is not None else ""
