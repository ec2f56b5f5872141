"""What simulation needs and a file does not say."""

from collections.abc import Sequence

from salesflow.findings import Finding
from salesflow.process.model import Process
from salesflow.simulation.building.people import Crowd


def needs_of(processes: Sequence[Process]) -> tuple[Finding, ...]:
    """Findings of the family ``simulation``."""
    return tuple(Crowd(processes).findings)
