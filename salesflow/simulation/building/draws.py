"""Distributions as draws."""

import math
from collections.abc import Sequence

from salesflow.distributions import Distribution
from salesflow.distributions.any_of import AnyOf
from salesflow.distributions.constant import Constant
from salesflow.distributions.exponential import Exponential
from salesflow.distributions.family import Value
from salesflow.distributions.lognormal import Lognormal
from salesflow.distributions.triangular import Triangular
from salesflow.distributions.uniform import Uniform
from salesflow.simulation.program import (
    CHOICE,
    CONSTANT,
    EXPONENTIAL,
    LOGNORMAL,
    TRIANGULAR,
    UNIFORM,
    Draw,
)


def draw_of(distribution: Distribution, *, scale: float = 1.0, choices: Sequence[str] = ()) -> Draw:
    """The draw of a distribution; ``choices`` are the values of a choice field, by index."""
    return _unscaled(distribution, choices)._replace(scale=float(scale))


def _unscaled(distribution: Distribution, choices: Sequence[str]) -> Draw:
    if isinstance(distribution, Constant):
        return Draw(CONSTANT, _number(distribution.value, choices))
    if isinstance(distribution, Exponential):
        return Draw(EXPONENTIAL, float(distribution.average))
    if isinstance(distribution, Lognormal):
        if not distribution.sigma:  # as narrow as a float can tell; a quantile wants some spread
            return Draw(CONSTANT, distribution.median)
        return Draw(LOGNORMAL, float(distribution.mu), float(distribution.sigma))
    if isinstance(distribution, Triangular):
        least, usual, most = distribution.least, distribution.usual, distribution.most
        return Draw(TRIANGULAR, float(least), float(usual), float(most))
    if isinstance(distribution, Uniform):
        return Draw(UNIFORM, float(distribution.least), float(distribution.most))
    if isinstance(distribution, AnyOf):
        return _choice(distribution, choices)
    raise NotImplementedError(type(distribution).__name__)


def _choice(distribution: AnyOf, choices: Sequence[str]) -> Draw:
    values: list[float] = []
    reached: list[float] = []
    total = 0.0
    for value, share in zip(distribution.values, distribution.shares, strict=True):
        total += share
        if share > 0:
            values.append(_number(value, choices))
            reached.append(total)
    if len(values) == 1:
        return Draw(CONSTANT, values[0])
    return Draw(CHOICE, values=tuple(values), reached=tuple(reached))


def _number(value: Value, choices: Sequence[str]) -> float:
    if isinstance(value, str):
        return float(choices.index(value)) if value in choices else math.nan
    return float(value)
