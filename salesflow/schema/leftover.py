"""What is left of a container when its wrong parts are taken out; every part keeps its place."""

from typing import Any, Final

from salesflow.schema.shapes import Either, MapOf, Record, resolved
from salesflow.source.located import Map, Seq, emptied, put

ABSENT: Final = object()  # nothing is left


class Left:
    """What is left of a map: the map itself until something must go."""

    def __init__(self, value: dict[str, Any]) -> None:
        """Start with all of it."""
        self._value = value
        self._copy: dict[str, Any] | None = None
        self._unread: list[str] = []

    def keep(self, key: str, kept: Any) -> None:
        """The entry becomes ``kept``, or goes."""
        if kept is ABSENT:
            self.drop(key)
            self._unread.append(key)
        elif kept is not self._value[key]:
            self._own()[key] = kept

    def drop(self, key: str) -> None:
        """The entry goes."""
        self._own().pop(key, None)

    def result(self) -> dict[str, Any]:
        """The map, or the copy of it that was needed."""
        if self._copy is None:
            return self._value
        if isinstance(self._copy, Map):  # told once: whoever judges again misses nothing
            self._copy.unread = (*self._copy.unread, *self._unread)
            self._unread.clear()
        return self._copy

    def _own(self) -> dict[str, Any]:
        if self._copy is None:
            self._copy = _copied(self._value)
        return self._copy


def empty(shape: MapOf, value: Any) -> Map:
    """What stays of an entry that is wholly wrong: its place, and nothing that would be missing."""
    empty = emptied(value) if isinstance(value, Map) else Map()
    inner = resolved(shape.value)
    options = [o.shape for o in inner.options] if isinstance(inner, Either) else [inner]
    for option in map(resolved, options):
        if isinstance(option, Record):
            empty.unread += tuple(key for key, known in option.keys.items() if known.required)
    return empty


def picked(value: list[Any], kept: list[int]) -> list[Any]:
    """The list with only the items at these indices."""
    if not isinstance(value, Seq):
        return [value[index] for index in kept]
    copy = Seq((value[index] for index in kept), text=value.text, mark=value.mark)
    copy.marks = [value.marks[index] for index in kept if index < len(value.marks)]
    return copy


def _copied(value: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(value, Map):
        return dict(value)
    copy = emptied(value)
    for key, each in value.items():
        put(copy, key, each, like=value, like_key=key)
    return copy
