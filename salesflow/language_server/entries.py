"""The entries of located data with offsets; dotted keys of a change are opened into maps."""

from collections.abc import Iterator
from typing import Any

from salesflow.source import located
from salesflow.source.located import Entry, Map, Seq, packed


def entries(data: Any, *, dotted: bool = False) -> Iterator[Entry]:
    """The entries of a map or list that are for salesflow: not those of other programs (`x-…`).

    ``dotted``: a key `a.b` is a key `a` whose value is a map with the key `b`.
    """
    for entry in located.entries(data) if isinstance(data, Map | Seq) else ():
        if not entry.key.startswith("x-"):
            yield _opened(data, entry) if dotted and "." in entry.key else entry


def _opened(data: Map, entry: Entry) -> Entry:
    """The first part of a dotted key, with a map that has the rest."""
    first, _, rest = entry.key.partition(".")
    begin = entry.begin + (entry.key_end - entry.begin > len(entry.key))  # past a quote
    middle = begin + len(first)
    inner = Map(text=data.text, mark=packed(middle + 1, entry.end))
    inner[rest] = entry.value
    inner.marks[rest] = packed(entry.start, entry.end, middle + 1, middle + 1 + len(rest))
    return Entry(first, begin, middle, inner, middle + 1, entry.end)


def path_entry(data: Seq, item: Entry) -> Map:
    """The map that a path in a list (`locked`, `remove`) would be as a key."""
    quote = int(item.end - item.start > len(str(item.value)))
    made = Map(text=data.text, mark=packed(item.start, item.end))
    made[str(item.value)] = None
    key = packed(item.end, item.end, item.start + quote, item.start + quote + len(str(item.value)))
    made.marks[str(item.value)] = key
    return made


def word_at(content: str, entry: Entry) -> tuple[int, int]:
    """Where the text of a scalar value stands, without its quotes."""
    return unquoted(content, entry.start, entry.end)


def key_at(content: str, entry: Entry) -> tuple[int, int]:
    """Where the text of a key stands, without its quotes."""
    return unquoted(content, entry.begin, entry.key_end)


def unquoted(content: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the quotes around it."""
    quoted = content[start : start + 1] in ("'", '"')
    if quoted and end - start > 1 and content[end - 1] == content[start]:
        return start + 1, end - 1
    return start + quoted, end


def aligned(text: str, content: str, start: int, end: int) -> list[int] | None:
    """For each character of a scalar's text the offset where it stands; None where they part.

    A text over several lines has one blank for each break.
    """
    if content[start:end] == text:
        return [*range(start, end + 1)]
    at, found = start, []
    for letter in text:
        if letter.isspace():
            while at < end and not content[at].isspace():
                return None
            found.append(at)
            while at < end and content[at].isspace():
                at += 1
            continue
        while at < end and content[at] != letter:
            if content[at] not in "\"'|>-" and not content[at].isspace():
                return None
            at += 1
        if at >= end:
            return None
        found.append(at)
        at += 1
    return [*found, at]
