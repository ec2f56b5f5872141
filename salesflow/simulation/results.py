"""From the tallies of replications to the answer, the same in whatever order they came."""

from collections.abc import Iterator, Mapping, Sequence

from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.simulation.forecast import Forecast, PartForecast
from salesflow.simulation.measures.cohort import all_ended, won_ones
from salesflow.simulation.measures.contracts import stages_of, touchpoints_of
from salesflow.simulation.measures.deals import (
    deals_of,
    deals_that_came,
    distribution_of,
    flow_efficiency,
    kpis_of,
    unfinished,
    win_rate_by_value,
)
from salesflow.simulation.measures.people import roles_of
from salesflow.simulation.measures.seen import Seen, View, seen_of
from salesflow.simulation.measures.steps import flow_of, shown, steps_of
from salesflow.simulation.objectives import objectives_of
from salesflow.simulation.program import Program
from salesflow.simulation.result import PartResult, ScenarioResult, SimulationResult
from salesflow.simulation.tally import Tally

_MANY_UNDECIDED = 0.1  # of the deals


def result_of(
    program: Program,
    processes: Sequence[Process],
    tallies: Sequence[Tally],
    *,
    seed: int,
    duration: str,
    warmup: str,
    warmup_found: bool = False,
    forecast: Forecast | None = None,
    warnings: Sequence[str] = (),
    scenarios: Mapping[str, ScenarioResult] = FrozenMap(),
) -> SimulationResult:
    """What replications of a program say; ``processes`` are those that it was made of, in order.

    ``duration`` and ``warmup`` as a user writes them (``26w``). Warnings of the forecast come
    before others. ValueError without tallies, or with two of one replication.
    """
    seen = seen_of(program, processes, tallies)
    ahead = forecast or Forecast(FrozenMap(), (), ())
    known = {part.id: part for part in ahead.parts}
    return SimulationResult(
        program=program.digest,
        seed=seed,
        replications=len(seen.tallies),
        duration=duration,
        warmup=warmup,
        warmup_found=warmup_found,
        currency=next((p.people.currency for p in processes if p.people.currency), ""),
        zone=program.zone,
        processes=FrozenMap(
            {view.process.id: part_of(view, known.get(view.process.id)) for view in seen.parts()}
        ),
        roles=roles_of(seen, ahead.offered),
        scenarios=FrozenMap(scenarios),
        warnings=(*ahead.warnings, *warnings, *_doubts(seen, duration)),
        instances=sum(tally.instances for tally in seen.tallies),
        models=seen.processes,
    )


def _doubts(seen: Seen, duration: str) -> Iterator[str]:
    """A warning for each process of which too many deals take longer than the measured time."""
    for view in seen.parts():
        share = deals_that_came(view).undecided
        if share >= _MANY_UNDECIDED:
            yield (
                f"{share:.0%} of the deals of `{view.process.id}` take longer than `--for "
                f"{duration}`: its win rate and its times to win are those of the quick ones. "
                "Simulate longer."
            )


def part_of(view: View, ahead: PartForecast | None) -> PartResult:
    """What replications say of one process; ``ahead`` is what was known before."""
    deals = deals_that_came(view)
    return PartResult(
        id=view.process.id,
        title=view.process.name or view.process.id.replace("_", " "),
        deals=deals_of(view),
        kpis=FrozenMap({name: shown(sample) for name, sample in kpis_of(view, deals).items()}),
        cycle_time=deals.times(all_ended),
        cycle_time_won=deals.times(won_ones),
        steps=steps_of(view),
        touchpoints=touchpoints_of(view),
        stages=stages_of(view),
        objectives=objectives_of(view),
        flow=flow_of(view),
        distribution=distribution_of(view),
        exact_win_rate=ahead.win_rate if ahead is not None and ahead.exact else None,
        chain_win_rate=ahead.win_rate if ahead is not None else None,
        chain=ahead.why if ahead is not None else "",
        flow_efficiency=shown(flow_efficiency(view)),
        win_rate_by_value=shown(win_rate_by_value(view, deals)),
        unfinished=unfinished(view).estimate,
    )
