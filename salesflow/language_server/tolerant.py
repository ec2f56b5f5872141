"""A text that need not be YAML, read as what it seems to say, with the place of each part.

While somebody types, a text is rarely whole: a bracket is open, a colon is missing, a key has no
value yet. Editors ask all the same. Of a text in which the reader finds nothing this gives the same
data at the same places; of any other as much as lines and brackets tell. Nothing is raised.
"""

from typing import Any

from salesflow.language_server.tolerant_flow import flow_at
from salesflow.language_server.tolerant_scalars import (
    Scalar,
    block_scalar,
    key_at,
    line_end,
    past_break,
    plain,
    quoted,
)
from salesflow.source.located import Map, Seq, Text, packed

_MOST_DEPTH = 64


def tolerant(content: str, file: str) -> Map:
    """What a text seems to say; an empty map where it says nothing."""
    return _Scan(Text(file, content)).run()


class _Frame:
    """An open block: its map or list, the column of its keys, the key that waits for a value."""

    def __init__(self, data: Map | Seq, indent: int, start: int) -> None:
        self.data = data
        self.indent = indent
        self.start = start
        self.end = start
        self.key: Scalar | None = None  # of a map; of a list, where its item starts
        self.waiting = False


class _Scan:
    """One reading, from the first line to the last."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.content = text.content
        self.root: Map | None = None
        self.open: list[_Frame] = []

    def run(self) -> Map:
        at, content = 0, self.content
        while at < len(content):
            start = at
            while at < len(content) and content[at] == " ":
                at += 1
            row = content[at : at + 4]
            if not row or row[0] in "\r\n#%" or row.startswith(("---", "...")):
                at = past_break(content, line_end(content, at))
                continue
            if row[0] == "\t":
                while at < len(content) and content[at] in " \t":
                    at += 1
            at = self._said(at, at - start)
            at = past_break(content, line_end(content, at))
        self._close(-1)
        return self.root if self.root is not None else Map(text=self.text)

    def _said(self, at: int, indent: int) -> int:
        """Read what begins at a column; where reading goes on, on the same line or a later one."""
        content = self.content
        while content.startswith("-", at) and content[at + 1 : at + 2] in ("", " ", "\r", "\n"):
            self._item(at, indent)
            inner = at + 1
            while content[inner : inner + 1] == " ":
                inner += 1
            if content[inner : inner + 1] in ("", "\r", "\n", "#"):
                return inner
            indent += inner - at
            at = inner
        key = None if content[at] in "{[|>" else key_at(content, at)
        if key is None:
            return self._bare(at, indent)
        self._key(key, indent)
        after = content.index(":", key.end) + 1
        while content[after : after + 1] in (" ", "\t"):
            after += 1
        return self._value(after, indent)

    def _value(self, at: int, indent: int) -> int:
        """Read the value that follows on the line of its key."""
        first = self.content[at : at + 1]
        if first in ("", "\r", "\n", "#"):
            return at
        if first in "{[":
            value, end = flow_at(self.text, at, indent)
            self._put(value, at, end)
            return end
        if first in "|>":
            scalar = block_scalar(self.content, at, indent)
        elif first in "\"'":
            scalar = quoted(self.content, at, len(self.content))
        else:
            scalar = self._plain(at, indent)
        self._put(scalar.value, scalar.start, scalar.end)
        return scalar.end

    def _plain(self, at: int, indent: int) -> Scalar:
        """A plain scalar with the lines below that go on with it."""
        scalar = plain(self.content, at)
        while scalar.end > scalar.start:
            below = past_break(self.content, line_end(self.content, scalar.end))
            if self.content[scalar.end : line_end(self.content, scalar.end)].strip():
                break
            start = below
            while self.content[start : start + 1] == " ":
                start += 1
            if start - below <= indent or self.content[start : start + 1] in ("", "\r", "\n", "#"):
                break
            if key_at(self.content, start) or self.content.startswith("- ", start):
                break
            more = plain(self.content, start)
            scalar = Scalar(f"{scalar.text} {more.text}", scalar.start, more.end)
        return scalar

    def _bare(self, at: int, indent: int) -> int:
        """A value on a line of its own, or a word that is no key yet."""
        frame = self._frame_above(indent)
        if frame is not None and frame.waiting:
            inner = frame.indent if isinstance(frame.data, Map) else frame.indent + 1
            return self._value(at, inner)
        return at

    def _frame_above(self, indent: int) -> "_Frame | None":
        """The block that a line of this indentation belongs to.

        One that lies between two blocks is taken as a part of the inner one.
        """
        while self.open and self.open[-1].indent > indent:
            if len(self.open) > 1 and self.open[-2].indent < indent:
                break
            self._close_one()
        return self.open[-1] if self.open else None

    def _item(self, at: int, indent: int) -> None:
        top = self._frame_above(indent)
        if top is None:
            return
        if not (isinstance(top.data, Seq) and top.indent >= indent):
            if not top.waiting or len(self.open) >= _MOST_DEPTH:
                return
            top = self._begin(Seq(text=self.text), at, indent)
        top.key = Scalar("", at, at)
        top.waiting = True

    def _key(self, key: Scalar, indent: int) -> None:
        top = self._frame_above(indent)
        while top is not None and isinstance(top.data, Seq) and top.indent >= indent:
            self._close_one()
            top = self.open[-1] if self.open else None
        fits = top is not None and isinstance(top.data, Map) and top.indent >= indent
        if not fits and len(self.open) < _MOST_DEPTH:
            if top is not None and not top.waiting:  # deeper than it should be: taken as beside
                fits = isinstance(top.data, Map)
            elif top is not None or self.root is None:
                top = self._begin(Map(text=self.text), key.start, indent)
                fits = True
        if top is None or not fits:
            return
        self._unfilled(top)
        top.key, top.waiting = key, True

    def _begin(self, data: Map | Seq, at: int, indent: int) -> "_Frame":
        if not self.open:
            self.root = data if isinstance(data, Map) else Map(text=self.text)
        else:
            self._put(data, at, at)
            self.open[-1].waiting = True  # until it is closed and its end is known
        self.open.append(_Frame(data, indent, at))
        return self.open[-1]

    def _put(self, value: Any, start: int, end: int) -> None:
        """The value of the key, or the item, that waits in the innermost block."""
        if not self.open or not self.open[-1].waiting:
            return
        top = self.open[-1]
        top.waiting, top.end = False, max(end, top.end)
        if isinstance(top.data, Seq):
            top.data.append(value)
            top.data.marks.append(packed(start, end))
        elif top.key is not None and (top.key.text not in top.data or value is _of(top)):
            top.data[top.key.text] = value
            top.data.marks[top.key.text] = packed(start, end, top.key.start, top.key.end)

    def _unfilled(self, top: _Frame) -> None:
        """A key that has no value yet is there all the same, with nothing behind it."""
        if top.waiting and isinstance(top.data, Map) and top.key is not None:
            end = self.content.index(":", top.key.end) + 1
            self._put("", end, end)

    def _close_one(self) -> None:
        frame = self.open[-1]
        self._unfilled(frame)
        self.open.pop()
        frame.data.mark = packed(frame.start, frame.end)
        if not self.open:
            return
        above = self.open[-1]
        above.end = max(above.end, frame.end)
        above.waiting = False
        if isinstance(above.data, Seq):
            above.data.marks[-1] = frame.data.mark
        elif above.key is not None and _of(above) is frame.data:
            mark = packed(frame.start, frame.end, above.key.start, above.key.end)
            above.data.marks[above.key.text] = mark

    def _close(self, indent: int) -> None:
        while self.open and self.open[-1].indent > indent:
            self._close_one()


def _of(frame: _Frame) -> Any:
    return frame.data.get(frame.key.text) if isinstance(frame.data, Map) and frame.key else None
