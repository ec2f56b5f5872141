"""The old version under the ids of the new one: what is the same in both is called the same.

Simulations key their random numbers by paths, and choose between results in the order of ids. So
what is only called differently must be called alike before two versions are played.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from salesflow.changes.apply import apply
from salesflow.changes.edit import Edit
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.sheet import HEADER, home_of, last_id, sheet_of
from salesflow.process.model import Process

_NODES = ("steps", "sources", "outcomes")  # kinds of one scope, whose ids must differ
_PEOPLE = ("departments", "roles")


class Translated(NamedTuple):
    """A version under other ids, and the path there of each of its elements."""

    process: Process
    paths: Mapping[str, str]


def translated(old: Process, matching: Matching) -> Translated:
    """The old version with the ids that its elements have in the new one.

    What lies elsewhere in the new version stays where it is. What the new version does not have,
    and what came to a place where its id was taken, has a mark at its id if another one needs that.
    """
    sheet = sheet_of(old)
    ids = _ids(sheet, matching)
    paths: dict[str, str] = {}
    renamed = []
    for path, row in sheet.items():  # what an element lies in comes before it
        above = path.rpartition(".")[0]
        if row.parent not in ("", HEADER):
            above = paths[row.parent] + above.removeprefix(row.parent)
        paths[path] = f"{above}.{ids[path]}" if above else path
        if ids[path] != last_id(path):
            edit = Edit(kind="renamed", what=row.what, path=paths[path], old_path=path)
            renamed.append(edit)
    return Translated(apply(renamed, old) if renamed else old, paths)


def _ids(paths: Iterable[str], matching: Matching) -> dict[str, str]:
    """A new id for each path; what stays where it is has the first choice, then what moves."""
    ids: dict[str, str] = {}
    used = set()
    for path in sorted(paths, key=lambda path: _rank(path, matching)):
        scope = _scope(path)
        name = last_id(matching.new_of.get(path, path))
        while (scope, name) in used:
            name = f"{name}_before"
        used.add((scope, name))
        ids[path] = name
    return ids


def _rank(path: str, matching: Matching) -> int:
    new = matching.new_of.get(path)
    if new is None:
        return 2
    above, there = _above(path), _above(new)
    return int(matching.new_of.get(above, above) != there)


def _above(path: str) -> str:
    """The path of what an element lies in, "" at the top."""
    return ".".join(path.split(".")[:-2])


def _scope(path: str) -> tuple[str, str]:
    """Where an id must be unlike others."""
    parts = path.split(".")
    kind = parts[-2] if len(parts) > 1 else ""
    if kind in _PEOPLE:
        return home_of(path), "people"
    return _above(path), "node" if kind in _NODES else kind
