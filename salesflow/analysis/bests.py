"""The best that objectives on shares and counts can come to, whatever anybody does."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from salesflow.analysis.aims import Missed
from salesflow.analysis.promises import Promises
from salesflow.analysis.runs import inner_first
from salesflow.process.model import Objective, Process
from salesflow.process.steps import Work
from salesflow.quantities import format_share

_HAIR = 1e-9
_TIGHT = 0.85  # from here on it is a finding of the role


def missed(
    process: Process,
    promises: Promises,
    chain: Callable[[], Any],
    loads: Callable[[], Mapping[str, Any]],
) -> Iterator[Missed]:
    """Objectives on win rate, load, selling time, throughput and promises beyond the best.

    ``chain`` gives the ``Chain`` and ``loads`` the ``RoleLoad`` of roles, asked for where needed.
    """
    for objective in process.objectives.values():
        best: Missed | None = None
        if objective.measure == "utilization" and objective.bound == "at_most":
            best = _utilization(process, objective, chain, loads)
        elif objective.bound == "at_least":
            best = _most(process, objective, promises, chain)
        if best is not None and _beyond(objective, best.best):
            yield best


def _beyond(objective: Objective, best: float) -> bool:
    if objective.bound == "at_most":
        return best > objective.limit + _HAIR
    return best < objective.limit - _HAIR


def _most(
    process: Process, objective: Objective, promises: Promises, chain: Callable[[], Any]
) -> Missed | None:
    """The greatest value of a measure that can be; None where nothing is certain."""
    if objective.measure == "win_rate":
        return _win_rate(process, objective, chain())
    if objective.measure == "selling_time":
        return _selling_time(process, objective)
    if objective.measure == "throughput":
        return _throughput(process, objective)
    return _attainment(objective, promises) if objective.measure == "attainment" else None


def _utilization(
    process: Process,
    objective: Objective,
    chain: Callable[[], Any],
    loads: Callable[[], Mapping[str, Any]],
) -> Missed | None:
    """No less than what is asked for, where nothing takes work away from people.

    What is tight or too much is told of the role itself.
    """
    steps = [step for part in inner_first(process) for step in part.nodes.values()]
    if any(step.timeout is not None or getattr(step, "escalate", None) for step in steps):
        return None
    load = loads().get(objective.of or "")
    if load is None or load.share >= _TIGHT or not chain().exact:
        return None
    return Missed(objective, load.share, "that is what the arriving deals ask for")


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
