"""Where something stands in a file: the place every finding points at."""

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of text in one file.

    Lines and columns count from 1 and columns count characters, as editors show them;
    ``end_column`` is the first column after the stretch.
    """

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    def within(self, start: int, end: int) -> "Span":
        """The part from character ``start`` to ``end`` of a stretch that stands on one line."""
        if self.line != self.end_line:
            return self
        return self._replace(column=self.column + start, end_column=self.column + end)


NOWHERE = Span("")
