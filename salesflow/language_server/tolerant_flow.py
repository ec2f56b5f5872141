"""Flow style (``{a: b, c: [d]}``) in a text that need not be whole."""

from typing import Any

from salesflow.language_server.tolerant_scalars import (
    Scalar,
    key_at,
    line_end,
    past_break,
    plain,
    quoted,
)
from salesflow.source.located import Map, Seq, Text, packed

_STOPS = ",{}[]"
_CLOSING = {"{": "}", "[": "]"}
_MOST_DEPTH = 64


def flow_at(text: Text, at: int, indent: int) -> tuple[Map | Seq, int]:
    """The map or list whose bracket stands at ``at``, and where it ends.

    ``indent`` is the column of the key before it. Where the bracket is not closed, it ends before
    the next line that is indented no deeper.
    """
    return _Flow(text, indent).run(at)


class _Open:
    """An open bracket: its map or list, and the key that waits for its value."""

    def __init__(self, data: Map | Seq, start: int) -> None:
        self.data = data
        self.start = start
        self.key: Scalar | None = None
        self.colon = start


class _Flow:
    """One bracket with all inside."""

    def __init__(self, text: Text, indent: int) -> None:
        self.text = text
        self.content = text.content
        self.indent = indent
        self.open: list[_Open] = []
        self.last = 0  # the end of the last thing said

    def run(self, at: int) -> tuple[Map | Seq, int]:
        outermost = self._opened(at).data
        at += 1
        while self.open:
            at, ended = self._blank(at)
            if ended:
                end = self.last
                while self.open:
                    self._closed(end)
                return outermost, end
            at = self._next(at)
        return outermost, at

    def _next(self, at: int) -> int:
        """Read one thing; where the next one may start."""
        letter = self.content[at]
        top = self.open[-1]
        if letter in "}]":
            self.last = at + 1
            wrong = len(self.open) > 1 and letter != _CLOSING[self.content[top.start]]
            if wrong and any(
                self.content[one.start] != self.content[top.start] for one in self.open
            ):
                self._closed(at)  # the inner one was not closed
            self._closed(at + 1)
            return at + 1
        if letter == ",":
            self._nothing(top)
            self.last = at + 1
            return at + 1
        if letter in "{[":
            if len(self.open) >= _MOST_DEPTH:
                return at + 1
            self._opened(at)
            return at + 1
        if letter == ":":
            self.last = at + 1
            return at + 1
        return self._word(at, top)

    def _word(self, at: int, top: _Open) -> int:
        """A key with its colon, or a scalar."""
        content = self.content
        key = key_at(content, at, flow=True) if isinstance(top.data, Map) else None
        if key is not None and top.key is None:
            top.key = key
            top.colon = self.last = content.index(":", key.end) + 1
            return top.colon
        is_quoted = content[at] in "\"'"
        scalar = quoted(content, at, len(content)) if is_quoted else self._plain(at)
        self.last = scalar.end
        self._put(top, scalar.value, scalar.start, scalar.end)
        return max(scalar.end, at + 1)

    def _plain(self, at: int) -> Scalar:
        """A plain scalar; it may go on below."""
        scalar = plain(self.content, at, flow=True)
        while self.content[scalar.end : line_end(self.content, scalar.end)].strip() == "":
            below, ended = self._blank(scalar.end)
            if ended or below == scalar.end or self.content[below] in f"{_STOPS}:\"'":
                break
            if key_at(self.content, below, flow=True) is not None:
                break
            more = plain(self.content, below, flow=True)
            if more.end == more.start:
                break
            scalar = Scalar(f"{scalar.text} {more.text}", scalar.start, more.end)
        return scalar

    def _blank(self, at: int) -> tuple[int, bool]:
        """Past blanks, comments and line breaks; whether the bracket can no longer be meant."""
        content = self.content
        while at < len(content):
            letter = content[at]
            if letter in " \t":
                at += 1
            elif letter == "#" and (at == 0 or content[at - 1] in " \t\r\n,[]{}"):
                at = line_end(content, at)
            elif letter in "\r\n":
                at = past_break(content, at)
                if self._over(at):
                    return at, True
            else:
                return at, False
        return at, True

    def _over(self, at: int) -> bool:
        """Whether a line begins something else: as far out as the key, and no bracket closes."""
        start = at
        while self.content[at : at + 1] == " ":
            at += 1
        first = self.content[at : at + 1]
        if first in ("", "\r", "\n", "#", "}", "]"):
            return False
        return at - start <= self.indent

    def _opened(self, at: int) -> _Open:
        data = Map(text=self.text) if self.content[at] == "{" else Seq(text=self.text)
        if self.open:
            self._put(self.open[-1], data, at, at + 1, keep=True)
        self.open.append(_Open(data, at))
        self.last = at + 1
        return self.open[-1]

    def _closed(self, end: int) -> None:
        closed = self.open[-1]
        self._nothing(closed)
        self.open.pop()
        closed.data.mark = packed(closed.start, end)
        if not self.open:
            return
        above = self.open[-1]
        if isinstance(above.data, Seq):
            above.data.marks[-1] = closed.data.mark
        elif above.key is not None:
            if above.data.get(above.key.text) is closed.data:
                mark = packed(closed.start, end, above.key.start, above.key.end)
                above.data.marks[above.key.text] = mark
            above.key = None

    def _nothing(self, top: _Open) -> None:
        """A key without a value, `{by: }`, is there all the same."""
        if top.key is not None and isinstance(top.data, Map):
            self._put(top, "", top.colon, top.colon)

    def _put(self, top: _Open, value: Any, start: int, end: int, *, keep: bool = False) -> None:
        """The value of the key that waits, or an item; ``keep``: its end is still to come."""
        if isinstance(top.data, Seq):
            top.data.append(value)
            top.data.marks.append(packed(start, end))
        elif top.key is not None:
            if top.key.text not in top.data:
                top.data[top.key.text] = value
                mark = packed(start, end, top.key.start, top.key.end)
                top.data.marks[top.key.text] = mark
            if not keep:
                top.key = None
        elif isinstance(value, str) and end > start and value not in top.data:
            # A word that is no key yet (`{by: sdr, eff}`), or a key that stands alone.
            top.data[value] = ""
            top.data.marks[value] = packed(end, end, start, end)
