"""What objectives look at: marks where deals come by, and probes between them.

Of each program the first probes are those of all deals, one for each process in the order given.
Behind them stand those of objectives with ``from`` or ``to``; equal ones are one. ``probe_of`` and
``wait_probe_of`` find them again, from the program alone.

The mark of a step, block or run is set when a deal enters it, so for ``from`` and ``to`` alike; of
a branch when its first step is entered; of a result when it is taken; of an outcome when it is
reached. No objective can name a source.
"""

from collections.abc import Iterable

from salesflow.process.model import Objective
from salesflow.simulation.building.draft import Draft
from salesflow.simulation.building.opened import Opened
from salesflow.simulation.gauges import Probe, WaitProbe
from salesflow.simulation.program import (
    Program,
)


class Marks:
    """The marks of one process: numbers by path of node or result, by id of outcome."""

    def __init__(self, opened: Opened, draft: Draft) -> None:
        """Give a number to all that objectives name."""
        self.nodes: dict[str, int] = {}
        self.ways: dict[str, int] = {}
        self.outcomes: dict[str, int] = {}
        self.at: dict[str, int] = {}  # by the name that objectives use
        self._opened = opened
        for objective in opened.process.objectives.values():
            for name in filter(None, (objective.start, objective.to)):
                if name not in self.at:
                    home, key = self._home(name)
                    self.at[name] = home.setdefault(key, draft.marks)
                    draft.marks = max(draft.marks, self.at[name] + 1)

    def _home(self, name: str) -> tuple[dict[str, int], str]:
        """Where the mark of a name stands, and under which key."""
        layout, process = self._opened.layout, self._opened.process
        if name in process.nodes:
            return self.nodes, name
        if name in layout.lanes:
            return self.nodes, layout.lanes[name].start.path
        if name in process.outcomes:
            return self.outcomes, name
        return self.ways, name


def probes_of(opened: Opened, marks: Marks) -> Iterable[Probe]:
    """A probe for each objective with ``from`` or ``to``."""
    for objective in opened.process.objectives.values():
        if objective.start is not None or objective.to is not None:
            start, end = (marks.at.get(n or "", -1) for n in (objective.start, objective.to))
            yield Probe(opened.number, start, end)


def wait_probes_of(opened: Opened, draft: Draft) -> Iterable[WaitProbe]:
    """A probe for each objective on the waiting of a step or a role."""
    for objective in opened.process.objectives.values():
        of = objective.of or ""
        if objective.measure == "waiting" and of in opened.node_at:
            yield WaitProbe(node=opened.node_at[of])
        elif objective.measure == "waiting" and of in draft.crews.at:
            yield WaitProbe(role=draft.crews.at[of])


def probe_of(program: Program, part: int, objective: Objective) -> int:
    """The number of the probe of an objective of process number ``part``."""
    marks = [_mark(program, part, name) for name in (objective.start, objective.to)]
    return program.probes.index(Probe(part, *marks))


def wait_probe_of(program: Program, part: int, objective: Objective) -> int:
    """The number of the probe of waiting of an objective, -1 where nothing of that name waits."""
    path = f"{program.parts[part].id}:{objective.of}"
    for number, probe in enumerate(program.wait_probes):
        if probe.node >= 0 and program.nodes[probe.node].path == path:
            return number
        if probe.role >= 0 and program.roles[probe.role].id == objective.of:
            return number
    return -1


def _mark(program: Program, part: int, name: str | None) -> int:
    """The mark of a name that an objective uses, -1 for none."""
    if name is None:
        return -1
    path = f"{program.parts[part].id}:{name}"
    for rows in (program.nodes, program.ways, program.outcomes):
        for row in rows:
            if row.mark >= 0 and row.path == path:
                return row.mark
    return next(program.nodes[lane.start].mark for lane in program.lanes if lane.path == path)
