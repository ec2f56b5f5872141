"""Objectives: what was measured beside what was wanted."""

from math import isnan

from salesflow.process.model import Objective
from salesflow.quantities import Duration, decimal_text, format_share
from salesflow.simulation.estimates import replications_for
from salesflow.simulation.measures.seen import View
from salesflow.simulation.measures.wanted import Measured, measured
from salesflow.simulation.result import Estimate, ObjectiveResult

MET, MISSED, UNSURE = "met", "missed", "unsure"

_MONEY = ("win_value", "cost_per_won")
_TIE = 1e-9  # of the bound: what floats lose in adding up
_DAY = 24  # hours


def objectives_of(view: View) -> tuple[ObjectiveResult, ...]:
    """All objectives of a process, in the order written."""
    replications = len(view.seen.tallies)
    return tuple(
        judge(objective, measured(view, objective), replications)
        for objective in view.process.objectives.values()
    )


def judge(objective: Objective, found: Measured, replications: int) -> ObjectiveResult:
    """The verdict; where it is unsure, how many replications would probably decide it.

    Those that narrow the interval to the distance between mean and bound.
    """
    value = None if found.sample is None else found.sample.estimate
    verdict = UNSURE if value is None else verdict_on(objective, value)
    needed, why = None, found.why
    if found.widest is not None and verdict_on(objective, found.widest) != verdict:
        verdict, why = UNSURE, found.doubt
    elif value is not None and verdict == UNSURE:
        needed = replications_for(value, replications, abs(value.mean - objective.limit))
    return ObjectiveResult(
        name=objective.id,
        title=objective.title,
        measure=objective.measure,
        bound=f"{objective.bound} {limit_text(objective)}",
        value=value,
        unit="money" if objective.measure in _MONEY else objective.unit,
        verdict=verdict,
        needed=needed,
        why=why,
        counted=counted_text(objective),
    )


def verdict_on(objective: Objective, value: Estimate) -> str:
    """Met or missed where the whole interval lies on one side of the bound, else unsure."""
    limit, tie = objective.limit, abs(objective.limit) * _TIE
    if isnan(value.low) or isnan(value.high):
        return UNSURE
    if objective.bound == "at_least":
        met, missed = value.low >= limit - tie, value.high < limit - tie
    else:
        met, missed = value.high <= limit + tie, value.low > limit + tie
    return MET if met else MISSED if missed else UNSURE


def counted_text(objective: Objective) -> str:
    """What of the deals counts: ``p90, from call to won``; "" for the mean of whole deals."""
    kind = () if objective.statistic == "mean" else (objective.statistic,)
    ends = {"from": objective.start, "to": objective.to}
    way = " ".join(f"{word} {end}" for word, end in ends.items() if end)
    return ", ".join((*kind, way) if way else kind)


def limit_text(objective: Objective) -> str:
    """The bound as the language writes it: ``20%``, ``150d``, ``36h``, ``10``."""
    limit = objective.limit
    if objective.unit == "share":
        return format_share(limit)
    if objective.unit == "hours":
        whole = limit >= _DAY and limit % _DAY == 0
        return str(Duration(limit / _DAY, "d") if whole else Duration(limit, "h"))
    return decimal_text(limit)
