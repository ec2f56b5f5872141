"""Keys of an element that stand beside it, because they are not indented far enough."""

from typing import Any

from salesflow.schema.accept import accepts
from salesflow.schema.shapes import Either, MapOf, Record, Shape, resolved
from salesflow.source.located import Map

_known: dict[int, tuple[MapOf, dict[str, list[Shape]]]] = {}  # by identity, as in `accept`


def strayed(shape: MapOf, value: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The element above, and its keys that stand beside it; ``("", ())`` if there are none.

    A key has strayed if its value is right for a key of an element and wrong for an element, or
    if an element has no value because of it.
    """
    if not shape.keep or not isinstance(value, Map):
        return "", ()
    own = _keys(shape)
    element, found = value.unread[-1] if value.unread else "", []
    for key, each in value.items():
        if key in own and _belongs(own[key], each, surely=bool(value.unread), above=element):
            if not accepts(shape.value)(each):
                found.append(key)
        elif not value.unread and not found:
            element = key
    return (element, tuple(found)) if found else ("", ())


def _belongs(shapes: list[Shape], value: Any, *, surely: bool, above: str) -> bool:
    return surely or (above != "" and any(accepts(shape)(value) for shape in shapes))


def _keys(shape: MapOf) -> dict[str, list[Shape]]:
    """The keys that the elements of a map can have, with what may stand there."""
    before = _known.get(id(shape))
    if before is not None and before[0] is shape:
        return before[1]
    inner = resolved(shape.value)
    options = [each.shape for each in inner.options] if isinstance(inner, Either) else [inner]
    own: dict[str, list[Shape]] = {}
    for record in map(resolved, options):
        for key, known in record.keys.items() if isinstance(record, Record) else ():
            own.setdefault(key, []).append(known.shape)
    _known[id(shape)] = (shape, own)
    return own
