"""Locks: paths of a process that no variant of it may touch."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from salesflow.findings import Finding, Related
from salesflow.source.located import Map, Seq, value_span
from salesflow.spans import Span


class Lock(NamedTuple):
    """A locked path, and where the lock stands."""

    path: tuple[str, ...]
    span: Span

    @property
    def name(self) -> str:
        """The element path."""
        return ".".join(self.path)


def locks_of(document: Map) -> tuple[Lock, ...]:
    """The locks of a document, in the order written."""
    locked: Any = document.get("locked")
    if not isinstance(locked, Seq):
        return ()
    return tuple(
        Lock(tuple(str(path).split(".")), value_span(locked, place))
        for place, path in enumerate(locked)
    )


def crossed(locks: Sequence[Lock], path: tuple[str, ...], *, whole: bool) -> Lock | None:
    """The lock that a change of ``path`` crosses.

    ``whole``: what stands at the path goes, with any lock below it; otherwise only what lies at or
    below a locked path is touched.
    """
    for lock in locks:
        if path[: len(lock.path)] == lock.path:
            return lock
        if whole and lock.path[: len(path)] == path:
            return lock
    return None


def locked_change(lock: Lock, path: str, span: Span, *, of: str, doing: str) -> Finding:
    """The finding for a change that crosses a lock; ``doing`` is ``changes`` or ``removes``."""
    held = "it is" if lock.name == path else f"`{lock.name}` is"
    message = f"This {doing} `{path}`, but {held} locked in `{of}`."
    related = (Related(lock.name, lock.span, "locked here"),)
    hint = "Take the change back, or have the lock lifted by whoever owns the process."
    return Finding("locked-change", "variants", "error", path, span, message, hint, related=related)
