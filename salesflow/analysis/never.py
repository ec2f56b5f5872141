"""What is drawn and never happens: steps that no run enters, results that no run takes.

Behind a result that is never taken everything may be dead; it is told once, where it begins. What
is dead since deals get stuck before it is told there, not here.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from salesflow.analysis.flow import Flow
from salesflow.analysis.graphs import components, reached_anew
from salesflow.process.model import Process
from salesflow.process.steps import Block, Result, Run, Step


class Dead(NamedTuple):
    """Steps that no deal comes to. ``steps`` begin it, ``behind`` are those only reached by it.

    ``by`` are the nodes of the results and branches that lead there and never do.
    """

    steps: tuple[str, ...]
    behind: tuple[str, ...]
    by: tuple[str, ...]


class Never:
    """The dead steps and results of a process.

    ``held`` are the nodes where deals get stuck, ``trapped`` the steps of loops that they do not
    leave. ``told`` are results and branches of which another finding tells why they never happen.
    """

    def __init__(
        self,
        flow: Flow,
        *,
        never_taken: Collection[str],
        never_entered: Collection[str],
        held: Collection[str],
        trapped: Collection[str] = (),
        told: Collection[str] = (),
    ) -> None:
        """Nothing is sorted yet."""
        self.flow = flow
        self.process: Process = flow.process
        nodes = self.process.nodes
        self.entered = {n for n in nodes if flow.reachable(n)}.difference(never_entered)
        self.dead = {n for n in never_entered if n in nodes and flow.reachable(n)}
        self.results = {r for r in never_taken if r.rpartition(".")[0] in self.entered}
        self.held = held
        self.told = told
        inside = {above for node in (*held, *trapped) for above in _above(node)}
        self.blamed = {n for n in self.entered if n in trapped or self._holds(nodes[n], inside)}

    def _holds(self, step: Step, inside: Collection[str]) -> bool:
        """Whether deals get stuck in a step, so that what is behind it is dead for that reason."""
        if isinstance(step, Block | Run):
            return step.node in inside
        return step.node in self.held and all(r.node in self.results for r in step.chosen())

    def steps(self) -> tuple[Dead, ...]:
        """The dead parts, each with the steps it begins with, in the order of nodes."""
        if not self.dead:
            return ()
        parts = self._parts()
        told: set[str] = {place for place in self.flow.edges if self._alive(place)}
        found = []
        for part, by in sorted(parts, key=lambda one: (bool(one[1]), one[0])):
            behind = reached_anew(part, self.flow.successors, told) & self.dead
            if by:
                found.append(Dead(tuple(part), tuple(sorted(behind.difference(part))), by))
        return tuple(found)

    def _alive(self, place: str) -> bool:
        return place not in self.dead and self.flow.element(place) not in self.dead

    def _parts(self) -> list[tuple[list[str], tuple[str, ...]]]:
        """Where dead parts begin, and by what; by nothing where that is told elsewhere."""
        found = []
        for component in components(sorted(self.dead), self.flow.successors):
            members = set(component)
            before = {o for node in component for o in self.flow.predecessors[node]} - members
            if any(self.flow.element(other) in self.dead for other in before):
                continue
            by = tuple(sorted(self._leading(members, before)))
            found.append((sorted(component), () if members & {*self.held} else by))
        return found

    def _leading(self, members: set[str], before: set[str]) -> Iterator[str]:
        for place in before:
            for edge in self.flow.edges[place]:
                explained = edge.via in self.told or self.flow.element(place) in self.blamed
                if edge.end in members and not explained:
                    yield edge.via or place

    def alone(self) -> Iterator[Result]:
        """Dead results of steps that deals do come to and behind which nothing else is dead."""
        for node in sorted(self.entered - self.blamed):
            step = self.process.nodes[node]
            for name in sorted(step.next):
                result = step.next[name]
                dead = result.node in self.results and result.node not in self.told
                if dead and not self._into_dead(step, result):
                    yield result

    def _into_dead(self, step: Step, result: Result) -> bool:
        start = result.node if isinstance(step, Block) else step.node
        ends = {edge.end for edge in self.flow.edges.get(start, ()) if edge.via == result.node}
        return not self.dead.isdisjoint(ends)


def _above(node: str) -> Iterator[str]:
    """The nodes above a node: blocks, branches, runs."""
    while "." in node:
        node = node.rpartition(".")[0]
        yield node
