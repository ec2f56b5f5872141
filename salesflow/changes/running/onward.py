"""Whether a deal can still come to an outcome from where it stands, and what keeps it if not."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from salesflow.analysis.forget import Forgetting
from salesflow.process.net import Net, State
from salesflow.process.places import AT, FROM, STUCK

Kind = Literal["fine", "gone", "waits", "stuck", "circles", "cut", "unsure"]


class SpentError(Exception):
    """More moves would have to be tried than may be."""


class Fate(NamedTuple):
    """What becomes of a deal in one state: ``kind``, and the nodes that it hangs on.

    ``gone``: where it stands is not there any more, ``lacking`` the steps themselves.
    ``waits`` at a node, ``lacking`` the steps whose arrival never comes.
    ``stuck`` at a node without a result, ``lacking`` fields that are asked for and not filled.
    ``circles`` for ever.
    ``cut``: however it goes on from the nodes open, work is left over or a node comes twice.
    ``unsure``: it can go on only for some values within what is known.
    """

    kind: Kind
    nodes: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


FINE = Fate("fine")


class Budget:
    """How many moves may still be tried, by all together."""

    def __init__(self, moves: int) -> None:
        """``moves`` are left."""
        self.left = moves

    def spend(self, moves: int = 1) -> None:
        """Count moves. SpentError when there are none left."""
        self.left -= moves
        if self.left < 0:
            raise SpentError


class Reach:
    """Which states of a net lead to an outcome; what was found once is known for all deals.

    With ``net.unlimited`` results such a result does not help a deal on, so that what leads to an
    outcome does so whatever limits are spent. ``approximate`` moves count only if asked for.
    """

    def __init__(self, net: Net, budget: Budget, *, approximate: bool = False) -> None:
        """Nothing is tried yet."""
        self.net = net
        self.forget = Forgetting(net)
        self._budget = budget
        self._approximate = approximate
        self._next: dict[State, tuple[State, ...]] = {}
        self._before: dict[State, list[State]] = {}
        self._good: set[State] = set()
        self._bad: set[State] = set()

    def ends(self, state: State) -> bool:
        """Whether an outcome can be reached. SpentError."""
        start = self.forget(state)
        seen = {start}
        waiting = [start]
        while waiting and start not in self._good:
            here = waiting.pop()
            if here in self._bad:
                continue
            if here in self._good or self.net.is_final(here):
                self._spread(here)
                continue
            fresh = [other for other in self.after(here) if other not in seen]
            seen.update(fresh)
            waiting.extend(reversed(fresh))
        if start in self._good:
            return True
        self._bad |= seen
        return False

    def after(self, state: State) -> tuple[State, ...]:
        """The states right behind one. SpentError."""
        if state not in self._next:
            found: dict[State, None] = {}
            if not self.net.is_final(state):
                for move in self.net.each_move(state):
                    self._budget.spend()
                    if self._counts(move.approximate, cut=move.cut, taken=move.taken):
                        found[self.forget(move.state)] = None
            self._next[state] = tuple(found)
            for other in found:
                self._before.setdefault(other, []).append(state)
                if other in self._good:
                    self._spread(other)
        return self._next[state]

    def _counts(self, approximate: bool, *, cut: bool, taken: Iterable[str]) -> bool:
        if cut or (approximate and not self._approximate):
            return False
        return self.net.unlimited.isdisjoint(taken)

    def _spread(self, good: State) -> None:
        """All that leads to a good state is good."""
        waiting = [good]
        while waiting:
            here = waiting.pop()
            self._good.add(here)
            waiting.extend(s for s in self._before.get(here, ()) if s not in self._good)


class Onward:
    """What becomes of deals in states of a net."""

    def __init__(self, net: Net, spared: frozenset[str], budget: Budget) -> None:
        """``spared`` are results whose limits need not be counted to see that all is well."""
        self.net = net
        self._surely = Reach(net.sparing(spared), budget) if spared else None
        self._exactly = Reach(net, budget)
        self._perhaps = Reach(net, budget, approximate=True)
        self._budget = budget
        self._fates: dict[State, Fate] = {}

    def fate(self, state: State) -> Fate:
        """What becomes of a deal. SpentError."""
        short = self._exactly.forget(state)
        if short not in self._fates:
            self._fates[short] = self._fate(short)
        return self._fates[short]

    def _fate(self, state: State) -> Fate:
        if self._surely is not None and self._surely.ends(
            _short(state, self._surely.net, self.net)
        ):
            return FINE
        if self._exactly.ends(state):
            return FINE
        if self._perhaps.ends(state):
            return Fate("unsure")
        return self._hindrance(state)

    def _hindrance(self, start: State) -> Fate:
        """What keeps a deal that never ends: the first place where nothing moves any more."""
        seen = {start: None}
        stuck: Fate | None = None
        for state in (found := list(seen)):
            fresh = [s for s in self._perhaps.after(state) if s not in seen]
            seen.update(dict.fromkeys(fresh))
            found.extend(fresh)
            if self._perhaps.after(state) or any(m.cut for m in self.net.each_move(state)):
                continue
            fate = self._standstill(state)
            if fate.kind == "waits":
                return fate
            stuck = stuck or fate
        if stuck is not None:
            return stuck
        if not self._cut(found):
            return Fate("circles")
        places = [self.net.layout.places[place] for place in start.marking]
        return Fate("cut", tuple(place.node for place in places if place.kind == AT))

    def _cut(self, states: Iterable[State]) -> bool:
        return any(move.cut for state in states for move in self.net.each_move(state))

    def _standstill(self, state: State) -> Fate:
        places = [self.net.layout.places[place] for place in state.marking]
        stuck = tuple(place.node for place in places if place.kind == STUCK)
        if stuck:
            return Fate("stuck", stuck, self._unfilled(stuck, state))
        waits = [place for place in places if place.kind == FROM]
        nodes = tuple(dict.fromkeys(place.node for place in waits))
        came = {(place.node, place.other) for place in waits}
        lacking = (
            other
            for node in nodes
            for other in self.net.layout.nodes[node].waiting
            if (node, other) not in came
        )
        return Fate("waits", nodes, tuple(dict.fromkeys(lacking)))

    def _unfilled(self, nodes: Iterable[str], state: State) -> tuple[str, ...]:
        """Fields that results of some nodes ask for and that are not filled."""
        found: set[str] = set()
        for path in nodes:
            for way in self.net.layout.nodes[path].chosen:
                guard = self.net.memory.guards.get(way.path)
                if guard is not None:
                    found |= guard.judge(state.data).unfilled
        return tuple(sorted(found))


def _short(state: State, short: Net, full: Net) -> State:
    """A state as a net remembers it that counts fewer limits."""
    at = full.memory.count_at
    counts = tuple(state.data.counts[at[name]] for name in short.memory.counts)
    return State(state.marking, state.data._replace(counts=counts))
