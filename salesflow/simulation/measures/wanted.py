"""What objectives look at: each measure of the language as a sample over replications."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from salesflow.process.model import Objective
from salesflow.simulation.building.marks import probe_of, wait_probe_of
from salesflow.simulation.estimates import (
    Sample,
)
from salesflow.simulation.measures.cohort import (
    Cohort,
    all_ended,
    sample_of_statistic,
    won_ones,
)
from salesflow.simulation.measures.contracts import accepted_of
from salesflow.simulation.measures.deals import costs, kpi_of
from salesflow.simulation.measures.people import selling_time_of, utilization_of
from salesflow.simulation.measures.seen import Seen, View
from salesflow.simulation.measures.steps import attainment_of
from salesflow.simulation.result import Estimate


class Measured(NamedTuple):
    """What was seen of an objective's measure; None where too little, and ``why``.

    ``widest`` is what it could be if deals that nobody saw end all ended the same way: where that
    is on both sides of the bound, the verdict is unsure, and ``doubt`` says so.
    """

    sample: Sample | None
    why: str = ""
    widest: Estimate | None = None
    doubt: str = ""


Measure: TypeAlias = Callable[[View, Objective], Measured]


def measured(view: View, objective: Objective) -> Measured:
    """The measure of an objective, in its unit (times in hours)."""
    return _MEASURES[objective.measure](view, objective)


def _found(sample: Sample | None, why: str) -> Measured:
    return Measured(sample, "" if sample is not None else why)


def _win_rate(view: View, objective: Objective) -> Measured:
    at = probe_of(view.seen.program, view.number, objective)
    deals = Cohort(view.seen, at)
    sample = deals.win_rate()
    came = f" that came to `{objective.start}`" if objective.start else ""
    found = _found(sample, f"too few deals{came} were won or lost")
    if sample is None or not deals.undecided:
        return found
    doubt = f"{deals.undecided:.0%} of the deals take longer: simulate longer"
    return found._replace(widest=deals.widest(sample.estimate), doubt=doubt)


def _time(view: View, objective: Objective) -> Measured:
    at = probe_of(view.seen.program, view.number, objective)
    start = f" from `{objective.start}`" if objective.start else ""
    end = f"came{start} to `{objective.to}`" if objective.to else "ended"
    if objective.start and not objective.to:
        end = f"came to `{objective.start}` and ended"
    outcome = view.process.outcomes.get(objective.to or "")
    if objective.to is None or (outcome is not None and outcome.kind == "won"):
        which = all_ended if outcome is None else won_ones
        sample = Cohort(view.seen, at).time(objective.statistic, which)
    else:
        spreads = [tally.probes[at].time for tally in view.seen.tallies]
        sample = sample_of_statistic(spreads, objective.statistic)
    return _found(sample, f"too few deals {end}")


def _waiting(view: View, objective: Objective) -> Measured:
    at = wait_probe_of(view.seen.program, view.number, objective)
    if at < 0:
        return _nothing(objective, "a step, or a role of ours with people")
    spreads = [tally.waits[at] for tally in view.seen.tallies]
    why = f"too little work of `{objective.of}` was begun"
    return _found(sample_of_statistic(spreads, objective.statistic), why)


def _attainment(view: View, objective: Objective) -> Measured:
    program, path = view.seen.program, f"{view.process.id}:{objective.of}"
    for number, touchpoint in enumerate(program.touchpoints):
        if touchpoint.path == path:
            if touchpoint.accept is None:
                return Measured(None, f"`{objective.of}` has no `accept_within`")
            why = f"too few crossings of `{objective.of}` could be judged"
            return _found(accepted_of(view.seen, number), why)
    for number, node in enumerate(program.nodes):
        if node.path == path:
            if node.sla is None:
                return Measured(None, f"`{objective.of}` has no `sla`")
            why = f"too few visits of `{objective.of}` could be judged"
            return _found(attainment_of(view, number), why)
    return _nothing(objective, "a step or touchpoint")


def _of_role(share: Callable[[Seen, int], Sample | None]) -> Measure:
    """A measure of a role."""

    def of(view: View, objective: Objective) -> Measured:
        for number, role in enumerate(view.seen.program.roles):
            if role.id == objective.of:
                why = f"nobody of `{role.id}` works in the measured time"
                return _found(share(view.seen, number), why)
        return _nothing(objective, "a role of ours with people")

    return of


def _kpi(name: str, why: str) -> Measure:
    """A measure that is a figure of the whole process too."""

    def of(view: View, _: Objective) -> Measured:
        return _found(kpi_of(view, name), why)

    return of


def _win_value(view: View, _: Objective) -> Measured:
    return _found(
        kpi_of(view, "win_value"), "the process does not say which field is a deal's `value`"
    )


def _cost_per_won(view: View, _: Objective) -> Measured:
    why = (
        "too few deals were won" if costs(view) else "no role has `cost_per_hour`, no source `cost`"
    )
    return _found(kpi_of(view, "cost_per_won"), why)


def _nothing(objective: Objective, what: str) -> Measured:
    if objective.of is None:
        return Measured(None, f"`of` is missing: name {what}")
    return Measured(None, f"`{objective.of}` is not {what}")


_MEASURES: dict[str, Measure] = {
    "win_rate": _win_rate,
    "time": _time,
    "waiting": _waiting,
    "utilization": _of_role(utilization_of),
    "selling_time": _of_role(selling_time_of),
    "attainment": _attainment,
    "cost_per_won": _cost_per_won,
    "win_value": _win_value,
    "throughput": _kpi("throughput", ""),
    "rework": _kpi("rework", "too few deals ended"),
    "open_deals": _kpi("open_deals", ""),
    "stuck": _kpi("stuck", "too few deals came"),
}
