"""Cells one by one: which numbers they hold, what is said of them, the examples people are given."""

from fractions import Fraction
from typing import Any

import pytest

from salesflow.expressions import FieldType
from salesflow.expressions.cells import (
    FILLED,
    Assigned,
    Cell,
    Verdict,
    assign_cells,
    cells_of,
    evaluate_cells,
    signs,
)
from salesflow.expressions.examples import described, example, written

from .grammar import FIELDS
from .test_cells import MONEY_TYPE, NUMBER_TYPE, PERCENT_TYPE, compiled

EXAMPLES = (
    (MONEY_TYPE, 0, None, "1", "over 0"),
    (MONEY_TYPE, None, 0, "-1", "under 0"),
    (MONEY_TYPE, 1, None, "2", "over 1"),
    (MONEY_TYPE, 4, None, "5", "over 4"),
    (MONEY_TYPE, 6, None, "7", "over 6"),
    (MONEY_TYPE, 50, None, "60", "over 50"),
    (MONEY_TYPE, -50, None, "-40", "over -50"),
    (MONEY_TYPE, None, 50, "40", "under 50"),
    (MONEY_TYPE, None, -50, "-60", "under -50"),
    (MONEY_TYPE, 999, None, "1000", "over 999"),
    (MONEY_TYPE, 1234567, None, "1500000", "over 1234567"),
    (MONEY_TYPE, 10, 20, "15", "between 10 and 20"),
    (MONEY_TYPE, 19, 21, "20", "between 19 and 21"),
    (MONEY_TYPE, 99, 100, "99.5", "between 99 and 100"),
    (MONEY_TYPE, 99, 101, "100", "between 99 and 101"),
    (MONEY_TYPE, 0, 1000, "500", "between 0 and 1000"),
    (MONEY_TYPE, 1000, 100000, "50000", "between 1000 and 100000"),
    (MONEY_TYPE, -10, 10, "0", "between -10 and 10"),
    (MONEY_TYPE, -7, 3, "0", "between -7 and 3"),
    (MONEY_TYPE, Fraction(1, 3), Fraction(1, 2), "0.4", "between 0.333333… and 0.5"),
    (MONEY_TYPE, 99999, 100001, "100000", "between 99999 and 100001"),
    (MONEY_TYPE, Fraction(999, 10), 100, "99.95", "between 99.9 and 100"),
    (NUMBER_TYPE, 0, None, "1", "over 0"),
    (NUMBER_TYPE, None, 3, "2", "under 3"),
    (NUMBER_TYPE, 2, 3, "2.5", "between 2 and 3"),
    (NUMBER_TYPE, 2, 4, "3", "between 2 and 4"),
    (NUMBER_TYPE, 0, Fraction(1, 100), "0.005", "between 0 and 0.01"),
    (NUMBER_TYPE, 7, 8, "7.5", "between 7 and 8"),
    (NUMBER_TYPE, 5, 8, "6", "between 5 and 8"),
    (NUMBER_TYPE, 5, 9, "7", "between 5 and 9"),
    (NUMBER_TYPE, 1, 1000000, "500000", "between 1 and 1000000"),
    (PERCENT_TYPE, 0, None, "5%", "over 0%"),
    (PERCENT_TYPE, Fraction(1, 10), None, "15%", "over 10%"),
    (PERCENT_TYPE, Fraction(1, 2), None, "60%", "over 50%"),
    (PERCENT_TYPE, 1, None, "120%", "over 100%"),
    (PERCENT_TYPE, None, 1, "80%", "under 100%"),
    (PERCENT_TYPE, None, 0, "-5%", "under 0%"),
    (PERCENT_TYPE, 0, 1, "50%", "between 0% and 100%"),
    (PERCENT_TYPE, Fraction(1, 10), Fraction(1, 5), "15%", "between 10% and 20%"),
    (PERCENT_TYPE, Fraction(1, 5), Fraction(21, 100), "20.5%", "between 20% and 21%"),
    (PERCENT_TYPE, Fraction(-1, 10), Fraction(1, 10), "0%", "between -10% and 10%"),
    (NUMBER_TYPE, Fraction(1, 7), Fraction(2, 7), "0.2", "between 0.142857… and 0.285714…"),
    (NUMBER_TYPE, -3, -2, "-2.5", "between -3 and -2"),
    (NUMBER_TYPE, None, -5, "-6", "under -5"),
    (MONEY_TYPE, 1000000000000, None, "1200000000000", "over 1000000000000"),
    (MONEY_TYPE, None, 1000000000000, "800000000000", "under 1000000000000"),
    (NUMBER_TYPE, Fraction(5, 2), None, "3", "over 2.5"),
    (NUMBER_TYPE, 5, None, "6", "over 5"),
    (NUMBER_TYPE, Fraction(11, 2), None, "7", "over 5.5"),
    (NUMBER_TYPE, None, Fraction(-11, 2), "-7", "under -5.5"),
)


@pytest.mark.parametrize(("field", "low", "high", "value", "words"), EXAMPLES)
def test_examples_are_round_and_not_too_near(
    field: FieldType, low: Any, high: Any, value: str, words: str
) -> None:
    cell = Cell(low, high)
    assert written(example(cell, field), field) == value
    assert described(cell, field) == words


ENDS = (None, -1, 0, Fraction(1, 2), 2)
CELLS = [
    Cell(low, high) for low in ENDS for high in ENDS if low is None or high is None or low <= high
]


@pytest.mark.parametrize("cell", CELLS)
def test_which_numbers_a_cell_holds(cell: Cell) -> None:
    for number in (-5, -1, -0.5, 0, 0.25, 0.5, 1, 2, 2.5):
        value = Fraction(str(number))
        above = cell.low is None or value > cell.low
        below = cell.high is None or value < cell.high
        at = cell.low is not None and cell.low == cell.high == value
        assert cell.holds(number) == (at or (above and below)), number


def test_cells_overlap_where_they_have_a_number_in_common() -> None:
    numbers = [Fraction(eighth, 8) for eighth in range(-40, 41)]
    for one in CELLS:
        for other in CELLS:
            common = any(one.holds(number) and other.holds(number) for number in numbers)
            assert one.overlaps(other) == common, (one, other)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (Cell(None, None), {-1, 0, 1}),
        (Cell(None, 0), {-1}),
        (Cell(0, None), {1}),
        (Cell(None, 1), {-1, 0, 1}),
        (Cell(-1, None), {-1, 0, 1}),
        (Cell(None, -1), {-1}),
        (Cell(1, None), {1}),
        (Cell(-1, 1), {-1, 0, 1}),
        (Cell(-1, 0), {-1}),
        (Cell(0, 1), {1}),
        (Cell(1, 2), {1}),
        (Cell(-2, -1), {-1}),
        (Cell(0, 0), {0}),
        (Cell(3, 3), {1}),
        (Cell(-3, -3), {-1}),
    ],
)
def test_the_signs_of_a_cell(cell: Cell, found: set[int]) -> None:
    assert signs(cell) == found


@pytest.mark.parametrize(
    ("text", "cells", "outcomes", "unfilled", "approximate"),
    [
        ("amount > 5 and fee > 5", {}, {False}, {"amount"}, False),
        ("amount > 5 or fee > 5", {}, {False}, {"amount", "fee"}, False),
        ("pilot and amount > 5", {"pilot": FILLED}, {False}, {"amount"}, True),
        ("pilot or amount > 5", {"pilot": FILLED}, {True, False}, {"amount"}, True),
        ("pilot and reference and amount > 5", {"pilot": FILLED, "reference": FILLED},
         {False}, {"amount"}, True),
        ("not (pilot and amount > 5)", {"pilot": FILLED}, {True}, {"amount"}, True),
        ("amount > 5 and pilot", {"pilot": FILLED}, {False}, {"amount"}, False),
        ("not amount > 5 and pilot", {"pilot": FILLED}, {True, False}, {"amount"}, True),
        ("not amount > 5 or pilot", {"pilot": FILLED}, {True}, {"amount"}, False),
        ("amount > fee", {"amount": FILLED}, {False}, {"fee"}, False),
        ("amount > fee", {"amount": FILLED, "fee": FILLED}, {True, False}, set(), True),
        ("amount - amount == 0", {"amount": FILLED}, {True}, set(), False),
        ("pilot == reference", {"pilot": Cell(value=True), "reference": Cell(value=False)},
         {False}, set(), False),
        ("pilot != reference", {"pilot": Cell(value=True), "reference": FILLED},
         {True, False}, set(), True),
        ("filled(amount) and amount > 5", {}, {False}, set(), False),
        ("visited(discovery)", {}, {True}, set(), False),
        ("visited(paper_process.legal.draft)", {}, {False}, set(), False),
        ("times(discovery.fit) >= 2", {}, {True}, set(), False),
        ("times(discovery.fit) > 2", {}, {False}, set(), False),
        ("times(discovery.no_fit) == 0", {}, {True}, set(), False),
        ("amount > 5", {"amount": Cell(5, 9)}, {True}, set(), False),
        ("amount >= 5", {"amount": Cell(4, 5)}, {False}, set(), False),
        ("amount == 5", {"amount": Cell(4, 6)}, {True, False}, set(), True),
        ("-amount > 5", {"amount": Cell(None, -5)}, {True}, set(), False),
        ("2 * amount + 1 > fee", {"amount": Cell(2, 3), "fee": Cell(7, None)},
         {False}, set(), False),
        ("2 * amount + 1 > fee", {"amount": Cell(2, 3), "fee": Cell(None, 5)},
         {True}, set(), False),
        ("region == territory", {"region": Cell(value="DACH"), "territory": Cell(value="DACH")},
         {True}, set(), False),
        ("region != DACH", {"region": Cell(value="AMER")}, {True}, set(), False),
    ],
)  # fmt: skip
def test_what_is_said_of_cells(
    text: str,
    cells: dict[str, Cell | None],
    outcomes: set[bool],
    unfilled: set[str],
    approximate: bool,
) -> None:
    verdict = evaluate_cells(
        compiled(text), cells, visited={"discovery"}, times={"discovery.fit": 2}
    )
    assert verdict == Verdict(frozenset(outcomes), frozenset(unfilled), approximate)


@pytest.mark.parametrize(
    ("text", "target", "cells", "found"),
    [
        ("5", "amount", {}, [Cell(5, 5)]),
        ("fee * 2", "amount", {"fee": Cell(1, 4)}, [Cell(None, 5), Cell(5, 5), Cell(5, 10)]),
        ("fee - 5", "amount", {"fee": Cell(None, 10)}, [Cell(None, 5)]),
        ("-fee", "amount", {"fee": Cell(-10, -5)}, [Cell(5, 10)]),
        ("fee", "amount", {"fee": FILLED}, None),
        ("fee * 0", "amount", {"fee": FILLED}, [Cell(None, 5)]),
        ("fee + 10", "amount", {"fee": Cell(0, None)}, [Cell(10, None)]),
    ],
)
def test_the_cells_that_a_value_can_lie_in(
    text: str, target: str, cells: dict[str, Cell | None], found: list[Cell] | None
) -> None:
    possible = cells_of(FIELDS[target], [5, 10])
    expected = frozenset(possible if found is None else found)
    assert assign_cells(compiled(text, target), cells, possible) == Assigned(
        expected, approximate=len(expected) > 1
    )
    assert assign_cells(compiled("amount + fee", "amount"), {"fee": FILLED}, possible) == (
        Assigned(frozenset(), frozenset({"amount"}))
    )
