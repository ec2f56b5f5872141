"""Whether a deal can still be won."""

from typing import Literal

from salesflow.changes.running.budgets import Budget
from salesflow.changes.running.reach import Reach, shorter
from salesflow.process.net import Net, State

Chance = Literal["sure", "perhaps", "no"]
_MOST = 20_000  # moves for one state


def wins(net: Net) -> frozenset[int]:
    """The final places at which a deal is won."""
    outcomes = net.process.outcomes
    return frozenset(net.layout.ends[name] for name, o in outcomes.items() if o.kind == "won")


class Winning:
    """Finds whether deals in states of a net can be won, and how else they can end."""

    def __init__(self, net: Net, sparing: Net | None, budget: Budget) -> None:
        """``sparing`` is the net without the limits that need not be counted."""
        self.net = net
        self._goals = wins(net)
        self._budget = budget
        nets = [net] if sparing is None else [sparing, net]
        self._surely = [Reach(each, budget, goals=self._goals) for each in nets]
        self._perhaps = Reach(net, budget, approximate=True, goals=self._goals)

    def chance(self, state: State) -> Chance:
        """Whether a deal can be won, ``sure`` also where no deal ever is. SpentError."""
        if not self._goals:
            return "sure"
        self._budget.allow(_MOST)
        try:
            for reach in self._surely:
                if reach.ends(shorter(state, reach.net, self.net)):
                    return "sure"
            return "perhaps" if self._perhaps.ends(state) else "no"
        finally:
            self._budget.allow()

    def left(self, state: State) -> tuple[str, ...]:
        """The outcomes that a deal can still come to. SpentError."""
        ends = {place: name for name, place in self.net.layout.ends.items()}
        seen = {self._perhaps.forget(state)}
        waiting = list(seen)
        found: set[str] = set()
        for here in waiting:  # grows while it is walked
            if self.net.is_final(here):
                found.add(ends[here.marking[0]])
            number = 0
            while (after := self._perhaps.after(here, number)) is not None:
                number += 1
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
        return tuple(sorted(found))
