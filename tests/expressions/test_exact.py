"""Exact numbers against Fraction, and sums of fields against what they give at a point."""

from decimal import Decimal
from fractions import Fraction
from itertools import product as pairs
from typing import Any

import pytest

from salesflow.expressions.exact import (
    decimal,
    exact,
    in_digits,
    product,
    quotient,
    ratio,
    size,
    total,
)
from salesflow.expressions.linear import Linear

SOME = (0, 1, -1, 2, 3, -4, 10, Fraction(1, 2), Fraction(-1, 3), Fraction(3, 4), Fraction(7, 5))


def same(found: Any, expected: Fraction | int) -> bool:
    """Equal, and an `int` where it is whole."""
    return bool(found == expected) and isinstance(found, int) == (
        Fraction(expected).denominator == 1
    )


@pytest.mark.parametrize(("one", "other"), [*pairs(SOME, SOME)])
def test_reckoning_is_exact_and_whole_where_it_can_be(one: Any, other: Any) -> None:
    a, b = Fraction(one), Fraction(other)
    assert same(total(one, other), a + b)
    assert same(product(one, other), a * b)
    assert same(size(one), abs(a))
    if other:
        assert same(quotient(one, other), a / b)
    else:
        with pytest.raises(ZeroDivisionError):
            quotient(one, other)
    if isinstance(one, int) and isinstance(other, int) and other:
        assert same(ratio(one, other), a / b)


@pytest.mark.parametrize("text", ["0", "-0.5", "12.50", "-12", "100.00", "0.125", "-3.10", "7.0"])
def test_a_decimal_is_what_it_says(text: str) -> None:
    assert same(decimal(text), Fraction(text))


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (7, 7),
        (-2.0, -2),
        (0.1, Fraction(1, 10)),
        (1e-7, Fraction(1, 10**7)),
        (1e22, 10**22),
        (Fraction(6, 3), 2),
        (Fraction(1, 3), Fraction(1, 3)),
        (Decimal("2.50"), Fraction(5, 2)),
    ],
)
def test_what_a_deal_holds_becomes_exact(value: Any, number: Any) -> None:
    assert same(exact(value), number)


@pytest.mark.parametrize("value", [True, False, "1", None, b"1", [1], 1j])
def test_what_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(TypeError) as caught:
        exact(value)
    assert str(caught.value) == f"{value!r} is not a number"


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan"), Decimal("Infinity")])
def test_what_is_not_finite_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="is not a finite number") as caught:
        exact(value)
    assert str(caught.value) == f"{value!r} is not a finite number"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (-12, "-12"),
        (Fraction(-1, 2), "-0.5"),
        (Fraction(1, 40), "0.025"),
        (Fraction(5, 4), "1.25"),
        (Fraction(100001, 1000), "100.001"),
        (Fraction(1, 3), "0.333333…"),
        (Fraction(-2, 3), "-0.666666…"),
        (Fraction(200, 3), "66.666666…"),
        (Fraction(1, 10**29), f"0.{'0' * 28}1"),
        (Fraction(1, 10**30), "0.000000…"),
        (Fraction(10**9, 3), "333333333.333333…"),
        (2**10_000 - 1, str(2**10_000 - 1)),
        (2**10_000, "a number too long to write"),
        (-(2**10_000), "a number too long to write"),
        (Fraction(1, 2**10_000), "a number too long to write"),
        (Fraction(1, 3**6_000), "0.000000…"),
    ],
)
def test_a_number_in_digits(number: Any, text: str) -> None:
    assert in_digits(number) == text


def test_digits_are_the_number() -> None:
    for whole in range(-120, 120, 7):
        for below in (1, 2, 4, 5, 8, 10, 16, 25, 125):
            number = Fraction(whole, below)
            assert Fraction(in_digits(ratio(whole, below))) == number


# ------------------------------------------------------------------------------ sums of fields

POINTS = [
    {"a": 0, "b": 0, "n": 0},
    {"a": 2, "b": -3, "n": 1},
    {"a": Fraction(1, 3), "b": 5, "n": 4},
]
SUMS = (
    Linear(0),
    Linear(Fraction(-5, 2)),
    Linear(1, {"a": 1}),
    Linear(0, {"a": Fraction(2, 3), "b": -1}),
    Linear(3, {"b": 1}, {"n": 2}),
    Linear(0, {}, {"n": -1}),
)


def at(sum_: Linear, point: dict[str, Any]) -> Any:
    terms = [*sum_.fields.items(), *sum_.counts.items()]
    return sum_.constant + sum(factor * point[name] for name, factor in terms)


def test_sums_give_at_each_point_what_their_parts_give() -> None:
    for one, other in pairs(SUMS, SUMS):
        for point in POINTS:
            assert at(one.plus(other), point) == at(one, point) + at(other, point)
            for factor in (0, 1, -1, Fraction(3, 7)):
                assert at(one.times(factor), point) == factor * at(one, point)
                less = one.plus(other, factor)
                assert at(less, point) == at(one, point) + factor * at(other, point)
                if factor:
                    assert at(one.over(factor), point) == at(one, point) / Fraction(factor)
        for plain in (one, other):
            if not plain.fields and not plain.counts:
                by = other if plain is one else one
                for found in (one.product(other), other.product(one)):
                    assert all(at(found, p) == plain.constant * at(by, p) for p in POINTS)


def test_what_cancels_out_is_gone() -> None:
    for one in SUMS:
        assert one.plus(one, -1) == Linear(0)
        assert one.times(0) == Linear(0)
    mixed = Linear(1, {"a": 2, "b": 3}, {"n": 1}).plus(Linear(0, {"a": 2}, {"n": 1}), -1)
    assert mixed == Linear(1, {"b": 3})


@pytest.mark.parametrize(
    ("sum_", "cut"),
    [
        (Linear(-100, {"a": 2}), ("a", 50)),
        (Linear(1, {"a": 3}), ("a", Fraction(-1, 3))),
        (Linear(0, {"a": -1}), ("a", 0)),
        (Linear(5), None),
        (Linear(5, {"a": 1, "b": 1}), None),
        (Linear(5, {"a": 1}, {"n": 1}), None),
        (Linear(5, {}, {"n": 1}), None),
    ],
)
def test_where_a_sum_of_one_field_is_nothing(sum_: Linear, cut: Any) -> None:
    assert sum_.cut() == cut
