"""Edits made: the old version and what changed give the new one."""

from collections.abc import Iterable, Mapping
from typing import Any

from salesflow.changes.compare import MAPS, SETS
from salesflow.changes.edit import Edit
from salesflow.changes.names import Names, translated_row
from salesflow.changes.phrases import expressed
from salesflow.changes.rebuild import process_of, rows_of
from salesflow.changes.sheet import (
    HEADER,
    PEOPLE,
    RUNS,
    Row,
    Sheet,
    below,
    inside,
    parent_of,
    sheet_of,
)
from salesflow.changes.values import same
from salesflow.errors import UsageError
from salesflow.process.model import Process


def apply(edits: Iterable[Edit], process: Process) -> Process:
    """The process with all edits made.

    UsageError where one does not fit: it is about an element or a value that is not there.
    """
    return process_of(_Making(process, tuple(edits)).made(), like=process)


def _apart(edits: tuple[Edit, ...]) -> frozenset[str]:
    """The processes that are run whose organization was compared by itself."""
    paths = [edit.old_path for edit in edits if edit.kind != "added"]
    paths += [edit.path for edit in edits if edit.field == "organization"]
    parts = [path.split(".") for path in paths if path.startswith(f"{RUNS}.")]
    of_people = (part for part in parts if len(part) == 2 or part[2] in PEOPLE)
    return frozenset(part[1] for part in of_people)


class _Making:
    """Edits being made."""

    def __init__(self, process: Process, edits: tuple[Edit, ...]) -> None:
        self.process = process
        self.edits = edits
        self.rows = {
            path: row._replace(data=dict(row.data))
            for path, row in sheet_of(process, _apart(edits)).items()
        }

    def made(self) -> Sheet:
        for edit in self.edits:
            if edit.kind != "added" and edit.old_path not in self.rows:
                raise UsageError(f"There is no `{edit.old_path}` in `{self.process.id}` to change.")
        changed = [edit for edit in self.edits if edit.field]
        for edit in changed:
            if edit.new is None:
                self.drop(edit)
        paths = self.paths()
        added: Sheet = {}
        for edit in self.edits:
            if edit.kind == "added":
                added.update(rows_of(edit.path, edit.what, edit.new))
        there = {**dict.fromkeys(paths.values()), **dict.fromkeys(added)}
        sheet = self.translated(paths, there)
        for edit in changed:
            if edit.new is not None:
                _put(sheet, edit)
        for edit in self.edits:
            if edit.path == HEADER and edit.kind == "renamed":
                sheet[HEADER].data["process"] = edit.new
        return {**sheet, **added}

    def drop(self, edit: Edit) -> None:
        """Take a value away, in the names of the old version."""
        data = self.rows[edit.old_path].data
        key, _, name = edit.field.partition(".")
        if key in SETS:
            if edit.old not in data.get(key, ()):
                raise _misfit(edit)
            data[key] = [item for item in data[key] if item != edit.old]
        elif key in MAPS and name:
            if name not in data.get(key, {}):
                raise _misfit(edit)
            data[key] = {k: value for k, value in data[key].items() if k != name}
        elif key not in data or not same(key, data[key], edit.old):
            raise _misfit(edit)
        else:
            del data[key]

    def paths(self) -> dict[str, str]:
        """Old path -> new path of what is kept."""
        lying = inside(self.rows)
        removed = {edit.old_path for edit in self.edits if edit.kind == "removed"}
        dead = {path for gone in removed for path in below(gone, lying)}
        said = {
            edit.old_path: edit.path
            for edit in self.edits
            if edit.kind in ("renamed", "moved") and not edit.field and edit.path != HEADER
        }
        paths: dict[str, str] = {}
        for path, row in self.rows.items():
            if path in said:
                paths[path] = said[path]
            elif path not in dead or (
                path not in removed and row.parent in paths and row.parent in dead
            ):
                paths[path] = self.follows(path, row, paths)
        return paths

    def follows(self, path: str, row: Row, paths: Mapping[str, str]) -> str:
        """A path below that of what it lies in."""
        if row.parent in ("", HEADER):
            return path
        return paths[row.parent] + path.removeprefix(row.parent)

    def translated(self, paths: Mapping[str, str], there: Mapping[str, Any]) -> Sheet:
        """The rows that are kept, at their new paths and in the new names."""
        names = Names(self.rows, paths, there)
        say = expressed(self.process, names)
        sheet: Sheet = {}
        for path, new in paths.items():
            row = self.rows[path]
            sheet[new] = Row(row.what, parent_of(new), dict(translated_row(row, path, names, say)))
        return sheet


def _put(sheet: Sheet, edit: Edit) -> None:
    """Write a value, in the names of the new version."""
    data = sheet[edit.path].data
    key, _, name = edit.field.partition(".")
    if key in SETS:
        data[key] = [*data.get(key, ()), edit.new]
    elif key in MAPS and name:
        data[key] = {**data.get(key, {}), name: edit.new}
    else:
        data[key] = edit.new


def _misfit(edit: Edit) -> UsageError:
    return UsageError(f"`{edit.old_path}` has no `{edit.field}: {edit.old}` to take away.")
