"""The nouns of objectives that cannot be met; light, for every check loads them."""

from typing import NamedTuple

from salesflow.process.model import Objective


class Leg(NamedTuple):
    """A step on a way, and the hours it takes there."""

    node: str
    hours: float


class Aim(NamedTuple):
    """An objective on a time and the ``hours`` of the quickest way, leg by leg.

    ``way`` are the results on it. ``statistic`` is what the hours are of: "least" (no deal is
    quicker), or the objective's own: mean, median, p90, p95.
    """

    objective: Objective
    hours: float
    legs: tuple[Leg, ...]
    way: tuple[str, ...]
    statistic: str = "least"


class Missed(NamedTuple):
    """An objective on another measure, the ``best`` it can come to in its unit, and why."""

    objective: Objective
    best: float
    why: str
