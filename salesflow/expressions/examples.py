"""Cells in words and by example, for messages."""

from typing import Any

from salesflow.expressions.cells import FILLED, Cell
from salesflow.expressions.exact import Exact, in_digits, product, quotient, ratio, size, total
from salesflow.expressions.types import NUMERIC, FieldType


def example(cell: Cell, field: FieldType) -> Any:
    """A value of the cell that people would think of: 120000 for more than 100000.

    An exact number, a str of a choice, a bool; ``"filled"`` for types that are only filled.
    """
    if cell.value is not None:
        return cell.value
    if field.kind not in NUMERIC:
        return field.values[0] if field.values else "filled"
    if cell.low is not None and cell.low == cell.high:
        return cell.low
    if cell == FILLED:
        return {"money": 50000, "number": 10}.get(field.kind, ratio(1, 10))
    low, high = _ends(cell, field.kind)
    return _roundest(low, high)


def _ends(cell: Cell, kind: str) -> tuple[Exact, Exact]:
    """Two ends; one that is missing is put some four tenths away, but not too near."""
    near = ratio(1, 10) if kind == "percent" else 2
    if cell.low is None:
        high = cell.high or 0
        return total(high, -_wide(high, near)), high
    if cell.high is None:
        return cell.low, total(cell.low, _wide(cell.low, near))
    return cell.low, cell.high


def _wide(end: Exact, near: Exact) -> Exact:
    """Four tenths of a number, at least ``near``."""
    far = product(size(end), ratio(2, 5))
    return max(near, far)


def _roundest(low: Exact, high: Exact) -> Exact:
    """Strictly between two numbers the one with the fewest digits nearest to their middle."""
    width = total(high, -low)
    middle = quotient(total(low, high), 2)
    power = (width.numerator.bit_length() - width.denominator.bit_length()) * 3 // 10 + 2
    while True:
        step = 10**power if power >= 0 else ratio(1, 10**-power)
        inside = [number for number in _beside(middle, step) if low < number < high]
        if inside:
            return inside[0]
        power -= 1


def _beside(middle: Exact, step: Exact) -> tuple[Exact, Exact]:
    """The multiples of a step below (or at) and above a number, the nearer one first."""
    places = quotient(middle, step)
    below = product(places.numerator // places.denominator, step)
    above = total(below, step)
    if size(total(above, product(middle, -1))) < size(total(middle, product(below, -1))):
        return above, below
    return below, above


def written(value: Any, field: FieldType) -> str:
    """A value as an expression would have it: ``22%``, ``true``, ``DACH``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if field.kind == "percent":
        return f"{in_digits(product(value, 100))}%"
    return in_digits(value) if field.kind in NUMERIC else str(value)


def described(cell: Cell, field: FieldType) -> str:
    """A cell in words: ``100000``, ``over 25%``, ``between 20% and 25%``, ``any value``."""
    if cell.value is not None:
        return written(cell.value, field)
    if cell == FILLED:
        return "any value"
    if cell.point:
        return written(cell.low, field)
    if cell.low is None:
        return f"under {written(cell.high, field)}"
    if cell.high is None:
        return f"over {written(cell.low, field)}"
    return f"between {written(cell.low, field)} and {written(cell.high, field)}"
