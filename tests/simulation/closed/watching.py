"""What happens when, told as people tell it: ``Mon 5 Jan 09:00``, in the zone of an office."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from salesflow.process.model import Process
from salesflow.simulation.engine_python.loop import play
from salesflow.simulation.events import (
    ENDED,
    ENTERED,
    EXPIRED,
    REACHED,
    STARTED,
    TAKEN,
    WITHDRAWN,
    WORKED,
    Event,
)
from salesflow.simulation.tally import Tally
from tests.simulation.closed.playing import program

__all__ = ["ENDED", "ENTERED", "EXPIRED", "REACHED", "STARTED", "TAKEN", "WITHDRAWN", "WORKED"]


class Told(NamedTuple):
    """An event: ``step`` is a step's or an outcome's path, ``people`` numbers of persons."""

    what: str
    when: str
    step: str
    deal: int
    people: tuple[int, ...]
    way: str


class Watched:
    """A process that was watched, with what it counted."""

    def __init__(
        self, *texts: str | Process, days: float = 60, zone: str = "UTC", seed: int = 1
    ) -> None:
        """Times are shown in ``zone``."""
        self.zone = ZoneInfo(zone)
        self.program = program(*texts, hours=24 * days)
        self.events: list[Told] = []
        self.tally: Tally = play(self.program, seed, 0, watch=self._note)

    def _note(self, event: Event) -> None:
        rows = self.program.outcomes if event.what == REACHED else self.program.nodes
        path = "" if event.what == "arrived" else rows[event.node].path.partition(":")[2]
        way = self.program.ways[event.way].path.rpartition(".")[2] if event.way >= 0 else ""
        self.events.append(
            Told(event.what, self.at(event.now), path, event.deal, event.people, way)
        )

    def at(self, now: int) -> str:
        """An instant as a wall clock shows it; seconds and parts of one where there are any."""
        start = datetime.fromtimestamp(self.program.start_ms / 1000, UTC)
        local = (start + timedelta(milliseconds=now)).astimezone(self.zone)
        text = f"{local:%a} {local.day} {local:%b %H:%M}"
        parts = f"{local:%S}.{local.microsecond // 1000:03}"
        return text if parts == "00.000" else f"{text}:{parts.removesuffix('.000')}"

    def when(self, what: str, step: str) -> list[str]:
        """When that happened at a step, in order."""
        return [told.when for told in self.events if (told.what, told.step) == (what, step)]

    def deals(self, what: str, step: str) -> list[int]:
        """With which deals that happened at a step, in order."""
        return [told.deal for told in self.events if (told.what, told.step) == (what, step)]

    def people(self, step: str) -> list[tuple[int, ...]]:
        """Who began a step, in order."""
        return [told.people for told in self.events if (told.what, told.step) == (STARTED, step)]


def office(
    steps: str,
    roles: str = "rep: {people: 1}",
    *,
    calendar: str = '{timezone: UTC, hours: {mon-fri: "09:00-17:00"}}',
    arrivals: str = "{every: 500w}",
    start: str = "2026-01-05",
    more: str = "",
) -> str:
    """A process whose people work by one calendar; deals come together, when it starts."""
    first = steps.strip().lstrip("{").split(":", 1)[0].strip()
    return f"""
salesflow: 1
process: tried
start_date: {start}
calendars: {{office: {calendar}}}
departments:
  ours: {{calendar: office, roles: {{{roles}}}}}
  theirs: {{external: true, roles: {{buyer: {{}}}}}}
{more}
sources: {{web: {{start: {first}, arrivals: {arrivals}}}}}
steps: {steps}
outcomes: {{won: {{kind: won}}, lost: {{kind: lost}}}}
"""
