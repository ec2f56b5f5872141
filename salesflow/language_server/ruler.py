"""Places in a text, told three ways: offsets, the spans of findings, and an editor's positions."""

import re
from bisect import bisect_right
from copy import copy
from typing import NamedTuple

from salesflow.source.located import line_starts
from salesflow.spans import Span

UTF8, UTF16, UTF32 = "utf-8", "utf-16", "utf-32"  # how an editor counts within a line
_BREAK = re.compile(r"\r\n?|\n")  # what the reader and the protocol take for the end of a line


class Spot(NamedTuple):
    """An editor's position: line and character count from 0."""

    line: int
    character: int


class Ruler:
    """A text whose places can be told from each other; ``units`` is how the editor counts."""

    def __init__(self, text: str, units: str = UTF16) -> None:
        """Find where lines start."""
        self.text = text
        self.units = units
        self._starts = line_starts(text)

    def counting(self, units: str) -> "Ruler":
        """The same text for an editor that counts otherwise; lines are not looked for again."""
        other = copy(self)
        other.units = units
        return other

    def offset(self, line: int, character: int) -> int:
        """The offset of a position; never outside the text, nor behind the end of the line."""
        if line >= len(self._starts):
            return len(self.text)
        start, end = self.row(max(line, 0))
        row = self.text[start:end]
        if row.isascii() or self.units == UTF32:
            return start + min(max(character, 0), len(row))
        left = character
        for at, letter in enumerate(row):
            if left <= 0:
                return start + at
            left -= self._width(letter)
        return start + len(row)

    def spot(self, offset: int) -> Spot:
        """The position of an offset."""
        line = bisect_right(self._starts, min(offset, len(self.text))) - 1
        start = self._starts[line]
        before = self.text[start:offset]
        if before.isascii() or self.units == UTF32:
            return Spot(line, len(before))
        return Spot(line, sum(map(self._width, before)))

    def place(self, line: int, column: int) -> int:
        """The offset of a line and column as findings count them, from 1."""
        start = self._starts[min(max(line, 1), len(self._starts)) - 1]
        return min(start + max(column, 1) - 1, len(self.text))

    def stretch(self, span: Span) -> tuple[int, int]:
        """The offsets of a span."""
        start = self.place(span.line, span.column)
        return start, max(start, self.place(span.end_line, span.end_column))

    def line_of(self, offset: int) -> int:
        """The line of an offset, from 0."""
        return bisect_right(self._starts, offset) - 1

    def row(self, line: int) -> tuple[int, int]:
        """Where a line starts and where its text ends."""
        start = self._starts[min(line, len(self._starts) - 1)]
        found = _BREAK.search(self.text, start)
        return start, found.start() if found else len(self.text)

    def _width(self, letter: str) -> int:
        if self.units == UTF8:
            return len(letter.encode("utf-8", "surrogatepass"))
        return 2 if ord(letter) > 0xFFFF else 1
