"""Whether a value has a shape, as fast as possible: each shape becomes one small function.

Almost every document is right. So a document is first asked as a whole, with no thought of
messages, and only what is wrong is looked at again by ``validate``.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from salesflow.schema.shapes import (
    LONGEST_ID,
    METADATA,
    RESERVED,
    Anything,
    Either,
    Id,
    Later,
    ListOf,
    MapOf,
    Number,
    Record,
    Shape,
    Text,
    Whole,
    Word,
    YesNo,
    kind_of,
)

Accepts: TypeAlias = "Callable[[Any], bool]"

_compiled: dict[int, tuple[Shape, Accepts]] = {}  # by identity: the tables are made once and stay


def accepts(shape: Shape) -> Accepts:
    """The function that says whether a value has the shape and carries no metadata."""
    known = _compiled.get(id(shape))
    if known is not None and known[0] is shape:
        return known[1]
    made = _MAKERS[type(shape)](shape)
    _compiled[id(shape)] = (shape, made)
    return made


def _later(shape: Later) -> Accepts:
    """Compiled on first use: only then are shapes that contain themselves complete."""
    inner: list[Accepts] = []

    def accept(value: Any) -> bool:
        if not inner:
            inner.append(accepts(shape.make()))
        return inner[0](value)

    return accept


def _anything(_shape: Anything) -> Accepts:
    return lambda _value: True


def _text(shape: Text) -> Accepts:
    if not shape.pattern:
        return lambda value: isinstance(value, str)
    match: list[Callable[[str], object]] = []
    pattern = shape.pattern
    right: set[str] = set()  # texts come again and again: ids, shares, times

    def accept(value: Any) -> bool:
        if not isinstance(value, str):
            return False
        if value in right:
            return True
        if not match:  # compiled on first use: most shapes of the language are not in a document
            match.append(re.compile(pattern).fullmatch)
        if match[0](value) is None:
            return False
        if len(right) < _REMEMBERED:
            right.add(value)
        return True

    return accept


_REMEMBERED = 4096


def _id(shape: Id) -> Accepts:
    """The same as ``shape.pattern``, without the time to compile it."""
    barred = frozenset() if shape.dotted else frozenset(RESERVED).difference(shape.also)
    dotted = shape.dotted

    def one(value: str) -> bool:
        return (
            value.isidentifier()
            and value.isascii()
            and value[0] != "_"
            and len(value) <= LONGEST_ID
            and value == value.lower()
            and value not in barred
        )

    right: set[str] = set()

    def accept(value: Any) -> bool:
        if not isinstance(value, str):
            return False
        if value in right:
            return True
        fits = all(map(one, value.split("."))) if dotted and "." in value else one(value)
        if fits and len(right) < _REMEMBERED:
            right.add(value)
        return fits

    return accept


def _word(shape: Word) -> Accepts:
    words = frozenset(shape.words)
    return lambda value: isinstance(value, str) and value in words


def _whole(shape: Whole) -> Accepts:
    """``2.0`` is not accepted as it stands: the slow look makes it the whole number it is."""
    least, most = shape.least, shape.most

    def accept(value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, int):
            return False
        return (least is None or value >= least) and (most is None or value <= most)

    return accept


def _number(shape: Number) -> Accepts:
    least = shape.least

    def accept(value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        if not float("-inf") < value < float("inf"):  # neither is what is no number at all
            return False
        return least is None or value >= least

    return accept


def _yes_no(shape: YesNo) -> Accepts:
    only = shape.only
    return lambda value: isinstance(value, bool) and (only is None or value is only)


def _list(shape: ListOf) -> Accepts:
    item = accepts(shape.item)
    least, most, different = shape.least, shape.most, shape.different

    def accept(value: Any) -> bool:
        if not isinstance(value, list) or len(value) < least:
            return False
        for each in value:
            if not item(each):
                return False
        if different and len(value) > 1 and len(set(value)) < len(value):
            return False
        return most is None or len(value) <= most

    return accept


def _map(shape: MapOf) -> Accepts:
    key_fits = accepts(shape.key)
    fits = accepts(shape.value)
    least = shape.least

    def accept(value: Any) -> bool:
        if not isinstance(value, dict) or len(value) < least:
            return False
        for key, each in value.items():  # noqa: SIM110 - a loop is faster
            if not key_fits(key) or not fits(each):
                return False
        return True

    return accept


class Parts(NamedTuple):
    """A record taken apart: what each key's value must fulfil, and the keys it needs."""

    fits: dict[str, Accepts]
    required: tuple[str, ...]


_parts: dict[int, tuple[Record, Parts]] = {}


def parts(shape: Record) -> Parts:
    """The record taken apart, once."""
    known = _parts.get(id(shape))
    if known is not None and known[0] is shape:
        return known[1]
    made = Parts(
        {key: accepts(known.shape) for key, known in shape.keys.items()},
        tuple(key for key, known in shape.keys.items() if known.required),
    )
    _parts[id(shape)] = (shape, made)
    return made


def _record(shape: Record) -> Accepts:
    fits_at, required = parts(shape)
    look = fits_at.get
    broken = [rule.broken for rule in shape.rules]

    def accept(value: Any) -> bool:
        if not isinstance(value, dict):
            return False
        for key, each in value.items():
            fits = look(key)
            if fits is None or not fits(each):
                return False
        for key in required:
            if key not in value:
                return False
        for rule in broken:  # noqa: SIM110 - a loop is faster
            if rule(value) is not None:
                return False
        return True

    return accept


def _either(shape: Either) -> Accepts:
    maps = [(o.having, accepts(o.shape)) for o in shape.options if o.kind == "map"]
    others = {o.kind: accepts(o.shape) for o in reversed(shape.options) if o.kind != "map"}
    on_text = others.get("text", _never)

    def accept(value: Any) -> bool:
        if isinstance(value, str):
            return on_text(value)
        if not isinstance(value, dict):
            return others.get(kind_of(value), _never)(value)
        for having, fits in maps:
            if not having:
                return fits(value)
            for key in having:
                if key in value:
                    return fits(value)
        return False

    return accept


def _never(_value: Any) -> bool:
    return False


_MAKERS: dict[type[Shape], Callable[[Any], Accepts]] = {
    Later: _later,
    Anything: _anything,
    Text: _text,
    Id: _id,
    Word: _word,
    Whole: _whole,
    Number: _number,
    YesNo: _yes_no,
    ListOf: _list,
    MapOf: _map,
    Record: _record,
    Either: _either,
}


def is_metadata(key: object) -> bool:
    """Whether a key is free: it starts with ``x-``."""
    return isinstance(key, str) and key.startswith(METADATA)
