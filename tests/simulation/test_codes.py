"""Postfix codes against the meaning of expressions: each on the same deal."""

import math
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.expressions import Expression, compile_expression
from salesflow.expressions.evaluate import evaluate
from salesflow.simulation import codes
from salesflow.simulation.building.formulas import Known, Names, condition_code, value_code
from salesflow.simulation.codes import Code, value_of
from tests.expressions.grammar import (
    FIELDS,
    MONEY,
    PERCENT,
    SCOPE,
    arithmetic,
    conditions,
    counts,
    percent,
    plain,
    visits,
)

NAMES = Names(
    {name: Known(number, FIELDS[name].values) for number, name in enumerate(sorted(FIELDS))},
    {name: number for number, name in enumerate(sorted(SCOPE.results))},
    {name: number for number, name in enumerate(sorted(SCOPE.steps))},
)
# what a float holds exactly, so that it and the exact value cannot differ
exact = st.one_of(st.integers(-20, 20), st.sampled_from([0.5, 0.125, 2.25, -0.75, 100000, 3, 10]))


def filled(name: str) -> st.SearchStrategy[Any]:
    kind = FIELDS[name].kind
    if kind == "choice":
        return st.sampled_from(FIELDS[name].values)
    if kind == "yes_no":
        return st.booleans()
    return exact if kind in ("money", "number", "percent") else st.just("something")


deals = st.fixed_dictionaries({name: st.one_of(st.none(), filled(name)) for name in FIELDS})


def played(
    deal: dict[str, Any], visited: set[str] = frozenset(), times: dict[str, int] | None = None
) -> SimpleNamespace:
    """The deal as an engine has it."""
    return SimpleNamespace(
        values=[as_float(name, deal.get(name)) for name in sorted(FIELDS)],
        counts=[(times or {}).get(name, 0) for name in sorted(SCOPE.results)],
        visited=[name in visited for name in sorted(SCOPE.steps)],
    )


def as_float(name: str, value: Any) -> float:
    if value is None:
        return math.nan
    if FIELDS[name].kind == "choice":
        return float(FIELDS[name].values.index(value))
    return 1.0 if isinstance(value, str) else float(value)


def on_a_stack(code: Code, deal: SimpleNamespace) -> float:
    """The code done as its definition says, one instruction at a time."""
    stack: list[float] = []
    leaves = {
        codes.PUSH: lambda x: x,
        codes.FIELD: lambda x: deal.values[int(x)],
        codes.COUNT: lambda x: float(deal.counts[int(x)]),
        codes.VISITED: lambda x: float(deal.visited[int(x)]),
        codes.FILLED: lambda x: float(not math.isnan(deal.values[int(x)])),
    }
    pairs = {
        codes.ADD: lambda a, b: a + b,
        codes.SUBTRACT: lambda a, b: a - b,
        codes.MULTIPLY: lambda a, b: a * b,
        codes.DIVIDE: lambda a, b: a / b,
        codes.LESS: lambda a, b: float(a < b),
        codes.LESS_EQUAL: lambda a, b: float(a <= b),
        codes.GREATER: lambda a, b: float(a > b),
        codes.GREATER_EQUAL: lambda a, b: float(a >= b),
        codes.EQUAL: lambda a, b: float(a == b),
        codes.NOT_EQUAL: lambda a, b: float(a < b or a > b),
        codes.AND: lambda a, b: float(bool(a) and bool(b)),
        codes.OR: lambda a, b: float(bool(a) or bool(b)),
    }
    for operation, operand in code:
        if operation in leaves:
            stack.append(leaves[operation](operand))
        elif operation == codes.NEGATE:
            stack.append(-stack.pop())
        elif operation == codes.NOT:
            stack.append(float(not stack.pop()))
        else:
            right = stack.pop()
            stack.append(pairs[operation](stack.pop(), right))
    (result,) = stack
    return result


def compiled(text: str, field: str = "") -> Expression:
    expression, problems = compile_expression(text, SCOPE, wanted=FIELDS[field] if field else None)
    assert expression is not None, problems
    return expression


@given(conditions(), deals, visits, counts)
@settings(max_examples=250)
def test_a_condition_holds_for_the_deals_for_which_it_should(
    text: str, deal: dict[str, Any], visited: set[str], times: dict[str, int]
) -> None:
    expression = compiled(text)
    expected, _ = evaluate(expression, deal, visited=visited, times=times)
    code = condition_code(expression, NAMES)
    at = played(deal, visited, times)
    assert value_of(code)(at) == float(expected)
    assert on_a_stack(code, at) == float(expected)


@given(st.sampled_from([(MONEY, plain, "amount"), (PERCENT, percent, "discount")]), st.data())
@settings(max_examples=200)
def test_a_value_is_what_it_should_be(kind: tuple[Any, Any, str], data: st.DataObject) -> None:
    fields, literal, target = kind
    expression = compiled(data.draw(arithmetic(fields, literal, 2)), target)
    deal = data.draw(deals)
    expected, missed = evaluate(expression, deal)
    code = value_code(expression, NAMES, NAMES.fields[target])
    found = value_of(code)(played(deal))
    if missed:
        assert math.isnan(found)
    else:
        assert found == pytest.approx(float(expected), rel=1e-12, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "deal", "holds"),
    [
        ("amount * 10% <= fee", {"amount": 30, "fee": 3}, True),  # 30 * 0.1 is above 3 in floats
        ("discount + margin <= 30%", {"discount": 0.1, "margin": 0.2}, True),
        ("discount > 10%", {"discount": 0.1}, False),
        ("amount * 1.1 >= 110", {"amount": 100}, True),
        ("-2 * amount < -10", {"amount": 6}, True),
        ("amount + fee + 5 > 0", {"amount": -3, "fee": -2}, False),
        ("amount + fee - 5 >= 0", {"amount": 3, "fee": 2}, True),
        ("-amount - fee < 5", {"amount": -3, "fee": -2}, False),
        ("0 - amount - fee <= -5", {"amount": 3, "fee": 2}, True),
        ("amount - amount == 0", {}, False),
        ("amount - amount == 0", {"amount": 7}, True),
        ("reference", {}, False),
        ("not reference", {}, True),
        ("region != territory", {"region": "AMER", "territory": "APAC"}, True),
        ("region != territory", {"region": "DACH", "territory": "DACH"}, False),
        ("region != territory", {"region": "AMER"}, False),
        ("region == territory", {"region": "NORDICS", "territory": "APAC"}, False),  # both 1
    ],
)
def test_what_people_expect_of_numbers_and_words(
    text: str, deal: dict[str, Any], holds: bool
) -> None:
    code = condition_code(compiled(text), NAMES)
    assert value_of(code)(played(deal)) == float(holds)


def test_a_comparison_with_one_field_is_one_comparison() -> None:
    assert condition_code(compiled("2 * discount + 5% > 25%"), NAMES) == (
        (codes.FIELD, NAMES.fields["discount"].number),
        (codes.PUSH, 0.1),
        (codes.GREATER, 0.0),
    )


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("NORDICS", "region", 1.0),
        ("fee", "region", 3.0),
        ("true", "reference", 1.0),
        ("pilot", "reference", 0.0),
        ("amount * 1.2", "amount", 120000.0),
        ("company", "company", 1.0),
        ("region", "region", 2.0),
    ],
)
def test_what_a_field_is_set_to(text: str, field: str, value: float) -> None:
    deal = {"amount": 100000, "pilot": False, "company": "x", "region": "AMER"}
    code = value_code(compiled(text, field), NAMES, NAMES.fields[field])
    assert value_of(code)(played(deal)) == pytest.approx(value)


def test_a_word_of_one_field_becomes_that_word_of_another() -> None:
    wide = Known(1, ("APAC", "EMEA", "DACH"))
    names = NAMES._replace(fields={**NAMES.fields, "territory": Known(0, ("DACH", "APAC"))})
    expression, _ = compile_expression("territory", SCOPE, wanted=FIELDS["territory"])
    assert expression is not None
    code = value_code(expression, names, wide)
    for word, expected in (("DACH", 2.0), ("APAC", 0.0)):
        number = names.fields["territory"].values.index(word)
        assert value_of(code)(SimpleNamespace(values=[float(number)])) == expected
    assert math.isnan(value_of(code)(SimpleNamespace(values=[math.nan])))


def test_numbers_that_no_float_holds_are_the_last_ones() -> None:
    huge = " * ".join(["999999999999999999"] * 18)
    code = condition_code(compiled(f"amount < {huge}"), NAMES)
    assert (codes.PUSH, sys.float_info.max) in code
    assert value_of(code)(played({"amount": 5})) == 1.0
    below = condition_code(compiled(f"amount < -1 * {huge}"), NAMES)
    assert value_of(below)(played({"amount": 5})) == 0.0


def test_names_inside_a_run_are_those_of_the_run() -> None:
    inner = NAMES._replace(
        counters={"credit.discovery.fit": 0}, visits={"credit.discovery": 0}, prefix="credit."
    )
    counted = condition_code(compiled("times(discovery.fit) >= 2"), inner)
    assert counted[0] == (codes.COUNT, 0.0)
    assert condition_code(compiled("visited(discovery)"), inner) == ((codes.VISITED, 0.0),)
