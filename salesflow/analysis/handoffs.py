"""Handoffs: where a deal moves from the work of one department to the work of another.

External departments and steps that nobody does are looked through. The giver is whoever of ours
ended a step last on the thread that arrives (the source's department if none): a branch begins with
the thread that entered its block, after a join the threads of all branches give, after a block's
timeout the thread that entered it, after ``leave`` the leaving one; inside a run its steps count.

Givers are transitions (a step and its result). What arrives at a place is a set of them, kept as
the bits of a number, so that the whole is one pass over the flow however many there are.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from salesflow.analysis.bitsets import members
from salesflow.analysis.crossings import Ending, Giver, Handoff, Receiver, Summary
from salesflow.analysis.flow import Flow
from salesflow.analysis.graphs import components
from salesflow.analysis.runs import inner_first
from salesflow.process.model import Process, Touchpoint
from salesflow.process.steps import Run, Step, Work
from salesflow.spans import NOWHERE

MOST_ENTRIES = 20  # places of a run where one department may take over first; others are not told
MOST_HANDOFFS = 20_000  # pairs of transition and step; what goes beyond is left out of the table

_ENTERED = Giver("", "", "", NOWHERE)  # whoever holds the deal when a run begins


def handoffs(process: Process) -> tuple[Handoff, ...]:
    """The handoffs of a process, sorted by giver, receiver and place, at most ``MOST_HANDOFFS``.

    Moves within a process that a step runs belong to that process.
    """
    return Threads(process).table


class Threads:
    """Who may have let go last of what arrives where, for one process."""

    def __init__(self, process: Process, flow: Flow | None = None) -> None:
        """Number the givers and let them flow."""
        self.process = process
        self.flow = flow or Flow(process)
        self.givers: list[Giver] = []
        self._bits: dict[tuple[str, str, str], int] = {}  # node, result, department -> its bit
        self._summaries: dict[str, Summary] = {}
        self._is_run = False
        for inner in inner_first(process):
            if inner is not process:
                self._summaries[inner.id] = _Within(inner, self._summaries).summary
        self._ours = {role.id: self._of_ours(role.department) for role in process.roles.values()}
        self.arriving = self._arriving()

    @cached_property
    def departments(self) -> dict[str, int]:
        """Department -> the bits of its givers."""
        masks: dict[str, int] = {}
        for bit, giver in enumerate(self.givers):
            masks[giver.department] = masks.get(giver.department, 0) | (1 << bit)
        return masks

    @cached_property
    def receivers(self) -> list[Receiver]:
        """Every place where a department of ours takes over from another one, in order of nodes."""
        found = []
        for step in sorted(self.process.nodes.values(), key=lambda step: step.node):
            bits = self.arriving.get(step.node, 0)
            for department, at in self.entered(step):
                others = bits & ~self.departments.get(department, 0)
                if others:
                    found.append(Receiver(department, at, step.node, others))
        return found

    @cached_property
    def table(self) -> tuple[Handoff, ...]:
        """The handoffs, sorted, at most ``MOST_HANDOFFS``."""
        contracts: dict[tuple[str, str], list[Touchpoint]] = {}
        for touchpoint in sorted(self.process.touchpoints.values(), key=lambda t: t.id):
            pair = (touchpoint.giver, touchpoint.receiver)
            contracts.setdefault(pair, []).append(touchpoint)
        rows: list[Handoff] = []
        for department, at, place, bits in self.receivers:
            for giver in self._giving(bits, MOST_HANDOFFS - len(rows)):
                known = contracts.get((giver.department, department), ())
                covering = tuple(t.id for t in known if t.at is None or lies_in(at, t.at))
                handoff = Handoff(
                    giver.department,
                    department,
                    giver.node,
                    at,
                    giver.via,
                    giver.span,
                    place,
                    covering,
                )
                rows.append(handoff)
        return tuple(sorted(rows))

    def happens(self, giver: str, receiver: str, at: str | None) -> bool:
        """Whether anything passes from one department to another, maybe only at some place.

        What happens within a process that a step runs counts too.
        """
        bits = self._taken_over.get((receiver, at or ""), 0)
        if bits & self.departments.get(giver, 0):
            return True
        runs = self._within_runs.get((giver, receiver), [])
        return any(at is None or lies_in(node, at) for node in runs)

    @cached_property
    def _within_runs(self) -> dict[tuple[str, str], list[str]]:
        """Giver and receiver -> the steps that run a process in which that happens."""
        found: dict[tuple[str, str], list[str]] = {}
        for step in self.process.nodes.values():
            if isinstance(step, Run) and step.process in self._summaries:
                for pair in self._summaries[step.process].pairs:
                    found.setdefault(pair, []).append(step.node)
        return found

    @cached_property
    def _taken_over(self) -> dict[tuple[str, str], int]:
        """Receiver and a node at or above the place ("" for all) -> the bits of the givers."""
        found: dict[tuple[str, str], int] = {}
        for department, at, _, givers in self.receivers:
            above = at
            while above:
                found[department, above] = found.get((department, above), 0) | givers
                above = above.rpartition(".")[0]
            found[department, ""] = found.get((department, ""), 0) | givers
        return found

    def _giving(self, bits: int, most: int) -> Iterator[Giver]:
        """The givers that some bits stand for, no more than ``most``."""
        return (self.givers[number] for number in islice(members(bits), max(most, 0)))

    def ours(self, step: Step) -> str | None:
        """The department of ours that does a step, None where it is looked through."""
        if not isinstance(step, Work) or step.by is None:
            return None
        return self._ours.get(step.by)

    def _of_ours(self, department: str | None) -> str | None:
        known = self.process.departments.get(department or "")
        return None if known is None or known.external else known.id

    def entered(self, step: Step) -> Iterator[tuple[str, str]]:
        """The departments of ours that take over when a deal enters a step, and where."""
        department = self.ours(step)
        if department is not None:
            yield department, step.node
        elif isinstance(step, Run) and step.process in self._summaries:
            for name, inner in self._summaries[step.process].entries:
                yield name, f"{step.node}.{inner}"

    # the pass over the flow

    def _arriving(self) -> dict[str, int]:
        """Place -> the bits of whoever may have let go last of what arrives there."""
        given: dict[str, int] = {}
        through: dict[str, list[str]] = {}  # place -> places entered with what arrived at it
        for place, edges in self.flow.edges.items():
            step = self.process.nodes.get(place)
            department = self.ours(step) if step is not None else None
            for via, end in edges:
                givers, passes = self.let_go(place, step, department, via)
                for giver in givers:
                    given[end] = given.get(end, 0) | self._bit(giver)
                if passes:
                    through.setdefault(place, []).append(end)
        for component in reversed(components(through, through)):
            joined = 0
            for place in component:
                joined |= given.get(place, 0)
            for place in component:
                given[place] = joined
            if joined:
                for place in component:
                    for end in through.get(place, ()):
                        given[end] = given.get(end, 0) | joined
        return given

    def let_go(
        self, place: str, step: Step | None, department: str | None, via: str
    ) -> tuple[list[Giver], bool]:
        """Who lets go on an edge, and whether what arrived before also passes along it."""
        if department is not None and step is not None:
            name = via.rpartition(".")[2]
            return [Giver(department, step.node, name, step.next[name].span)], False
        if isinstance(step, Run):
            return self._run_ends(step, via.rpartition(".")[2])
        return ([], True) if step is not None else self._source(place)

    def _source(self, place: str) -> tuple[list[Giver], bool]:
        source = self.process.sources.get(place)
        if source is not None and self._is_run:
            return [_ENTERED], False
        department = self._of_ours(source.department) if source is not None else None
        if source is None or department is None:
            return [], True
        return [Giver(department, source.node, source.id, source.span)], False

    def _run_ends(self, step: Run, name: str) -> tuple[list[Giver], bool]:
        summary = self._summaries.get(step.process)
        ending = summary.endings.get(name) if summary is not None else None
        if ending is None:  # its timeout: the thread that entered it goes on
            return [], True
        span = step.next[name].span
        givers = [
            Giver(department, f"{step.node}.{node}", name, span)
            for department, node in ending.givers
        ]
        return givers, ending.passes

    def _bit(self, giver: Giver) -> int:
        key = (giver.node, giver.via, giver.department)
        if key not in self._bits:
            self._bits[key] = len(self.givers)
            self.givers.append(giver)
        return 1 << self._bits[key]


class _Within(Threads):
    """The threads of a process that is run: they begin with whoever runs it."""

    def __init__(self, process: Process, summaries: dict[str, Summary]) -> None:
        self.process = process
        self.flow = Flow(process)
        self.givers = []
        self._bits = {}
        self._summaries = summaries
        self._is_run = True
        self._ours = {role.id: self._of_ours(role.department) for role in process.roles.values()}
        self.arriving = self._arriving()

    @property
    def summary(self) -> Summary:
        """What whoever runs it needs to know."""
        entered = self._bits.get(("", "", ""))
        entries: dict[str, list[str]] = {}
        pairs: set[tuple[str, str]] = set()
        for receiver in self.receivers:
            department, at, _, bits = receiver
            if entered is not None and bits >> entered & 1:
                places = entries.setdefault(department, [])
                if len(places) < MOST_ENTRIES:
                    places.append(at)
            for giver, mask in self.departments.items():
                if giver and bits & mask:
                    pairs.add((giver, department))
        for step in self.process.nodes.values():
            if isinstance(step, Run) and step.process in self._summaries:
                pairs |= self._summaries[step.process].pairs
        endings = {outcome: self._ending(outcome) for outcome in self.process.outcomes}
        taken = sorted((name, at) for name, places in entries.items() for at in places)
        return Summary(tuple(taken), endings, frozenset(pairs))

    def _ending(self, outcome: str) -> Ending:
        least: dict[str, str] = {}
        passes = False
        for giver in self._giving(self.arriving.get(outcome, 0), len(self.givers)):
            if giver == _ENTERED:
                passes = True
            elif giver.department not in least or giver.node < least[giver.department]:
                least[giver.department] = giver.node
        return Ending(tuple(sorted(least.items())), passes)


def lies_in(node: str, at: str) -> bool:
    """Whether a node is ``at`` or lies below it."""
    return node == at or node.startswith(f"{at}.")
