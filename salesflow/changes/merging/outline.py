"""A text taken apart along its structure: maps and lists into pieces that can be put elsewhere.

Put together again in order, the pieces are the text, to the letter. Texts have LF line breaks and
end with one. What cannot be taken apart (a map with its braces on odd lines, a list in a list) is
kept whole.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from salesflow.source.located import Entry, Map, Seq, entries, reach


class Value(NamedTuple):
    """A value as it is written.

    ``style`` is ``block`` (entries on lines of their own), ``flow`` (in braces or brackets) or
    ``whole`` (not taken apart). ``opening`` stands before the first piece, ``indent`` is that of
    the pieces of a block, or of the line on which all else starts.
    """

    style: str
    text: str
    indent: int
    data: Any
    opening: str = ""
    pieces: "tuple[Piece, ...]" = ()


class Piece(NamedTuple):
    """An entry as it is written.

    ``lead`` are the comment lines right above, ``key`` the key as written (`- ` of a list),
    ``head`` what stands between it and the value, ``note`` the comment on the line of the key,
    ``tail`` what stands behind the value on its line, ``gap`` what separates it from the next
    piece: empty lines and comments for themselves, or a comma.
    """

    name: str
    lead: str
    key: str
    head: str
    value: Value
    tail: str
    gap: str
    note: str

    @property
    def text(self) -> str:
        """The entry without its gap."""
        return f"{self.lead}{self.key}{self.head}{self.value.text}{self.tail}"

    @property
    def aside(self) -> str:
        """The note with the spaces in front of it."""
        line = self.tail or self.head.partition(":")[2]
        return line.rstrip("\n") if self.note else ""


def outline(text: str, data: Map) -> Value:
    """A whole document taken apart."""
    return _Outline(text).document(data)


class _Odd(Exception):
    """A container that is written in a way that is not taken apart."""


class _Outline:
    def __init__(self, text: str) -> None:
        self.text = text

    def document(self, data: Map) -> Value:
        start, end = reach(data)
        try:
            if self.text[start] != "{":
                return self._block(data, 0, len(self.text))
            flow = self._flow(data, start, end, 0)
        except _Odd:
            return Value("whole", self.text, 0, data)
        opening = self.text[:start] + flow.opening
        last = flow.pieces[-1]
        pieces = (*flow.pieces[:-1], last._replace(gap=last.gap + self.text[end:]))
        return flow._replace(text=self.text, opening=opening, pieces=pieces)

    def value(self, data: Any, start: int, end: int, indent: int) -> Value:
        """A value that starts behind its key."""
        text = self.text[start:end]
        try:
            if isinstance(data, Map | Seq) and text[:1] in ("{", "["):
                return self._flow(data, start, end, indent)
        except _Odd:
            pass
        return Value("whole", text, indent, data)

    def _slots(self, data: Map | Seq) -> list[Entry]:
        """The entries in the order written; every one must have a place and a name of its own."""
        slots = []
        for entry in entries(data):
            if isinstance(data, Seq) and isinstance(entry.value, Map | Seq):
                raise _Odd
            slots.append(entry if isinstance(data, Map) else entry._replace(key=str(entry.value)))
        if len(slots) != len(data) or len({slot.key for slot in slots}) != len(data) or not slots:
            raise _Odd
        return slots

    # braces and brackets

    def _flow(self, data: Map | Seq, start: int, end: int, indent: int) -> Value:
        text = self.text
        if not data:
            whole = text[start:end]
            return Value("flow", whole, indent, data, opening=whole)
        slots = self._slots(data)
        pieces = []
        for slot, later in zip(slots, [*slots[1:], None], strict=True):
            gap = text[slot.end : later.begin if later else end]
            value = self.value(slot.value, slot.start, slot.end, indent)
            head = text[slot.key_end : slot.start]
            key = text[slot.begin : slot.key_end]
            pieces.append(Piece(slot.key, "", key, head, value, "", gap, ""))
        opening = text[start : slots[0].begin]
        return Value("flow", text[start:end], indent, data, opening, tuple(pieces))

    # lines

    def _block(self, data: Map | Seq, start: int, end: int) -> Value:
        """A container on lines of its own, from the start of a line to the end of one."""
        slots = (
            [self._dashed(slot) for slot in self._slots(data)]
            if isinstance(data, Seq)
            else (self._slots(data))
        )
        indents = [self._indent(slot.begin) for slot in slots]  # all alike, or odd
        indent = indents[0]
        leads = self._leads(slots, start, indent)
        pieces = []
        for place, slot in enumerate(slots):
            following = leads[place + 1] if place + 1 < len(slots) else end
            pieces.append(self._piece(slot, leads[place], following, indent))
        text = self.text[start:end]
        return Value("block", text, indent, data, self.text[start : leads[0]], tuple(pieces))

    def _dashed(self, slot: Entry) -> Entry:
        """An item of a list with its dash for a key."""
        dash = self.text.rfind("-", 0, slot.start)
        if dash < 0 or self.text[dash + 1 : slot.start].strip(" "):
            raise _Odd
        return slot._replace(begin=dash, key_end=slot.start)

    def _indent(self, offset: int) -> int:
        first = self.text.rfind("\n", 0, offset) + 1
        if self.text[first:offset].strip(" "):
            raise _Odd
        return offset - first

    def _leads(self, slots: list[Entry], start: int, indent: int) -> list[int]:
        """For each entry the offset where its own comment lines, or itself, begin."""
        leads = []
        least = start
        for slot in slots:
            lead = slot.begin - indent
            while lead > least:
                above = self.text.rfind("\n", 0, lead - 1) + 1
                row = self.text[above:lead]
                if above < least or not row.startswith(f"{' ' * indent}#"):
                    break
                lead = above
            leads.append(lead)
            least = self._line_end(slot.end)
        return leads

    def _line_end(self, offset: int) -> int:
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found + 1

    def _piece(self, slot: Entry, lead: int, following: int, indent: int) -> Piece:
        text = self.text
        done = self._line_end(slot.end)
        first = slot.begin - indent
        key = text[first : slot.key_end]
        above, gap = text[lead:first], text[done:following]
        nested = self._nested(slot, done)
        if nested is not None:
            value, head, note = nested
            return Piece(slot.key, above, key, head, value, "", gap, note)
        value = self.value(slot.value, slot.start, slot.end, indent)
        head, tail = text[slot.key_end : slot.start], text[slot.end : done]
        return Piece(slot.key, above, key, head, value, tail, gap, tail.strip())

    def _nested(self, slot: Entry, done: int) -> tuple[Value, str, str] | None:
        """A container on the lines below its key, with what stands behind the key."""
        if not isinstance(slot.value, Map | Seq) or self.text[slot.start] in "{[":
            return None
        below = self._line_end(slot.key_end)
        head = self.text[slot.key_end : below]
        try:
            return self._block(slot.value, below, done), head, head.partition(":")[2].strip()
        except _Odd:
            return None


def names(value: Value) -> Mapping[str, Piece]:
    """The pieces of a value by name."""
    return {piece.name: piece for piece in value.pieces}
