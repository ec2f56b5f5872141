"""Numbers for several fields at once: whether fields and sums of them can lie in their cells.

A cell is a point or an open interval, so all there is are equations and strict inequalities over
rational numbers. Equations are solved by putting one variable in terms of the others, inequalities
by Fourier-Motzkin elimination (J. Fourier 1826, T. Motzkin 1936), which is exact. Imported only
where a condition compares several fields: exact fractions are slow to import.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from salesflow.expressions.cells import Cell
from salesflow.expressions.exact import Exact, ratio
from salesflow.expressions.examples import example
from salesflow.expressions.types import FieldType

MOST_INEQUALITIES = 400  # beyond it elimination may explode: not decided

NUMBER = FieldType("number")

Terms = dict[str, Fraction]


class Row(NamedTuple):
    """``terms`` times values plus ``constant``: below 0, or (an equation) equal to it."""

    terms: Terms
    constant: Fraction

    def put(self, name: str, other: "Row") -> "Row":
        """The row with a variable replaced by what it is equal to."""
        factor = self.terms.get(name)
        if not factor:
            return self
        rest = {key: value for key, value in self.terms.items() if key != name}
        for key, value in other.terms.items():
            rest[key] = rest.get(key, Fraction(0)) + factor * value
        return Row(_clean(rest), self.constant + factor * other.constant)

    def at(self, values: Mapping[str, Fraction]) -> Fraction:
        """The value of the row where all its variables have one."""
        return sum((f * values[name] for name, f in self.terms.items()), self.constant)


def _clean(terms: Terms) -> Terms:
    return {name: factor for name, factor in terms.items() if factor}


class TooMany(Exception):
    """Elimination would take too long: nothing is decided."""


def solve(
    wanted: Sequence[tuple[Mapping[str, Exact], Cell]], types: Mapping[str, FieldType]
) -> dict[str, Exact] | None:
    """Values with which every sum of fields lies in its cell, None where there are none.

    ``wanted`` are factors by field, and the cell; a single field is a sum of one. Of the values
    possible those with few digits are taken, above 0 where they can be. TooMany where that is not
    decided.
    """
    names = sorted({name for factors, _ in wanted for name in factors})
    above = [({name: 1}, Cell(0, None)) for name in names]
    return _solved([*wanted, *above], types) or _solved(wanted, types)


def _solved(
    wanted: Sequence[tuple[Mapping[str, Exact], Cell]], types: Mapping[str, FieldType]
) -> dict[str, Exact] | None:
    """The values, with none preferred."""
    equations, below = _rows(wanted)
    known: list[tuple[str, Row]] = []
    while equations:
        row = equations.pop()
        if not row.terms:
            if row.constant:
                return None
            continue
        name = max(row.terms)
        factor = row.terms[name]
        rest = {key: -value / factor for key, value in row.terms.items() if key != name}
        same = Row(rest, -row.constant / factor)
        known.append((name, same))
        equations = [other.put(name, same) for other in equations]
        below = [other.put(name, same) for other in below]
    values = _between(below, types)
    if values is None:
        return None
    for name, same in reversed(known):
        for free in same.terms:
            values.setdefault(free, Fraction(0))
        values[name] = same.at(values)
    return {name: ratio(value.numerator, value.denominator) for name, value in values.items()}


def _rows(wanted: Sequence[tuple[Mapping[str, Exact], Cell]]) -> tuple[list[Row], list[Row]]:
    equations, below = [], []
    for factors, cell in wanted:
        terms = {name: Fraction(factor) for name, factor in factors.items() if factor}
        if cell.point and cell.low is not None:
            equations.append(Row(terms, -Fraction(cell.low)))
            continue
        if cell.low is not None:
            below.append(Row({n: -f for n, f in terms.items()}, Fraction(cell.low)))
        if cell.high is not None:
            below.append(Row(terms, -Fraction(cell.high)))
    return equations, below


def _between(below: list[Row], types: Mapping[str, FieldType]) -> dict[str, Fraction] | None:
    """Values for which all rows are below 0."""
    names = sorted({name for row in below for name in row.terms}, reverse=True)
    left: list[tuple[str, list[Row]]] = []
    below = _strictest(below)
    for name in names:
        left.append((name, [row for row in below if name in row.terms]))
        below = _without(name, below)
    if any(row.constant >= 0 for row in below):
        return None
    values: dict[str, Fraction] = {}
    for name, rows in reversed(left):
        low: Fraction | None = None
        high: Fraction | None = None
        for row in rows:
            factor = row.terms[name]
            others = {key: value for key, value in row.terms.items() if key != name}
            end = -Row(others, row.constant).at(values) / factor
            if factor > 0:
                high = end if high is None else min(high, end)
            else:
                low = end if low is None else max(low, end)
        cell = Cell(_plain(low), _plain(high))
        values[name] = Fraction(example(cell, types.get(name, NUMBER)))
    return values


def _plain(end: Fraction | None) -> "Exact | None":
    return None if end is None else ratio(end.numerator, end.denominator)


def _without(name: str, below: list[Row]) -> list[Row]:
    """What the rows say of the other variables: each upper bound lies above each lower one."""
    kept = [row for row in below if name not in row.terms]
    above = [row for row in below if row.terms.get(name, 0) > 0]
    under = [row for row in below if row.terms.get(name, 0) < 0]
    if len(kept) + len(above) * len(under) > MOST_INEQUALITIES:
        raise TooMany
    for upper in above:
        for lower in under:
            ends = [_scaled(row, abs(1 / row.terms[name])) for row in (upper, lower)]
            terms = dict(ends[0].terms)
            for key, value in ends[1].terms.items():
                terms[key] = terms.get(key, Fraction(0)) + value
            kept.append(Row(_clean(terms), ends[0].constant + ends[1].constant))
    return _strictest(kept)


def _strictest(rows: list[Row]) -> list[Row]:
    """Of rows that are about the same sum, one; elimination makes most of them many times."""
    found: dict[tuple[tuple[str, Fraction], ...], Row] = {}
    for row in rows:
        first = min(row.terms, default=None)
        plain = row if first is None else _scaled(row, abs(1 / row.terms[first]))
        about = tuple(sorted(plain.terms.items()))
        if about not in found or found[about].constant < plain.constant:
            found[about] = plain
    return list(found.values())


def _scaled(row: Row, factor: Fraction) -> Row:
    return Row({name: value * factor for name, value in row.terms.items()}, row.constant * factor)
