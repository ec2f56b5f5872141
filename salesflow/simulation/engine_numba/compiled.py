"""What the functions of this engine are written in: plain Python that is also compiled.

There is one memory of 64-bit words. `m` looks at it as whole numbers and `x` as floats. Everything
is a row of words in it, and a handle is the place of a row: ``m[visit + ENTERED]``. Handle 0 is
none. Memory grows by being copied, since handles stay what they are.

The functions use whole numbers, floats, truth values, `if`, `while`, `for … in range`, calls of
each other and what stands below; `translate.py` says what exactly. Run as Python they do the same,
only slowly. Numbers have 64 bits: where more can come out, the functions below say what is meant.
"""

from typing import Protocol

MASK = (1 << 64) - 1
_SIGN = 1 << 63


class Ints(Protocol):
    """The memory as whole numbers of 64 bits."""

    def __getitem__(self, at: int) -> int: ...

    def __setitem__(self, at: int, value: int) -> None: ...


class Floats(Protocol):
    """The same memory as floats."""

    def __getitem__(self, at: int) -> float: ...

    def __setitem__(self, at: int, value: float) -> None: ...


def signed(value: int) -> int:
    """The number from -2^63 up to 2^63 with the same lower 64 bits."""
    return ((value & MASK) ^ _SIGN) - _SIGN


def plus(one: int, other: int) -> int:
    """The lower 64 bits of a sum."""
    return signed(one + other)


def times(one: int, other: int) -> int:
    """The lower 64 bits of a product."""
    return signed(one * other)


def times_high(one: int, other: int) -> int:
    """The upper 64 bits of the product of two numbers without sign."""
    return signed((one & MASK) * (other & MASK) >> 64)


def shifted(value: int, by: int) -> int:
    """A number without sign, shifted to the right."""
    return (value & MASK) >> by


def bit(number: int) -> int:
    """The word that has this bit alone."""
    return signed(1 << number)


def lowest(word: int) -> int:
    """The number of the lowest bit that a word (not 0) has."""
    return (word & -word).bit_length() - 1


def bit_length(value: int) -> int:
    """How many bits a number that is not negative has."""
    return value.bit_length()
