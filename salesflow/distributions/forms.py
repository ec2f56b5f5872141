"""From read parts to a family: which keys make which, and what their values must satisfy."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from salesflow.distributions.exponential import Exponential
from salesflow.distributions.family import Distribution, keep
from salesflow.distributions.lognormal import from_mean_sd, from_median_p90
from salesflow.distributions.part import Part
from salesflow.distributions.problem import Problem
from salesflow.distributions.triangular import Triangular
from salesflow.distributions.uniform import Uniform

Parts: TypeAlias = Mapping[str, Part]
Read: TypeAlias = Distribution | tuple[Problem, ...]


def exponential(parts: Parts) -> Read:
    """``{mean}``."""
    wrong = _not_above_zero(parts, "mean")
    return wrong or Exponential(**_common(parts), average=_value(parts, "mean"))


def lognormal_by_moments(parts: Parts) -> Read:
    """``{mean, sd}``."""
    wrong = _not_above_zero(parts, "mean") + _not_above_zero(parts, "sd")
    return wrong or from_mean_sd(_value(parts, "mean"), _value(parts, "sd"), **_common(parts))


def lognormal_by_quantiles(parts: Parts) -> Read:
    """``{median, p90}``."""
    wrong = _not_above_zero(parts, "median")
    median, p90 = _value(parts, "median"), _value(parts, "p90")
    if not wrong and p90 <= median:
        hint = "Half of the cases stay below `median`, nine of ten below `p90`."
        wrong = (
            Problem("p90", f"{_said(parts, 'p90')} must be above {_said(parts, 'median')}.", hint),
        )
    return wrong or from_median_p90(median, p90, **_common(parts))


def triangular(parts: Parts) -> Read:
    """``{min, usual, max}``."""
    least, usual, most = (_value(parts, key) for key in ("min", "usual", "max"))
    wrong = _not_below(parts, "min", "max")
    if not wrong and usual < least:
        wrong = (_outside(parts, "usual", "below", "min"),)
    elif not wrong and usual > most:
        wrong = (_outside(parts, "usual", "above", "max"),)
    return wrong or Triangular(**_common(parts), least=least, usual=usual, most=most)


def uniform(parts: Parts) -> Read:
    """``{min, max}``."""
    least, most = _value(parts, "min"), _value(parts, "max")
    wrong = _not_below(parts, "min", "max")
    return wrong or Uniform(**_common(parts), least=least, most=most)


FORMS: Mapping[frozenset[str], Callable[[Parts], Read]] = {
    frozenset({"mean"}): exponential,
    frozenset({"mean", "sd"}): lognormal_by_moments,
    frozenset({"median", "p90"}): lognormal_by_quantiles,
    frozenset({"min", "usual", "max"}): triangular,
    frozenset({"min", "max"}): uniform,
}


def _common(parts: Parts) -> dict[str, Any]:
    written = keep({key: part.written for key, part in parts.items()})
    return {"basis": next(iter(parts.values())).basis, "written": written}


def _value(parts: Parts, key: str) -> float:
    return float(parts[key].value)


def _said(parts: Parts, key: str) -> str:
    return f"`{key}` ({parts[key].written})"


def _not_above_zero(parts: Parts, key: str) -> tuple[Problem, ...]:
    if _value(parts, key) > 0:
        return ()
    if key == "sd":
        hint = f"If it is always the same, write `{parts['mean'].written}` alone."
    else:
        hint = "Values that can be 0 or less are said with `{min, max}` or `{any_of}`."
    return (Problem(key, f"{_said(parts, key)} must be above 0.", hint),)


def _not_below(parts: Parts, low: str, high: str) -> tuple[Problem, ...]:
    if _value(parts, low) < _value(parts, high):
        return ()
    if _value(parts, low) == _value(parts, high):
        hint = f"If it is always the same, write `{parts[low].written}` alone."
    else:
        hint = "Swap the two?"
    return (Problem(high, f"{_said(parts, high)} must be above {_said(parts, low)}.", hint),)


def _outside(parts: Parts, key: str, side: str, bound: str) -> Problem:
    message = f"{_said(parts, key)} is {side} {_said(parts, bound)}."
    return Problem(key, message, "`usual` is the most frequent value, between `min` and `max`.")
