"""Memory under construction: words are appended, rows are filled in by the names of their words."""

import struct
from collections.abc import Iterable, Sequence

from salesflow.simulation.engine_numba.layout import (
    HEADER,
)


def bits_of(value: float) -> int:
    """The 64 bits of a float, as a whole number."""
    (bits,) = struct.unpack("<q", struct.pack("<d", value))
    return int(bits)


def at(places: Sequence[int], number: int) -> int:
    """The handle of a row by its number; 0 for -1, none."""
    return places[number] if number >= 0 else 0


class Memory:
    """Words so far; what is said of rows and lists is told in ``layout.py`` and ``rows.py``."""

    def __init__(self) -> None:
        """Room for the first words."""
        self.words = [0] * HEADER

    def room(self, size: int) -> int:
        """So many zeros; where they begin."""
        begin = len(self.words)
        self.words.extend([0] * size)
        return begin

    def rows(self, things: Sequence[object], size: int) -> tuple[int, ...]:
        """A row for each of some things; their handles."""
        return tuple(self.room(size) for _ in things)

    def put(self, row: int, words: dict[int, int | float]) -> None:
        """Write words of a row, by place."""
        for place, word in words.items():
            self.words[row + place] = bits_of(word) if isinstance(word, float) else word

    def listed(self, things: Iterable[Sequence[int]]) -> int:
        """A list of things that have the same number of words; the empty one is handle 0."""
        rows = [list(thing) for thing in things]
        if not rows:
            return 0
        begin = len(self.words)
        self.words.append(len(rows))
        self.words.extend(word for row in rows for word in row)
        return begin

    def numbers(self, numbers: Iterable[int]) -> int:
        """A list of single words."""
        return self.listed([number] for number in numbers)

    def block(self, numbers: Sequence[int]) -> int:
        """Words without their number in front."""
        begin = len(self.words)
        self.words.extend(numbers)
        return begin
