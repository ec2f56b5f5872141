"""Whether a deal can still come to an outcome from where it stands, and what keeps it if not."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from salesflow.changes.running.budgets import Budget, SpentError
from salesflow.changes.running.faults import Fault, Faults
from salesflow.changes.running.reach import Reach, shorter
from salesflow.changes.running.relaxed import Blocked, blocked
from salesflow.changes.running.winning import Chance, Winning
from salesflow.process.net import Net, State
from salesflow.process.places import AT, FROM, STUCK

Kind = Literal[
    "fine", "gone", "waits", "stuck", "circles", "nowhere", "cut", "unsure", "lost", "fault"
]


_SHORT, _LONG = 2_000, 20_000  # moves for one state
_MANY = 10  # tokens


class Fate(NamedTuple):
    """What becomes of a deal in one state: ``kind``, and the nodes that it hangs on.

    ``gone``: where it stands is not there any more, ``lacking`` the steps themselves.
    ``waits`` at a node, ``lacking`` the steps whose arrival never comes.
    ``stuck`` at a node without a result, ``lacking`` fields that are asked for and not filled.
    ``circles`` for ever; ``nowhere`` where it is not known how it stays away from all outcomes.
    ``cut``: however it goes on from the nodes open, work is left over or a node comes twice.
    ``unsure``: it can go on only for some values within what is known.
    ``lost``: it could be won before, and can only end otherwise; ``nodes`` are the outcomes left.
    ``fault``: it can go on, but also come to a ``fault`` that new deals never meet; ``nodes`` are
    the steps that are open.
    """

    kind: Kind
    nodes: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    fault: Fault | None = None


FINE = Fate("fine")


class Onward:
    """What becomes of deals in states of a net."""

    def __init__(self, net: Net, spared: frozenset[str], budget: Budget) -> None:
        """``spared`` are results whose limits need not be counted to see that all is well."""
        self.net = net
        self._surely = Reach(net.sparing(spared), budget) if spared else None
        self._exactly = Reach(net, budget)
        self._perhaps = Reach(net, budget, approximate=True)
        self._budget = budget
        sparing = self._surely.net if self._surely is not None else None
        self._winning = Winning(net, sparing, Budget(budget.left))
        self._faults = Faults(net, sparing, Budget(budget.left))
        self._fates: dict[tuple[State, Chance], Fate] = {}

    def fate(self, state: State, before: Chance = "no") -> Fate:
        """What becomes of a deal; ``before``: whether it could be won so far. SpentError."""
        short = self._exactly.forget(state)
        if (short, before) not in self._fates:
            self._fates[short, before] = self._fate(short)
            if self._fates[short, before] == FINE:
                self._fates[short, before] = self._how_well(short, before)
        return self._fates[short, before]

    def _how_well(self, state: State, before: Chance) -> Fate:
        """Whether a deal that comes to an end can be won as before, and without a fault."""
        fault = self._faults.met(state)
        if fault is not None:
            places = [self.net.layout.places[place] for place in state.marking]
            works = (self.net.layout.nodes[p.node] for p in places if p.kind in (AT, STUCK))
            return Fate("fault", tuple(node.path for node in works), fault=fault)
        now = self._winning.chance(state) if before != "no" else "sure"
        if now in ("sure", before):
            return FINE
        if (now, before) == ("no", "sure"):
            return Fate("lost", self._winning.left(state))
        return Fate("unsure")

    def _fate(self, state: State) -> Fate:
        """A short search, a proof that there is nothing to find, a long search.

        Where many tokens can move in any order the proof comes first.
        """
        many = len(state.marking) > _MANY
        if many and (what := blocked(self.net, state)):
            return self._kept(state, what)
        try:
            return self._sought(state, _SHORT)
        except SpentError:
            if not many and (what := blocked(self.net, state)):
                return self._kept(state, what)
        return self._sought(state, _LONG)

    def _sought(self, state: State, moves: int) -> Fate:
        self._budget.allow(moves)
        try:
            sparing = self._surely
            if sparing is not None and sparing.ends(shorter(state, sparing.net, self.net)):
                return FINE
            if self._exactly.ends(state):
                return FINE
            if self._perhaps.ends(state):
                return Fate("unsure")
            return self._hindrance(state)
        finally:
            self._budget.allow()

    def _hindrance(self, start: State) -> Fate:
        """What keeps a deal that never ends, all states behind it seen."""
        found = list(self._all_behind(start))
        fates = [self._standstill(state) for state in found if self._still(state)]
        for fate in fates:
            if fate.kind == "waits":
                return fate
        if fates:
            return fates[0]
        if not any(move.cut for state in found for move in self.net.each_move(state)):
            return Fate("circles")
        places = [self.net.layout.places[place] for place in start.marking]
        return Fate("cut", tuple(place.node for place in places if place.kind == AT))

    def _kept(self, state: State, what: Blocked) -> Fate:
        """What keeps a deal, as far as that is seen without playing."""
        if what.stuck:
            return Fate("stuck", what.stuck, self._unfilled(what.stuck, state))
        return Fate("waits", what.waits, what.lacking) if what.waits else Fate("nowhere")

    def _all_behind(self, start: State) -> Iterator[State]:
        """A state and all that can come after it, one way to its end before the next."""
        seen = {start}
        waiting = [start]
        while waiting:
            state = waiting.pop()
            yield state
            fresh = [other for other in self._behind(state) if other not in seen]
            seen.update(fresh)
            waiting.extend(reversed(fresh))

    def _behind(self, state: State) -> Iterator[State]:
        number = 0
        while (other := self._perhaps.after(state, number)) is not None:
            yield other
            number += 1

    def _still(self, state: State) -> bool:
        """Whether nothing moves."""
        return next(self.net.each_move(state), None) is None

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
