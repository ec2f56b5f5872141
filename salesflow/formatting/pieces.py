"""The entries of a map or list with the offsets at which they are written."""

from typing import Any, NamedTuple

from salesflow.source.located import Map, Seq

_MASK = 0xFFFFFF


class Piece(NamedTuple):
    """An entry: its key from ``begin`` to ``key_end`` (a list has none), its value behind."""

    begin: int
    key_end: int
    start: int
    end: int
    value: Any


def pieces(data: Map | Seq) -> list[Piece]:
    """The entries in the order written."""
    found = []
    if isinstance(data, Map):
        for key, value in data.items():
            mark: Any = data.marks[key]
            row = (mark >> 72, mark >> 48 & _MASK, mark >> 24 & _MASK, mark & _MASK)
            found.append(Piece(*row, value))
    else:
        for mark, value in zip(data.marks, data, strict=True):
            packed: Any = mark
            start, end = packed >> 24, packed & _MASK
            found.append(Piece(start, start, start, end, value))
    return sorted(found, key=lambda piece: piece.begin)


def reach(data: Map | Seq) -> tuple[int, int]:
    """Where a map or list begins and ends."""
    return data.mark >> 24 & _MASK, data.mark & _MASK
