"""Which states lead to an outcome."""

from collections.abc import Collection, Iterator

from salesflow.analysis.forget import Forgetting
from salesflow.changes.running.budgets import Budget
from salesflow.process.net import Move, Net, State


class Reach:
    """Which states of a net lead to an outcome; what was found once is known for all deals.

    With ``net.unlimited`` results such a result does not help a deal on, so that what leads to an
    outcome does so whatever limits are spent. ``approximate`` moves count only if asked for.
    """

    def __init__(
        self,
        net: Net,
        budget: Budget,
        *,
        approximate: bool = False,
        goals: Collection[int] | None = None,
    ) -> None:
        """Nothing is tried yet. ``goals`` are the final places that count, else all."""
        self._goals = frozenset(net.layout.ends.values() if goals is None else goals)
        self.net = net
        self.forget = Forgetting(net)
        self._budget = budget
        self._approximate = approximate
        self._next: dict[State, list[State]] = {}  # as far as asked for
        self._more: dict[State, Iterator[Move]] = {}  # the moves after those
        self._before: dict[State, list[State]] = {}
        self._good: set[State] = set()
        self._bad: set[State] = set()

    def ends(self, state: State) -> bool:
        """Whether an outcome can be reached. SpentError."""
        start = self.forget(state)
        tried = {start: 0}
        way = [start]
        while way and start not in self._good:
            here = way[-1]
            if here in self._good or (self.net.is_final(here) and here.marking[0] in self._goals):
                self._spread(here)
                way.pop()
                continue
            other = None if here in self._bad else self.after(here, tried[here])
            tried[here] += 1
            if other is None:
                way.pop()
            elif other not in tried:
                tried[other] = 0
                way.append(other)
        if start in self._good:
            return True
        self._bad.update(tried)
        return False

    def after(self, state: State, number: int) -> State | None:
        """One of the states right behind a state, None after the last. SpentError."""
        known = self._next.setdefault(state, [])
        while number >= len(known):
            other = self._another(state)
            if other is None:
                return None
            if other not in known:
                known.append(other)
                self._before.setdefault(other, []).append(state)
                if other in self._good:
                    self._spread(other)
        return known[number]

    def _another(self, state: State) -> State | None:
        """The state behind the next move that counts."""
        if state not in self._more:
            none: tuple[Move, ...] = ()
            final = self.net.is_final(state)
            self._more[state] = iter(none) if final else self.net.each_move(state)
        for move in self._more[state]:
            self._budget.spend()
            unsure = move.approximate and not self._approximate
            if not move.cut and not unsure and self.net.unlimited.isdisjoint(move.taken):
                return self.forget(move.state)
        return None

    def _spread(self, good: State) -> None:
        """All that leads to a good state is good."""
        waiting = [good]
        while waiting:
            here = waiting.pop()
            self._good.add(here)
            waiting.extend(s for s in self._before.get(here, ()) if s not in self._good)


def shorter(state: State, short: Net, full: Net) -> State:
    """A state as a net remembers it that counts fewer limits."""
    at = full.memory.count_at
    counts = tuple(state.data.counts[at[name]] for name in short.memory.counts)
    return State(state.marking, state.data._replace(counts=counts))
