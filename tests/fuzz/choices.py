"""Decisions read from a fuzzer's bytes, so that the same bytes always make the same input."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")


def spread(step: int, length: int) -> bytes:
    """So many bytes, each a step further: decisions of a seed that are all over the place."""
    return bytes(step * at % 256 for at in range(length))


class Choices:
    """A stream of decisions; once the bytes are used up each is the first there is."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    @property
    def left(self) -> int:
        return len(self.data) - self.at

    def below(self, number: int) -> int:
        """A number from 0 up to, not including, ``number`` (at most 65,536)."""
        width = 1 if number <= 256 else 2
        taken = self.data[self.at : self.at + width]
        self.at += width
        return int.from_bytes(taken, "little") % max(1, number)

    def one_of(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]

    def text(self) -> str:
        """A few characters, any at all but lone surrogates."""
        length = self.below(24)
        taken = self.data[self.at : self.at + length]
        self.at += length
        return taken.decode("latin-1") if self.below(2) else taken.decode("utf-8", "replace")

    def parts(self, number: int) -> list[bytes]:
        """What is left, cut into pieces at lengths that come first."""
        ends = sorted(self.below(min(self.left + 1, 1 << 16)) for _ in range(number - 1))
        rest = self.data[self.at :]
        bounds = [0, *ends, len(rest)]
        return [rest[start:end] for start, end in pairwise(bounds)]
