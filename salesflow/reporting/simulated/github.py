"""GitHub's annotations: objectives that a simulation misses, on the lines that ask for them."""

from collections.abc import Iterable, Iterator

from salesflow.process.model import Process
from salesflow.reporting.simulated.figures import figure
from salesflow.reporting.simulated.verdicts import verdicts
from salesflow.reporting.simulated.words import bound
from salesflow.reporting.workflow_command import workflow_command, workflow_commands
from salesflow.simulation.result import ObjectiveResult, SimulationResult

_LEVELS = {"missed": "error", "unsure": "warning"}


def github(result: SimulationResult, processes: Iterable[Process]) -> str:
    """A workflow command for each objective that is missed or unsure, missed ones first."""
    told = [pair for pair in verdicts(result) if pair[1].verdict in _LEVELS]
    told.sort(key=lambda pair: [*_LEVELS].index(pair[1].verdict))
    places = dict(_places(processes))
    return workflow_commands(
        workflow_command(_LEVELS[one.verdict], _place(name, one, places), _lines(name, one, result))
        for name, one in told
    )


def _places(processes: Iterable[Process]) -> Iterator[tuple[str, dict[str, object]]]:
    """Where each objective is written, by its name and by ``process: name``."""
    for process in processes:
        for name, objective in process.objectives.items():
            span = objective.span
            place: dict[str, object] = {"file": span.file, "line": span.line}
            yield name, place
            yield f"{process.id}: {name}", place


def _place(
    name: str, one: ObjectiveResult, places: dict[str, dict[str, object]]
) -> dict[str, object]:
    place = places.get(name) or places.get(one.name) or {}
    return {**place, "title": f"salesflow objective {name}"}


def _lines(name: str, one: ObjectiveResult, result: SimulationResult) -> Iterator[str]:
    shown = None if one.value is None else figure(one.value, one.unit, result.currency)
    found = "" if shown is None else f", and it comes to {shown.whole}"
    yield f"The objective `{name}` is {one.verdict}: {bound(one.bound)} is asked for{found}."
    if one.why:
        yield one.why
    elif one.verdict == "unsure" and one.needed is not None:
        yield f"About {one.needed:,} replications would decide."
