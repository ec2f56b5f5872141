"""Exact numbers: whole ones as ``int``, others as ``Fraction``.

``fractions`` takes milliseconds to import, so it is imported by the first number that needs it; a
process whose guards read ``amount >= 100000`` never does.
"""

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from fractions import Fraction

Exact: TypeAlias = "int | Fraction"

_BITS = 10_000  # about 3,000 digits; Python refuses to write more than 4,300
_DIGITS = 30  # longest decimal written in full; literals have at most 18 digits


def ratio(above: int, below: int) -> Exact:
    """``above / below``, an ``int`` where it is whole; ZeroDivisionError for 0 below."""
    if above % below == 0:
        return above // below
    from fractions import Fraction  # slow to import, see above

    return Fraction(above, below)


def quotient(above: Exact, below: Exact) -> Exact:
    """``above / below`` of two exact numbers; ZeroDivisionError for 0 below."""
    return ratio(above.numerator * below.denominator, above.denominator * below.numerator)


def product(one: Exact, other: Exact) -> Exact:
    """``one * other``, an ``int`` where it is whole."""
    return ratio(one.numerator * other.numerator, one.denominator * other.denominator)


def total(one: Exact, other: Exact) -> Exact:
    """``one + other``, an ``int`` where it is whole."""
    added = one + other
    return added.numerator if added.denominator == 1 else added


def size(number: Exact) -> Exact:
    """The number without its sign."""
    return number if number.numerator >= 0 else total(0, -number)


def decimal(written: str) -> Exact:
    """The number of a plain decimal such as ``-12.50``."""
    whole, _, part = written.partition(".")
    return ratio(int(whole + part), 10 ** len(part))


def exact(value: Any) -> Exact:
    """A deal's number as an exact one; a float is what it shows: 0.1 is one tenth.

    TypeError for what is no number (``True`` is none), ValueError for infinity and NaN.
    """
    if type(value) is int:
        return value
    if isinstance(value, bool) or not hasattr(value, "__round__"):
        raise TypeError(f"{value!r} is not a number")
    from fractions import Fraction  # slow to import, see above

    try:
        number = Fraction(repr(float(value)) if isinstance(value, float) else value)
    except (OverflowError, ValueError):
        raise ValueError(f"{value!r} is not a finite number") from None
    return ratio(number.numerator, number.denominator)


def in_digits(number: Exact) -> str:
    """The number in decimal digits; one that never ends is cut after six and marked ``…``."""
    if number.numerator.bit_length() > _BITS or number.denominator.bit_length() > _BITS:
        return "a number too long to write"  # only arithmetic makes such numbers
    sign, above, below = "-" * (number.numerator < 0), abs(number.numerator), number.denominator
    for places in range(_DIGITS):
        if 10**places % below == 0:
            return sign + _point(above * (10**places // below), places)
    return f"{sign}{_point(above * 10**6 // below, 6)}…"


def _point(digits: int, places: int) -> str:
    """The whole number ``digits`` with a decimal point before its last ``places``."""
    if not places:
        return str(digits)
    text = str(digits).zfill(places + 1)
    return f"{text[:-places]}.{text[-places:]}"
