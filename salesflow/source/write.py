"""From plain data to text of the language: block style, and flow style for what fits on a line."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from salesflow.source.scalars import Doubtful, doubtful_key, plain_value

_WIDTH = 96
# Safe without quotes anywhere: no YAML indicator, no space at the ends, nothing that hides.
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_%./()<>=+*-]*(?: [A-Za-z0-9_%./()<>=+*-]+)*\Z")


def emit(data: Mapping[str, Any]) -> str:
    """The text of a document; reading it gives equal data.

    Values are maps, lists, texts, numbers and booleans, with texts as keys. TypeError for others.
    """
    return "".join(f"{row}\n" for row in _block(data, ""))


def one_line(value: Any) -> str:
    """A value as it is written on one line, whatever its length: ``{mean: 2d}``."""
    return _whole(value)


def _block(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        head = f"{indent}{_key(key)}:"
        flow = _flow(value, _WIDTH - len(head))
        if flow is not None:
            yield f"{head} {flow}"
        elif isinstance(value, Mapping):
            yield head
            yield from _block(value, f"{indent}  ")
        else:
            yield head
            yield from _items(value, f"{indent}  ")


def _items(data: Sequence[Any], indent: str) -> Iterator[str]:
    for value in data:
        flow = _flow(value, _WIDTH - len(indent))
        yield f"{indent}- {_whole(value) if flow is None else flow}"


def _flow(value: Any, room: int) -> str | None:
    """The value on one line; None when it is a container that does not fit."""
    if not isinstance(value, Mapping | list | tuple):
        return _scalar(value)
    if not value:
        return "{}" if isinstance(value, Mapping) else "[]"
    if isinstance(value, Mapping) and any(_nested(inner) for inner in value.values()):
        return None
    text = _whole(value)
    return text if len(text) <= room else None


def _nested(value: Any) -> bool:
    """Whether a value inside a map makes the map too busy for one line."""
    return isinstance(value, Mapping) and any(isinstance(v, Mapping) for v in value.values())


def _whole(value: Any) -> str:
    """The value in flow style, whatever its length."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_key(key)}: {_whole(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_whole, value))}]"
    return _scalar(value)


def _key(key: str) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a key is a text, not {key!r}")
    return key if _PLAIN.match(key) and doubtful_key(key) is None else _quoted(key)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _decimal(value)
    if not isinstance(value, str):
        raise TypeError(f"the language has no value such as {value!r}")
    if _PLAIN.match(value):
        plain = plain_value(value)
        if isinstance(plain, str) and not isinstance(plain, Doubtful):
            return value
    return _quoted(value)


def _quoted(text: str) -> str:
    """Double quotes with JSON's escapes, all of which YAML knows; what hides is escaped too."""
    shown = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else _escape(c) for c in shown)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _decimal(value: float) -> str:
    """A float without exponent, as the language wants it."""
    from decimal import Decimal  # only for numbers that are not whole

    text = format(Decimal(repr(value)), "f")
    return text if "." in text else f"{text}.0"
