"""A text with its structure: what stands at a place, how something is put in or taken out there.

Flow style (``{a: b}``) and block style are kept as they are found, with the file's indentation.
"""

from typing import Any

from salesflow.checking.fixes.texts import Lines
from salesflow.findings import Edit
from salesflow.source.located import Entry, Map, Seq, entries
from salesflow.source.read import Reading
from salesflow.spans import Span


class Site:
    """One file that has been read."""

    def __init__(self, reading: Reading) -> None:
        """Take the reading; where nothing could be read, only texts can be replaced."""
        self.lines = Lines(reading.file, reading.text)
        self.text = reading.text
        self.data = reading.data if reading.data is not None else Map()

    def said(self, span: Span) -> str:
        """What stands at a span."""
        start, end = self.lines.offsets(span)
        return self.text[start:end]

    def chain(self, span: Span) -> list[Entry]:
        """The entries around the start of a span, outermost first."""
        offset, _ = self.lines.offsets(span)
        chain: list[Entry] = []
        node: Any = self.data
        while isinstance(node, Map | Seq):
            found = next((e for e in entries(node) if e.begin <= offset < e.end), None)
            if found is None:
                break
            chain.append(found)
            node = found.value
        return chain

    def replaced(self, start: int, end: int, text: str) -> Edit:
        """The edit that replaces a stretch."""
        return Edit(self.lines.span(start, end), text)

    def added(self, parent: Entry | None, text: str) -> Edit | None:
        """The edit that adds ``key: value`` at the end of a map (None: the document itself)."""
        holder = self.data if parent is None else parent.value
        inside = [*entries(holder)]
        if parent is not None and self.text[parent.start : parent.start + 1] == "{":
            if not inside:
                return self.replaced(parent.start, parent.end, f"{{{text}}}")
            last = inside[-1].end
            return self.replaced(last, last, f", {text}")
        if not inside:
            return None
        first = inside[0].begin
        before = self.text[self.lines.line_start(first) : first]
        indent = before if not before.strip() else " " * len(before)
        at = self.lines.line_end(max(entry.end for entry in inside))
        return self.replaced(at, at, f"{self.lines.newline}{indent}{text}")

    def removed(self, chain: list[Entry]) -> Edit | None:
        """The edit that takes out the last entry of a chain, with the comment that is its own.

        A map that would be left empty goes with it. None where it cannot be taken out cleanly.
        """
        while chain and len(self._holder(chain)) == 1:
            chain = chain[:-1]
        if not chain:
            return None
        entry = chain[-1]
        around = chain[-2] if len(chain) > 1 else None
        if around is not None and self.text[around.start : around.start + 1] in ("{", "["):
            return self._out_of_flow(entry, around.value)
        return self._out_of_block(entry)

    def _holder(self, chain: list[Entry]) -> Map | Seq:
        """The map or list that has the last entry of a chain."""
        holder: Map | Seq = chain[-2].value if len(chain) > 1 else self.data
        return holder

    def _out_of_flow(self, entry: Entry, holder: Map | Seq) -> Edit | None:
        inside = [*entries(holder)]
        place = inside.index(entry)
        if place + 1 < len(inside):
            start, end = entry.begin, inside[place + 1].begin
            gap = self.text[entry.end : end]
        else:
            start, end = inside[place - 1].end, entry.end
            gap = self.text[start : entry.begin]
        return None if "#" in gap else self.replaced(start, end, "")

    def _out_of_block(self, entry: Entry) -> Edit | None:
        start = self.lines.line_start(entry.begin)
        indent = self.text[start : entry.begin]
        if indent.strip():
            return None
        above = start
        while above > 0:
            before = self.lines.line_start(above - 1)
            row = self.text[before:above]
            if not row.startswith(f"{indent}#"):
                break
            above = before
        end = self.lines.line_end(entry.end)
        if self.text.startswith("\r\n", end):
            end += 2
        elif end < len(self.text):
            end += 1
        return self.replaced(above, end, "")


def entry_of(holder: Any, key: str) -> Entry | None:
    """The entry of a key of a map, None where there is none."""
    if not isinstance(holder, Map):
        return None
    return next((entry for entry in entries(holder) if entry.key == key), None)
