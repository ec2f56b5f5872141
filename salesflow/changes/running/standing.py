"""Every state in which a deal can stand in a version, and which of them a file means."""

from collections.abc import Collection, Iterable, Iterator
from copy import copy
from functools import cached_property
from typing import NamedTuple

from salesflow.analysis.forget import Forgetting, kept_of
from salesflow.analysis.graphs import leading_to, turned
from salesflow.changes.running.bridge import Bridge
from salesflow.changes.running.turns import Turns
from salesflow.changes.running.winning import Chance, wins
from salesflow.process.net import START, SYNC, Move, Net, State
from salesflow.process.places import AT, STUCK, Node


class Stand(NamedTuple):
    """Where a deal stands: the state of the game and the stage it shows, "" before any."""

    state: State
    stage: str


class Standing:
    """All states of a net that deals come to; ``complete`` unless ``budget`` moves were spent.

    ``stands`` in the order found. What neither version looks at any more is forgotten.
    ``uncounted`` are results whose limits are not counted: they may be spent any time or never,
    so that there can be more states than there really are.
    """

    def __init__(
        self, net: Net, bridge: Bridge, *, budget: int, turns: Turns | None = None
    ) -> None:
        """Walk through all states, or with ``turns`` those that it lets deals come to."""
        self.net = net
        self.uncounted = net.unlimited
        self.complete = True
        self.spent = 0
        self.stands: list[Stand] = []
        self._budget = budget
        self._turns = turns
        self._follow: list[list[int]] = []
        self._surely: list[list[int]] = []  # the same but for what hangs on limits and values
        self._numbers: dict[Stand, int] = {}
        self._kept: dict[tuple[int, ...], int] = {}
        self._looked_at = _looked_at(net, bridge)
        self._nodes = [net.layout.nodes.get(place.node) for place in net.layout.places]
        self._walk()

    def kept(self, marking: tuple[int, ...]) -> int:
        """The parts of what a deal knows that matter from a marking on, as bits."""
        if marking not in self._kept:
            bits = 0
            for place in marking:
                bits |= self._looked_at[place]
            self._kept[marking] = bits
        return self._kept[marking]

    @cached_property
    def hopeless(self) -> frozenset[int]:
        """Numbers of the states from which no outcome is reached in this version itself."""
        finals = [n for n, stand in enumerate(self.stands) if self.net.is_final(stand.state)]
        fine = leading_to(finals, turned(self._follow))
        return frozenset(range(len(self.stands))) - fine

    @cached_property
    def _winnable(self) -> tuple[Collection[int], Collection[int]]:
        """Numbers of the states from which a deal can surely, and perhaps, be won."""
        goals = wins(self.net)
        won = [
            number
            for number, (state, _) in enumerate(self.stands)
            if self.net.is_final(state) and state.marking[0] in goals
        ]
        sure, perhaps = (leading_to(won, turned(f)) for f in (self._surely, self._follow))
        return sure, perhaps

    def chance(self, number: int) -> Chance:
        """Whether a deal in a state can be won in this version."""
        sure, perhaps = self._winnable
        return "sure" if number in sure else "perhaps" if number in perhaps else "no"

    @cached_property
    def holding(self) -> dict[int, list[int]]:
        """Place -> numbers of the states with a token there."""
        found: dict[int, list[int]] = {}
        for number, stand in enumerate(self.stands):
            for place in stand.state.marking:
                found.setdefault(place, []).append(number)
        return found

    @cached_property
    def showing(self) -> dict[str, list[int]]:
        """Stage -> numbers of the states that show it."""
        found: dict[str, list[int]] = {}
        for number, stand in enumerate(self.stands):
            if not self.net.is_final(stand.state):
                found.setdefault(stand.stage, []).append(number)
        return found

    def _walk(self) -> None:
        for move in self.net.starts():
            self._note(move, "", None)
        number = 0
        while number < len(self.stands):
            state, stage = self.stands[number]
            if not self.net.is_final(state):
                for move in self._moves(state):
                    if self.spent == self._budget:
                        self.complete = False
                        return
                    self.spent += 1
                    self._note(move, stage, number)
            number += 1

    def _moves(self, state: State) -> Iterator[Move]:
        """What can happen next; what rests in a block is not asked."""
        resting = self._turns.resting(state.marking) if self._turns is not None else ()
        if not resting:
            return self.net.each_move(state)
        nodes = self.net.layout.nodes
        return (
            move
            for move in self.net.each_move(state)
            if not any(lane.first < nodes[move.node].first < lane.last for lane in resting)
        )

    def _note(self, move: Move, stage: str, origin: int | None) -> None:
        if move.cut:
            return
        marking, data = move.state
        known = kept_of(data, self.kept(marking)) if not self.net.memory.nothing else data
        stand = Stand(State(marking, known), self._stage(move) or stage)
        number = self._numbers.setdefault(stand, len(self.stands))
        if number == len(self.stands):
            self.stands.append(stand)
            self._follow.append([])
            self._surely.append([])
        if origin is not None:
            self._follow[origin].append(number)
            if not move.approximate and self.net.unlimited.isdisjoint(move.taken):
                self._surely[origin].append(number)

    def _stage(self, move: Move) -> str:
        """The stage that was last entered in a move."""
        last = ""
        for node in self._entered(move):
            if node.run is None and node.step.stage:
                last = node.step.stage
        return last

    def _entered(self, move: Move) -> Iterator[Node]:
        layout = self.net.layout
        if move.kind == START:
            yield layout.nodes[self.net.process.sources[move.node].start]
        elif move.kind == SYNC:
            yield layout.nodes[move.node]
        for path in move.taken:
            home, _, name = path.rpartition(".")
            for target in layout.nodes[home].results[name].targets:
                if isinstance(target, Node) and not target.waiting:
                    yield target


def _looked_at(net: Net, bridge: Bridge) -> list[int]:
    """For each place what the versions look at from there on; all of it where the node is gone."""
    alone = copy(net)
    alone.memory = copy(net.memory)
    alone.memory.watched = {}
    own, later = Forgetting(alone), Forgetting(bridge.new)
    (watched,) = (guard.looks_at for guard in net.memory.watched.values())
    found = []
    for place in net.layout.places:
        lane = net.layout.lanes.get(place.node)
        node = lane.block if lane is not None else net.layout.nodes.get(place.node)
        if node is None:
            found.append(0)
            continue
        there = bridge.nodes.get(node.path)
        bits = bridge.before(later.ahead_of(there), net.memory) if there is not None else watched
        found.append(own.ahead_of(node) | bits)
    return found


def opens(node: Node) -> bool:
    """Whether tokens of the node are those of a visit."""
    return not node.lanes and node.start is None


def open_visits(net: Net, marking: Collection[int]) -> Iterable[Node]:
    """The work under way in a state."""
    for place in marking:
        kind, path, _ = net.layout.places[place]
        node = net.layout.nodes.get(path)
        if kind in (AT, STUCK) and node is not None and opens(node):
            yield node
