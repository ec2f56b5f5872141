"""All deals that the conditions of one step can tell apart, as the rows of one table.

Everything that conditions look at is a part with a few options: a field is unfilled or lies in one
of its cells, a sum of several fields (``amount - budget``) lies in a cell of its own, a result was
taken so often, a step was visited or not. A row picks one option of each part; a set of rows is a
whole number with one bit for each, so that a condition over thousands of rows is a few operations
on numbers. Cells: semantics of the token game, "Why it is finite".
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from salesflow.analysis.guard_nouns import Sight
from salesflow.expressions import Expression, FieldType
from salesflow.expressions.cells import FILLED, Cell, cells_of, signs
from salesflow.expressions.evaluate import SIGNS
from salesflow.expressions.exact import Exact, product, quotient, ratio, total
from salesflow.expressions.tree import (
    Choice,
    Compare,
    Filled,
    Node,
    Not,
    Several,
    Truth,
    Visited,
    every,
)
from salesflow.expressions.types import NUMERIC

MOST_ROWS = 1 << 18  # a bit each; one operation on so many takes a few microseconds

FIELD, SUM, COUNT, VISIT = "field", "sum", "count", "visit"
Sum = tuple[tuple[str, Exact], ...]  # field and factor, by name, the first factor 1


class Part(NamedTuple):
    """One thing that conditions look at; ``options`` are cells (None: unfilled), counts or bools.

    ``name`` is a field, a result or a step; ``sum`` the factors of a sum of fields.
    """

    kind: str
    name: str
    options: tuple[Any, ...]
    sum: Sum = ()


def parts_of(conditions: Iterable[Expression], sight: Sight) -> tuple[Part, ...]:
    """The parts that conditions look at, in the order of kinds and names."""
    cuts: dict[str, set[Exact]] = {}
    sums: dict[Sum, set[Exact]] = {}
    counts: dict[str, int] = {}
    mentioned: set[str] = set()
    read: set[str] = set()
    visits: set[str] = set()
    for expression in conditions:
        mentioned |= expression.mentions
        read |= expression.reads
        visits |= expression.steps
        for name, literals in expression.literals.items():
            cuts.setdefault(name, set()).update(literals)
        for name, most in expression.results.items():
            counts[name] = max(counts.get(name, 0), most + 1)
        if len([name for name in expression.reads if sight.types[name].kind in NUMERIC]) > 1:
            for key, cut in _sums_in(expression.root):
                sums.setdefault(key, set()).add(cut)
    parts = [_field(name, cuts, read, sight) for name in sorted(mentioned)]
    parts.extend(_sum(key, at) for key, at in sorted(sums.items()))
    for name, most in sorted(counts.items()):
        limit = min(most, sight.limits.get(name, most))
        parts.append(Part(COUNT, name, tuple(range(limit + 1))))
    parts.extend(
        Part(VISIT, name, (True,) if name in sight.entered else (False, True))
        for name in sorted(visits)
    )
    return tuple(parts)


def _field(name: str, cuts: Mapping[str, set[Exact]], read: set[str], sight: Sight) -> Part:
    cells = cells_of(sight.types[name], cuts.get(name, ())) if name in read else (FILLED,)
    return Part(FIELD, name, cells if name in sight.always else (*cells, None))


def _sum(key: Sum, cuts: Iterable[Exact]) -> Part:
    text = " + ".join(f"{factor} {name}" for name, factor in key)
    return Part(SUM, text, cells_of(FieldType("number"), cuts), key)


def _sums_in(root: Node) -> Iterable[tuple[Sum, Exact]]:
    """The sums of several fields that comparisons come down to, and where each is cut."""
    for node in every(root):
        if isinstance(node, Compare) and node.numeric and len(node.difference.fields) > 1:
            key, factor = _normal(node)
            yield key, quotient(product(node.difference.constant, -1), factor)


def _normal(node: Compare) -> tuple[Sum, Exact]:
    """The sum of a comparison with 1 as its first factor, and what it was divided by."""
    fields = sorted(node.difference.fields.items())
    first = fields[0][1]
    return tuple((name, quotient(factor, first)) for name, factor in fields), first


class Space:
    """The rows of a table with these parts; there are at most ``MOST_ROWS``."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        """Number the rows: the first part's options alternate fastest."""
        self.parts = parts
        self.strides: list[int] = []
        self.size = 1
        for part in parts:
            self.strides.append(self.size)
            self.size *= len(part.options)
        self.everything = (1 << self.size) - 1
        self.at = {(part.kind, part.name): at for at, part in enumerate(parts)}
        self._sums = {part.sum: at for at, part in enumerate(parts) if part.sum}
        self.summed = frozenset(name for part in parts for name, _ in part.sum)
        self._columns: dict[int, list[int]] = {}
        self.valid = self._consistent()

    def columns(self, at: int) -> list[int]:
        """For each option of a part the rows that have it."""
        if at not in self._columns:
            stride, options = self.strides[at], len(self.parts[at].options)
            width = stride * options
            found = []
            for option in range(options):
                rows, filled = ((1 << stride) - 1) << (option * stride), width
                while filled < self.size:
                    rows |= rows << filled
                    filled *= 2
                found.append(rows & self.everything)
            self._columns[at] = found
        return self._columns[at]

    def _consistent(self) -> int:
        """The rows in which a step whose result was taken was visited."""
        rows = self.everything
        for (kind, name), at in self.at.items():
            visit = self.at.get((VISIT, name.rpartition(".")[0])) if kind == COUNT else None
            if visit is not None and False in self.parts[visit].options:
                never = self.columns(at)[0]
                rows &= never | self.columns(visit)[-1]
        return rows

    def unfilled(self, name: str) -> int:
        """The rows in which a field is not filled."""
        at = self.at[FIELD, name]
        return self.columns(at)[-1] if self.parts[at].options[-1] is None else 0

    def filled(self, names: Iterable[str]) -> int:
        """The rows in which all of these fields are filled."""
        rows = self.everything
        for name in names:
            rows &= ~self.unfilled(name)
        return rows

    @cached_property
    def points(self) -> int:
        """The rows in which a field or a sum has exactly one number."""
        found = 0
        for at, part in enumerate(self.parts):
            for option, column in zip(part.options, self.columns(at), strict=True):
                if isinstance(option, Cell) and option.point:
                    found |= column
        return found

    def rows(self, node: Node) -> int:
        """The rows for which a condition is true."""
        if isinstance(node, Several):
            found = self.everything if not node.decides else 0
            for part in node.parts:
                inner = self.rows(part)
                found = found | inner if node.decides else found & inner
            return found
        if isinstance(node, Not):
            return self.everything ^ self.rows(node.condition)
        if isinstance(node, Filled):
            return self.everything ^ self.unfilled(node.name)
        if isinstance(node, Truth):
            return self.everything if node.value else 0
        if isinstance(node, Visited):
            at = self.at[VISIT, node.step]
            return self.columns(at)[-1] if self.parts[at].options[-1] else 0
        if isinstance(node, Compare):
            if node.numeric:
                return self._numbers(node) & self.filled(node.reads)
            return self._equals(node)
        return sum(rows for value, rows in self._values(node) if value is True)

    def _numbers(self, node: Compare) -> int:
        """The rows for which a comparison of numbers holds, whatever is filled."""
        value, wanted = node.difference, SIGNS[node.sign]
        scale: Exact
        if len(value.fields) > 1:
            key, scale = _normal(node)
            at = self._sums[key]
        elif value.fields or value.counts:
            kind = FIELD if value.fields else COUNT
            ((name, scale),) = (value.fields or value.counts).items()
            at = self.at[kind, name]
        else:
            return self.everything if signs(Cell(value.constant, value.constant)) <= wanted else 0
        found = 0
        for option, rows in zip(self.parts[at].options, self.columns(at), strict=True):
            if option is not None and _signs(option, scale, value.constant) <= wanted:
                found |= rows
        return found

    def _equals(self, node: Compare) -> int:
        """The rows for which two choices, or two of yes and no, are equal or are not."""
        sides = [self._values(side) for side in (node.left, node.right)]
        same = apart = 0
        for value, rows in sides[0]:
            for other, more in sides[1]:
                if value == other:
                    same |= rows & more
                else:
                    apart |= rows & more
        return same if node.sign == "==" else apart

    def _values(self, node: Node) -> list[tuple[Any, int]]:
        """The values of a choice, or of yes and no, where it is filled, each with its rows."""
        if isinstance(node, Choice | Truth):
            return [(node.value, self.everything)]
        at = self.at[FIELD, getattr(node, "name", "")]
        options = zip(self.parts[at].options, self.columns(at), strict=True)
        return [(cell.value, rows) for cell, rows in options if cell is not None]


def _signs(option: Any, scale: Exact, constant: Exact) -> set[int]:
    """The signs of ``scale`` times a cell's numbers, or a count, plus ``constant``."""
    cell = option if isinstance(option, Cell) else Cell(ratio(option, 1), ratio(option, 1))
    ends = [
        None if end is None else total(product(end, scale), constant)
        for end in (cell.low, cell.high)
    ]
    low, high = ends if scale.numerator > 0 else reversed(ends)
    return signs(Cell(low, high))
