"""Deals as a log tells of them: gathered while they are open, handed on whole when they end.

What is kept in memory is what is open in the simulation, never the deals of the past.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from salesflow.simulation import events
from salesflow.simulation.eventlog.sampling import kept
from salesflow.simulation.events import Event
from salesflow.simulation.program import WORK, Program

OPEN, COMPLETED, TIMED_OUT, WITHDRAWN, STUCK = (
    "open",  # it goes on when the simulation ends
    "completed",
    "timed_out",
    "withdrawn",
    "stuck",  # it is done, and no result is possible
)
_HOW = {
    events.ENDED: COMPLETED,
    events.TAKEN: COMPLETED,
    events.EXPIRED: TIMED_OUT,
    events.WITHDRAWN: WITHDRAWN,
}


class Moment(NamedTuple):
    """An instant, in milliseconds from the start, and its place among all that was told."""

    now: int
    place: int


class Activity:
    """A visit of a step, block or run. ``stage`` is the one shown from its entry on, or -1.

    ``ready``: the entry; ``started``: its work begins; ``worked``: hands-on work is done, what
    follows is waiting; ``over``: it has ended, in the way that ``how`` says.
    """

    __slots__ = (
        "how",
        "node",
        "over",
        "people",
        "ready",
        "stage",
        "started",
        "values",
        "visit",
        "way",
        "worked",
    )

    def __init__(self, node: int, visit: int, ready: Moment, stage: int) -> None:
        """One that begins."""
        self.node = node
        self.visit = visit
        self.ready = ready
        self.stage = stage
        self.started: Moment | None = None
        self.worked: Moment | None = None
        self.over: Moment | None = None
        self.people: tuple[int, ...] = ()
        self.way = -1
        self.how = OPEN
        self.values: tuple[float, ...] = ()


class Case:
    """A deal: ``serial`` counts those of its source from 0; ``values`` are the last known."""

    __slots__ = (
        "activities",
        "arrived",
        "ended",
        "given",
        "open",
        "outcome",
        "serial",
        "source",
        "stage",
        "values",
    )

    def __init__(
        self, source: int, serial: int, arrived: Moment, values: tuple[float, ...]
    ) -> None:
        """A deal that comes."""
        self.source = source
        self.serial = serial
        self.arrived = arrived
        self.given = values
        self.values = values
        self.activities: list[Activity] = []
        self.open: dict[tuple[int, int], Activity] = {}
        self.stage = -1
        self.ended: Moment | None = None
        self.outcome = -1


Sink: TypeAlias = Callable[[Case], None]


class Cases:
    """Watches a run and hands on each deal when it ends; ``finish`` those that are still open."""

    def __init__(self, program: Program, sink: Sink, *, share: float = 1.0) -> None:
        """``share`` of the deals are followed, from 0 to 1."""
        self.program = program
        self.sink = sink
        self.share = share
        self.followed: dict[int, Case] = {}
        self.came = [0] * len(program.sources)
        self.waits = [
            node.kind == WORK and node.crew >= 0 and node.effort >= 0 for node in program.nodes
        ]
        self.told = 0

    def __call__(self, event: Event) -> None:
        """Take in one event."""
        self.told += 1
        if event.what == events.ARRIVED:
            self._arrived(event)
            return
        case = self.followed.get(event.deal)
        if case is None:
            return
        moment = Moment(event.now, self.told)
        if event.what == events.ENTERED:
            self._entered(case, event, moment)
        elif event.what == events.REACHED:
            case.ended, case.outcome, case.values = moment, event.node, event.values
            del self.followed[event.deal]
            self.sink(case)
        else:
            self._went_on(case, event, moment)

    def finish(self) -> None:
        """Hand on what is still open, by the numbers of the deals."""
        for case in self.followed.values():
            self.sink(case)
        self.followed.clear()

    def _arrived(self, event: Event) -> None:
        serial = self.came[event.node]
        self.came[event.node] += 1
        if kept(self.program.sources[event.node].key, serial, self.share):
            moment = Moment(event.now, self.told)
            self.followed[event.deal] = Case(event.node, serial, moment, event.values)

    def _entered(self, case: Case, event: Event, moment: Moment) -> None:
        node = self.program.nodes[event.node]
        if node.stage >= 0:
            case.stage = node.stage
        activity = Activity(event.node, event.visit, moment, case.stage)
        if not self.waits[event.node]:  # nobody of ours is needed: it begins at once
            activity.started = moment
        case.activities.append(activity)
        case.open[event.node, event.visit] = activity

    def _went_on(self, case: Case, event: Event, moment: Moment) -> None:
        activity = case.open[event.node, event.visit]
        if event.what == events.STARTED:
            activity.started, activity.people = moment, event.people
            return
        if event.what == events.WORKED:
            activity.worked = moment
            return
        if event.values:
            case.values = activity.values = event.values
        if event.way < 0 and event.what != events.WITHDRAWN:
            activity.how = STUCK
            return
        activity.how, activity.way, activity.over = _HOW[event.what], event.way, moment
        del case.open[event.node, event.visit]
