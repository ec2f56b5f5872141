"""How findings speak of times, hours of work and shares."""

from collections.abc import Sequence
from math import ceil, floor
from typing import Any

from salesflow.analysis.aims import Aim
from salesflow.checking.words import named
from salesflow.process.model import Objective
from salesflow.process.steps import Block, Step, Work
from salesflow.quantities import decimal_text

_WEEK = 168
_MOST_LEGS = 4


def percent(share: float) -> str:
    """A share cut to a tenth of a percent, so that it is never said too high: ``24.1%``."""
    return f"{decimal_text(floor(share * 1000 + 1e-6) / 10)}%"


def lasting(hours: float) -> str:
    """A time in the unit people would say it in: ``20min``, ``9h``, ``3.5d``."""
    if hours < 1:
        return f"{decimal_text(round(hours * 60, 1))}min"
    if hours < 48:
        return f"{decimal_text(round(hours, 1))}h"
    return f"{decimal_text(round(hours / 24, 1))}d"


def hours_of(roles: Sequence[str], schedules: Any) -> str:
    """How long some roles work together in a week, as half a sentence."""
    hours = frozenset[str]().union(*(schedules.hours(role) for role in roles))
    table = schedules.timetable(hours)
    a_week = decimal_text(round(table.total / table.period * _WEEK, 1))
    verb, together = ("works", "") if len(roles) == 1 else ("work", " together")
    return f"{named(roles)} {verb}{together} {a_week} of {_WEEK} hours a week"


def limit_of(hours: float) -> str:
    """A limit of at least so many hours, in the language: ``8h``, ``3d``."""
    return f"{ceil(hours)}h" if hours <= 48 else f"{ceil(hours / 24)}d"


def takes(step: Step) -> str:
    """What of a step takes time, for a sentence that goes on with how much."""
    if isinstance(step, Block):
        return "the shortest way through it takes"
    if not isinstance(step, Work):
        return "the process that is run takes"
    if step.wait is None:
        return "the work takes"
    return "the wait takes" if step.effort is None else "work and wait take"


def journey(objective: Objective) -> str:
    """What an objective on a time measures, as the subject of a sentence."""
    start = f" from `{objective.start}`" if objective.start else ""
    end = f" to `{objective.to}`" if objective.to else " to its end"
    often = "" if objective.statistic == "mean" else f" ({objective.statistic})"
    return f"A deal{start}{end}{often}"


def legs_of(aim: Aim) -> str:
    """The steps that take the most of a way, longest first."""
    longest = sorted((leg for leg in aim.legs if leg.hours > 0), key=lambda leg: -leg.hours)
    shown = [f"`{leg.node}` {lasting(leg.hours)}" for leg in longest[:_MOST_LEGS]]
    more = len(longest) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
