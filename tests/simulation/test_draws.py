"""Draws against the distributions that they are drawn from."""

import math
from statistics import NormalDist
from typing import Any

import pytest

from salesflow.distributions import parse_distribution
from salesflow.distributions.family import Distribution
from salesflow.simulation.building.draws import draw_of
from salesflow.simulation.forecast import mean_of
from salesflow.simulation.program import (
    CHOICE,
    CONSTANT,
    EXPONENTIAL,
    LOGNORMAL,
    TRIANGULAR,
    Draw,
)

US = (2**-43, 1e-9, 0.01, 0.1, 0.2999, 0.3, 0.5, 0.7001, 0.9, 0.999, 1 - 2**-43)
FORMS: tuple[tuple[str, Any], ...] = (
    ("duration", "45min"),
    ("duration", "2bd"),
    ("duration", {"mean": "2d"}),
    ("duration", {"median": "3d", "p90": "10d"}),
    ("duration", {"median": "3bd", "p90": "10bd"}),
    ("duration", {"mean": "2d", "sd": "1d"}),
    ("effort", {"min": "1h", "usual": "2h", "max": "8h"}),
    ("effort", {"min": "1h", "usual": "1h", "max": "8h"}),
    ("effort", {"min": "1h", "usual": "8h", "max": "8h"}),
    ("duration", {"min": "1h", "max": "3h"}),
    ("duration", {"any_of": {"1d": "30%", "5d": "rest"}}),
    ("money", {"any_of": {"100": "0%", "50": "30%", "70": "40%", "90": "rest", "95": "0%"}}),
    ("money", 60000),
    ("percent", "25%"),
    ("yes_no", "30%"),
    ("yes_no", "100%"),
)


def distribution(kind: str, written: Any, values: tuple[str, ...] = ()) -> Distribution:
    found = parse_distribution(written, kind, values=values)
    assert isinstance(found, Distribution), found
    return found


def drawn(draw: Draw, u: float) -> float:
    """A draw by inversion, as engines do it."""
    if draw.family == CONSTANT:
        value = draw.a
    elif draw.family == EXPONENTIAL:
        value = -draw.a * math.log1p(-u)
    elif draw.family == LOGNORMAL:
        value = math.exp(NormalDist(draw.a, draw.b).inv_cdf(u))
    elif draw.family == TRIANGULAR:
        width, rise = draw.c - draw.a, draw.b - draw.a
        if u * width < rise:
            value = min(draw.a + math.sqrt(u * width * rise), draw.b)
        else:
            value = max(draw.c - math.sqrt((1 - u) * width * (width - rise)), draw.b)
    elif draw.family == CHOICE:
        pairs = zip(draw.values, draw.reached, strict=True)
        value = next((x for x, reached in pairs if u <= reached), draw.values[-1])
    else:
        value = min(draw.a + u * (draw.b - draw.a), draw.b)
    return value * draw.scale


@pytest.mark.parametrize(("kind", "written"), FORMS, ids=str)
def test_a_draw_is_a_quantile(kind: str, written: Any) -> None:
    found = distribution(kind, written)
    draw = draw_of(found, scale=3_600_000)
    for u in US:
        assert drawn(draw, u) == pytest.approx(float(found.quantile(u)) * 3_600_000, rel=1e-14)
    assert mean_of(draw) == pytest.approx(found.mean * 3_600_000)


def test_words_are_drawn_as_their_index() -> None:
    values = ("NORDICS", "DACH", "AMER")
    found = distribution("choice", {"DACH": "50%", "AMER": "rest"}, values)
    draw = draw_of(found, choices=values)
    assert {values[int(drawn(draw, u))] for u in US} == {"DACH", "AMER"}
    for u in US:
        assert values[int(drawn(draw, u))] == found.quantile(u)
    assert draw_of(distribution("choice", "DACH", values), choices=values) == Draw(CONSTANT, 1.0)


def test_a_spread_too_narrow_for_a_float_is_none() -> None:
    draw = draw_of(distribution("duration", {"mean": "100w", "sd": "0.000001s"}))
    assert draw.family == CONSTANT
    assert draw.a == pytest.approx(100 * 168)


def test_the_mean_of_a_monstrous_spread() -> None:
    wide = distribution("duration", {"median": "1s", "p90": "999999999w"})
    assert mean_of(draw_of(wide)) > 1e15
    assert mean_of(Draw(LOGNORMAL, 1.0, 50.0)) == math.inf
