"""The best that objectives on shares and counts can come to, whatever anybody does."""

from collections.abc import Callable, Iterator
from typing import Any

from salesflow.analysis.aims import Missed
from salesflow.analysis.promises import Promises
from salesflow.analysis.runs import inner_first
from salesflow.process.model import Objective, Process
from salesflow.process.steps import Work
from salesflow.quantities import format_share

_HAIR = 1e-9


def missed(process: Process, promises: Promises, chain: Callable[[], Any]) -> Iterator[Missed]:
    """Objectives on win rate, selling time, throughput and promises that are above the best.

    ``chain`` gives the ``Chain``, asked for only where a win rate is to be judged.
    """
    for objective in process.objectives.values():
        if objective.bound != "at_least":
            continue
        best: Missed | None = None
        if objective.measure == "win_rate":
            best = _win_rate(process, objective, chain())
        elif objective.measure == "selling_time":
            best = _selling_time(process, objective)
        elif objective.measure == "throughput":
            best = _throughput(process, objective)
        elif objective.measure == "attainment":
            best = _attainment(objective, promises)
        if best is not None and best.best < objective.limit - _HAIR:
            yield best


def _win_rate(process: Process, objective: Objective, chain: Any) -> Missed | None:
    """No more than what the shares give."""
    from salesflow.analysis.win_bound import best_win_rate  # solving takes its time

    best = best_win_rate(process, chain, objective.start, objective.limit)
    return None if best is None else Missed(objective, best, "that is what the shares give")


def _selling_time(process: Process, objective: Objective) -> Missed | None:
    """No more than ``available``; nothing without a step that faces the customer."""
    role = process.roles.get(objective.of or "")
    if role is None:
        return None
    for part in inner_first(process):
        for step in part.nodes.values():
            if not isinstance(step, Work) or step.effort is None or step.facing != "customer":
                continue
            escalated = step.escalate.by if step.escalate else None
            if role.id in (step.by, escalated, *step.with_):
                why = f"`{role.id}` gives this process {format_share(role.available)} of its time"
                return Missed(objective, role.available, why)
    why = f"`{role.id}` has no hands-on work on a step with `facing: customer`"
    return Missed(objective, 0.0, why)


def _throughput(process: Process, objective: Objective) -> Missed | None:
    """No more deals end than come, in the long run."""
    arrivals = [source.arrivals for source in process.sources.values()]
    rates = [coming.per_week if coming else None for coming in arrivals]
    known = [rate for rate in rates if rate is not None]
    if not rates or len(known) < len(rates):
        return None
    return Missed(objective, sum(known), "no more deals than that arrive")


def _attainment(objective: Objective, promises: Promises) -> Missed | None:
    """The best possible share of a promise, where its own target does not ask for more."""
    of = objective.of or ""
    best = promises.best(of)
    return None if best is None else Missed(objective, best, "of what can be in time at all")
