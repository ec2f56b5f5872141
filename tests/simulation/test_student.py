"""Student's t: against printed tables and against sums that end, which its source does not use."""

from math import atan, cos, erfc, pi, sin, sqrt, tan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow.simulation.student import beta_share, quantile, tails

# Two-sided quantiles as printed in every textbook (Fisher and Yates, Statistical Tables, table III).
PRINTED = {
    0.90: {1: "6.314", 2: "2.920", 3: "2.353", 5: "2.015", 10: "1.812", 30: "1.697", 120: "1.658"},
    0.95: {1: "12.706", 2: "4.303", 3: "3.182", 4: "2.776", 5: "2.571", 9: "2.262", 10: "2.228", 19: "2.093", 29: "2.045", 30: "2.042", 60: "2.000", 120: "1.980"},
    0.99: {1: "63.657", 2: "9.925", 5: "4.032", 10: "3.169", 29: "2.756", 120: "2.617"},
    0.999: {1: "636.619", 2: "31.599", 10: "4.587", 30: "3.646"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("confidence", "df", "printed"),
    [(c, df, text) for c, row in PRINTED.items() for df, text in row.items()],
)
def test_it_is_what_the_tables_say(confidence: float, df: int, printed: str) -> None:
    assert f"{quantile(confidence, df):.3f}" == printed


def finite(t: float, df: int) -> float:
    """P(|T| <= t) by the finite sums of Abramowitz and Stegun, 26.7.3 and 26.7.4."""
    angle = atan(t / sqrt(df))
    if df % 2:
        term, total = cos(angle), 0.0
        for k in range(1, df - 1, 2):
            total += term
            term *= cos(angle) ** 2 * (k + 1) / (k + 2)
        return 2 / pi * (angle + sin(angle) * total)
    term, total = 1.0, 0.0
    for k in range(0, df - 1, 2):
        total += term
        term *= cos(angle) ** 2 * (k + 1) / (k + 2)
    return sin(angle) * total


@given(st.floats(0, 30), st.integers(1, 400))
def test_its_tails_are_those_of_the_finite_sums(t: float, df: int) -> None:
    assert tails(t, df) == pytest.approx(1 - finite(t, df), rel=1e-9, abs=1e-12)


@given(st.floats(0.5, 0.9999), st.integers(1, 5000))
def test_a_quantile_has_the_tails_it_was_asked_for(confidence: float, df: int) -> None:
    assert tails(quantile(confidence, df), df) == pytest.approx(1 - confidence, rel=1e-9)


@given(st.floats(0.01, 0.999))
def test_one_degree_of_freedom_is_a_tangent(confidence: float) -> None:
    assert quantile(confidence, 1) == pytest.approx(tan(pi / 2 * confidence), rel=1e-9)


@given(st.floats(0.01, 0.999))
def test_two_degrees_of_freedom_have_a_closed_form(confidence: float) -> None:
    outside = 1 - confidence**2
    assert quantile(confidence, 2) == pytest.approx(confidence * sqrt(2 / outside), rel=1e-9)


def test_many_degrees_of_freedom_are_nearly_normal() -> None:
    assert quantile(0.95, 10_000_000) == pytest.approx(1.959963984540054, abs=1e-12)
    assert quantile(0.95, 999_999) == pytest.approx(1.959966, abs=1e-6)
    assert tails(1.5, 100_000) == pytest.approx(erfc(1.5 / sqrt(2)), rel=1e-4)


def test_tails_are_symmetric_and_end() -> None:
    assert tails(-2.5, 7) == tails(2.5, 7)
    assert tails(0.0, 7) == 1.0
    assert tails(float("inf"), 7) == 0.0
    assert 0 < tails(1e6, 29) < 1e-100


@given(st.floats(0.001, 0.999), st.floats(0.5, 60), st.floats(0.5, 60))
def test_the_beta_function_mirrors(x: float, a: float, b: float) -> None:
    assert beta_share(x, a, b) + beta_share(1 - x, b, a) == pytest.approx(1.0, abs=1e-9)


def test_the_beta_function_has_closed_forms() -> None:
    assert beta_share(0.3, 1, 1) == pytest.approx(0.3)
    assert beta_share(0.3, 2, 1) == pytest.approx(0.09)
    assert beta_share(0.3, 1, 4) == pytest.approx(1 - 0.7**4)
    assert beta_share(0.0, 2, 3) == 0.0
    assert beta_share(1.0, 2, 3) == 1.0


@pytest.mark.parametrize("confidence", [0.0, 1.0, -1.0, 2.0])
def test_it_refuses_what_is_no_confidence(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence must lie between 0 and 1"):
        quantile(confidence, 3)


def test_it_refuses_no_degrees_of_freedom() -> None:
    with pytest.raises(ValueError, match="degrees of freedom must be at least 1, not 0"):
        quantile(0.95, 0)
