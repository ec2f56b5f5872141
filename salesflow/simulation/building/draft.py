"""A program while it is written: the rows so far, and what all processes in it share."""

from collections.abc import Iterable, Mapping

from salesflow.distributions import Distribution
from salesflow.nouns import FrozenMap
from salesflow.simulation.building.draws import draw_of
from salesflow.simulation.building.numbered import Numbered
from salesflow.simulation.building.people import Crews, Crowd
from salesflow.simulation.building.tables import Tables, scale
from salesflow.simulation.codes import Code
from salesflow.simulation.gauges import Probe, Stage, WaitProbe
from salesflow.simulation.program import (
    Draw,
    Field,
    Lane,
    Node,
    Outcome,
    Part,
    Source,
    Touchpoint,
    Way,
)


class Draft:
    """Rows grow at their end: what is numbered once keeps its number."""

    def __init__(
        self,
        crowd: Crowd,
        start_ms: int,
        end: int,
        givers: Iterable[str],
        *,
        drawn_as: Mapping[str, str] = FrozenMap(),
    ) -> None:
        """Nothing is written yet; ``givers`` are departments that touchpoints speak of.

        ``drawn_as`` has for paths in the program those that their random numbers are keyed by.
        """
        self.crowd = crowd
        self.drawn_as = drawn_as
        self.tables = Tables(start_ms, end)
        self.crews = Crews(crowd, self.tables)
        self.departments = crowd.departments(givers)
        self.department_at = {name: number for number, name in enumerate(self.departments)}
        self.draws: Numbered[Draw] = Numbered()
        self.codes: Numbered[Code] = Numbered()
        self.origins: list[str] = []  # of all processes: what each is a variant of, or itself
        self.parts: list[Part] = []
        self.nodes: list[Node] = []
        self.ways: list[Way] = []
        self.lanes: list[Lane] = []
        self.outcomes: list[Outcome] = []
        self.sources: list[Source] = []
        self.fields: list[Field] = []
        self.touchpoints: list[Touchpoint] = []
        self.stages: list[Stage] = []
        self.probes: list[Probe] = []
        self.wait_probes: list[WaitProbe] = []
        self.counters = self.visited = self.marks = self.sides = 0

    def time(self, length: Distribution | None, role: str | None) -> tuple[int, int]:
        """The draw of a time in milliseconds, and the table that it is counted in (-1 elapsed).

        Business time is that of the calendar of a role.
        """
        if length is None:
            return -1, -1
        calendar = self.crowd.calendar(role) if length.basis != "elapsed" else None
        draw = draw_of(length, scale=scale(length.basis, calendar))
        return self.draws.number(draw), self.tables.of([calendar])

    def department(self, role: str | None) -> int:
        """The department of ours that a role belongs to, -1 where nobody of ours is named."""
        return self.department_at.get(self.crowd.department(role) or "", -1)
