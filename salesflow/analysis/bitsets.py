"""Sets of small numbers as the bits of one number: fast to join and to compare."""

from collections.abc import Iterator


def members(bits: int) -> Iterator[int]:
    """The numbers in a set, the least first."""
    while bits:
        least = bits & -bits
        yield least.bit_length() - 1
        bits ^= least
