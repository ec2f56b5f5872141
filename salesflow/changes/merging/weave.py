"""Theirs brought into the text of ours: entries put in, replaced and taken out with their comments.

What one side did not touch is taken from the other to the letter. Only where both changed the text
of an entry, its parts are merged. Whoever calls reads the result and compares what it says.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from salesflow.changes.merging.outline import Piece, Value, names
from salesflow.changes.merging.places import GONE, below, is_set, plain, same
from salesflow.changes.merging.three_way import Pair, paired, three_way
from salesflow.changes.merging.written import (
    Body,
    Doubt,
    Room,
    adopted,
    adopted_body,
    agreed,
    composed,
    dedented,
    noted,
    room_of,
    shifted,
)
from salesflow.source.located import Map, Seq


class Sides(NamedTuple):
    """The same container in three versions; ``base`` is None where it was not there."""

    base: Value | None
    ours: Value
    theirs: Value


class _Three(NamedTuple):
    """The same entry in three versions, and the rooms they stand in."""

    base: Piece | None
    ours: Piece
    theirs: Piece
    rooms: tuple[Room, Room, Room]  # of base, ours and theirs


class _Row(NamedTuple):
    text: str
    gap: str
    parts: bool = False  # whether the gap is one that separated two pieces of ours


def woven(sides: Sides, kind: str, *, dropped: Counter[str] | None = None) -> str:
    """The merged text of a document.

    ``dropped`` counts comments: where theirs took an entry out, those around it that are not among
    these stay; without it they all go, as theirs has them elsewhere.

    Raises Doubt where the texts do not go together. That no data clashes has been found out before.
    """
    if "whole" in (sides.ours.style, sides.theirs.style):
        raise Doubt("", "the file is written in a way that cannot be taken apart")
    return _Weave(dropped).container("", kind, sides) or ""


class _Weave:
    """One weaving at work."""

    def __init__(self, dropped: Counter[str] | None) -> None:
        self.dropped = dropped

    def container(self, path: str, kind: str, sides: Sides) -> str | None:
        """The text of a map or list in the place of ours; None where nothing is left in it."""
        ours, theirs = sides.ours, sides.theirs
        old, mine, other = (names(v) if v else {} for v in (sides.base, ours, theirs))
        pairs = paired(kind, *(_data(pieces) for pieces in (old, mine, other)))
        rooms = (room_of(sides.base or ours), room_of(ours), room_of(theirs))
        rows: dict[str, _Row] = {}
        for pair in pairs:
            if pair.ours is None:
                continue
            piece = mine[pair.ours]
            before = old[pair.base] if pair.base is not None else None
            parts = piece is not ours.pieces[-1]
            if pair.theirs is not None:
                three = _Three(before, piece, other[pair.theirs], rooms)
                text = self.entry(f"{path}.{pair.key}".lstrip("."), kind, pair, three)
                rows[pair.key] = _Row(text, _gap(three), parts)
            elif before is None:
                rows[pair.key] = _Row(piece.text, piece.gap, parts)
            elif ours.style == "block" and (left := self._left(piece)):
                rows[f"-{pair.key}"] = _Row(left, "", parts)  # no key is called so
        _insert(rows, pairs, sides)
        return _assembled([*rows.values()], sides)

    def entry(self, path: str, kind: str, pair: Pair, three: _Three) -> str:
        """The text of an entry that both sides have."""
        base, ours, theirs, rooms = three
        one, other = dedented(ours, rooms[1]), dedented(theirs, rooms[2])
        before = dedented(base, rooms[0]) if base else None
        if one == before:
            return adopted(theirs, rooms[2], rooms[1])
        if other in (before, one):
            return ours.text
        lead = _both(path, three, lambda piece, room: shifted(piece.lead, -room.indent))
        note = _both(path, three, lambda piece, _: piece.note)
        body, said = self.value(path, kind, pair, three)
        if rooms[1].style == "flow" and (lead or note):
            raise Doubt(path, "there is no room for its comment between braces")
        if note != said:
            aside = ours.aside if note == ours.note else theirs.aside
            body = noted(body, aside, path=path)
        key = ours.key
        if pair.key != pair.ours:
            key = f"{' ' * (len(key) - len(key.lstrip()))}{theirs.key.lstrip()}"
        return f"{shifted(lead, rooms[1].indent)}{key}{body.head}{body.text}{body.tail}"

    def value(self, path: str, kind: str, pair: Pair, three: _Three) -> tuple[Body, str]:
        """What stands behind the key of an entry, and the comment that is part of that."""
        base, ours, theirs, (_, into, other) = three
        mine = Body(ours.head, ours.value.text, ours.tail), ours.note
        apart = _apart(kind, pair, three)
        if apart is not None:
            text = self.container(path, apart, _sides(three))
            if text is None:
                return Body(": ", "{}" if isinstance(ours.value.data, Map) else "[]", "\n"), ""
            return Body(ours.head, text, ours.tail), ours.note
        said, now, then = (
            GONE if piece is None else plain({key: piece.value.data}, kind)[key]
            for piece, key in ((base, pair.base), (ours, pair.ours), (theirs, pair.theirs))
        )
        if same(now, said) and not same(now, then):
            body = adopted_body(theirs, other, into)
            return body, theirs.note if into.style == other.style == "block" else ""
        if same(then, said) or same(now, then):
            return mine
        inner = below(kind, pair.key)
        return composed(three_way(said, now, then, inner).data, inner, into), ""

    def _left(self, piece: Piece) -> str:
        """The comments around a piece that theirs took out, as far as they are still there."""
        kept: list[str] = []
        if self.dropped is None:
            return ""
        for row in f"{piece.lead}{piece.gap}".splitlines(keepends=True):
            comment = row.strip()
            if self.dropped[comment] > 0:
                self.dropped[comment] -= 1
            elif comment:
                kept.append(row)
        return "".join(kept)


def _data(pieces: Mapping[str, Piece]) -> dict[str, Any]:
    return {name: piece.value.data for name, piece in pieces.items()}


def _apart(kind: str, pair: Pair, three: _Three) -> str | None:
    """The kind of a container that is to be merged piece by piece, None for what stays whole."""
    values = [piece.value for piece in (three.base, three.ours, three.theirs) if piece]
    if any(value.style == "whole" for value in values[-2:]):
        return None
    data = [value.data for value in values]
    if all(isinstance(each, Map) for each in data):
        return below(kind, pair.key)
    keys = [key for key in (pair.base, pair.ours, pair.theirs) if key is not None]
    if all(
        isinstance(each, Seq) and is_set(kind, key, each)
        for key, each in zip(keys, data, strict=True)
    ):
        return ""
    return None


def _sides(three: _Three) -> Sides:
    return Sides(three.base.value if three.base else None, three.ours.value, three.theirs.value)


def _both(path: str, three: _Three, part: Any) -> str:
    """A part of three texts that at most one side changed; Doubt where both did."""
    pieces = (three.base, three.ours, three.theirs)
    texts = [part(p, room) if p else "" for p, room in zip(pieces, three.rooms, strict=True)]
    text = agreed(*texts)
    if text is None:
        raise Doubt(path, "both sides changed its comment")
    return text


def _gap(three: _Three) -> str:
    """What stands behind an entry of ours; in braces that of ours, as it is only layout."""
    ours = three.ours
    if any(room.style != "block" for room in three.rooms) or three.base is None:
        return ours.gap
    by = three.rooms[1].indent
    gaps = (three.base.gap, ours.gap, three.theirs.gap)
    texts = [shifted(gap, -room.indent) for gap, room in zip(gaps, three.rooms, strict=True)]
    text = agreed(*texts)
    return ours.gap if text in (None, texts[1]) else shifted(text or "", by)


def _insert(rows: dict[str, _Row], pairs: list[Pair], sides: Sides) -> None:
    """Put what theirs added behind what it stands behind there."""
    by_name = {pair.theirs: pair for pair in pairs}
    room, into = room_of(sides.theirs), room_of(sides.ours)
    behind: dict[str, list[str]] = {}
    new: dict[str, _Row] = {}
    anchor = ""
    for piece in sides.theirs.pieces:
        pair = by_name[piece.name]
        if pair.key in rows:
            anchor = pair.key
        elif pair.base is None:
            lines = room.style == into.style == "block"
            gap = shifted(piece.gap, into.indent - room.indent) if lines else ""
            new[pair.key] = _Row(adopted(piece, room, into), gap)
            behind.setdefault(anchor, []).append(pair.key)
    order = behind.pop("", [])
    for key in rows:
        order += [key, *behind.get(key, ())]
    known = {**rows, **new}
    rows.clear()
    rows.update((key, known[key]) for key in order)


def _assembled(rows: list[_Row], sides: Sides) -> str | None:
    """The rows put together as ours was; None for a block without any."""
    ours, theirs = sides.ours, sides.theirs
    if ours.style == "block":
        if not rows:
            return None
        opening = ours.opening
        if theirs.style == "block" and sides.base is not None:
            by = (sides.base.indent, ours.indent, theirs.indent)
            texts = (sides.base.opening, ours.opening, theirs.opening)
            parts = [shifted(text, -indent) for text, indent in zip(texts, by, strict=True)]
            both = agreed(*parts)
            opening = ours.opening if both in (None, parts[1]) else shifted(both or "", by[1])
        return opening + "".join(f"{row.text}{row.gap}" for row in rows)
    opening, closing = "{", "}"
    if ours.pieces:
        opening, closing = ours.opening, ours.pieces[-1].gap
    elif ours.opening[:1] == "[":
        opening, closing = "[", "]"
    usual = ours.pieces[0].gap if len(ours.pieces) > 1 else ", "
    usual = ", " if "#" in usual else usual
    if not rows:
        return f"{opening.rstrip()}{closing.lstrip()}" if ours.pieces else ours.opening
    inner = [f"{row.text}{row.gap if row.parts else usual}" for row in rows[:-1]]
    return f"{opening}{''.join(inner)}{rows[-1].text}{closing}"
