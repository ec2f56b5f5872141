"""All ways of deals through one scope, as a chain of states, solved.

A state is what runs (``threads``, the last moves first), what waits at meeting points, what is
remembered, and how the scope has ended, if one thread has ended it while others run. Each thread is
followed to its own end: what others have ended is counted as if it had gone on. How a scope ends is
decided by the thread that is followed first.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from salesflow.analysis.odds.memory import FIELD, NOTHING, Key, Memory, Past, Unknown, only
from salesflow.analysis.odds.scopes import STUCK, Scope, Spot
from salesflow.analysis.odds.solve import Chain
from salesflow.analysis.odds.steps import SAME, End, Worth
from salesflow.process.steps import DONE, LEAVE, Result

Waits = frozenset[tuple[str, str]]
NONE: Waits = frozenset()


class State(NamedTuple):
    """Where a deal is within a scope."""

    threads: tuple[Spot, ...]
    waits: Waits
    memory: Memory
    ended: str | None = None


class Edge(NamedTuple):
    """A move to another state, or to an end of the scope (``to`` counts those)."""

    to: int
    share: float
    worth: Worth = SAME


class Exit(NamedTuple):
    """One way a scope ends: outcome or result, what is remembered, how likely.

    What the deal is worth then is counted only as often as it ends so (times ``share``).
    """

    name: str
    memory: Memory
    share: float
    scale: float
    shift: float


class Course:
    """The solved chain of one scope, entered at one place with one memory."""

    def __init__(self, scope: Scope) -> None:
        """Nothing is explored yet."""
        self.scope = scope
        self.states: list[State] = []
        self.edges: list[list[Edge]] = []
        self.leaving: list[list[Edge]] = []
        self.ends: list[tuple[str, Memory]] = []
        self.taken: list[tuple[int, float, str]] = []  # state, chance, result
        self.within: list[tuple[int, float, Course]] = []  # what a block or run does meanwhile
        self.withdrawn: set[str] = set()  # what ends while others run
        self.clashing: set[str] = set()  # results whose threads change what others look at
        self.visits: list[float] = []
        self.exits: list[Exit] = []
        self.changes_worth = False
        self.chain: Chain | None = None

    def solve(self) -> None:
        """Work out how often each state is visited and how the scope ends."""
        size = len(self.states)
        rows = [[(edge.to, edge.share) for edge in edges] for edges in self.edges]
        out = [sum(edge.share for edge in leaving) for leaving in self.leaving]
        self.chain = Chain(rows, out)
        entered = [1.0, *[0.0] * (size - 1)]
        self.visits = self.chain.visits(entered)
        unchanged, gained = self.visits, [0.0] * size
        if self.changes_worth:
            growth = Chain(
                [
                    [(e.to, e.share * e.worth.scale) for e in edges if e.worth.scale]
                    for edges in self.edges
                ]
            )
            unchanged = growth.visits(entered)
            for state, edges in enumerate(self.edges):
                for edge in edges:
                    if edge.worth.shift:
                        gained[edge.to] += self.visits[state] * edge.share * edge.worth.shift
            gained = growth.visits(gained)
        shares, scales, shifts = ([0.0] * len(self.ends) for _ in range(3))
        for state, leaving in enumerate(self.leaving):
            for edge in leaving:
                end, worth = edge.to, edge.worth
                passed = self.visits[state] * edge.share
                shares[end] += passed
                shifts[end] += passed * worth.shift if passed else 0.0
                if worth.scale:
                    scales[end] += unchanged[state] * edge.share * worth.scale
                    shifts[end] += gained[state] * edge.share * worth.scale
        self.exits = [
            Exit(name, memory, shares[at], scales[at], shifts[at])
            for at, (name, memory) in enumerate(self.ends)
        ]


class Explorer:
    """Explores one scope; ``ends_of`` tells how the visit of a spot ends."""

    def __init__(
        self,
        scope: Scope,
        *,
        ends_of: Callable[[Course, int, Spot, Memory], Iterator[End]],
        value: str | None,
        drawn: Any,
        look: Callable[[Spot], None],
        spend: Callable[[], None],
    ) -> None:
        """``look`` sees each spot once first; ``spend`` is called for every state and may raise."""
        self.course = Course(scope)
        self.scope = scope
        self.ends_of = ends_of
        self.value: Key = (FIELD, value or "")
        self.drawn = drawn
        self.look = look
        self.spend = spend
        self.numbers: dict[State, int] = {}
        self.end_numbers: dict[tuple[str, Memory], int] = {}

    def explore(self, start: Spot, memory: Memory) -> Course:
        """All states from a start on, solved."""
        course = self.course
        self._number(State((start,), NONE, memory))
        for at, state in enumerate(course.states):  # grows while it is walked
            spot = state.threads[-1]
            if spot.fresh:
                self.look(spot)
            if spot.ways is not None and len(state.threads) == 1 and not state.waits:
                self._plain(at, state, spot)
                continue
            for end in self.ends_of(course, at, spot, state.memory):
                if end.result is not None:
                    course.taken.append((at, end.share, f"{spot.path}.{end.result.id}"))
                self._move(at, state, end)
        course.solve()
        return course

    def _number(self, state: State) -> int:
        number = self.numbers.get(state)
        if number is None:
            self.spend()
            number = self.numbers[state] = len(self.course.states)
            self.course.states.append(state)
            self.course.edges.append([])
            self.course.leaving.append([])
        return number

    def _plain(self, at: int, state: State, spot: Spot) -> None:
        """Move on where shares alone decide and one thread runs."""
        course, scope = self.course, self.scope
        edges, nodes = course.edges[at], scope.view.process.nodes
        for share, result in spot.ways or ():
            course.taken.append((at, share, f"{spot.path}.{result.id}"))
            target = result.targets[0] if len(result.targets) == 1 else ""
            step = nodes.get(target)
            if state.memory or ((step is None or step.wait_for) and target not in scope.outcomes):
                self._move(at, state, End(share, result, state.memory))
            elif step is None:
                self._leave(at, state.ended or target, NOTHING, Edge(0, share))
            else:
                to = self._number(State((scope.spot(target),), NONE, NOTHING, state.ended))
                edges.append(Edge(to, share))

    def _move(self, at: int, state: State, end: End) -> None:
        """Follow the result that was taken."""
        threads, waits, ended = [*state.threads[:-1]], state.waits, state.ended
        place = ""
        if end.result is not None:
            if len(end.result.targets) > 1 and self.scope.view.clash(end.result.targets):
                self.course.clashing.add(f"{self.scope.prefix}{end.result.node}")
            for target in reversed(end.result.targets):
                place = self.scope.place(target, end.result)
                if target not in self.scope.view.process.nodes:
                    name = end.result.id if target == LEAVE else target
                    if ended is None and threads:
                        self.course.withdrawn.add(name)
                    ended = name if ended is None else ended
                else:
                    waits = self._arrive(threads, waits, end.result, target)
        if not threads:
            name = STUCK if ended is None else ended
            kept = self.scope.kept(place) if place and ended is not None else frozenset()
            memory, worth = self._forget(end, kept)
            self._leave(at, name, memory, Edge(0, end.share, worth))
            return
        kept = threads[0].kept.union(
            *(thread.kept for thread in threads[1:]),
            *(self.scope.spot(target).kept for _, target in waits),
        )
        memory, worth = self._forget(end, kept)
        to = self._number(State((*threads,), waits, memory, ended))
        self.course.edges[at].append(Edge(to, end.share, worth))
        self.course.changes_worth |= worth != SAME

    def _arrive(self, threads: list[Spot], waits: Waits, result: Result, target: str) -> Waits:
        """Enter a step, or wait there until all have arrived."""
        spot = self.scope.spot(target)
        if spot.step.wait_for:
            arrival = (result.step, target)
            if arrival in waits:
                raise Unknown(f"`{result.step}` can arrive twice at `{spot.path}`")
            waits |= {arrival}
            needed = {(other, target) for other in spot.step.wait_for}
            if not needed <= waits:
                return waits
            waits -= needed
        if spot in threads:
            raise Unknown(f"`{spot.path}` can be entered twice at once")
        threads.append(spot)
        return waits

    def _forget(self, end: End, kept: frozenset[Key]) -> tuple[Memory, Worth]:
        """What is remembered further on, and the deal's worth where it is no longer."""
        if not end.memory:
            return end.memory, end.worth
        memory = only(end.memory, kept)
        if all(key != self.value for key, _ in end.memory):
            return memory, end.worth
        if self.value in kept:
            return memory, Worth(0.0, 0.0)  # the memory tells
        return memory, Worth(0.0, Past(end.memory, self.drawn).mean(self.value[1]))

    def _leave(self, at: int, name: str, memory: Memory, edge: Edge) -> None:
        key = (name, memory)
        end = self.end_numbers.setdefault(key, len(self.course.ends))
        if end == len(self.course.ends):
            self.course.ends.append(key)
        self.course.leaving[at].append(edge._replace(to=end))


__all__ = ["DONE", "Course", "Edge", "Exit", "Explorer", "State"]
