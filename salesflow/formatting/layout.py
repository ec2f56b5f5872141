"""A document laid out anew: indentation, spaces, lines that are too long, empty lines.

Entries are written in their order, so comments are taken along by where they stand: one that has a
line for itself goes in front of what follows, one behind an entry stays behind it.
"""

import re
from collections import deque
from itertools import groupby
from typing import Any

from salesflow.formatting.columns import columns
from salesflow.formatting.comments import Comment, comments
from salesflow.source.located import Entry, Map, Seq, entries, reach

WIDTH = 120  # what is in braces on one line and longer than this goes on lines of its own
INDENT = 2


class Layout:
    """The lines of a document under way. ``done`` is the offset up to which all is written."""

    def __init__(self, text: str, data: Map) -> None:
        """Nothing is written yet."""
        self.text = text
        self.data = data
        self.rows: list[str] = []
        self.done = 0
        self.opened = True  # a block has just begun: no empty line there
        self.comments: deque[Comment] = deque(comments(text, data))
        self.asides: list[tuple[int, Comment]] = []  # the row behind which a comment stands
        self.commented = 0  # the number of rows when the last comment was written

    def laid_out(self) -> str:
        """The whole text."""
        self.block(self.data, 0, len(self.text))
        self.own_lines(len(self.text), 0)
        self.write_asides()
        return "".join(f"{row.rstrip()}\n" for row in self.rows)

    # what stands on lines of its own

    def block(self, data: Map | Seq, indent: int, limit: int, lead: str = "") -> None:
        """The entries of a container; ``limit`` is where the next thing around it begins.

        ``lead`` stands in front of the first one: the dash of a list.
        """
        parts = [*entries(data)]
        table = columns(self.text, parts)
        for place, entry in enumerate(parts):
            following = parts[place + 1].begin if place + 1 < len(parts) else limit
            self.own_lines(entry.begin, indent)
            self.gap(entry.begin)
            before = " " * (indent - len(lead)) + lead if place == 0 and lead else " " * indent
            self.entry(entry, before, table.get(place, 0), following, listed=isinstance(data, Seq))
        self.belonging(data, indent, limit)

    def entry(self, entry: Entry, before: str, width: int, limit: int, *, listed: bool) -> None:
        """One entry, with what stands below it."""
        key = "" if listed else f"{self.text[entry.begin : entry.key_end]}:"
        indent = len(before)
        if width or self.fits(entry, indent):
            head = f"{before}- " if listed else f"{before}{f'{key} '.ljust(width)}"
            value = self.one_line(entry.value, entry.start, entry.end)
            moved = indent - self.column(entry.begin)
            self.rows.extend(_shifted(f"{head}{value}", moved))
            self.done = entry.end
            self.aside(entry.end, limit)
        elif listed:
            self.block(entry.value, indent + INDENT, limit, "- ")
        else:
            self.rows.append(f"{before}{key}")
            self.done = entry.key_end
            self.aside(entry.key_end, next(entries(entry.value)).begin)
            self.opened = True
            inner = reach(entry.value)[1] if self.braced(entry.start) else limit
            self.block(entry.value, indent + INDENT, inner)
            if self.braced(entry.start):
                self.done = inner
                self.aside(inner, limit)
                self.closing(inner, limit, indent + INDENT)
        self.opened = False

    def fits(self, entry: Entry, indent: int) -> bool:
        """Whether an entry is written on one line: all but what is too long or has comments."""
        if not isinstance(entry.value, Map | Seq) or not entry.value:
            return True
        if not self.braced(entry.start):
            return False
        if self.comments and entry.start < self.comments[0].start < entry.end:
            return False
        text = self.one_line(entry.value, entry.start, entry.end)
        return "\n" not in text and indent + entry.key_end - entry.begin + 2 + len(text) <= WIDTH

    def braced(self, start: int) -> bool:
        """Whether a container is written in braces or brackets."""
        return self.text[start] in "{["

    def one_line(self, value: Any, start: int, end: int) -> str:
        """A value in braces, or a scalar as its author wrote it."""
        if not isinstance(value, Map | Seq):
            return self.text[start:end]
        inner = [
            (entry, self.one_line(entry.value, entry.start, entry.end)) for entry in entries(value)
        ]
        if isinstance(value, Seq):
            return f"[{', '.join(text for _, text in inner)}]"
        keys = [self.text[entry.begin : entry.key_end] for entry, _ in inner]
        rows = [f"{key}: {text}" for key, (_, text) in zip(keys, inner, strict=True)]
        return f"{{{', '.join(rows)}}}"

    # comments and empty lines

    def own_lines(self, limit: int, indent: int) -> None:
        """The comments up to an offset, each on a line of its own."""
        while self.comments and self.comments[0].start < limit:
            self.comment(indent)

    def belonging(self, data: Map | Seq, indent: int, limit: int) -> None:
        """The comments behind the last entry that are indented as the entries are."""
        column = self.column(reach(data)[0])
        if column == 0:
            return
        while self.comments and self.comments[0].start < limit:
            comment = self.comments[0]
            if comment.column < column and not self.braced(reach(data)[0]):
                return
            self.comment(indent)

    def comment(self, indent: int) -> None:
        """The next comment on a line of its own."""
        comment = self.comments.popleft()
        self.gap(comment.start)
        self.rows.append(" " * indent + comment.text)
        self.commented = len(self.rows)
        self.done = comment.start + len(comment.text)
        self.opened = False

    def aside(self, end: int, limit: int) -> None:
        """The comment behind what was written last, in front of the next entry in its braces."""
        if not self.is_behind(end, limit) or self.commented == len(self.rows):
            return
        comment = self.comments.popleft()
        self.asides.append((len(self.rows) - 1, comment))
        self.commented = len(self.rows)
        self.done = comment.start + len(comment.text)

    def closing(self, end: int, limit: int, indent: int) -> None:
        """The comment behind a brace that closes, where the last entry has one of its own."""
        if self.is_behind(end, limit):
            self.comment(indent)

    def is_behind(self, end: int, limit: int) -> bool:
        """Whether the next comment stands on the line of an offset, and in front of a limit."""
        if not self.comments or self.comments[0].start >= limit:
            return False
        return self.text.find("\n", end, self.comments[0].start) < 0

    def write_asides(self) -> None:
        """The comments behind entries: those in one column stay in one, else two spaces away."""
        for column, group in groupby(self.asides, key=lambda aside: aside[1].column):
            together = [*group]
            least = column if len(together) > 1 else 0
            least = max([least, *(len(self.rows[row]) + 2 for row, _ in together)])
            for row, comment in together:
                self.rows[row] = f"{self.rows[row].ljust(least)}{comment.text}"

    def gap(self, start: int) -> None:
        """An empty line where the author left some, but not at the beginning of a block."""
        if not self.opened and re.search(r"\n[ \t]*\n", self.text[self.done : start]):
            self.rows.append("")
        self.opened = False

    def column(self, offset: int) -> int:
        """How far from the start of its line an offset is."""
        return offset - (self.text.rfind("\n", 0, offset) + 1)


def _shifted(text: str, by: int) -> list[str]:
    """The lines of a value; those below the first move with it."""
    first, *rest = text.split("\n")
    if by >= 0:
        return [first, *(f"{' ' * by}{row}" if row.strip() else "" for row in rest)]
    return [first, *(row[min(-by, len(row) - len(row.lstrip(" "))) :] for row in rest)]
