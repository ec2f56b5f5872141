"""Which objectives are told: those of each process, and what scenarios make of them."""

from collections.abc import Iterator

from salesflow.simulation.result import ObjectiveResult, SimulationResult


def verdicts(result: SimulationResult) -> Iterator[tuple[str, ObjectiveResult]]:
    """Objectives with the name to call them by; of a scenario only what is new there."""
    several = len(result.processes) > 1
    known = set()
    for part in result.processes.values():
        for one in part.objectives:
            known.add((one.name, one.bound, one.counted, one.verdict))
            yield f"{part.id}: {one.name}" if several else one.name, one
    for name, scenario in result.scenarios.items():
        for one in scenario.objectives:
            if (one.name, one.bound, one.counted, one.verdict) not in known:
                yield f"{name}: {one.name}", one


def missed(result: SimulationResult) -> bool:
    """Whether an objective is surely missed: by the process as it is, or in a scenario."""
    return any(one.verdict == "missed" for _, one in verdicts(result))
