"""What simulations say of countries, side by side: each was played by itself, with its people."""

from collections.abc import Iterator, Mapping, Sequence

from salesflow.changes.variants import Member, Variants
from salesflow.errors import UsageError
from salesflow.nouns import FrozenMap
from salesflow.reporting.simulated.figures import figure
from salesflow.reporting.simulated.words import MEASURES
from salesflow.reporting.words import sentence
from salesflow.simulation.result import SimulationResult
from salesflow.simulation.result_reading import read_result

HEADING = "Simulated (95% intervals)"
_SHOWN = ("win_rate", "wins", "win_value", "value_per_won", "cycle_time_won", "cost_per_won")


def with_results(found: Sequence[Variants], files: Sequence[str]) -> tuple[Variants, ...]:
    """With the results in some files, each that of a process here by itself.

    UsageError for a file that holds something else, or a process that is not here.
    """
    members = {member.id for each in found for member in (each.base, *each.variants)}
    results: dict[str, SimulationResult] = {}
    for file in files:
        result = read_result(file)
        for name in result.processes:
            if name not in members:
                known = sentence([f"`{member}`" for member in sorted(members)])
                raise UsageError(f"`{file}` is of `{name}`, and here are {known}.")
            if results.setdefault(name, result) is not result:
                raise UsageError(f"Two results are of `{name}`: name one of the files.")
    return tuple(each.replace(results=FrozenMap(results)) for each in found)


def simulated(found: Variants) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Label, the base's figure and those of the variants, of those that were simulated."""
    for name in _SHOWN:
        measure = MEASURES[name]
        base = _told(found, found.base, name, measure.kind)
        cells = {member.id: _told(found, member, name, measure.kind) for member in found.variants}
        if base or any(cells.values()):
            yield measure.name, base, cells


def _told(found: Variants, member: Member, name: str, kind: str) -> str:
    result = found.results.get(member.id)
    estimate = result.processes[member.id].kpis.get(name) if result is not None else None
    if result is None or estimate is None:
        return ""
    return figure(estimate, kind, result.currency).whole
