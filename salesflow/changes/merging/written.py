"""Pieces of one text as they are written in another: other indentation, braces or lines."""

from typing import Any, NamedTuple

from salesflow.changes.merging.outline import Piece, Value
from salesflow.changes.merging.places import shortest
from salesflow.source.located import Seq
from salesflow.source.write import emit, one_line

_WIDTH = 80  # of a value on the line of its key


class Doubt(Exception):
    """Texts that do not go together at a path, and why."""

    def __init__(self, path: str, why: str) -> None:
        """Keep both."""
        super().__init__(why)
        self.path = path
        self.why = why


class Room(NamedTuple):
    """Where pieces stand: on lines or in braces, how far indented, in a list or a map."""

    style: str
    indent: int
    listed: bool


class Body(NamedTuple):
    """What stands behind a key: up to its value, the value, and the rest of the line."""

    head: str
    text: str
    tail: str


def room_of(value: Value) -> Room:
    """The room that the pieces of a value stand in."""
    return Room(value.style, value.indent, isinstance(value.data, Seq))


def agreed(base: str, ours: str, theirs: str) -> str | None:
    """The text that at most one side changed; None where both did, differently."""
    if theirs in (base, ours):
        return ours
    return theirs if ours == base else None


def shifted(text: str, by: int) -> str:
    """Lines moved to the right or, by less than nothing, to the left; empty lines stay empty."""
    if not by or not text:
        return text
    rows = text.split("\n")
    if by > 0:
        return "\n".join(f"{' ' * by}{row}" if row.strip() else row for row in rows)
    return "\n".join(row[min(-by, len(row) - len(row.lstrip(" "))) :] for row in rows)


def dedented(piece: Piece, room: Room) -> str:
    """A piece as it would be written without any indentation: to compare it."""
    return shifted(piece.text, -room.indent)


def adopted(piece: Piece, room: Room, into: Room) -> str:
    """A piece of one room as it is written in another."""
    if into.style == room.style == "block":
        return shifted(piece.text, into.indent - room.indent)
    if into.style == "block":
        dash = "- " if into.listed else ""
        return shifted(f"{dash}{shifted(piece.text, -room.indent)}\n", into.indent)
    if room.style == "flow":
        return _continued(piece.text, into.indent - room.indent)
    if into.listed:
        return one_line(piece.value.data)
    return one_line({piece.name: piece.value.data})[1:-1]


def adopted_body(piece: Piece, room: Room, into: Room) -> Body:
    """The value of a piece of one room as it is written in another."""
    by = into.indent - room.indent
    if into.style == room.style == "block":
        nested = piece.head.endswith("\n")
        text = shifted(piece.value.text, by) if nested else _continued(piece.value.text, by)
        return Body(piece.head, text, piece.tail)
    if into.style == "block":
        return Body(piece.head, _continued(piece.value.text, by), "\n")
    if room.style == "flow":
        return Body(piece.head, _continued(piece.value.text, by), "")
    return Body(": ", one_line(piece.value.data), "")


def composed(value: Any, kind: str, into: Room) -> Body:
    """A value that stands in none of the texts."""
    short = shortest(value, kind)
    text = one_line(short)
    if into.style == "flow" or len(text) <= _WIDTH - into.indent:
        return Body(": ", text, "\n" if into.style == "block" else "")
    rows = emit({"k": short}).partition("\n")[2]
    return Body(":\n", shifted(rows, into.indent), "") if rows else Body(": ", text, "\n")


def noted(body: Body, aside: str, *, path: str) -> Body:
    """The same with another comment, spaces in front of it, on the line of the key; "" for none."""
    if body.head.endswith("\n"):
        return body._replace(head=f":{aside}\n")
    if aside and (body.text[:1] in ("|", ">") or not body.tail):
        raise Doubt(path, f"there is no room for the comment `{aside.strip()[:60]}`")
    return body._replace(tail=f"{aside}\n" if body.tail else "")


def _continued(text: str, by: int) -> str:
    """Text whose first line goes on behind something; only the others are moved."""
    first, line_break, rest = text.partition("\n")
    return f"{first}{line_break}{shifted(rest, by)}"
