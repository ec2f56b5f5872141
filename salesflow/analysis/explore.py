"""Walk through every state of a process, shortest ways first, and see what goes wrong.

The walk is exhaustive or says that it is not: ``complete`` is False when the budget was spent.
Behind a move that is ``cut`` nothing is walked, and where there is one nothing is called dead.
Moves that are approximate wait until all others are walked, so that a state or fault has a way
without one wherever there is such a way.
"""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

from salesflow.analysis.graphs import leading_to, turned
from salesflow.process.choices import Flag
from salesflow.process.net import EXPIRE, Move, Net, State
from salesflow.process.places import STUCK, Place

BUDGET = 100_000  # moves tried


class Step(NamedTuple):
    """A move and the number of the state before it, -1 where a deal begins."""

    before: int
    move: Move


class Exploration:
    """All that was found: ``states`` in the order of their ways, ``steps`` the last step to each.

    ``follow`` has the numbers of the states right behind each, but for those behind a result
    whose limit the net leaves out: it may not be there to help a deal on. ``faults`` are the first
    step for each flag, ``cuts`` the states from which a move was cut (-1: a start was), ``idle``
    those with no move that are no end, ``timed`` those where only timers move. ``taken`` are paths
    of results.
    """

    def __init__(self, net: Net) -> None:
        """Nothing walked yet."""
        self.net = net
        self.complete = False
        self.moves = 0
        self.states: list[State] = []
        self.steps: list[Step] = []
        self.follow: list[list[int]] = []
        self.faults: dict[Flag, Step] = {}
        self.cuts: set[int] = set()
        self.idle: list[int] = []
        self.timed: list[int] = []
        self.taken: set[str] = set()

    def way_to(self, number: int) -> tuple[Move, ...]:
        """The moves from a deal's beginning to a state."""
        way: list[Move] = []
        while number >= 0:
            number, move = self.steps[number]
            way.append(move)
        return tuple(reversed(way))

    def way_of(self, step: Step) -> tuple[Move, ...]:
        """The moves up to and with a step."""
        return (*self.way_to(step.before), step.move)

    @property
    def conclusive(self) -> bool:
        """Whether what was not seen cannot happen."""
        return self.complete and not self.cuts

    @cached_property
    def finals(self) -> list[int]:
        """The states in which the deal has ended."""
        return [n for n, state in enumerate(self.states) if self.net.is_final(state)]

    @cached_property
    def trapped(self) -> list[int]:
        """States that move for ever: from them neither an end is reached nor a standstill.

        None while the walk is not complete; a move that was cut counts as a possible end.
        """
        if not self.complete:
            return []
        fine = leading_to([*self.finals, *self.idle, *self.cuts], turned(self.follow))
        return [n for n in range(len(self.states)) if n not in fine]

    @cached_property
    def never_taken(self) -> list[str]:
        """Paths of results that no run takes; none while that is not sure."""
        ways = self.net.layout.ways() if self.conclusive else ()
        return [way.path for way in ways if way.path not in self.taken]

    @cached_property
    def never_entered(self) -> list[str]:
        """Paths of nodes that no run enters; none while that is not sure."""
        if not self.conclusive:
            return []
        held = {place for state in self.states for place in state.marking}
        passed = {path.rpartition(".")[0] for path in self.taken}
        nodes = self.net.layout.nodes.values()
        return [n.path for n in nodes if n.active not in held and n.path not in passed]

    def stuck_at(self, number: int) -> list[Place]:
        """The places that hold a deal where nothing moves: ``stuck`` and ``from``, in order."""
        places = [self.net.layout.places[place] for place in self.states[number].marking]
        return [place for place in places if place.kind in ("stuck", "from")]


def explore(
    net: Net, *, budget: int = BUDGET, forget: Callable[[State], State] | None = None
) -> Exploration:
    """Walk through the states of a net until nothing is new or ``budget`` moves were tried.

    ``forget`` drops from each state what no longer matters (see ``Forgetting``).
    """
    walk = _Walk(Exploration(net), budget, forget)
    walk.run()
    return walk.found


class _Walk:
    """A walk under way."""

    def __init__(
        self, found: Exploration, budget: int, forget: Callable[[State], State] | None
    ) -> None:
        self.found = found
        self.budget = budget
        self.forget = forget
        self.numbers: dict[State, int] = {}
        self.later: list[Step] | None = []  # approximate steps; None once they are walked

    def run(self) -> None:
        net, found = self.found.net, self.found
        whole = self.try_all(-1, net.starts()) and self.walk_on(0)
        reached = len(found.states)
        later, self.later = self.later or [], None
        for step in later:
            self.note(step)
        found.complete = whole and self.walk_on(reached)

    def walk_on(self, number: int) -> bool:
        """Walk from a state and all after it; False when the budget is spent."""
        found = self.found
        while number < len(found.states):
            state = found.states[number]
            if not found.net.is_final(state):
                if not self.try_all(number, found.net.each_move(state)):
                    return False
                self.judge(number)
            number += 1
        return True

    def try_all(self, before: int, moves: Iterable[Move]) -> bool:
        self.kinds: set[str] = set()
        for move in moves:
            if self.found.moves == self.budget:
                return False
            self.found.moves += 1
            self.kinds.add(move.kind)
            step = Step(before, move)
            if move.approximate and self.later is not None:
                self.later.append(step)
            else:
                self.note(step)
        return True

    def judge(self, number: int) -> None:
        """Note a state where nothing moves, or only timers."""
        found = self.found
        if not self.kinds:
            found.idle.append(number)
        elif self.kinds == {EXPIRE} and any(p.kind == STUCK for p in found.stuck_at(number)):
            found.timed.append(number)

    def note(self, step: Step) -> None:
        """Keep what is new in a step."""
        found, move = self.found, step.move
        found.taken.update(move.taken)
        for flag in move.flags:
            found.faults.setdefault(flag, step)
        if move.cut:
            found.cuts.add(step.before)
            return
        state = self.forget(move.state) if self.forget else move.state
        number = self.numbers.setdefault(state, len(found.states))
        if number == len(found.states):
            found.states.append(state)
            found.steps.append(step)
            found.follow.append([])
        if step.before >= 0 and found.net.unlimited.isdisjoint(move.taken):
            found.follow[step.before].append(number)
