"""What can go wrong for deals carried over, and goes wrong for none begun in the new version."""

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import NamedTuple

from salesflow.analysis.forget import Forgetting
from salesflow.changes.running.budgets import Budget, SpentError
from salesflow.changes.running.calm import Calm
from salesflow.changes.running.reach import shorter
from salesflow.process.choices import CUTS, Flag
from salesflow.process.net import Move, Net, State
from salesflow.process.places import AT, STUCK

_MOST = 20_000  # moves for one state


class Fault(NamedTuple):
    """Something that can go wrong: its kind and where, the step that ended last before it.

    ``open`` are the other steps open then. ``still``: where it happens has been open all the time.
    """

    kind: str
    where: str
    after: str
    open: tuple[str, ...]
    still: bool


class Faults:
    """Finds the first fault that deals can meet in a net, but for those that it has by itself.

    Most are cleared without playing (``Calm``), or because a new deal can come to the same state.
    Limits that need not be counted are first left out: more can happen then, so that nothing new
    there is nothing new at all.
    """

    def __init__(self, net: Net, sparing: Net | None, budget: Budget) -> None:
        """Nothing is tried yet. ``sparing`` is the net without limits that may be left out."""
        self.net = net
        self._calm = Calm(net, Budget(budget.left))
        self._rough = Search(sparing, budget) if sparing is not None else None
        self._exact = Search(net, budget)
        self._known: dict[State, Fault | None] = {}

    def met(self, state: State) -> Fault | None:
        """What can go wrong, None where nothing new can. SpentError."""
        if state not in self._known:
            calm = self._calm.surely(state.marking)
            self._known[state] = None if calm else self._met(state)
        return self._known[state]

    def _met(self, state: State) -> Fault | None:
        rough = self._rough
        if rough is None:
            return self._exact.found(state)
        own = rough.own_flags
        if rough.found(shorter(state, rough.net, self.net)) is None and not own:
            return None
        fault = self._exact.found(state, own)
        return self._exact.found(state) if fault is None and own else fault


class Search:
    """Plays a net from the states of deals on, and from where deals begin in it."""

    def __init__(self, net: Net, budget: Budget) -> None:
        """Nothing is tried yet."""
        self.net = net
        self._forget = Forgetting(net)
        self._budget = budget
        self._complete = True
        self._flags: set[Flag] = set()
        self._clear: set[State] = set()  # nothing new goes wrong behind these

    @property
    def own_flags(self) -> frozenset[Flag]:
        """What goes wrong for new deals. SpentError where not all of it is known."""
        self._own  # noqa: B018
        if not self._complete:
            raise SpentError
        return frozenset(self._flags)

    def found(self, state: State, own: frozenset[Flag] | None = None) -> Fault | None:
        """The nearest fault behind a state that is none of ``own``, else none that new deals meet.

        SpentError.
        """
        self._budget.allow(_MOST)
        try:
            start = self._forget(state)
            return self._searched(start, frozenset() if own is not None else self._own, own)
        finally:
            self._budget.allow()

    @cached_property
    def _own(self) -> Collection[State]:
        """The states of new deals, as far as the budget goes; notes what goes wrong there."""
        seen: set[State] = set()
        waiting: list[State] = []
        try:
            for move in self.net.starts():
                self._own_move(move, seen, waiting)
            while waiting:
                for move in self._moves(waiting.pop()):
                    self._own_move(move, seen, waiting)
        except SpentError:
            self._complete = False
        return seen

    def _own_move(self, move: Move, seen: set[State], waiting: list[State]) -> None:
        if move.cut:
            self._flags.update(flag for flag in move.flags if flag.kind in CUTS)
            return
        state = self._forget(move.state)
        if state not in seen:
            seen.add(state)
            waiting.append(state)

    def _searched(
        self, start: State, states: Collection[State], own: frozenset[Flag] | None
    ) -> Fault | None:
        """The nearest fault behind a state, nothing being wrong behind some."""
        before: dict[State, State | None] = {start: None}
        waiting = [start]
        for here in waiting:  # grows while it is walked
            if here in states or (here in self._clear and own is None):
                continue
            for move in self._moves(here):
                if not move.cut:
                    after = self._forget(move.state)
                    if after not in before:
                        before[after] = here
                        waiting.append(after)
                    continue
                flag = self._new(move, own)
                if flag is not None:
                    return self._fault(flag, move, here, before)
        if own is None:
            self._clear.update(before)
        return None

    def _new(self, move: Move, own: frozenset[Flag] | None) -> Flag | None:
        """What goes wrong in a move that goes wrong for no new deal."""
        for flag in move.flags:
            known = self._flags if own is None else own
            if flag.kind in CUTS and flag not in known:
                if own is None and not self._complete:
                    raise SpentError
                return flag
        return None

    def _moves(self, state: State) -> Iterator[Move]:
        if not self.net.is_final(state):
            for move in self.net.each_move(state):
                self._budget.spend()
                yield move

    def _fault(
        self, flag: Flag, move: Move, here: State, before: dict[State, State | None]
    ) -> Fault:
        layout = self.net.layout
        places = [layout.places[place] for place in here.marking]
        works = [layout.nodes[p.node] for p in places if p.kind in (AT, STUCK)]
        left = tuple(node.path for node in works if node.path != move.node)
        node = layout.nodes.get(flag.node)
        still = node is not None
        back: State | None = here
        while back is not None and node is not None:
            still = still and (node.active in back.marking or node.stuck in back.marking)
            back = before[back]
        return Fault(flag.kind, flag.node, move.node, left, still)
