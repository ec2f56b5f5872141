"""The ways of a process: every kind of edge followed, with the shortest way as witness.

Places are the nodes of sources, steps and outcomes, and for a block ``b`` also ``b.r`` for each
result: arriving there means that the block has ended with ``r``. Edges stand for results, several
targets, time-outs, ``done`` and ``leave``, the outcomes of a run, the start of a source or branch.
Guards, limits and joins are not judged, so a place that is not reached here is never reached.
"""

from functools import cached_property
from typing import NamedTuple

from salesflow.analysis.graphs import reached
from salesflow.process.model import Process
from salesflow.process.steps import DONE, LEAVE, Block, Result, Run, Step

_WORDS = (DONE, LEAVE)


class Edge(NamedTuple):
    """One way from place to place; ``via`` is the result, branch or source taken, "" for none."""

    via: str
    end: str


class Flow:
    """The places of a process and the edges between them, in an order that keys do not change."""

    def __init__(self, process: Process) -> None:
        """Draw the edges of all sources and steps."""
        self.process = process
        self.edges: dict[str, list[Edge]] = {}
        self.unhandled: dict[str, list[str]] = {}  # block or run -> results that nobody names
        for source in process.sources.values():
            self._edge(source.node, source.node, source.start)
        for outcome in process.outcomes:
            self.edges.setdefault(outcome, [])
        for step in process.nodes.values():
            self._step(step)
        for edges in self.edges.values():
            if len(edges) > 1:
                edges.sort()
        for names in self.unhandled.values():
            names.sort()

    def _edge(self, start: str, via: str, end: str) -> None:
        self.edges.setdefault(start, []).append(Edge(via, end))

    def _step(self, step: Step) -> None:
        own = self.edges.setdefault(step.node, [])
        block = isinstance(step, Block)
        if isinstance(step, Block):
            self._block(step)
        elif isinstance(step, Run):
            self._run(step)
        for result in step.next.values():
            via = result.node
            edges = self.edges.setdefault(via, []) if block else own
            for target in result.targets:
                special = target in _WORDS
                end = self._place(target, step, result) if special else target
                edges.append(Edge(via, end))

    def _place(self, target: str, step: Step, result: Result) -> str:
        """Where ``done`` or ``leave`` lies; a ``leave`` that the block does not name is noted."""
        block = step.scope.rpartition(".")[0]
        ending = DONE if target == DONE else result.id
        if ending not in self.process.nodes[block].next:
            self._note_unhandled(block, ending)
        return f"{block}.{ending}"

    def _block(self, step: Block) -> None:
        for branch in step.branches.values():
            self._edge(step.node, branch.node, branch.start)
        if all(branch.when is not None for branch in step.branches.values()):
            self._edge(step.node, "", f"{step.node}.{DONE}")  # no branch may run: done at once
            if DONE not in step.next:
                self._note_unhandled(step.node, DONE)
        if step.timeout is not None:
            self._edge(step.node, "", f"{step.node}.{step.timeout.result}")
        for result in (DONE, *step.next):
            self.edges.setdefault(f"{step.node}.{result}", [])

    def _run(self, step: Run) -> None:
        inner = self.process.runs.get(step.process)
        for outcome in inner.outcomes if inner is not None else ():
            if outcome not in step.next:
                self._note_unhandled(step.node, outcome)

    def _note_unhandled(self, node: str, result: str) -> None:
        names = self.unhandled.setdefault(node, [])
        if result not in names:
            names.append(result)
        if isinstance(self.process.nodes[node], Block):
            self.edges.setdefault(f"{node}.{result}", [])

    @cached_property
    def successors(self) -> dict[str, list[str]]:
        """Place -> the places it leads to."""
        return {place: [edge.end for edge in edges] for place, edges in self.edges.items()}

    @cached_property
    def predecessors(self) -> dict[str, list[str]]:
        """Place -> the places that lead to it."""
        before: dict[str, list[str]] = {place: [] for place in self.edges}
        for place, edges in self.edges.items():
            for edge in edges:
                before.setdefault(edge.end, []).append(place)
        return before

    @cached_property
    def arrival(self) -> dict[str, tuple[str, Edge] | None]:
        """Each place that a deal can come to -> how it first comes there; in order of distance."""
        order = sorted(self.process.sources)
        came: dict[str, tuple[str, Edge] | None] = dict.fromkeys(order)
        for place in order:  # grows while it is walked: breadth first
            for edge in self.edges.get(place, ()):
                if edge.end not in came:
                    came[edge.end] = (place, edge)
                    order.append(edge.end)
        return came

    @cached_property
    def distance(self) -> dict[str, int]:
        """Each place that a deal can come to -> its rank by the length of the shortest way."""
        return {place: rank for rank, place in enumerate(self.arrival)}

    def reachable(self, place: str) -> bool:
        """Whether a deal can come to a place."""
        return place in self.arrival

    def way(self, place: str) -> tuple[str, ...]:
        """The shortest way of a deal to a place: source, results and branches taken, the place.

        Empty where no deal comes. Of ways equally short the first in the order of names.
        """
        if place not in self.arrival:
            return ()
        steps = [place]
        at = self.arrival[place]
        while at is not None:
            place, edge = at
            if edge.via:
                steps.append(edge.via)
            at = self.arrival[place]
        return tuple(reversed(steps))

    def way_by(self, giver: str, via: str, end: str) -> tuple[str, ...]:
        """The shortest way to ``giver`` and on, by its transition ``via``, to the place ``end``.

        A giver within a run counts as the run, whatever its transition. Empty where there is none.
        """
        inner = giver
        while giver and giver not in self.edges:
            giver = giver.rpartition(".")[0]
        first = [e for e in self.edges.get(giver, ()) if giver != inner or e.via in (via, "")]
        ways: list[tuple[str, tuple[str, ...]]] = [(edge.end, (edge.via,)) for edge in first]
        seen = {place for place, _ in ways}
        for place, taken in ways:  # grows while it is walked: breadth first
            if place == end:
                before = self.way(giver)[:-1]
                return (*before, *(name for name in taken if name), end) if self.way(giver) else ()
            for edge in self.edges.get(place, ()):
                if edge.end not in seen:
                    seen.add(edge.end)
                    ways.append((edge.end, (*taken, edge.via)))
        return ()

    @cached_property
    def ending(self) -> set[str]:
        """Places from which an outcome can be reached.

        A result that nobody names (a finding of its own) counts as a way out here.
        """
        ends = {*self.process.outcomes}
        for node, results in self.unhandled.items():
            step = self.process.nodes[node]
            if step.next:
                ends.update([node] if isinstance(step, Run) else [f"{node}.{r}" for r in results])
        return reached(ends, self.predecessors)

    def element(self, place: str) -> str:
        """The node of the step, source or outcome that a place belongs to."""
        if place in self.process.nodes or "." not in place:
            return place
        return place.rpartition(".")[0]
