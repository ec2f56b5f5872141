"""Cells against single values: what is said of a cell holds for each of its values."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow.expressions import Expression, FieldType, compile_expression
from salesflow.expressions.cells import (
    FILLED,
    Assigned,
    Cell,
    Verdict,
    assign_cells,
    cell_holding,
    cells_of,
    evaluate_cells,
)
from salesflow.expressions.evaluate import evaluate
from salesflow.expressions.examples import described, example, written
from salesflow.expressions.tree import Compare, every

from .grammar import (
    FIELDS,
    MONEY,
    NUMBER,
    PERCENT,
    SCOPE,
    arithmetic,
    conditions,
    counts,
    deals,
    numbers,
    percent,
    plain,
    visits,
)

MONEY_TYPE, PERCENT_TYPE, NUMBER_TYPE = (
    FieldType("money"),
    FieldType("percent"),
    FieldType("number"),
)
cut_points = st.lists(st.one_of(st.integers(-3, 3), st.fractions(-2, 2, max_denominator=4)))


def compiled(text: str, field: str = "") -> Expression:
    expression, problems = compile_expression(text, SCOPE, wanted=FIELDS[field] if field else None)
    assert not problems, (text, problems)
    assert expression is not None
    return expression


def cells_of_deal(deal: dict[str, Any], literals: dict[str, Any] | Any) -> dict[str, Cell | None]:
    """The cell of each field of a deal."""
    return {
        name: None
        if deal[name] is None
        else cell_holding(cells_of(field, literals.get(name, ())), deal[name])
        for name, field in FIELDS.items()
    }


@given(conditions(), deals, visits, counts)
def test_a_verdict_holds_for_every_deal_of_its_cells(
    text: str, deal: dict[str, Any], visited: set[str], times: dict[str, int]
) -> None:
    expression = compiled(text)
    outcome, missed = evaluate(expression, deal, visited=visited, times=times)
    cells = cells_of_deal(deal, expression.literals)
    verdict = evaluate_cells(expression, cells, visited=visited, times=times)
    assert outcome in verdict.outcomes
    assert missed <= verdict.unfilled
    if not verdict.approximate:
        assert verdict == Verdict(frozenset({outcome}), missed)
    compared = [node for node in every(expression.root) if isinstance(node, Compare)]
    if all(len(node.reads) < 2 or not node.numeric for node in compared):
        assert not verdict.approximate  # one field at a time is exact


@given(conditions(), deals, cut_points)
def test_a_verdict_on_coarse_cells_holds_too(
    text: str, deal: dict[str, Any], cuts: list[Any]
) -> None:
    expression = compiled(text)
    outcome, missed = evaluate(expression, deal)
    cells = cells_of_deal(deal, dict.fromkeys(FIELDS, cuts))
    for name, field in FIELDS.items():
        if field.kind in {"choice", "yes_no"} and cells[name]:
            cells[name] = FILLED  # any of its values
    verdict = evaluate_cells(expression, cells)
    assert outcome in verdict.outcomes
    assert missed <= verdict.unfilled
    if not verdict.approximate:
        assert verdict == Verdict(frozenset({outcome}), missed)


@given(conditions(), deals, st.data())
def test_counts_saturate_one_above_the_greatest_number(
    text: str, deal: dict[str, Any], data: st.DataObject
) -> None:
    expression = compiled(text)
    many = {name: data.draw(st.integers(0, 9)) for name in expression.results}
    kept = {name: min(count, 1 + expression.results[name]) for name, count in many.items()}
    assert evaluate(expression, deal, times=many) == evaluate(expression, deal, times=kept)


def inside(cell: Cell) -> list[Fraction]:
    """Values of a cell, some very near its ends."""
    near = Fraction(1, 10**6)
    if cell.low is not None and cell.low == cell.high:
        return [Fraction(cell.low)]
    if cell.low is None and cell.high is None:
        return [Fraction(-(10**9)), Fraction(10**9)]
    low = cell.high - 10**9 if cell.low is None else cell.low + near  # type: ignore[operator]
    high = cell.low + 10**9 if cell.high is None else cell.high - near  # type: ignore[operator]
    return [Fraction(low), Fraction(high)]


@given(
    arithmetic(MONEY, plain, 2), st.sampled_from("<>"), arithmetic(MONEY, plain, 2),
    cut_points, cut_points, st.data(),
)  # fmt: skip
def test_two_fields_are_both_ways_only_where_values_are(
    left: str, sign: str, right: str, cuts: list[Any], other_cuts: list[Any], data: st.DataObject
) -> None:
    """``<`` and ``>`` are decided at the corners of two cells, so looking near them is enough."""
    expression = compiled(f"{left} {sign} {right}")
    amount = data.draw(st.sampled_from(cells_of(MONEY_TYPE, cuts)))
    fee = data.draw(st.sampled_from(cells_of(MONEY_TYPE, other_cuts)))
    verdict = evaluate_cells(expression, {"amount": amount, "fee": fee})
    seen = {
        evaluate(expression, {"amount": one, "fee": other})[0]
        for one in inside(amount)
        for other in inside(fee)
    }
    assert verdict.outcomes == seen
    assert verdict.approximate == (len(seen) == 2)


ASSIGNED = st.sampled_from(
    [(MONEY, plain, "amount"), (NUMBER, plain, "seats"), (PERCENT, percent, "margin")]
)


@given(ASSIGNED, deals, cut_points, st.data())
def test_what_is_set_lies_in_a_cell_that_was_said(
    kind: tuple[Any, Any, str], deal: dict[str, Any], cuts: list[Any], data: st.DataObject
) -> None:
    fields, literal, target = kind
    expression = compiled(data.draw(arithmetic(fields, literal, 3)), target)
    cells = cells_of_deal(deal, dict.fromkeys(FIELDS, cuts))
    possible = cells_of(FIELDS[target], cuts)
    assigned = assign_cells(expression, cells, possible)
    value, missed = evaluate(expression, deal)
    assert assigned.unfilled == missed
    if missed:
        assert assigned == Assigned(frozenset(), missed)
        return
    assert cell_holding(possible, value) in assigned.cells
    assert assigned.approximate == (len(assigned.cells) > 1)


@given(
    st.sampled_from([2, -3, Fraction(1, 2)]), st.integers(-3, 3),
    cut_points, cut_points, st.data(),
)  # fmt: skip
def test_set_from_one_field_reaches_every_cell_that_was_said(
    factor: Any, more: int, cuts: list[Any], other_cuts: list[Any], data: st.DataObject
) -> None:
    by = f"/ {1 / factor}" if isinstance(factor, Fraction) else f"* {factor}"
    expression = compiled(f"fee {by} + {more}", "amount")
    fee = data.draw(st.sampled_from(cells_of(MONEY_TYPE, other_cuts)))
    possible = cells_of(MONEY_TYPE, cuts)
    assigned = assign_cells(expression, {"fee": fee}, possible)
    for cell in possible:
        # The part of the fee's cell that lands in the target's: cut it at both, look at each piece.
        ends = [(Fraction(end) - more) / factor for end in (cell.low, cell.high) if end is not None]
        own = [end for end in (fee.low, fee.high) if end is not None]
        pieces = cells_of(MONEY_TYPE, [*ends, *own])
        tried = [example(piece, MONEY_TYPE) for piece in pieces]
        lands = any(
            fee.holds(value) and cell.holds(evaluate(expression, {"fee": value})[0])
            for value in tried
        )
        assert lands == (cell in assigned.cells)


@pytest.mark.parametrize(
    ("text", "target", "cells", "expected"),
    [
        ("DACH", "region", {}, {"DACH"}),
        ("fee", "region", {}, {"fee"}),
        ("region", "region", {"region": Cell(value="AMER")}, {"AMER"}),
        ("region", "region", {"region": FILLED}, {"DACH", "NORDICS", "AMER", "fee"}),
        ("true", "reference", {}, {True}),
        ("pilot", "reference", {"pilot": Cell(value=False)}, {False}),
        ("pilot", "reference", {"pilot": FILLED}, {False, True}),
    ],
)
def test_set_of_choices(
    text: str, target: str, cells: dict[str, Cell | None], expected: set[Any]
) -> None:
    assigned = assign_cells(compiled(text, target), cells, cells_of(FIELDS[target]))
    assert {cell.value for cell in assigned.cells} == expected
    assert assigned.approximate == (len(expected) > 1)


def test_set_of_other_types() -> None:
    copied = compiled("contract", "contract")
    assert assign_cells(copied, {"contract": FILLED}, (FILLED,)) == Assigned(frozenset({FILLED}))
    assert assign_cells(copied, {}, (FILLED,)) == Assigned(frozenset(), frozenset({"contract"}))


def test_boundaries() -> None:
    assert cells_of(PERCENT_TYPE, [0.25, Fraction(1, 5), 0.2]) == (
        Cell(None, Fraction(1, 5)),
        Cell(Fraction(1, 5), Fraction(1, 5)),
        Cell(Fraction(1, 5), Fraction(1, 4)),
        Cell(Fraction(1, 4), Fraction(1, 4)),
        Cell(Fraction(1, 4), None),
    )
    cells = cells_of(MONEY_TYPE, [100000])
    verdicts = [
        evaluate_cells(compiled("amount >= 100000"), {"amount": cell}).outcomes for cell in cells
    ]
    assert verdicts == [{False}, {True}, {True}]
    doubled = compiled("3 * amount + 1 > 2 * amount + 100001")
    assert doubled.literals == {"amount": (100000,)}
    verdicts = [evaluate_cells(doubled, {"amount": cell}).outcomes for cell in cells]
    assert verdicts == [{False}, {False}, {True}]


@pytest.mark.parametrize(
    ("text", "cell", "outcomes"),
    [
        ("reference", FILLED, {False, True}),
        ("reference", Cell(value=True), {True}),
        ("reference", Cell(value=False), {False}),
        ("reference != true", Cell(value=False), {True}),
        ("reference == true", FILLED, {False, True}),
        ("filled(reference)", FILLED, {True}),
        ("true or reference", FILLED, {True}),
    ],
)
def test_yes_and_no(text: str, cell: Cell, outcomes: set[bool]) -> None:
    verdict = evaluate_cells(compiled(text), {"reference": cell})
    assert verdict == Verdict(frozenset(outcomes), approximate=len(outcomes) > 1)


def test_what_need_not_be_read_makes_a_verdict_approximate() -> None:
    expression = compiled("amount > fee and discount > 5%")
    cells: dict[str, Cell | None] = {"amount": FILLED, "fee": FILLED, "discount": None}
    verdict = evaluate_cells(expression, cells)
    assert verdict == Verdict(frozenset({False}), frozenset({"discount"}), approximate=True)
    sure = evaluate_cells(compiled("discount > 5% and amount > fee"), cells)
    assert sure == Verdict(frozenset({False}), frozenset({"discount"}))


@given(cut_points, numbers)
def test_every_number_lies_in_one_cell(cuts: list[Any], number: Any) -> None:
    cells = cells_of(NUMBER_TYPE, cuts)
    assert len(cells) == 2 * len(set(cuts)) + 1
    holding = [cell for cell in cells if cell.holds(number)]
    assert holding == [cell_holding(cells, number)]


@given(st.sampled_from(sorted(FIELDS)), st.lists(numbers), st.data())
def test_every_cell_has_an_example_in_it_alone(
    name: str, cuts: list[Any], data: st.DataObject
) -> None:
    field = FIELDS[name]
    cells = cells_of(field, cuts)
    for cell in cells:
        value = example(cell, field)
        assert [other for other in cells if other.holds(value)] == [cell]
        assert described(cell, field)
        if cell.value is None and not cell.point and cell != FILLED:
            # the text of an example between two cuts is the example
            text = written(value, field)
            expression, _ = compile_expression(text, SCOPE, wanted=field)
            if expression is not None:  # else it has more digits than an expression may
                assert expression.constant == value


@given(st.integers(1, 10**9))
def test_an_example_is_short(low: int) -> None:
    value = example(Cell(low, None), MONEY_TYPE)
    assert len(str(value).rstrip("0")) <= 2 or value == low + 1


@pytest.mark.parametrize(
    ("field", "cell", "value", "words"),
    [
        (MONEY_TYPE, Cell(100000, None), "120000", "over 100000"),
        (MONEY_TYPE, Cell(None, 100000), "80000", "under 100000"),
        (MONEY_TYPE, Cell(0, 100000), "50000", "between 0 and 100000"),
        (MONEY_TYPE, Cell(100000, 100000), "100000", "100000"),
        (MONEY_TYPE, FILLED, "50000", "any value"),
        (PERCENT_TYPE, Cell(Fraction(1, 5), Fraction(1, 4)), "22%", "between 20% and 25%"),
        (PERCENT_TYPE, Cell(Fraction(1, 4), None), "30%", "over 25%"),
        (PERCENT_TYPE, Cell(None, Fraction(1, 5)), "15%", "under 20%"),
        (PERCENT_TYPE, FILLED, "10%", "any value"),
        (NUMBER_TYPE, Cell(5, None), "6", "over 5"),
        (NUMBER_TYPE, Cell(None, 0), "-1", "under 0"),
        (NUMBER_TYPE, Cell(-10, None), "-8", "over -10"),
        (NUMBER_TYPE, Cell(0, 1), "0.5", "between 0 and 1"),
        (NUMBER_TYPE, Cell(0, Fraction(1, 3)), "0.2", "between 0 and 0.333333…"),
        (NUMBER_TYPE, FILLED, "10", "any value"),
        (FIELDS["region"], Cell(value="DACH"), "DACH", "DACH"),
        (FIELDS["region"], FILLED, "DACH", "any value"),
        (FIELDS["reference"], Cell(value=False), "false", "false"),
        (FIELDS["contract"], FILLED, "filled", "any value"),
        (NUMBER_TYPE, Cell(10**5000, None), "a number too long to write", None),
    ],
)
def test_examples_people_would_think_of(
    field: FieldType, cell: Cell, value: str, words: str | None
) -> None:
    assert written(example(cell, field), field) == value
    assert words is None or described(cell, field) == words


def test_a_value_of_no_cell() -> None:
    with pytest.raises(LookupError, match="EMEA"):
        cell_holding(cells_of(FIELDS["region"]), "EMEA")


def test_cells_are_values() -> None:
    assert Cell(1, 2) == Cell(Fraction(1), 2)
    assert len({Cell(1, 2), Cell(Fraction(1), 2), FILLED}) == 2
