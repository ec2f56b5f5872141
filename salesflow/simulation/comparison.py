"""Scenarios against the process as it is: differences on the same random numbers.

Each replication is a pair: the same deals, drawn alike. The interval is Student's over the
differences of the pairs, so what both have in common cancels out (Law, Simulation Modeling and
Analysis, 5th edition, 10.2.1). Of all measures of a scenario together it is held to 5% that any
difference is called significant though there is none (Holm, A simple sequentially rejective
multiple test procedure, Scandinavian Journal of Statistics 6, 1979).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from salesflow.nouns import FrozenMap
from salesflow.simulation.estimates import Change, Sample, change_of
from salesflow.simulation.measures.deals import (
    deals_that_came,
    flow_efficiency,
    kpis_of,
    win_rate_by_value,
)
from salesflow.simulation.measures.people import utilization_of
from salesflow.simulation.measures.seen import Seen, View
from salesflow.simulation.measures.steps import shown
from salesflow.simulation.result import Difference, ScenarioResult, SimulationResult
from salesflow.simulation.significance import holm
from salesflow.simulation.workload import workloads


class _Place(NamedTuple):
    """Where a measure stands: of a process, or (process "") of a role."""

    process: str
    name: str


def compare(
    base: Seen,
    other: Seen,
    result: SimulationResult,
    *,
    name: str,
    title: str,
    changes: Sequence[str],
) -> ScenarioResult:
    """What a scenario changes; ``result`` is its own, and ``changes`` are in the user's words.

    Both have the same replications. What only one of them has is left out.
    """
    numbers = [[tally.replication for tally in seen.tallies] for seen in (base, other)]
    if numbers[0] != numbers[1]:
        raise ValueError("only the same replications can be compared")
    before, after = _samples(base), _samples(other)
    changed = {place: change_of(before[place], after[place]) for place in after if place in before}
    chances = {place: one.chance for place, one in changed.items() if one is not None}
    sure = holm(chances)
    found = {
        place: _difference(after[place], one, significant=place in sure)
        for place, one in changed.items()
    }
    work = workloads(base, other)
    return ScenarioResult(
        name=name,
        title=title,
        changes=tuple(changes),
        kpis=FrozenMap({process.id: _of(process.id, found) for process in other.processes}),
        roles=_of("", found),
        objectives=tuple(o for part in result.processes.values() for o in part.objectives),
        result=result,
        hours=work.hours,
        departments=work.departments,
    )


def _samples(seen: Seen) -> dict[_Place, Sample | None]:
    """All measures that are compared."""
    found: dict[_Place, Sample | None] = {}
    for view in seen.parts():
        for name, sample in _of_deals(view).items():
            found[_Place(view.process.id, name)] = sample
    for number, role in enumerate(seen.program.roles):
        found[_Place("", role.id)] = utilization_of(seen, number)
    return found


def _of_deals(view: View) -> dict[str, Sample | None]:
    deals = deals_that_came(view)
    return {
        **kpis_of(view, deals),
        "win_rate_by_value": win_rate_by_value(view, deals),
        "flow_efficiency": flow_efficiency(view),
    }


def _difference(value: Sample | None, change: Change | None, *, significant: bool) -> Difference:
    difference = None if change is None else change.estimate
    return Difference(shown(value), difference, significant)


def _of(process: str, found: Mapping[_Place, Difference]) -> FrozenMap[str, Difference]:
    return FrozenMap({at.name: one for at, one in found.items() if at.process == process})
