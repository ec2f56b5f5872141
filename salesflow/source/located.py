"""Data that remembers where it stands: maps and lists whose entries carry their place.

They are ordinary dicts and lists to whoever only reads values. A place travels with its entry when
that is moved into another map, so a merged document still knows the file and line of each part.

A place is one integer: the offsets of key and value in the text, 24 bits each (a text has at most
16 MB). Lines and columns are worked out when somebody asks. That keeps a thousand steps with all
their places within a few megabytes.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from salesflow.spans import NOWHERE, Span

_BITS = 24
_MASK = (1 << _BITS) - 1

Mark: TypeAlias = "int | tuple[Text, int]"  # of the container's own text, or of another one


class Text:
    """One file's text, with the offset where each line starts (found when first needed)."""

    __slots__ = ("_starts", "content", "file")

    def __init__(self, file: str, content: str) -> None:
        """Keep the text; lines end at ``\\n``, ``\\r\\n`` or ``\\r``."""
        self.file = file
        self.content = content
        self._starts: array[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """The lines and columns of a stretch given by offsets."""
        if self._starts is None:
            self._starts = line_starts(self.content)
        line = bisect_right(self._starts, start)
        last = bisect_right(self._starts, end)
        return Span(
            self.file,
            line,
            start - self._starts[line - 1] + 1,
            last,
            end - self._starts[last - 1] + 1,
        )


def line_starts(content: str) -> "array[int]":
    """Where lines start: after LF, CR LF and CR. An array, as a text may be nothing but lines."""
    starts = array("L", [0])
    starts.extend(match.end() for match in re.finditer(r"\r\n?|\n", content))
    return starts


class Map(dict[str, Any]):
    """A mapping that knows the place of each key and value, and its own.

    ``unread`` holds keys whose value could not be read, and was reported already.
    """

    __slots__ = ("mark", "marks", "text", "unread")

    def __init__(
        self,
        items: Mapping[str, Any] | Iterable[tuple[str, Any]] = (),
        *,
        text: Text | None = None,
        mark: int = 0,
    ) -> None:
        """Copy the items; without a ``text`` nothing has a place."""
        super().__init__(items)
        self.text = text
        self.mark = mark
        self.marks: dict[str, Mark] = {}
        self.unread: tuple[str, ...] = ()


class Seq(list[Any]):
    """A list that knows the place of each item, and its own."""

    __slots__ = ("mark", "marks", "text")

    def __init__(
        self, items: Iterable[Any] = (), *, text: Text | None = None, mark: int = 0
    ) -> None:
        """Copy the items; without a ``text`` nothing has a place."""
        super().__init__(items)
        self.text = text
        self.mark = mark
        self.marks: list[Mark] = []


class Entry(NamedTuple):
    """A key with its value, or an item of a list under its number, with offsets.

    The key stands from ``begin`` to ``key_end`` (an item has none: both are where it starts), the
    value from ``start`` to ``end``.
    """

    key: str
    begin: int
    key_end: int
    value: Any
    start: int
    end: int


def packed(start: int, end: int, key_start: int = 0, key_end: int = 0) -> int:
    """Four offsets as one integer."""
    return ((key_start << _BITS | key_end) << _BITS | start) << _BITS | end


def entries(data: Map | Seq) -> Iterator[Entry]:
    """The entries that stand in the container's own text; of what was read in the order written."""
    if data.text is None:
        return
    if isinstance(data, Map):
        for key, value in data.items():
            mark = data.marks.get(key)
            if isinstance(mark, int):
                begin, key_end = _key_place(mark)
                yield Entry(key, begin, key_end, value, *_value_place(mark))
        return
    for place, (value, mark) in enumerate(zip(data, data.marks, strict=False)):
        if isinstance(mark, int):
            start, end = _value_place(mark)
            yield Entry(str(place), start, start, value, start, end)


def reach(data: Map | Seq) -> tuple[int, int]:
    """The offsets at which the container begins and ends."""
    return _value_place(data.mark)


def _key_place(mark: int) -> tuple[int, int]:
    return mark >> 3 * _BITS, (mark >> 2 * _BITS) & _MASK


def _value_place(mark: int) -> tuple[int, int]:
    return (mark >> _BITS) & _MASK, mark & _MASK


def key_span(data: Map, key: str) -> Span:
    """Where the key stands; NOWHERE when it was never read from a text."""
    text, mark = _mark(data, data.marks.get(key))
    if text is None:
        return NOWHERE
    return text.span(*_key_place(mark))


def value_span(data: Map | Seq, key: str | int) -> Span:
    """Where the value of a key, or an item of a list, stands (a container: all of it)."""
    if isinstance(data, Map):
        found = data.marks.get(str(key))
    else:
        found = data.marks[int(key)] if int(key) < len(data.marks) else None
    text, mark = _mark(data, found)
    if text is None:
        return NOWHERE
    return text.span(*_value_place(mark))


def whole_span(data: Map | Seq) -> Span:
    """Where the container itself stands."""
    if data.text is None:
        return NOWHERE
    return data.text.span(*reach(data))


def put(target: Map, key: str, value: Any, *, like: Map, like_key: str) -> None:
    """Set ``target[key] = value``, standing where ``like[like_key]`` stands (key and value)."""
    target[key] = value
    text, mark = _mark(like, like.marks.get(like_key))
    if text is None:
        target.marks.pop(key, None)
    else:
        target.marks[key] = mark if text is target.text else (text, mark)


def emptied(data: Map) -> Map:
    """A map without entries that stands where another one stands."""
    copy = Map(text=data.text, mark=data.mark)
    copy.unread = data.unread
    return copy


def copied(data: Map) -> Map:
    """A copy of one level, with its places."""
    copy = emptied(data)
    copy.update(data)
    copy.marks = data.marks.copy()
    return copy


def joined(lists: Iterable[Seq]) -> Seq:
    """The items of all lists, equal ones once, each standing where it stood first."""
    whole = Seq()
    seen = set()
    for part in lists:
        for place, item in enumerate(part):
            if item in seen:
                continue
            seen.add(item)
            text, mark = _mark(part, part.marks[place] if place < len(part.marks) else None)
            whole.append(item)
            whole.marks.append((text, mark) if text else 0)
    return whole


def _mark(data: Map | Seq, found: "Mark | None") -> tuple[Text | None, int]:
    if found is None:
        return None, 0
    if isinstance(found, tuple):
        return found
    return data.text, found
