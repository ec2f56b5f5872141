"""Moments and quantiles against formulas and integrals written down independently."""

import math
import pickle
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow.distributions import (
    AnyOf,
    Constant,
    Distribution,
    Exponential,
    Lognormal,
    Triangular,
    Uniform,
    parse_distribution,
)
from salesflow.distributions.family import Interval

probabilities = st.floats(0, 1)
amounts = st.integers(1, 10_000).map(lambda n: n / 100)


def read(data: Any, kind: str = "number", values: tuple[str, ...] = ()) -> Distribution:
    found = parse_distribution(data, kind, values=values)
    assert isinstance(found, Distribution), found
    return found


@st.composite
def forms(draw: st.DrawFn) -> dict[str, Any]:
    """Any form that fills an interval, with numbers."""
    low = draw(amounts)
    step, more = draw(amounts), draw(amounts)
    return draw(
        st.sampled_from(
            [
                {"mean": low},
                {"mean": low, "sd": low * min(step, 2.0)},
                {"median": low, "p90": low * (1 + min(step, 5.0))},
                {"min": low - more, "usual": low, "max": low + step},
                {"min": low, "usual": low, "max": low + step},
                {"min": low, "usual": low + step, "max": low + step},
                {"min": low - more, "max": low + step},
            ]
        )
    )


@st.composite
def any_ofs(draw: st.DrawFn) -> dict[str, Any]:
    """One of up to six values, shares in whole percents."""
    values = draw(st.lists(st.integers(-1000, 1000), unique=True, min_size=1, max_size=6))
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=len(values) - 1, max_size=5)))
    cuts = [0, *cuts[: len(values) - 1], 100]
    shares = [f"{b - a}%" for a, b in pairwise(cuts)]
    return {"any_of": dict(zip(map(str, values), shares, strict=True))}


spreads = st.one_of(forms(), any_ofs(), amounts)


def phi(z: float) -> float:
    """The standard normal distribution function."""
    return math.erfc(-z / math.sqrt(2)) / 2


def moment(quantile: Callable[[float], Any], power: int) -> float:
    """The integral of quantile(u)^power over u in (0, 1).

    With u = phi(z) it becomes an integral over the line of a function that falls off like
    exp(-z^2 / 2), for which the trapezoidal rule converges faster than any power of the step.
    """
    step = 1 / 64
    total = 0.0
    for n in range(-7 * 64, 7 * 64 + 1):
        z = n * step
        total += quantile(phi(z)) ** power * math.exp(-z * z / 2) * step
    return total / math.sqrt(2 * math.pi)


@given(forms())
def test_moments_are_the_integrals_of_the_quantile(form: dict[str, Any]) -> None:
    found = read(form)
    mean = moment(found.quantile, 1)
    assert mean == pytest.approx(found.mean, rel=1e-3, abs=1e-2)
    if not isinstance(found, Lognormal) or found.sigma < 1:
        second = moment(lambda u: float(found.quantile(u)) - found.mean, 2)
        assert second == pytest.approx(found.variance, rel=1e-2, abs=1e-2)


@given(any_ofs())
def test_moments_of_values_are_their_weighted_sums(form: dict[str, Any]) -> None:
    found = read(form)
    weights = {int(x): int(p[:-1]) for x, p in form["any_of"].items()}
    mean = sum(x * p for x, p in weights.items()) / 100
    assert found.mean == pytest.approx(mean)
    square = sum(x * x * p for x, p in weights.items()) / 100
    assert found.variance == pytest.approx(square - mean * mean, abs=1e-6)


@given(any_ofs(), st.integers(1, 100))
def test_every_value_is_drawn_as_often_as_its_share_says(form: dict[str, Any], n: int) -> None:
    """Of a hundred evenly spread draws each value comes as many times as its percent says."""
    found = read(form)
    drawn = [found.quantile((k + 0.5) / 100) for k in range(100)]
    for value, share in form["any_of"].items():
        assert drawn.count(float(value)) == int(share[:-1])
    assert set(drawn) == set(found.support() or ())
    assert sorted(drawn) == drawn


@given(spreads, probabilities, probabilities)
def test_quantiles_never_fall_and_stay_between_low_and_high(
    form: Any, one: float, two: float
) -> None:
    found = read(form)
    low, high = sorted((one, two))
    below, above = found.quantile(low), found.quantile(high)
    assert found.low <= below <= above <= found.high  # type: ignore[operator]
    assert found.quantile(0) == found.low
    assert found.quantile(1) == found.high


@given(spreads)
def test_only_one_value_means_constant(form: Any) -> None:
    found = read(form)
    assert found.is_constant == (found.low == found.high)
    assert found.is_constant == (found.variance == 0)


CDFS: dict[type, Callable[[Any, float], float]] = {
    Exponential: lambda d, x: 1 - math.exp(-x / d.mean),
    Uniform: lambda d, x: (x - d.least) / (d.most - d.least),
    Lognormal: lambda d, x: phi((math.log(x) - d.mu) / d.sigma),
    Triangular: lambda d, x: (
        (x - d.least) ** 2 / ((d.most - d.least) * (d.usual - d.least))
        if x < d.usual
        else 1 - (d.most - x) ** 2 / ((d.most - d.least) * (d.most - d.usual) or 1)
    ),
}


@given(forms(), st.floats(1e-6, 1 - 1e-6))
def test_quantiles_invert_the_distribution_function(form: dict[str, Any], u: float) -> None:
    found = read(form)
    assert CDFS[type(found)](found, float(found.quantile(u))) == pytest.approx(u, abs=1e-9)


@given(amounts, amounts)
def test_a_lognormal_has_the_median_and_p90_it_was_given(median: float, more: float) -> None:
    found = read({"median": median, "p90": median + more})
    assert isinstance(found, Lognormal)
    assert found.median == pytest.approx(median)
    assert found.quantile(0.5) == pytest.approx(median)
    assert found.quantile(0.9) == pytest.approx(median + more)


@given(amounts, amounts)
def test_a_lognormal_has_the_mean_and_sd_it_was_given(mean: float, sd: float) -> None:
    found = read({"mean": mean, "sd": sd})
    assert isinstance(found, Lognormal)
    assert found.mean == pytest.approx(mean)
    assert math.sqrt(found.variance) == pytest.approx(sd)


@pytest.mark.parametrize(
    ("form", "kind", "mean", "variance"),
    [
        ("45min", "duration", 0.75, 0),
        ("2bd", "duration", 2, 0),
        ("true", "choice", None, None),
        (True, "yes_no", 1, 0),
        (False, "yes_no", 0, 0),
        ("30%", "yes_no", 0.3, 0.21),
        ("25%", "percent", 0.25, 0),
        ({"mean": "2d"}, "duration", 48, 48**2),
        ({"min": "1h", "max": "3h"}, "effort", 2, 1 / 3),
        ({"min": "1h", "usual": "2h", "max": "8h"}, "effort", 11 / 3, 43 / 18),
        ({"mean": "2d", "sd": "1d"}, "duration", 48, 24**2),
        ({"any_of": {"1d": "30%", "5d": "rest"}}, "duration", 91.2, 0.3 * 0.7 * 96**2),
        ({"any_of": {"0%": "60%", "25%": "rest"}}, "percent", 0.1, 0.6 * 0.4 * 0.0625),
    ],
)
def test_closed_forms(form: Any, kind: str, mean: float | None, variance: float | None) -> None:
    found = read(form, kind)
    if mean is None or variance is None:
        with pytest.raises(ValueError, match="mean"):
            _ = found.mean
        with pytest.raises(ValueError, match="variance"):
            _ = found.variance
    else:
        assert found.mean == pytest.approx(mean)
        assert found.variance == pytest.approx(variance)


def test_choices_have_no_mean() -> None:
    found = read({"DACH": "50%", "AMER": "rest"}, "choice")
    for ask in ("mean", "variance"):
        with pytest.raises(ValueError, match="no mean or variance"):
            getattr(found, ask)
    assert found.low == "AMER"
    assert found.high == "DACH"


def test_choices_do_not_depend_on_the_order_written() -> None:
    one = read({"DACH": "20%", "AMER": "30%", "NORDICS": "rest"}, "choice")
    other = read({"NORDICS": "50%", "AMER": "30%", "DACH": "20%"}, "choice")
    assert one == other
    for k in range(101):
        assert one.quantile(k / 100) == other.quantile(k / 100)


def test_values_without_a_share_never_come() -> None:
    found = read({"any_of": {"1": "0%", "2": "100%", "3": "0%"}})
    assert found.support() == (2.0,)
    assert found.is_constant
    assert [found.quantile(u) for u in (0, 0.5, 1)] == [2.0, 2.0, 2.0]


def test_a_value_reaches_up_to_its_share_and_no_further() -> None:
    found = read({"any_of": {"1": "30%", "2": "rest"}})
    assert found.quantile(0.3) == 1
    assert found.quantile(math.nextafter(0.3, 1)) == 2


def test_shares_that_sum_to_a_hair_below_one_always_give_a_value() -> None:
    assert sum([0.1] * 10) < 1
    found = read({"any_of": {str(n): "10%" for n in range(10)}})
    assert found.quantile(1) == 9
    assert found.quantile(math.nextafter(1, 0)) == 9


@pytest.mark.parametrize("u", [-0.1, 1.1, math.nan, math.inf])
def test_a_quantile_is_asked_for_a_probability(u: float) -> None:
    for form in (5, {"mean": 5}, {"any_of": {"1": "rest"}}):
        with pytest.raises(ValueError, match="between 0 and 1"):
            read(form).quantile(u)


def test_extreme_spreads_end_in_infinity_and_not_in_an_error() -> None:
    found = read({"median": "1s", "p90": "999999999w"}, "duration")
    assert found.variance == math.inf
    assert found.quantile(1) == math.inf
    assert 0 <= found.quantile(1e-300) < found.quantile(1 - 1e-16)  # type: ignore[operator]
    wide = read({"median": 1e-12, "p90": 1e15})
    assert wide.mean == wide.variance == math.inf
    assert read({"mean": 0.000001, "sd": 1e15}).mean == pytest.approx(0.000001)


def test_a_family_must_answer() -> None:
    bare = Distribution(basis="number", written=1)
    for ask in ("mean", "variance", "low", "high"):
        with pytest.raises(NotImplementedError):
            getattr(bare, ask)
    with pytest.raises(NotImplementedError):
        bare.quantile(0.5)
    with pytest.raises(NotImplementedError):
        Interval(basis="number", written=1).quantile(0.5)


@pytest.mark.parametrize(
    ("form", "family"),
    [
        (5, Constant),
        ({"mean": 5}, Exponential),
        ({"mean": 5, "sd": 1}, Lognormal),
        ({"median": 5, "p90": 6}, Lognormal),
        ({"min": 1, "usual": 2, "max": 3}, Triangular),
        ({"min": 1, "max": 3}, Uniform),
        ({"any_of": {"1": "rest"}}, AnyOf),
    ],
)
def test_forms_name_families_that_are_values(form: Any, family: type) -> None:
    found = read(form)
    assert type(found) is family
    assert pickle.loads(pickle.dumps(found)) == found
    assert hash(found) == hash(read(form))
    with pytest.raises(AttributeError):
        found.basis = "bd"  # type: ignore[misc]
    assert (found.support() is None) == (family not in (Constant, AnyOf))
