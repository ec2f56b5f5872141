"""Where the elements of an edit stand in both versions."""

from collections.abc import Iterable
from typing import Any

from salesflow.changes.edit import Edit
from salesflow.changes.sheet import HEADER, RUNS, runs_of
from salesflow.process.model import Process
from salesflow.spans import NOWHERE, Span

_BRANCHES = {"parallel": "branches"}  # as an element calls what it keeps


def placed(edits: Iterable[Edit], old: Process, new: Process) -> tuple[Edit, ...]:
    """The edits with the places of their elements in both versions."""
    before, after = _Places(old), _Places(new)
    return tuple(
        edit.replace(
            old_span=before.of(edit.old_path, edit.field) if edit.old_path else NOWHERE,
            new_span=after.of(edit.path, edit.field) if edit.kind != "removed" else NOWHERE,
        )
        for edit in edits
    )


class _Places:
    """The places of one version."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.runs = runs_of(process)

    def of(self, path: str, field: str) -> Span:
        """Where a key of an element was written: of a variant, what it changes or the base."""
        written = f"{path}.{field}" if field else path
        base = self.process.base
        changes = [
            change
            for change in (base.changes if base is not None else ())
            if _within(written, change.path) or (field and _within(change.path, written))
        ]
        if changes:
            return max(changes, key=lambda change: len(change.path)).span
        return self.span(path)

    def span(self, path: str) -> Span:
        process, parts = self.process, path.split(".")
        if parts[0] == RUNS:
            process, parts = self.runs[parts[1]], parts[2:]
        if not parts or parts == [HEADER]:
            return process.span or Span(process.file)
        if parts[0] == "calendars":
            place: Span = process.people.calendar_spans.get(parts[1], NOWHERE)
            return place
        element = element_at(process, parts)
        span: Span = element.span if element is not None else NOWHERE
        return span


def _within(path: str, other: str) -> bool:
    """Whether a path is, or lies in, another."""
    return f"{path}.".startswith(f"{other}.")


def element_at(process: Process, parts: list[str]) -> Any:
    """The element at the parts of its path in a process itself; None where there is none."""
    key, name, *rest = parts
    if key == "departments":
        return process.roles.get(rest[-1]) if rest else process.departments.get(name)
    if key == "data":
        return process.data.get(name)
    found: Any = getattr(process, key).get(name)
    for inner, at in zip(rest[::2], rest[1::2], strict=True):
        found = getattr(found, _BRANCHES.get(inner, inner), {}).get(at)
    return found
