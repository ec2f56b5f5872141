"""Numbers for several fields at once: what is found fits, and where nothing is found nothing fits."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from salesflow.analysis import guard_sums
from salesflow.analysis.guard_sums import TooMany, solve
from salesflow.expressions import FieldType
from salesflow.expressions.cells import Cell

Wanted = list[tuple[dict[str, int], Cell]]
NUMBERS = {name: FieldType("number") for name in "abc"}

cells = st.one_of(
    st.integers(-3, 3).map(lambda at: Cell(at, at)),
    st.tuples(st.integers(-3, 3), st.integers(1, 4)).map(lambda p: Cell(p[0], p[0] + p[1])),
    st.integers(-3, 3).map(lambda at: Cell(at, None)),
    st.integers(-3, 3).map(lambda at: Cell(None, at)),
)
factors = st.dictionaries(st.sampled_from("abc"), st.sampled_from((-2, -1, 1, 2)), min_size=1)


def lies(cell: Cell, value: Any) -> bool:
    if cell.low is not None and cell.low == cell.high:
        return bool(value == cell.low)
    return (cell.low is None or value > cell.low) and (cell.high is None or value < cell.high)


def fits(wanted: Wanted, values: Mapping[str, Any]) -> bool:
    return all(
        lies(cell, sum(factor * Fraction(values[name]) for name, factor in terms.items()))
        for terms, cell in wanted
    )


BETWEEN = Cell(0, 1)
MANY_TIMES_THE_SAME: Wanted = [
    ({"c": -2}, BETWEEN),
    ({"a": -2, "b": -2, "c": -2}, BETWEEN),
    ({"a": -2, "b": -2, "c": -1}, BETWEEN),
    ({"a": -2, "b": -1, "c": -2}, BETWEEN),
]


@settings(max_examples=50)
@given(st.lists(st.tuples(factors, cells), min_size=1, max_size=5))
@example(MANY_TIMES_THE_SAME)
def test_values_fit_and_where_there_are_none_no_grid_has_any(wanted: Wanted) -> None:
    names = sorted({name for terms, _ in wanted for name in terms})
    found = solve(wanted, NUMBERS)
    if found is not None:
        assert sorted(found) == names
        assert fits(wanted, found)
        return
    grid = [Fraction(n, 2) for n in range(-4, 5)]
    for values in product(grid, repeat=len(names)):
        assert not fits(wanted, dict(zip(names, values, strict=True)))


def test_values_are_above_0_where_they_can_be() -> None:
    found = solve([({"a": 1, "b": 1}, Cell(-5, 100))], NUMBERS)
    assert found is not None
    assert found["a"] > 0
    assert found["b"] > 0
    found = solve([({"a": 1, "b": 1}, Cell(None, -5))], NUMBERS)
    assert found is not None
    assert found["a"] + found["b"] < -5


def test_money_has_cents_and_what_needs_more_gets_it() -> None:
    money = {name: FieldType("money") for name in "ab"}
    found = solve([({"a": 1, "b": -1}, Cell(0, None)), ({"b": 1}, Cell(100, 100))], money)
    assert found is not None
    assert found["b"] == 100
    assert found["a"] > 100
    assert found["a"].denominator == 1


def test_equations_that_hold_for_each_other_leave_one_free() -> None:
    twice = [({"a": 1, "b": 1}, Cell(4, 4)), ({"a": 2, "b": 2}, Cell(8, 8))]
    found = solve(twice, NUMBERS)
    assert found is not None
    assert found["a"] + found["b"] == 4
    assert solve([twice[0], ({"a": 2, "b": 2}, Cell(9, 9))], NUMBERS) is None


def test_a_factor_of_nothing_asks_for_nothing() -> None:
    assert solve([({"a": 0, "b": 1}, Cell(3, 3))], NUMBERS) == {"a": 1, "b": 3}
    assert solve([({"a": 0}, Cell(3, 3))], NUMBERS) is None
    assert solve([({"a": 0}, Cell(3, None))], NUMBERS) is None


def test_what_explodes_is_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted: Wanted = [({"a": 1, "b": n}, Cell(-n, n + 1)) for n in range(1, 4)]
    assert solve(wanted, NUMBERS) is not None
    monkeypatch.setattr(guard_sums, "MOST_INEQUALITIES", 9)
    with pytest.raises(TooMany):
        solve(wanted, NUMBERS)
