"""How often each state of an absorbing chain is visited: sparse linear equations.

With ``P`` the chances from state to state and ``e`` how often each is entered from outside, the
visits are ``n = e + n P`` (J. Kemeny and J. Snell, Finite Markov Chains, 1960, ch. 3). States are
taken by strongly connected components in the order of the flow, so that a process without loops
costs one pass. Within a component states are eliminated one by one, the one with the fewest
neighbours first (H. Markowitz 1957), and the chance to leave a state is added up, never taken as
1 less the rest, so that nothing cancels out (W. Grassmann, M. Taksar, D. Heyman 1985).
"""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush

from salesflow.analysis.graphs import components

MOST_WORK = 20_000_000  # multiplications of one elimination; beyond it `TooTangled`

Row = Sequence[tuple[int, float]]


class TooTangled(Exception):
    """The equations would take too long."""


class Chain:
    """The equations of a chain, solved for one entry after the other.

    ``rows`` are the chances from each state to others, ``exits`` the chance to leave each for good.
    Without ``exits`` rows are any factors (growth), and a pivot is 1 less the factor to itself.
    ``order`` are components in the order of the flow, those of a chain with more edges will do.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        exits: Sequence[float] | None = None,
        *,
        order: Sequence[Sequence[int]] | None = None,
    ) -> None:
        """Find the order and eliminate what lies in circles."""
        self.rows = rows
        self.exits = exits
        if order is None:
            successors = {at: [to for to, _ in row] for at, row in enumerate(rows)}
            order = [*reversed(components(successors, successors))]
        self.order = order
        self.circles: dict[int, _Circle] = {}
        for component in order:
            first = component[0]
            if len(component) > 1 or any(to == first for to, _ in rows[first]):
                self.circles[first] = _Circle(component, rows, exits)

    @property
    def endless(self) -> list[int]:
        """States that are never left for good, once there."""
        return [at for circle in self.circles.values() if circle.endless for at in circle.states]

    def visits(self, entered: Sequence[float]) -> list[float]:
        """How often each state is visited; infinite where a chain is never left."""
        found = [*entered]
        for component in self.order:
            first = component[0]
            circle = self.circles.get(first)
            if circle is not None:
                circle.solve(found)
            for at in component:
                number = found[at]
                if number:
                    for to, factor in self.rows[at]:
                        if circle is None or to not in circle.at:
                            found[to] += number * factor
        return found


class _Circle:
    """One strongly connected component, eliminated."""

    def __init__(
        self, component: Sequence[int], rows: Sequence[Row], exits: Sequence[float] | None
    ) -> None:
        self.states = sorted(component)
        self.at = {*component}
        self.steps: list[tuple[int, float, dict[int, float], dict[int, float]]] = []
        out: dict[int, dict[int, float]] = {}
        leaves: dict[int, float] = {}
        for state in self.states:
            inner: dict[int, float] = {}
            leaving = exits[state] if exits is not None else 0.0
            for to, factor in rows[state]:
                if to in self.at:
                    inner[to] = inner.get(to, 0.0) + factor
                else:
                    leaving += factor
            out[state], leaves[state] = inner, leaving
        self.stochastic = exits is not None
        self.endless = self.stochastic and not any(leaves.values())
        if not self.endless:
            self._eliminate(out, leaves)

    def _eliminate(self, out: dict[int, dict[int, float]], leaves: dict[int, float]) -> None:
        into: dict[int, dict[int, float]] = {state: {} for state in self.states}
        for state, inner in out.items():
            for to, factor in inner.items():
                into[to][state] = factor
        waiting = [(len(out[s]) * len(into[s]), s) for s in self.states]
        heapify(waiting)
        left = {*self.states}
        work = 0
        while waiting:
            cost, state = heappop(waiting)
            if state not in left:
                continue
            now = len(out[state]) * len(into[state])
            if now > cost:
                heappush(waiting, (now, state))
                continue
            left.discard(state)
            work += now
            if work > MOST_WORK:
                raise TooTangled
            self._drop(state, out, into, leaves)

    def _drop(
        self,
        state: int,
        out: dict[int, dict[int, float]],
        into: dict[int, dict[int, float]],
        leaves: dict[int, float],
    ) -> None:
        """Go round a state: whoever leads to it leads to where it leads."""
        ways, comes = out.pop(state), into.pop(state)
        own = ways.pop(state, 0.0)
        comes.pop(state, None)
        pivot = sum(ways.values()) + leaves[state] if self.stochastic else 1.0 - own
        self.steps.append((state, pivot, ways, comes))
        for before, factor in comes.items():
            row = out[before]
            del row[state]
            share = factor / pivot if pivot else 0.0
            leaves[before] += share * leaves[state]
            for to, chance in ways.items():
                row[to] = row.get(to, 0.0) + share * chance
                into[to][before] = row[to]
        for to in ways:
            into[to].pop(state, None)

    def solve(self, found: list[float]) -> None:
        """Turn what enters the circle's states from outside into their visits."""
        if self.endless:
            if any(found[state] for state in self.states):
                for state in self.states:
                    found[state] = float("inf")
            return
        for state, pivot, ways, _ in self.steps:
            entered = found[state]
            if entered:
                share = entered / pivot if pivot > 0 else float("inf")
                for to, factor in ways.items():
                    found[to] += share * factor
        for state, pivot, _, comes in reversed(self.steps):
            entered = found[state]
            for before, factor in comes.items():
                if found[before]:
                    entered += found[before] * factor
            found[state] = (entered / pivot if pivot > 0 else float("inf")) if entered else 0.0
