"""Values from uniform numbers, by inversion: the families of the distributions room."""

from collections.abc import Callable
from math import exp, inf, log1p, sqrt
from statistics import NormalDist
from typing import TypeAlias

from salesflow.simulation.program import (
    CHOICE,
    CONSTANT,
    EXPONENTIAL,
    LOGNORMAL,
    NEVER,
    TRIANGULAR,
    Draw,
)

Sampler: TypeAlias = Callable[[float], float]
Timer: TypeAlias = Callable[[float], int]


def sampler(draw: Draw) -> Sampler:
    """The value for a uniform number in (0, 1), scaled."""
    a, b, scale = draw.a, draw.b, draw.scale
    if draw.family == CONSTANT:
        value = a * scale
        return lambda _: value
    if draw.family == EXPONENTIAL:
        return lambda u: -a * log1p(-u) * scale
    if draw.family == LOGNORMAL:
        return _lognormal(draw)
    if draw.family == TRIANGULAR:
        return _triangular(draw)
    if draw.family == CHOICE:
        return _choice(draw)
    return lambda u: min(a + u * (b - a), b) * scale


def timer(draw: Draw) -> Timer:
    """The value in whole milliseconds, NEVER where it is beyond that."""
    value_of = sampler(draw)
    if draw.family == CONSTANT or (draw.family == LOGNORMAL and draw.b == 0):
        fixed = whole(value_of(0.5))
        return lambda _: fixed
    if draw.family == LOGNORMAL:
        return _lognormal_timer(draw)

    def sample(u: float) -> int:
        value = value_of(u)
        return int(value + 0.5) if value < NEVER else NEVER

    return sample


def _lognormal_timer(draw: Draw) -> Timer:
    """The same as of any family, in one go: most times are of this one."""
    scale, normal = draw.scale, NormalDist(draw.a, draw.b).inv_cdf

    def sample(u: float) -> int:
        x = normal(u)
        if x < 709.0:
            value = exp(x) * scale
            if value < NEVER:
                return int(value + 0.5)
        return NEVER

    return sample


def whole(value: float) -> int:
    """Milliseconds to the nearest whole one."""
    return int(value + 0.5) if value < NEVER else NEVER


def _lognormal(draw: Draw) -> Sampler:
    scale, normal = draw.scale, NormalDist(draw.a, draw.b).inv_cdf
    if draw.b == 0:
        value = _exp(draw.a) * scale
        return lambda _: value

    def sample(u: float) -> float:
        x = normal(u)
        return exp(x) * scale if x < 709.0 else inf

    return sample


def _exp(x: float) -> float:
    return exp(x) if x < 709.0 else inf


def _triangular(draw: Draw) -> Sampler:
    least, usual, most, scale = draw.a, draw.b, draw.c, draw.scale
    width, rise = most - least, usual - least

    def sample(u: float) -> float:
        if u * width < rise:
            return min(least + sqrt(u * width * rise), usual) * scale
        return max(most - sqrt((1 - u) * width * (width - rise)), usual) * scale

    return sample


def _choice(draw: Draw) -> Sampler:
    pairs = tuple(zip(draw.reached, (value * draw.scale for value in draw.values), strict=True))
    last = pairs[-1][1]

    def sample(u: float) -> float:
        for reached, value in pairs:
            if u <= reached:
                return value
        return last

    return sample
