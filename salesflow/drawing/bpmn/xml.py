"""Tags of an XML document, and how they are written: indented, escaped, nothing hidden."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Self

from salesflow.visible import visible

_ESCAPES = (
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ('"', "&quot;"),
    ("\t", "&#9;"),
    ("\n", "&#10;"),
    ("\r", "&#13;"),
)
_SPECIAL = frozenset('&<>"')


class Tag(NamedTuple):
    """An element with attributes and either tags or text inside."""

    name: str
    attributes: Mapping[str, str] = {}
    inside: tuple["Tag", ...] = ()
    text: str = ""

    def holding(self, inside: Iterable["Tag"]) -> Self:
        """The same with more tags inside."""
        return self._replace(inside=(*self.inside, *inside))


def write(root: Tag) -> str:
    """The document with this root."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    waiting: list[tuple[int, Tag | str]] = [(0, root)]
    while waiting:
        depth, tag = waiting.pop()
        space = "  " * depth
        if isinstance(tag, str):
            lines.append(f"{space}</{tag}>")
            continue
        start = "".join([tag.name, *(f' {k}="{_safe(v)}"' for k, v in tag.attributes.items())])
        if tag.inside:
            lines.append(f"{space}<{start}>")
            waiting.append((depth, tag.name))
            waiting.extend((depth + 1, each) for each in reversed(tag.inside))
        elif tag.text:
            lines.append(f"{space}<{start}>{_safe(tag.text)}</{tag.name}>")
        else:
            lines.append(f"{space}<{start} />")
    return "\n".join(lines) + "\n"


def _safe(text: str) -> str:
    """Line breaks and tabs stay as they are, as references: a parser would make them blanks."""
    if text.isascii() and text.isprintable() and not _SPECIAL.intersection(text):
        return text
    kept = "".join(char if char in "\t\n\r" else visible(char) for char in text)
    for plain, escaped in _ESCAPES:
        kept = kept.replace(plain, escaped)
    return kept
