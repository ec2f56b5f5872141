"""Whether a deal can still come to an outcome from where it stands, and what keeps it if not."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from salesflow.analysis.forget import Forgetting
from salesflow.changes.running.relaxed import Blocked, blocked
from salesflow.process.net import Move, Net, State
from salesflow.process.places import AT, FROM, STUCK

Kind = Literal["fine", "gone", "waits", "stuck", "circles", "nowhere", "cut", "unsure"]


_SHORT, _LONG = 2_000, 20_000  # moves for one state
_MANY = 10  # tokens


class SpentError(Exception):
    """More moves would have to be tried than may be."""


class Fate(NamedTuple):
    """What becomes of a deal in one state: ``kind``, and the nodes that it hangs on.

    ``gone``: where it stands is not there any more, ``lacking`` the steps themselves.
    ``waits`` at a node, ``lacking`` the steps whose arrival never comes.
    ``stuck`` at a node without a result, ``lacking`` fields that are asked for and not filled.
    ``circles`` for ever; ``nowhere`` where it is not known how it stays away from all outcomes.
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
        self._spared = 0

    def allow(self, moves: int | None = None) -> None:
        """Let one question have so many of the moves that are left, or all."""
        self._spared = 0 if moves is None else max(0, self.left - moves)

    def spend(self) -> None:
        """Count a move. SpentError when there are none left."""
        if self.left <= self._spared:
            raise SpentError
        self.left -= 1


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
            if here in self._good or self.net.is_final(here):
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
            if sparing is not None and sparing.ends(_short(state, sparing.net, self.net)):
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


def _short(state: State, short: Net, full: Net) -> State:
    """A state as a net remembers it that counts fewer limits."""
    at = full.memory.count_at
    counts = tuple(state.data.counts[at[name]] for name in short.memory.counts)
    return State(state.marking, state.data._replace(counts=counts))
