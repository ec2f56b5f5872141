"""Which shape of the language a place in a file has: what a key there means, which keys may stand.

A place is the way to it from the top: keys, and numbers for items of lists.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from salesflow.language_server.mentions import value_of
from salesflow.language_server.sheets import OVERLAYS
from salesflow.schema.language import KINDS, document
from salesflow.schema.shapes import (
    Anything,
    Either,
    Key,
    ListOf,
    MapOf,
    Record,
    Shape,
    chosen,
    resolved,
)
from salesflow.source.located import Map, Seq


def shapes_at(data: Map, kind: str, path: Sequence[str]) -> tuple[Shape, ...]:
    """The shapes that what stands at a path may have, the most likely one first."""
    if kind not in KINDS:
        return ()
    shapes: list[Shape] = [document(kind)]
    value: Any = data
    for at, whole in enumerate(path):
        there = value
        for part in _apart(whole, dotted=at > 0 and path[0] == "change" and kind in OVERLAYS):
            found: list[Shape] = []
            for shape in shapes:
                for option in options(shape, there):
                    found += _below(option, part)
            shapes = _each_once(found)
            there = None  # what lies between the parts of a dotted key is not written here
        value = _inner(value, whole)
    return tuple(shapes)


def records_at(data: Map, kind: str, path: Sequence[str], value: Any) -> tuple[Shape, ...]:
    """The records and maps that what stands at a path may be."""
    found: list[Shape] = []
    for shape in shapes_at(data, kind, path):
        found += [one for one in options(shape, value) if isinstance(one, Record | MapOf)]
    return tuple(_each_once(found))


def key_at(data: Map, kind: str, path: Sequence[str], value: Any) -> Key | None:
    """What the language says of the last key of a path; None of a key that is an id."""
    for shape in records_at(data, kind, path[:-1], value):
        if isinstance(shape, Record) and path[-1] in shape.keys:
            return shape.keys[path[-1]]
    return None


def options(shape: Shape, value: Any) -> Iterator[Shape]:
    """What a shape may be: itself, or each of its alternatives, the one that fits first."""
    shape = resolved(shape)
    if not isinstance(shape, Either):
        yield shape
        return
    fits = chosen(shape, value)
    inner = [resolved(option.shape) for option in shape.options]
    for one in ([fits] if fits is not None else []) + [one for one in inner if one is not fits]:
        yield from options(one, value)


def _below(shape: Shape, part: str) -> list[Shape]:
    if isinstance(shape, Record):
        key = shape.keys.get(part)
        if key is None:
            return []
        inner = resolved(key.shape)
        is_change = isinstance(inner, MapOf) and isinstance(resolved(inner.value), Anything)
        return [document("process")] if is_change else [inner]
    if isinstance(shape, MapOf):
        return [shape.value]
    if isinstance(shape, ListOf):
        return [shape.item]
    return []


def _apart(part: str, *, dotted: bool) -> list[str]:
    """The parts of a key; only those of a change are paths."""
    return part.split(".") if dotted else [part]


def _inner(value: Any, part: str) -> Any:
    if isinstance(value, Seq):
        return value[int(part)] if part.isdigit() and int(part) < len(value) else None
    return value_of(value, part)


def _each_once(shapes: list[Shape]) -> list[Shape]:
    return list({id(shape): shape for shape in map(resolved, shapes)}.values())
