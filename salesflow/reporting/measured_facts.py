"""What a result says of a step, in sentences for whoever points at it."""

from collections.abc import Iterator

from salesflow.process.model import Process
from salesflow.reporting.measured_places import Place, places_of, still_of
from salesflow.reporting.simulated.figures import WORK, lasting, number, rough, share
from salesflow.reporting.simulated.words import weeks
from salesflow.simulation.result import PartResult, SimulationResult


def facts_of(
    process: Process, part: PartResult, result: SimulationResult
) -> dict[str, tuple[str, ...]]:
    """Path in a picture -> sentences, of the steps that a deal came to."""
    return {
        place.path: tuple(_facts(place, result))
        for place in places_of(process, part)
        if place.seen.visits.mean > 0
    }


def _facts(place: Place, result: SimulationResult) -> Iterator[str]:
    seen, still = place.seen, still_of(place)
    long = weeks(result.duration)
    if long > 0:
        yield f"Simulated: {number(seen.visits.mean / long)} visits a week."
    if still is not None and still.mean > 0:
        told = f"A deal stands still for {lasting(still.mean)} each time"
        if seen.waiting is not None and _ours(place) and seen.waiting.mean > 0:
            told += f", {lasting(seen.waiting.mean)} of it until one of us begins"
        yield f"{told}."
    if seen.effort is not None and seen.effort.mean > 0:
        yield f"It is worked on for {rough(seen.effort, WORK)}."
    if seen.attainment is not None:
        yield f"{share(seen.attainment.mean)} of the visits end in time."


def _ours(place: Place) -> bool:
    role = place.process.roles.get(getattr(place.step, "by", None) or "")
    return role is not None and not role.external
