"""Conditions on deals against a second opinion, and values against closed forms."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow.expressions import Expression, compile_expression
from salesflow.expressions.evaluate import evaluate

from .grammar import (
    FIELDS,
    MONEY,
    PERCENT,
    SCOPE,
    arithmetic,
    as_fraction,
    conditions,
    counts,
    deals,
    percent,
    plain,
    second_opinion,
    source,
    visits,
)


def compiled(text: str, field: str = "") -> Expression:
    expression, problems = compile_expression(text, SCOPE, wanted=FIELDS[field] if field else None)
    assert not problems, (text, problems)
    assert expression is not None
    return expression


def judged(text: str, deal: dict[str, Any]) -> tuple[Any, set[str]]:
    outcome, missed = evaluate(compiled(text), deal)
    return outcome, set(missed)


@given(conditions(), deals, visits, counts)
def test_conditions_mean_what_python_says(
    text: str, deal: dict[str, Any], visited: set[str], times: dict[str, int]
) -> None:
    expression = compiled(text)
    expected = second_opinion(expression.root, deal, visited, times)
    outcome, missed = evaluate(expression, deal, visited=visited, times=times)
    assert (outcome, set(missed)) == expected


@given(st.sampled_from([(MONEY, plain, "amount"), (PERCENT, percent, "discount")]), st.data())
def test_values_mean_what_python_says(kind: tuple[Any, Any, str], data: st.DataObject) -> None:
    fields, literal, target = kind
    expression = compiled(data.draw(arithmetic(fields, literal, 3)), target)
    deal = data.draw(deals)
    value, missed = evaluate(expression, deal)
    assert missed == {name for name in expression.reads if deal[name] is None}
    if missed:
        assert value is None
    else:
        facts = {name: as_fraction(v) for name, v in deal.items() if v is not None}
        names = {"F": Fraction, "D": facts}
        assert value == eval(source(expression.root), names)
        assert isinstance(value, int) or value.denominator > 1


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("amount * 1.2", "amount", 120000),
        ("20% * amount", "fee", 20000),
        ("discount + 5%", "discount", Fraction(1, 4)),
        ("1000 * discount", "fee", 200),
        ("DACH", "region", "DACH"),
        ("fee", "region", "fee"),
        ("region", "region", "NORDICS"),
        ("true", "reference", True),
        ("pilot", "reference", False),
        ("contract", "contract", "signed.pdf"),
        ("-5", "amount", -5),
        ("7", "employees", 7),
    ],
)
def test_set(text: str, field: str, value: Any) -> None:
    deal = {
        "amount": 100000,
        "discount": 0.2,
        "region": "NORDICS",
        "pilot": False,
        "contract": "signed.pdf",
    }
    assert evaluate(compiled(text, field), deal) == (value, frozenset())


def test_an_unfilled_comparison_is_false_either_way() -> None:
    assert judged("amount > 5", {}) == (False, {"amount"})
    assert judged("amount != 5", {"amount": None}) == (False, {"amount"})
    assert judged("not amount > 5", {}) == (True, {"amount"})
    assert judged("amount - amount == 0", {}) == (False, {"amount"})
    assert judged("reference", {}) == (False, {"reference"})
    assert judged("amount > fee", {"fee": 1}) == (False, {"amount"})


def test_the_deciding_side_ends_the_reading() -> None:
    assert judged("filled(amount) and amount > 5", {}) == (False, set())
    assert judged("not filled(amount) or amount > 5", {}) == (True, set())
    assert judged("amount > 5 and fee > 5", {}) == (False, {"amount"})
    assert judged("amount > 5 or fee > 5", {}) == (False, {"amount", "fee"})


def test_a_set_that_reads_an_unfilled_field_gives_nothing() -> None:
    value, missed = evaluate(compiled("amount + fee", "fee"), {"fee": 3})
    assert value is None
    assert missed == {"amount"}


@pytest.mark.parametrize(
    ("sign", "below", "at", "above"),
    [
        ("<", True, False, False),
        ("<=", True, True, False),
        ("==", False, True, False),
        ("!=", True, False, True),
        (">=", False, True, True),
        (">", False, False, True),
    ],
)
def test_either_side_of_a_boundary(sign: str, below: bool, at: bool, above: bool) -> None:
    number, share = compiled(f"amount {sign} 100"), compiled(f"discount {sign} 20%")
    assert [evaluate(number, {"amount": a})[0] for a in (99.99, 100, 100.01)] == [below, at, above]
    deals = [{"discount": d} for d in (0.1999, 0.2, 0.2001)]
    assert [evaluate(share, deal)[0] for deal in deals] == [below, at, above]


@pytest.mark.parametrize(
    "text",
    [
        "discount * 2 > 40%",
        "amount > 1000 * discount",
        "employees * 20% > seats",
        "employees * 1000 > amount",
        "amount * 20% > fee / 2 - 100",
        "amount + 1000 > 20% * (fee + 5)",
    ],
)
def test_kinds_that_go_together(text: str) -> None:
    assert compiled(text).type == "condition"


@pytest.mark.parametrize(
    "text", ["employees * 20% > 10%", "discount > employees * 20%", "amount * 2 > employees"]
)
def test_kinds_that_do_not(text: str) -> None:
    _, (problem,) = compile_expression(text, SCOPE)
    assert problem.rule == "type-mismatch"


def test_a_float_is_the_decimal_it_shows() -> None:
    assert evaluate(compiled("discount == 20%"), {"discount": 0.2})[0] is True
    assert evaluate(compiled("discount * 3 == 30%"), {"discount": 0.1})[0] is True
    assert evaluate(compiled("amount * 3 == 1"), {"amount": Fraction(1, 3)})[0] is True


@pytest.mark.parametrize(
    ("text", "deal", "error"),
    [
        ("amount > 5", {"amount": "much"}, TypeError),
        ("amount > 5", {"amount": True}, TypeError),
        ("amount > 5", {"amount": date(2026, 1, 5)}, TypeError),
        ("amount > 5", {"amount": float("nan")}, ValueError),
        ("amount > 5", {"amount": float("inf")}, ValueError),
        ("region == DACH", {"region": True}, TypeError),
        ("reference", {"reference": "yes"}, TypeError),
    ],
)
def test_a_value_of_another_type_is_refused(
    text: str, deal: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error, match=r"amount|region|reference|number"):
        evaluate(compiled(text), deal)
