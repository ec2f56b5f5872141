"""Ranges of values: what an expression gives for all values of a cell at once.

The numbers an expression compares a field with cut the field's values into cells, on each of which
every comparison has one outcome: the numbers themselves and the open intervals between them. All
numbers take part, negative ones too, for money and percents as well. The theory: semantics of the
token game, "Why it is finite".
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from salesflow.expressions.evaluate import SIGNS, sign
from salesflow.expressions.exact import Exact, exact, product, total
from salesflow.expressions.expression import Expression
from salesflow.expressions.linear import Linear
from salesflow.expressions.tree import (
    Choice,
    Compare,
    Field,
    Filled,
    Node,
    Not,
    Several,
    Truth,
    Visited,
    linear,
)
from salesflow.expressions.types import NUMERIC, FieldType


class Cell(NamedTuple):
    """Some values of a field: one number (``low`` and ``high`` are equal), the numbers strictly
    between two (None: without end), one choice or one of yes and no (``value``), or, with nothing
    given, every value (``FILLED``).
    """

    low: "Exact | None" = None
    high: "Exact | None" = None
    value: str | bool | None = None

    @property
    def point(self) -> bool:
        """Whether it is one number."""
        return self.low is not None and self.low == self.high

    def holds(self, value: Any) -> bool:
        """Whether a filled field's value lies in the cell."""
        if self.value is not None:
            return bool(value == self.value)
        if self == FILLED:
            return True
        number = exact(value)
        return self.overlaps(Cell(number, number))

    def overlaps(self, other: "Cell") -> bool:
        """Whether two cells of numbers have one in common."""
        if self.point and other.point:
            return self.low == other.low
        return _below(self.low, other.high) and _below(other.low, self.high)


def _below(low: "Exact | None", high: "Exact | None") -> bool:
    """Whether there is room between a low end and a high one."""
    return low is None or high is None or low < high


FILLED = Cell()


class Verdict(NamedTuple):
    """What a condition can be: ``outcomes``, one or both; fields that may be read ``unfilled``.

    ``approximate`` where that depends on the values within the cells, so that not each of the
    possibilities need be real.
    """

    outcomes: frozenset[bool]
    unfilled: frozenset[str] = frozenset()
    approximate: bool = False


class Assigned(NamedTuple):
    """The ``cells`` a field set can get; none where a field read is ``unfilled``: it keeps its own.

    ``approximate`` where it depends on the values within the cells read.
    """

    cells: frozenset[Cell]
    unfilled: frozenset[str] = frozenset()
    approximate: bool = False


def cells_of(field: FieldType, literals: Iterable[Any] = ()) -> tuple[Cell, ...]:
    """The cells of a field cut at ``literals`` (numbers), in order; every value lies in one.

    The literals of a field are those of all expressions that read it and the constants it is set
    to. They count for numbers only: a choice has a cell for each value, yes and no two, other
    types one.
    """
    if field.kind == "choice":
        return tuple(Cell(value=value) for value in field.values)
    if field.kind == "yes_no":
        return Cell(value=False), Cell(value=True)
    if field.kind not in NUMERIC:
        return (FILLED,)
    cuts = sorted({exact(literal) for literal in literals})
    cells, low = [], None
    for cut in cuts:
        cells += [Cell(low, cut), Cell(cut, cut)]
        low = cut
    return (*cells, Cell(low, None))


def cell_holding(cells: Sequence[Cell], value: Any) -> Cell:
    """The cell in which a filled field's value lies; LookupError for a value of no cell."""
    for cell in cells:
        if cell.holds(value):
            return cell
    raise LookupError(f"no cell holds {value!r}")


def evaluate_cells(
    expression: Expression,
    cells: Mapping[str, Cell | None],
    *,
    visited: Container[str] = (),
    times: Mapping[str, int] | None = None,
) -> Verdict:
    """What a condition can be for deals whose fields lie in the cells; None or no entry: unfilled.

    Exact for comparisons of one field with numbers that cut its cells; with several fields, or
    cells not cut there, exact where all values agree, else ``approximate``.
    """
    ways = Deals(cells, visited, times or {}).ways(expression.root)
    unfilled = frozenset().union(*(way.may for way in ways.values()))
    approximate = len(ways) > 1 or any(way.may != way.must for way in ways.values())
    return Verdict(frozenset(ways), unfilled, approximate)


def assign_cells(
    expression: Expression, cells: Mapping[str, Cell | None], target: Sequence[Cell]
) -> Assigned:
    """The cells, among all those of the field set, that the value of an expression can lie in."""
    deals = Deals(cells, (), {})
    unfilled = deals.unfilled(expression.reads)
    if unfilled:
        return Assigned(frozenset(), unfilled)
    root = expression.root
    if expression.type in NUMERIC:
        image = deals.image(linear(root))
        found = frozenset(cell for cell in target if cell.overlaps(image))
    else:
        value = deals.value(root)
        found = frozenset(cell for cell in target if value is None or cell.value == value)
    return Assigned(found, approximate=len(found) > 1)


class Way(NamedTuple):
    """How an outcome comes about: fields that ``may`` and that ``must`` be read while unfilled."""

    may: frozenset[str] = frozenset()
    must: frozenset[str] = frozenset()

    def then(self, other: "Way") -> "Way":
        """One after the other."""
        return Way(self.may | other.may, self.must | other.must)

    def beside(self, other: "Way | None") -> "Way":
        """One or the other."""
        return Way(self.may | other.may, self.must & other.must) if other else self


class Deals:
    """All deals whose fields lie in certain cells."""

    def __init__(
        self,
        cells: Mapping[str, Cell | None],
        visited: Container[str],
        times: Mapping[str, int],
    ) -> None:
        """Keep what they have in common."""
        self.cells = cells
        self.visited = visited
        self.times = times

    def unfilled(self, fields: Iterable[str]) -> frozenset[str]:
        """Those of the fields that are not filled."""
        return frozenset(name for name in fields if self.cells.get(name) is None)

    def ways(self, node: Node) -> dict[bool, Way]:
        """The outcomes a condition can have."""
        if isinstance(node, Several):
            return self._several(node)
        if isinstance(node, Not):
            return {not outcome: way for outcome, way in self.ways(node.condition).items()}
        if isinstance(node, Filled):
            return {self.cells.get(node.name) is not None: Way()}
        if isinstance(node, Visited):
            return {node.step in self.visited: Way()}
        reads = node.reads if isinstance(node, Compare) else ()
        if isinstance(node, Field):
            reads = (node.name,)
        unfilled = self.unfilled(reads)
        if unfilled:
            return {False: Way(unfilled, unfilled)}
        return dict.fromkeys(self._outcomes(node), Way())

    def _several(self, node: Several) -> dict[bool, Way]:
        """The outcomes of conditions in a row, which stops at the one that decides."""
        decided: Way | None = None
        going = Way()
        for part in node.parts:
            ways = self.ways(part)
            if node.decides in ways:
                decided = going.then(ways[node.decides]).beside(decided)
            if (not node.decides) not in ways:
                return {node.decides: decided or going}
            going = going.then(ways[not node.decides])
        ended = {not node.decides: going}
        return ended if decided is None else {node.decides: decided, **ended}

    def _outcomes(self, node: Node) -> set[bool]:
        """The outcomes of a comparison or a yes/no value whose fields are filled."""
        if not isinstance(node, Compare):
            value = self.value(node)
            return {True, False} if value is None else {value is True}
        if node.numeric:
            return {one in SIGNS[node.sign] for one in signs(self.image(node.difference))}
        left, right = self.value(node.left), self.value(node.right)
        if left is None or right is None:
            return {True, False}
        return {(left == right) == (node.sign == "==")}

    def value(self, node: Node) -> str | bool | None:
        """A choice or yes and no; None where the cell leaves it open."""
        if isinstance(node, Choice | Truth):
            return node.value
        cell = self.cells.get(node.name) if isinstance(node, Field) else None
        return cell.value if cell else None

    def image(self, value: Linear) -> Cell:
        """All values of a sum, none else: each field stands in it once."""
        known = value.constant
        for name, factor in value.counts.items():
            known = total(known, product(self.times.get(name, 0), factor))
        low: Exact | None = known
        high: Exact | None = known
        for name, factor in value.fields.items():
            cell = self.cells[name] or FILLED
            ends = (cell.low, cell.high) if factor > 0 else (cell.high, cell.low)
            low, high = (
                None if sofar is None or end is None else total(sofar, product(end, factor))
                for sofar, end in zip((low, high), ends, strict=True)
            )
        return Cell(low, high)


def signs(cell: Cell) -> set[int]:
    """The signs of the numbers in a cell."""
    if cell.low is not None and cell.low == cell.high:
        return {sign(cell.low)}
    found = set()
    if cell.low is None or cell.low < 0:
        found.add(-1)
    if cell.high is None or cell.high > 0:
        found.add(1)
    return found | {0} if len(found) == 2 else found
