"""From rows back to a process."""

import os
from collections.abc import Mapping
from typing import Any

from salesflow.analysis.graphs import components
from salesflow.changes.sheet import (
    CHILDREN,
    HEADER,
    PEOPLE,
    RUNS,
    Row,
    Sheet,
    home_of,
    inside,
    last_id,
    local,
    parent_of,
    runs_of,
    scope_of,
)
from salesflow.errors import LoadError
from salesflow.nouns import FrozenMap
from salesflow.process.build import build_process
from salesflow.process.model import Process
from salesflow.schema.expand import expand
from salesflow.source.located import Map, Seq
from salesflow.source.project import ENDING


def process_of(sheet: Sheet, *, like: Process) -> Process:
    """The process that rows are of, compiled; ``like`` tells where it would stand.

    LoadError where the rows make no process.
    """
    lying = inside(sheet)
    runs: dict[str, Process] = {}
    needs: dict[str, list[str]] = {p: [] for p, row in sheet.items() if row.what == "run"}
    for path, row in sheet.items():
        outer = home_of(path).removesuffix(".")
        if row.what == "step" and "run" in row.data and outer in needs:
            needs[outer].append(f"{RUNS}.{row.data['run']}")
    for group in components(needs, needs):  # those that are run first
        for path in group:
            runs[last_id(path)] = _built(sheet, lying, path, runs, like)
    return _built(sheet, lying, HEADER, runs, like)


def _built(
    sheet: Sheet,
    lying: Mapping[str, list[str]],
    path: str,
    runs: Mapping[str, Process],
    like: Process,
) -> Process:
    header = sheet[path].data
    data: dict[str, Any] = {"salesflow": 1}
    data.update((k, v) for k, v in header.items() if k not in ("declared", "organization"))
    if path != HEADER:
        data["process"] = last_id(path)
    if path != HEADER and "organization" not in header:
        data.update(_people(sheet, lying))
    elif "declared" in header:
        data["departments"] = {}
    for inner in lying.get(path, ()):
        key = inner.split(".")[-2]
        data.setdefault(key, {})[last_id(inner)] = _element(sheet, lying, inner)
    for key in ("sources", "steps", "outcomes"):
        data.setdefault(key, {})
    document = expand(_located(data))
    file = like.file if path == HEADER else _file_of(last_id(path), like)
    built = build_process(document, runs, file=file)
    wrong = tuple(finding for finding in built.findings if finding.family == "syntax")
    if wrong:
        raise LoadError(wrong, FrozenMap())
    return built.process.replace(folder=like.folder)


def _file_of(run: str, like: Process) -> str:
    """Where a process that is run stands, or would: ``use`` names it."""
    known = runs_of(like).get(run)
    folder = os.path.dirname(like.file) if like.folder is None else like.folder
    return known.file if known is not None else os.path.join(folder, f"{run}{ENDING}")


def _people(sheet: Sheet, lying: Mapping[str, list[str]]) -> dict[str, Any]:
    """The organization of the process itself, for one that it runs and that shares it."""
    header = sheet[HEADER].data
    data: dict[str, Any] = {key: header[key] for key in PEOPLE if key in header}
    if "declared" in header:
        data["departments"] = {}
    for inner in lying.get(HEADER, ()):
        key = inner.split(".")[-2]
        if key in PEOPLE:
            data.setdefault(key, {})[last_id(inner)] = _element(sheet, lying, inner)
    return data


def _element(sheet: Sheet, lying: Mapping[str, list[str]], path: str) -> dict[str, Any]:
    row = sheet[path]
    scope = scope_of(path)
    data = local(row.what, row.data, scope) if scope else dict(row.data)
    if row.what == "branch":
        data["start"] = data["start"].removeprefix(f"{scope}.")
    for key in [key for key, value in data.items() if value in ([], {}) and key != "roles"]:
        del data[key]
    for inner in lying.get(path, ()):
        key = inner.split(".")[-2]
        data.setdefault(key, {})[last_id(inner)] = _element(sheet, lying, inner)
    return data


def rows_of(path: str, what: str, data: Mapping[str, Any], *, parent: str = "") -> Sheet:
    """The rows of an element that was written with all that lies in it."""
    kinds = CHILDREN["process"] if what == "run" else CHILDREN.get(what, {})
    own = {key: value for key, value in data.items() if key not in kinds}
    sheet: Sheet = {path: Row(what, parent or parent_of(path), own)}
    for key, kind in kinds.items():
        for name, inner in data.get(key, {}).items():
            sheet.update(rows_of(f"{path}.{key}.{name}", kind, inner, parent=path))
    return sheet


def _located(data: Any) -> Any:
    """Plain data in the containers of the reader, without places."""
    if isinstance(data, Mapping):
        return Map({key: _located(value) for key, value in data.items()})
    if isinstance(data, list | tuple):
        return Seq(map(_located, data))
    return data
