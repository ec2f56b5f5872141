"""The share of values up to a bound and their part of the mean, against sums over quantiles."""

import math
from typing import Any

import pytest

from salesflow.distributions import parse_distribution
from salesflow.distributions.family import Interval

MANY = 40_000
FORMS: tuple[Any, ...] = (
    {"mean": 40},
    {"median": 30, "p90": 90},
    {"mean": 40, "sd": 10},
    {"min": 10, "usual": 20, "max": 90},
    {"min": 10, "usual": 10, "max": 90},
    {"min": 10, "usual": 90, "max": 90},
    {"min": -10, "max": 60},
)


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("x", [12, 20, 35.5, 59])
def test_parts_are_sums_over_quantiles(form: Any, x: float) -> None:
    drawn = parse_distribution(form, "number")
    assert isinstance(drawn, Interval)
    values = [drawn.quantile((n + 0.5) / MANY) for n in range(MANY)]
    below = [value for value in values if value <= x]
    share, mean = drawn.up_to(x)
    assert share == pytest.approx(len(below) / MANY, abs=5e-5)
    assert mean == pytest.approx(math.fsum(below) / MANY, abs=1e-2)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_nothing_lies_below_and_all_lies_up_to_the_bounds(form: Any) -> None:
    drawn = parse_distribution(form, "number")
    assert isinstance(drawn, Interval)
    assert drawn.up_to(drawn.low) == (0, 0)
    assert drawn.up_to(-1e9) == (0, 0)
    assert drawn.up_to(drawn.high) == (1, drawn.mean)
    shares = [drawn.up_to(x)[0] for x in range(-20, 200)]
    assert shares == sorted(shares)


def test_a_hair_of_spread_is_a_point() -> None:
    drawn = parse_distribution({"median": 99999999999.0, "p90": 99999999999.0001}, "number")
    assert isinstance(drawn, Interval)
    assert [drawn.up_to(x)[0] for x in (9e10, 2e11)] == [0, 1]
