"""Plays what was watched of a simulation again in the token game.

Of each deal the states are kept in which the game can be. Whatever ends a visit, or takes a result
at its timer, must be a move of the game from one of them, with the moments that meeting points
begin, to a state that shows what the simulation shows: the same open visits, the same results
taken, the same values, counts and visits remembered, the same outcome.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from salesflow.process.choices import PILE, TWICE, UNHANDLED
from salesflow.process.memory import Data
from salesflow.process.model import Process
from salesflow.process.net import EXPIRE, FINISH, SYNC, Move, Net, State
from salesflow.process.places import AT, OPEN, STUCK
from salesflow.simulation import events
from salesflow.simulation.events import Event
from salesflow.simulation.program import Program

KINDS = {events.ENDED: FINISH, events.EXPIRED: EXPIRE}
ENDLESS = {TWICE, PILE, UNHANDLED}  # behind these the game is not played on


class Reached(NamedTuple):
    """Where the game can be, and how it came there."""

    state: State
    taken: tuple[str, ...]
    cut: bool


class Followed:
    """A deal as the simulation shows it, and the states of the game that fit."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.root: Event | None = None  # what the transition under way began with
        self.taken: list[str] = []  # in this transition
        self.meetings = 0  # begun in it
        self.open: Counter[str] = Counter()
        self.stuck: Counter[str] = Counter()
        self.ways: Counter[str] = Counter()
        self.visited: set[str] = set()
        self.values: tuple[float, ...] = ()
        self.outcome: str | None = None
        self.states: list[State] = []
        self.given_up = False


class Replay:
    """Follows all deals of one replication of a program of one process."""

    def __init__(self, process: Process, program: Program) -> None:
        self.program = program
        self.net = Net(process)
        self.layout = self.net.layout
        self.deals: dict[int, Followed] = {}
        self.last = -1
        self.moves = 0  # that were found in the game
        self.synced = 0
        self.ended = 0
        self.given_up = 0
        self._known: dict[State, tuple[Move, ...]] = {}
        names = {self._name(row): at for at, row in enumerate(program.fields)}
        self.fields = [names[name] for name in self.net.memory.fields]

    def __call__(self, event: Event) -> None:
        """Follow one event."""
        self.last = event.deal
        if event.what == events.ARRIVED:
            source = self._name(self.program.sources[event.node]).removeprefix("sources.")
            self.deals[event.deal] = deal = Followed(source)
            deal.root = event
            deal.values = event.values
            return
        deal = self.deals[event.deal]
        if event.what == events.REACHED:
            deal.outcome = self._name(self.program.outcomes[event.node])
            deal.values = event.values
            return
        path = self._name(self.program.nodes[event.node])
        if event.what in KINDS:
            self.settle(event.deal, expiring=path if event.what == events.EXPIRED else None)
            deal.root = event
        if event.what == events.ENTERED:
            deal.open[path] += 1
            deal.visited.add(path)
            deal.meetings += bool(self.program.nodes[event.node].waits_for)
        elif event.what in (events.ENDED, events.EXPIRED, events.TAKEN):
            self._gone(deal, path)
            deal.values = event.values
            if event.way >= 0:
                way = self._name(self.program.ways[event.way])
                deal.taken.append(way)
                deal.ways[way] += 1
            else:
                deal.stuck[path] += 1
        elif event.what == events.WITHDRAWN:
            self._gone(deal, path)

    def finish(self, *, whole: bool) -> None:
        """Play the last transitions; not ``whole``: the watching stopped in the middle of one."""
        for number in self.deals:
            if whole or number != self.last:
                self.settle(number)

    def settle(self, number: int, *, expiring: str | None = None) -> None:
        """Play the transition under way in the game.

        What lies in a node that is ``expiring`` is not compared: it is being withdrawn.
        """
        deal = self.deals[number]
        root, taken, meetings = deal.root, Counter(deal.taken), deal.meetings
        deal.root, deal.taken, deal.meetings = None, [], 0
        if deal.given_up or root is None:
            return
        shown = self._shown(deal, expiring)
        reached = [
            each
            for each in self._with_meetings(self._begun(deal, root), meetings)
            if Counter(each.taken) == taken and self._looks(each.state, expiring) == shown
        ]
        sound = [each.state for each in reached if not each.cut]
        if sound:
            deal.states = [*dict.fromkeys(sound)]
            self.moves += 1
            self.synced += meetings
            self.ended += deal.outcome is not None
            return
        assert reached or any(each.cut for each in self._begun(deal, root)), (
            f"deal {number}: {root} took {sorted(taken.elements())} and shows {shown}; the game "
            f"can {[self._told(each) for each in self._begun(deal, root)]}"
        )
        deal.given_up = True
        self.given_up += 1

    # The game

    def _begun(self, deal: Followed, root: Event) -> Iterator[Reached]:
        """Where the event that a transition begins with can lead."""
        if root.what == events.ARRIVED:
            moves = [move for move in self.net.starts() if move.node == deal.source]
        else:
            path = self._name(self.program.nodes[root.node])
            way = self._name(self.program.ways[root.way]) if root.way >= 0 else None
            moves = [
                move
                for state in deal.states
                for move in self._moves(state)
                if (move.kind, move.node) == (KINDS[root.what], path)
                and (way is None or f"{path}.{move.result}" == way)
            ]
        return map(_reached, moves)

    def _with_meetings(self, begun: Iterable[Reached], meetings: int) -> Iterator[Reached]:
        """The same with some meeting points begun behind it, in any order."""
        layer = dict.fromkeys(begun)
        for left in range(meetings, -1, -1):
            if not left:
                yield from layer
                return
            yield from (each for each in layer if each.cut)
            layer = dict.fromkeys(
                _reached(move, each)
                for each in layer
                if not each.cut
                for move in self._moves(each.state)
                if move.kind == SYNC
            )

    def _moves(self, state: State) -> tuple[Move, ...]:
        if state not in self._known:
            self._known[state] = self.net.moves(state)
        return self._known[state]

    # What both show

    def _looks(self, state: State, expiring: str | None) -> Any:
        """What of a state of the game shows in a simulation."""
        if self.net.is_final(state):
            (end,) = state.marking
            return self.layout.places[end].node, state.data
        tokens: Counter[tuple[str, str]] = Counter()
        for place in state.marking:
            kind, node, _ = self.layout.places[place]
            if kind in (AT, OPEN, STUCK) and not self._inside(node, expiring):
                tokens["stuck" if kind == STUCK else "open", node] += 1
        return tokens, state.data

    def _shown(self, deal: Followed, expiring: str | None) -> Any:
        """The same of a deal of the simulation."""
        if deal.outcome is not None:
            return deal.outcome, self._data(deal)
        tokens: Counter[tuple[str, str]] = Counter()
        for kind, visits in (("open", deal.open), ("stuck", deal.stuck)):
            for node, count in visits.items():
                if count and not self._inside(node, expiring):
                    tokens[kind, node] += count
        return tokens, self._data(deal)

    def _inside(self, node: str, outer: str | None) -> bool:
        if outer is None:
            return False
        around = self.layout.nodes[outer]
        return around.first <= self.layout.nodes[node].first < around.last

    def _data(self, deal: Followed) -> Data:
        memory = self.net.memory
        fields = []
        for at, field in enumerate(self.fields):
            value = deal.values[field]
            filled = value == value  # noqa: PLR0124 - only NaN, an unfilled field, is not itself
            fields.append(memory.number(at, self._value(field, value)) if filled else 0)
        counts = tuple(min(deal.ways[way], memory.caps[way]) for way in memory.counts)
        visits = sum(1 << at for at, node in enumerate(memory.visits) if node in deal.visited)
        return Data(tuple(fields), counts, visits)

    def _value(self, field: int, value: float) -> Any:
        row = self.program.fields[field]
        if row.type == "choice":
            return row.values[int(value)]
        return bool(value) if row.type == "yes_no" else value

    def _gone(self, deal: Followed, path: str) -> None:
        """A visit is over; of two of one node it does not show which."""
        visits = deal.stuck if deal.stuck[path] else deal.open
        visits[path] -= 1

    def _told(self, reached: Reached) -> Any:
        return sorted(reached.taken), self._looks(reached.state, None), reached.cut

    @staticmethod
    def _name(row: Any) -> str:
        """The path of a row without the process's id."""
        return str(row.path.partition(":")[2])


def _reached(move: Move, before: Reached | None = None) -> Reached:
    taken = before.taken if before else ()
    cut = any(flag.kind in ENDLESS for flag in move.flags)
    return Reached(move.state, (*taken, *move.taken), cut)
