"""The token game: what a process means, defined once.

Checking, tests, diff, logs and simulation all stand on it. It is explained in
docs/design/token-game.md. A state says where a deal's work stands and what of its past still
matters; a move is one thing that can happen next. Time is left out: a visit can end and a timer
can fire whenever they exist.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from copy import copy
from typing import NamedTuple, TypeAlias

from salesflow.expressions import Expression
from salesflow.process.choices import CUTS, Flag, in_every_way
from salesflow.process.course import Course
from salesflow.process.memory import Data, Memory
from salesflow.process.model import Process
from salesflow.process.places import AT, FROM, OPEN, STUCK, Layout, Node

START = "START"  # a deal comes
SYNC = "SYNC"  # all that a step waits for has arrived, it starts
FINISH = "END"  # a visit ends by itself
EXPIRE = "EXPIRE"  # a timer fires

Begin: TypeAlias = Callable[[Course], None]  # what a transition begins with


class State(NamedTuple):
    """Where a deal stands: sorted place numbers, one for each token, and what is remembered."""

    marking: tuple[int, ...]
    data: Data


class Move(NamedTuple):
    """One thing that can happen, and the state behind it.

    ``node`` is the step it happens at (of START the source), ``result`` the id of the result it
    takes and ``targets`` where that leads; None and none where it takes none. ``taken`` are the
    paths of all results taken in it, in order: ``("papers.legal.agreed", "papers.done")``.
    ``approximate`` where it hangs on values within a cell, so that it need not be real.
    """

    kind: str
    node: str
    result: str | None
    targets: tuple[str, ...]
    state: State
    flags: tuple[Flag, ...] = ()
    taken: tuple[str, ...] = ()
    approximate: bool = False

    @property
    def cut(self) -> bool:
        """Whether something went so wrong that the game stops behind it."""
        return any(flag.kind in CUTS for flag in self.flags)


class Net:
    """A process as a token game.

    ``layout`` has the nodes and places, ``memory`` what states remember. UsageError when runs of
    runs open into more than ``places.MOST_NODES`` steps. ``watched`` are further conditions, of
    policies or tests, whose fields, counts and visits states must keep. ``unlimited`` are results
    whose ``at_most`` is not counted, as if it could be spent any time or never: such a net can do
    all that the process can, and more.
    """

    def __init__(
        self,
        process: Process,
        *,
        watched: Iterable[Expression] = (),
        unlimited: Iterable[str] = (),
    ) -> None:
        """Open runs, number places and bind conditions; nothing is played yet."""
        self.process = process
        self.layout = Layout(process)
        self.unlimited = frozenset(unlimited)
        self.memory = Memory(self.layout, tuple(watched), self.unlimited)
        self._number_places()

    def sparing(self, unlimited: Iterable[str]) -> "Net":
        """The same net with other results whose limits are not counted."""
        net = copy(self)
        net.unlimited = frozenset(unlimited)
        net.memory = Memory(self.layout, tuple(self.memory.watched), net.unlimited)
        return net

    def _number_places(self) -> None:
        places = self.layout.places
        self._finals = frozenset(self.layout.ends.values())
        self._nodes: list[Node | None] = [self.layout.nodes.get(place.node) for place in places]

    def initial(self) -> tuple[tuple[str, State], ...]:
        """The states in which a deal can begin, each with its source."""
        return tuple((move.node, move.state) for move in self.starts())

    def starts(self) -> Iterator[Move]:
        """How a deal can begin: the moves of kind START of every source."""
        for source, blank, begin in self.entrances():
            yield from self._play(START, source, blank, begin)

    def entrances(self) -> Iterator[tuple[str, State, Begin]]:
        """Each source, by id: the state before a deal comes from it, and how it begins."""
        for _, source in sorted(self.process.sources.items()):
            start = self.layout.nodes[source.start]

            def begin(course: Course, at: str = source.node, start: Node = start) -> None:
                course.fill(at)
                course.enter(start)

            yield source.id, State((), self.memory.blank(source.id)), begin

    def moves(self, state: State) -> tuple[Move, ...]:
        """Everything that can happen next, all interleavings, in the order of the places."""
        return tuple(self.each_move(state))

    def each_move(self, state: State) -> Iterator[Move]:
        """The moves one by one: there may be very many where a step fills many fields."""
        last = -1
        for place in state.marking:
            if place == last:
                continue
            last = place
            node = self._nodes[place]
            if node is None:
                continue
            yield from self._moves_at(node, self.layout.places[place].kind, place, state)

    def _moves_at(self, node: Node, kind: str, place: int, state: State) -> Iterator[Move]:
        for what, begin in beginnings(node, kind, place, state.marking):
            yield from self._play(what, node.path, state, begin)

    def is_final(self, state: State) -> bool:
        """Whether the deal has ended."""
        return len(state.marking) == 1 and state.marking[0] in self._finals

    def _play(self, kind: str, node: str, state: State, begin: Begin) -> Iterator[Move]:
        """One transition in every way that its free choices allow."""

        def play(script: list[int]) -> Course:
            course = Course(self.memory, state.marking, state.data, script)
            begin(course)
            course.run()
            return course

        for course in in_every_way(play):
            yield self.made(kind, node, course)

    def made(self, kind: str, node: str, course: Course) -> Move:
        """The move that a course has made, once it is at rest."""
        if course.ended is not None:
            course.add(self.layout.ends[course.ended.id])
        way = course.taken[0] if course.taken and course.taken[0].node.path == node else None
        return Move(
            kind,
            node,
            way.result.id if way else None,
            way.names if way else (),
            State(course.marking(), course.data),
            tuple(course.flags),
            tuple(way.path for way in course.taken),
            course.approximate,
        )


def beginnings(
    node: Node, kind: str, place: int, marking: Collection[int]
) -> Iterator[tuple[str, Begin]]:
    """The kinds of move that a token at a place of a node allows, and how each begins."""
    if kind == FROM:
        waiting = node.waiting.values()  # numbered in this order: the first stands for all
        if place == next(iter(waiting)) and set(marking).issuperset(waiting):
            yield SYNC, lambda course: course.sync(node)
        return
    if kind == AT:
        yield FINISH, lambda course: course.end(node)
    timer = node.timer
    if timer is not None and kind in (AT, STUCK, OPEN):
        yield EXPIRE, lambda course: course.expire(node, timer)
