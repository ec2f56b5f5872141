"""Data that remembers where it stands: maps and lists whose entries carry their place.

They are ordinary dicts and lists to whoever only reads values. A place travels with its entry when
that is moved into another map, so a merged document still knows the file and line of each part.
"""

from typing import Any, TypeAlias

from salesflow.spans import Span

Scalar: TypeAlias = "str | int | float | bool"
Value: TypeAlias = "Scalar | Map | Seq"
Mark: TypeAlias = tuple[Any, ...]  # opaque: only this module reads it


class Map(dict[str, Any]):
    """A mapping; ``marks`` holds the place of each key and value, ``mark`` that of the whole."""

    __slots__ = ("mark", "marks")

    # H1 completes: constructor, and the representation of marks.


class Seq(list[Any]):
    """A list; ``marks`` holds the place of each item, ``mark`` that of the whole."""

    __slots__ = ("mark", "marks")


def key_span(data: Map, key: str) -> Span:
    """Where the key stands; NOWHERE when it was never read from a text."""
    raise NotImplementedError


def value_span(data: "Map | Seq", key: str | int) -> Span:
    """Where the value of a key, or an item of a list, stands (a container: all of it)."""
    raise NotImplementedError


def whole_span(data: "Map | Seq") -> Span:
    """Where the container itself stands."""
    raise NotImplementedError


def put(target: Map, key: str, value: Any, *, like: Map, like_key: str) -> None:
    """Set ``target[key] = value``, standing where ``like[like_key]`` stands (key and value)."""
    raise NotImplementedError
