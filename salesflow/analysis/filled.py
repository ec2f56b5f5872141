"""Which fields of a deal are surely filled wherever it comes: forward, all ways at once.

Alternatives: what is filled on each of them. Arrivals that a step waits for, and the branches that
must have finished before a block is done: what is filled on any of them. A time-out, a ``leave``
and a withdrawal end a step without its captures. What was filled stays filled, so that the greatest
solution is the right one and loops raise no alarm (Kildall 1973). Conditions count where they say
that a field is filled (``filled(x)``, ``x > 1``), not for which deals take which way.

Fields are bits of a number, numbered over a process and all that it runs.
"""

from collections.abc import Iterator, Mapping

from salesflow.analysis.fills import CLOSED, NOTHING, Endings, Fields, Fill
from salesflow.analysis.flow import Edge, Flow
from salesflow.analysis.graphs import circular, components
from salesflow.analysis.implied import implied
from salesflow.analysis.plain import plainly_sound
from salesflow.analysis.runs import inner_first
from salesflow.process.model import Process
from salesflow.process.steps import DONE, Block, Result, Run, Step, Work


class Filled:
    """What is surely filled at every place of a process's flow.

    ``at`` maps a place to the fields that are filled when a deal comes there; places where no deal
    comes have all. ``assumed`` are fields by place that count as filled from there on: what is
    required is told where it is first missed. ``known`` is filled before the deal starts.
    """

    def __init__(
        self,
        process: Process,
        flow: Flow,
        fields: Fields,
        *,
        runs: Mapping[str, Endings],
        assumed: Mapping[str, int] | None = None,
        known: int = 0,
    ) -> None:
        """Solve; ``runs`` is how each process that is run can end."""
        self.process = process
        self.flow = flow
        self.fields = fields
        self.assumed = assumed or {}
        self.known = known | fields.source
        self._runs = runs
        self._results = {r.node: r for step in process.nodes.values() for r in step.next.values()}
        self._meetings = self._find_meetings()
        self._captured = {
            node: fields.bits(step.captures)
            for node, step in process.nodes.items()
            if isinstance(step, Work) and step.captures
        }
        self.fills = {place: self._fills_of(place, edges) for place, edges in flow.edges.items()}
        self._into: dict[str, list[tuple[str, int]]] = {place: [] for place in flow.edges}
        for place, edges in flow.edges.items():
            for number, edge in enumerate(edges):
                self._into.setdefault(edge.end, []).append((place, number))
        self.at = dict.fromkeys(self._into, fields.all)
        self._solve()

    # What an edge fills

    def _fills_of(self, place: str, edges: list[Edge]) -> list[tuple[Fill, ...]]:
        """The ways along each edge of a place; of most steps they are all alike."""
        step = self.process.nodes.get(place)
        if not isinstance(step, Work) or step.timeout is not None:
            return [self._fills(place, edge) for edge in edges]
        captured = self._captured.get(place, 0)
        alike = (Fill(captured) if captured else NOTHING,)
        found = []
        for edge in edges:
            result = self._results[edge.via]
            own = result.set or result.captures or result.when or result.otherwise
            same = not own and edge.end not in self._meetings
            found.append(alike if same else self._fills(place, edge))
        return found

    def _fills(self, place: str, edge: Edge) -> tuple[Fill, ...]:
        """The ways along an edge: a result can be chosen, or taken by a timer, or both."""
        source = self.process.sources.get(place)
        if source is not None:
            return (Fill(after=self.fields.bits(source.gives)),)
        step = self.process.nodes.get(place)
        if isinstance(step, Block):
            return (self._enters(step, edge),)
        result = self._results.get(edge.via)
        if result is None:
            return (NOTHING,)
        if step is None:  # how a block ended
            return (self._taken(result, 0, edge),)
        return tuple(self._ends(step, result, edge))

    def _enters(self, block: Block, edge: Edge) -> Fill:
        """Into a branch; past all branches; out by the block's timer."""
        branch = block.branches.get(edge.via.rpartition(".")[2]) if edge.via else None
        if branch is None:
            return CLOSED if edge.end == f"{block.node}.{DONE}" else NOTHING
        if branch.when is None:
            return NOTHING
        return Fill(before=self.fields.bits(implied(branch.when, holds=True)), free=False)

    def _ends(self, step: Step, result: Result, edge: Edge) -> Iterator[Fill]:
        if isinstance(step, Run):
            run = self._runs.get(step.process)
            if run is not None and result.id in run.surely:
                fill = self._taken(result, run.surely[result.id], edge, free=run.plain)
                yield fill._replace(maybe=run.maybe)
        elif isinstance(step, Work) and not step.by_timer_only(result):
            before = self._captured.get(step.node, 0)
            if result.when is not None or result.otherwise:
                before |= self._chosen(step, result)
            free = result.when is None and not result.otherwise
            yield self._taken(result, before, edge, free=free)
        if step.timeout is not None and step.timeout.result == result.id:
            yield self._taken(result, 0, edge)

    def _chosen(self, step: Step, result: Result) -> int:
        """What is filled because a result could be chosen."""
        names: frozenset[str] = frozenset()
        if result.when is not None:
            names = implied(result.when, holds=True)
        elif result.otherwise:
            for other in step.chosen():
                if other.when is not None and other.at_most is None:
                    names |= implied(other.when, holds=False)
        return self.fields.bits(names)

    def _taken(self, result: Result, before: int, edge: Edge, *, free: bool = True) -> Fill:
        free = free and edge.end not in self._meetings
        if not result.set and not result.captures:
            return Fill(before, free=free)
        after = self.fields.bits(result.captures)
        perhaps = []
        for name, expression in result.set.items():
            needed = self.fields.bits(expression.reads) if expression is not None else 0
            if needed:
                perhaps.append((self.fields.bit[name], needed))
            else:
                after |= self.fields.bits((name,))
        return Fill(before, after, tuple(perhaps), free=free)

    def _find_meetings(self) -> set[str]:
        """Places where somebody else must have come before a deal goes on."""
        found = set()
        for node, step in self.process.nodes.items():
            if step.wait_for:
                found.add(node)
            if isinstance(step, Block) and step.join != "any" and len(step.branches) > 1:
                found.add(f"{node}.{DONE}")
        return found

    # The greatest solution

    def behind(self, place: str, number: int, known: int | None = None) -> int:
        """What is filled behind an edge of a place, if it was ``known`` (else: what is) before."""
        if known is None:
            known = self.at[place] | self.assumed.get(place, 0)
        ways = self.fills[place][number]
        if not ways:
            return self.fields.all
        filled = ways[0](known)
        for way in ways[1:]:
            filled &= way(known)
        return filled

    def _solve(self) -> None:
        successors = self.flow.successors
        for component in reversed(components(self.flow.edges, successors)):
            inside = {*component} if circular(component, successors) else set()
            waiting = component
            while waiting:
                again: dict[str, None] = {}
                for place in waiting:
                    again.pop(place, None)
                    value = self._arriving(place)
                    if value != self.at[place]:
                        self.at[place] = value
                        again |= dict.fromkeys(e for e in successors.get(place, ()) if e in inside)
                waiting = [*again]

    def _arriving(self, place: str) -> int:
        """What is filled when a deal comes to a place, from what is known of those before."""
        if place in self.process.sources:
            return self.known
        step = self.process.nodes.get(place)
        if step is not None and step.wait_for:
            return self._joined(step)
        if step is None and place.endswith(f".{DONE}"):
            block = self.process.nodes.get(place.rpartition(".")[0])
            if isinstance(block, Block):
                return self._done(place, block)
        filled = self.fields.all
        for before, number in self._into[place]:
            filled &= self.behind(before, number)
        return filled

    def _joined(self, step: Step) -> int:
        """One arrival of each that is waited for."""
        by_step = dict.fromkeys(step.wait_for, self.fields.all)
        other = self.fields.all
        for before, number in self._into[step.node]:
            giver = self.flow.element(before)
            if giver in by_step:
                by_step[giver] &= self.behind(before, number)
            else:
                other &= self.behind(before, number)
        filled = 0
        for bits in by_step.values():
            filled |= bits
        return filled & other

    def _done(self, place: str, block: Block) -> int:
        """What is filled once enough branches have finished, whichever run and finish."""
        entry = self.at[block.node] | self.assumed.get(block.node, 0)
        by_branch = {branch.node: self.fields.all for branch in block.branches.values()}
        filled = self.fields.all
        for before, number in self._into[place]:
            step = self.process.nodes.get(self.flow.element(before))
            if step is not None and step.scope in by_branch:
                by_branch[step.scope] &= self.behind(before, number)
            else:
                filled &= self.behind(before, number)
        always = [by_branch[b.node] for b in block.branches.values() if b.when is None]
        surely = 0
        for bits in always:
            surely |= bits
        need = {"all": len(by_branch), "any": 1}.get(block.join, block.need)
        if need < len(by_branch):
            surely &= self._missed_by_few(list(by_branch.values()), need)
        return filled & (entry | surely)

    def _missed_by_few(self, branches: list[int], need: int) -> int:
        """Fields that fewer than ``need`` branches do not fill: one that does must finish."""
        counted = [self.fields.all] + [0] * need  # bit of field at n: missed by n so far
        for bits in branches:
            missed = ~bits
            for number in range(need, 0, -1):
                moved = counted[number - 1] & missed
                counted[number] |= moved
                counted[number - 1] &= ~moved
        return self.fields.all & ~counted[need]


def run_endings(process: Process, fields: Fields) -> dict[str, Endings]:
    """How each process that is run, at any depth, can end."""
    found: dict[str, Endings] = {}
    for inner in inner_first(process):
        if inner is process:
            continue
        flow = Flow(inner)
        solved = Filled(inner, flow, fields, runs=found)
        surely = {o: solved.at.get(o, fields.all) & ~fields.source for o in inner.outcomes}
        maybe = 0
        for ways in (ways for edges in solved.fills.values() for ways in edges):
            for way in ways:
                maybe |= way.before | way.after | way.maybe | sum(bit for bit, _ in way.perhaps)
        found[inner.id] = Endings(surely, maybe, plainly_sound(inner, flow))
    return found
