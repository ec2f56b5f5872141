"""What touchpoints promise, judged at every crossing: ``requires`` there, ``returns`` afterwards.

A *thread* is a place of the flow with the department that let go last and the promises that are
open. What is filled on all ways of each thread comes on top of what is filled at its place.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from salesflow.analysis.flow import Edge
from salesflow.analysis.graphs import reached
from salesflow.analysis.handoffs import Threads, lies_in
from salesflow.analysis.lacking import Lacking
from salesflow.process.model import GONE, Touchpoint
from salesflow.process.steps import DONE

REQUIRES = "requires"
RETURNS = "returns"


class Promise(NamedTuple):
    """A touchpoint by which a department took over in the branch ``scope``: it owes ``returns``."""

    touchpoint: str
    scope: str


class Thread(NamedTuple):
    """A deal at a place, who let go last ("" for nobody of ours), and what that one owes."""

    place: str
    giver: str = ""
    owed: frozenset[Promise] = frozenset()


class Arc(NamedTuple):
    """A thread goes on along an edge; ``due`` are the promises that end with it."""

    start: Thread
    number: int
    end: Thread
    due: frozenset[Promise] = frozenset()


class Contracts:
    """The touchpoints of a process against its threads."""

    def __init__(self, threads: Threads, lacking: Lacking) -> None:
        """Follow all threads and solve what is filled on them."""
        self.threads = threads
        self.lacking = lacking
        self.process = threads.process
        self.filled = lacking.filled
        self._by_pair: dict[tuple[str, str], list[Touchpoint]] = {}
        for touchpoint in self.process.touchpoints.values():
            pair = (touchpoint.giver, touchpoint.receiver)
            self._by_pair.setdefault(pair, []).append(touchpoint)
        self.arcs: dict[Thread, list[Arc]] = {}
        self.known: dict[Thread, int] = {}
        self._follow()
        self._solve()

    def covering(self, giver: str, receiver: str, at: str) -> Iterator[Touchpoint]:
        """The touchpoints that are the contract for a crossing."""
        for touchpoint in self._by_pair.get((giver, receiver), ()):
            if touchpoint.at is None or lies_in(at, touchpoint.at):
                yield touchpoint

    def crossed(self, thread: Thread) -> list[Touchpoint]:
        """The contracts for what a thread crosses where it comes."""
        step = self.process.nodes.get(thread.place)
        if step is None or not thread.giver:
            return []
        found = (
            touchpoint
            for receiver, at in self.threads.entered(step)
            if receiver != thread.giver
            for touchpoint in self.covering(thread.giver, receiver, at)
        )
        return [*{touchpoint.id: touchpoint for touchpoint in found}.values()]

    def crosses(self, thread: Thread) -> bool:
        """Whether a department takes over from another one where a thread comes."""
        step = self.process.nodes.get(thread.place)
        if step is None or not thread.giver:
            return False
        return any(receiver != thread.giver for receiver, _ in self.threads.entered(step))

    # Following

    def _follow(self) -> None:
        waiting = [Thread(source) for source in sorted(self.process.sources)]
        self.arcs = {thread: [] for thread in waiting}
        for thread in waiting:  # grows while it is walked: breadth first
            for number, edge in enumerate(self.filled.flow.edges.get(thread.place, ())):
                for giver, owed in self._after(thread, edge):
                    arc = self._arc(thread, number, edge, giver, owed)
                    self.arcs[thread].append(arc)
                    if arc.end not in self.arcs:
                        self.arcs[arc.end] = []
                        waiting.append(arc.end)

    def _after(self, thread: Thread, edge: Edge) -> Iterator[tuple[str, frozenset[Promise]]]:
        """Who holds the thread behind an edge, and what is owed."""
        step = self.process.nodes.get(thread.place)
        ours = self.threads.ours(step) if step is not None else None
        givers, through = self.threads.let_go(thread.place, step, ours, edge.via)
        for department in dict.fromkeys(giver.department for giver in givers):
            yield department, self._owed(thread, department)
        if through:
            yield thread.giver, thread.owed

    def _owed(self, thread: Thread, department: str) -> frozenset[Promise]:
        """What a department owes after its work at a place."""
        if department == thread.giver:
            return thread.owed
        step = self.process.nodes.get(thread.place)
        if step is None:
            return frozenset()
        return frozenset(
            Promise(touchpoint.id, step.scope)
            for receiver, at in self.threads.entered(step)
            if receiver == department
            for touchpoint in self.covering(thread.giver, department, at)
            if touchpoint.returns
        )

    def _arc(
        self, thread: Thread, number: int, edge: Edge, giver: str, owed: frozenset[Promise]
    ) -> Arc:
        step = self.process.nodes.get(thread.place)
        due: frozenset[Promise] = frozenset()
        scope = step.scope if step is not None else self._scope(thread.place)
        if owed and scope and edge.end == f"{scope.rpartition('.')[0]}.{DONE}":
            due = frozenset(promise for promise in owed if lies_in(promise.scope, scope))
        return Arc(thread, number, Thread(edge.end, giver, owed - due), due)

    def _scope(self, place: str) -> str:
        """The branch that a place behind a block lies in."""
        block = self.process.nodes.get(place.rpartition(".")[0])
        return block.scope if block is not None else ""

    # What is filled on threads

    def _solve(self) -> None:
        into: dict[Thread, list[Arc]] = {thread: [] for thread in self.arcs}
        for arcs in self.arcs.values():
            for arc in arcs:
                into[arc.end].append(arc)
        self.known = dict.fromkeys(self.arcs, self.lacking.fields.all)
        waiting = [*self.arcs]
        while waiting:
            again: dict[Thread, None] = {}
            for thread in waiting:
                again.pop(thread, None)
                known = self.lacking.fields.all
                for arc in into[thread]:
                    known &= self.behind(arc)
                at = self.filled.at[thread.place]
                known = at | known if into[thread] else at
                if known != self.known[thread]:
                    self.known[thread] = known
                    again |= dict.fromkeys(arc.end for arc in self.arcs[thread])
            waiting = [*again]

    def behind(self, arc: Arc) -> int:
        """What is filled behind an arc; what is required before counts as filled."""
        place = arc.start.place
        known = self.known[arc.start] | self.filled.assumed.get(place, 0)
        known |= self.required(arc.start)
        return self.filled.behind(place, arc.number, known)

    def required(self, thread: Thread) -> int:
        """What touchpoints require where a thread comes."""
        found = 0
        for touchpoint in self.crossed(thread):
            found |= self.lacking.fields.bits(touchpoint.requires)
        return found

    # Judging

    @cached_property
    def goes_on(self) -> set[str]:
        """Places from which a deal can end otherwise than lost."""
        ends = [o.node for o in self.process.outcomes.values() if o.kind not in GONE]
        return reached(ends, self.filled.flow.predecessors)

    def suspects(self) -> dict[tuple[str, str, str], list[tuple[Thread, Arc | None]]]:
        """Touchpoint, how and field -> where it is not proved to be filled, nearest first."""
        found: dict[tuple[str, str, str], list[tuple[Thread, Arc | None]]] = {}
        for thread, arcs in self.arcs.items():
            told = self.filled.assumed.get(thread.place, 0)
            missing = ~self.known[thread] & ~told
            for touchpoint in self.crossed(thread):
                for field in self._of(touchpoint.requires, missing):
                    found.setdefault((touchpoint.id, REQUIRES, field), []).append((thread, None))
            if thread.owed and self.crosses(thread) and thread.place in self.goes_on:
                for key in self._returns(thread.owed, missing):
                    found.setdefault(key, []).append((thread, None))
            for arc in arcs:
                if arc.due and arc.end.place in self.goes_on:
                    for key in self._returns(arc.due, ~self.behind(arc)):
                        found.setdefault(key, []).append((thread, arc))
        return found

    def _of(self, names: Iterable[str], missing: int) -> Iterator[str]:
        for name in names:
            if name not in self.lacking.never and missing & self.lacking.fields.bit.get(name, 0):
                yield name

    def _returns(self, owed: Iterable[Promise], missing: int) -> Iterator[tuple[str, str, str]]:
        for promise in sorted(owed):
            touchpoint = self.process.touchpoints[promise.touchpoint]
            for field in self._of(touchpoint.returns, missing):
                yield touchpoint.id, RETURNS, field
