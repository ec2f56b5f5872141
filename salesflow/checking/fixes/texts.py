"""Edits applied to texts, by the lines and columns that findings speak of."""

import re
from collections.abc import Iterable

from salesflow.findings import Edit
from salesflow.source.located import line_starts
from salesflow.spans import Span


class Lines:
    """A text whose lines and columns can be told from offsets, and the other way round."""

    def __init__(self, file: str, content: str) -> None:
        """Find where lines start: after LF, CR LF and CR, as the reader does."""
        self.file = file
        self.content = content
        self._starts = line_starts(content)

    def offsets(self, span: Span) -> tuple[int, int]:
        """Where a span starts and ends in the text; never beyond it."""
        start = self._offset(span.line, span.column)
        return start, max(start, self._offset(span.end_line, span.end_column))

    def _offset(self, line: int, column: int) -> int:
        start = self._starts[min(line, len(self._starts)) - 1]
        return min(start + column - 1, len(self.content))

    def span(self, start: int, end: int) -> Span:
        """The lines and columns of a stretch."""
        from bisect import bisect_right

        first, last = bisect_right(self._starts, start), bisect_right(self._starts, end)
        return Span(
            self.file,
            first,
            start - self._starts[first - 1] + 1,
            last,
            end - self._starts[last - 1] + 1,
        )

    def line_start(self, offset: int) -> int:
        """Where the line of an offset starts."""
        from bisect import bisect_right

        return self._starts[bisect_right(self._starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends, its line break not included."""
        found = re.compile(r"[\r\n]").search(self.content, offset)
        return found.start() if found else len(self.content)

    @property
    def newline(self) -> str:
        """The line break of the file."""
        found = re.search(r"\r\n?|\n", self.content)
        return found[0] if found else "\n"


def overlap(one: Edit, other: Edit) -> bool:
    """Whether two edits touch the same text; two insertions at one place do not."""
    if one.span.file != other.span.file:
        return False
    first, later = sorted((_range(one), _range(other)))
    return first[1] > later[0]


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits made, none of which overlap; insertions at one place keep their order.

    All else, comments and line breaks included, stays as it is.
    """
    lines = Lines("", text)
    placed = [(*lines.offsets(edit.span), edit.text) for edit in edits]
    for start, end, new in sorted(placed, key=lambda edit: edit[:2])[::-1]:
        text = text[:start] + new + text[end:]
    return text


def _range(edit: Edit) -> tuple[tuple[int, int], tuple[int, int]]:
    span = edit.span
    return (span.line, span.column), (span.end_line, span.end_column)
