"""A walk through one part from one entry, shortest ways first.

What a walk needs to know of a block that counts as one step it asks for by yielding an ``Ask``: so
blocks may be nested deeper than Python's recursion goes. Approximate hops wait until all others
are walked, as in ``explore``.
"""

from collections.abc import Generator, Iterable, Iterator
from typing import NamedTuple

from salesflow.analysis.behaviour.confined import Begin, Played, played
from salesflow.analysis.behaviour.footprint import overlaid
from salesflow.analysis.behaviour.interior import Hop, Inside, Interior, Stride, Trail
from salesflow.analysis.behaviour.order import Order
from salesflow.analysis.behaviour.parts import Part
from salesflow.analysis.behaviour.simple import Contracted
from salesflow.analysis.forget import Forgetting
from salesflow.process.choices import CUTS
from salesflow.process.course import Course
from salesflow.process.memory import Data
from salesflow.process.net import EXPIRE, START, Net, State, beginnings
from salesflow.process.places import OPEN, STUCK, Node

ENDED = "ENDED"  # a block that counts as one step ends by itself
HELD = "HELD"  # nothing in it goes on any more
CUT = "CUT"  # something in it went so wrong that the game stops there


class OutOfBudgetError(Exception):
    """More moves were needed than may be tried."""


class Ask(NamedTuple):
    """The question what can happen in a block or run that is open in a state."""

    node: Node
    state: State


class Ground(NamedTuple):
    """What all walks of one net share."""

    net: Net
    forget: Forgetting
    budget: list[int]  # moves left, one number

    def spend(self, moves: int = 1) -> None:
        """Count moves. OutOfBudgetError when there are none left."""
        self.budget[0] -= moves
        if self.budget[0] < 0:
            raise OutOfBudgetError


Walking = Generator[Ask, Inside, Interior]


class Walk:
    """A walk under way."""

    def __init__(
        self,
        ground: Ground,
        part: Part,
        *,
        order: Order | None,
        simple: Contracted,
    ) -> None:
        """Nothing is walked; ``order`` chooses among threads where there is a choice."""
        self.ground = ground
        self.part = part
        self.order = order
        self.simple = simple
        self.single = not part.threads  # the one token comes last in a marking
        self.found = Interior(part)
        self.numbers: dict[State, int] = {}
        self.later: list[Stride] | None = []  # approximate; None once they are walked
        self.shortened: dict[int, int] = {}  # state -> the only place whose moves were tried

    def from_state(self, state: State) -> Walking:
        """Walk from the state in which the part is entered."""
        return self._run([Stride(-1, Hop("", self.part.path, state))])

    def from_sources(self) -> Walking:
        """Walk from all beginnings of a deal."""
        return self._run(Stride(-1, hop) for hop in self._starts())

    def _starts(self) -> Iterator[Hop]:
        for source, blank, begin in self.ground.net.entrances():
            yield from self._hops(START, source, blank, begin)

    def _run(self, entries: Iterable[Stride]) -> Walking:
        found = self.found
        for stride in entries:
            self._judge(stride)
        yield from self._walk_on(0)
        reached = len(found.states)
        later, self.later = self.later or [], None
        for stride in later:
            self._note(stride)
        yield from self._walk_on(reached)
        yield from self._widen()
        return found

    def _widen(self) -> Walking:
        """Try all moves where a walk that tried some goes round for ever."""
        found = self.found
        while self.shortened:
            self._refresh()
            ahead = [n for n in found.trapped if n in self.shortened]
            self._refresh()
            if not ahead:
                return found
            reached = len(found.states)
            for number in ahead:
                tried = self.shortened.pop(number)
                places = [p for p in found.states[number].marking if p != tried]
                yield from self._expand(number, places)
            yield from self._walk_on(reached)
        return found

    def _refresh(self) -> None:
        """Drop what was worked out from a walk that goes on."""
        for name in ("before", "ending", "dead", "trapped", "rounds"):
            self.found.__dict__.pop(name, None)

    def _walk_on(self, number: int) -> Walking:
        found = self.found
        while number < len(found.states):
            marking = found.states[number].marking
            place = self.order.choose(marking) if self.order and len(marking) > 1 else None
            if place is not None:
                self.shortened[number] = place
            kinds = yield from self._expand(number, marking if place is None else (place,))
            if not kinds:
                found.idle.append(number)
            elif kinds == {EXPIRE} and self._stuck(marking):
                found.timed.append(number)
            number += 1
        return found

    def _stuck(self, marking: Iterable[int]) -> bool:
        places = self.ground.net.layout.places
        return any(places[place].kind == STUCK for place in marking)

    def _expand(self, number: int, places: Iterable[int]) -> Generator[Ask, Inside, set[str]]:
        """Try the moves of the tokens at some places; the kinds of them."""
        net, state = self.ground.net, self.found.states[number]
        kinds: set[str] = set()
        last = -1
        for place in places:
            kind, path, _ = net.layout.places[place]
            node = self.part.nodes.get(path)
            if node is None or place == last:
                continue
            last = place
            hops: Iterable[Hop]
            if kind == OPEN and node.stuck in state.marking:
                hops = [_go_on(node, state)]
            elif kind == OPEN and path in self.part.closed:
                inside = yield Ask(node, state)
                self.found.inside.setdefault(number, []).append(inside)
                if any(interior.cuts for interior in inside.interiors):
                    self.found.cuts.add(number)
                    kinds.add(CUT)
                hops = self._around(node, state, inside)
            else:
                hops = self._simply(node, place, state) or (
                    hop
                    for what, begin in beginnings(node, kind, place, state.marking)
                    for hop in self._hops(what, path, state, begin)
                )
            for hop in hops:
                kinds.add(hop.kind)
                self._judge(Stride(number, hop))
        return kinds

    def _simply(self, node: Node, place: int, state: State) -> list[Hop] | None:
        """The hops of a step where nothing is asked or remembered; None where that is not sure."""
        moves = self.simple.moves.get(place)
        if moves is None:
            return None
        marking = state.marking
        hops = []
        for kind, taken, helpful, goal, stuck, left, passed in moves:
            if goal >= 0 and goal != place and (goal in marking or stuck in marking):
                return None  # a second visit
            behind = state
            if left is None and goal != place:
                at = marking.index(place)
                moved = (*marking[:at], goal, *marking[at + 1 :])
                behind = State(moved if self.single else tuple(sorted(moved)), state.data)
            hops.append(Hop(kind, node.path, behind, left, (), taken, False, helpful))
            if passed:
                self.found.taken.update(passed)
        self.ground.spend(len(hops))
        return hops

    def _hops(self, kind: str, node: str, state: State, begin: Begin) -> Iterator[Hop]:
        for move in played(self.part, self.ground.net.memory, state, begin):
            yield self._hop(kind, node, move)

    def _hop(
        self,
        kind: str,
        node: str,
        move: Played,
        *,
        inner: tuple[Trail, ...] = (),
        helpful: bool = True,
    ) -> Hop:
        self.ground.spend()
        unsure = move.approximate or any(trail.approximate for trail in inner)
        helpful = helpful and self.ground.net.unlimited.isdisjoint(move.taken)
        marking, passed = self.simple.settled(move.state.marking)
        self.found.taken.update(passed)
        state = State(marking, move.state.data)
        return Hop(kind, node, state, move.exit, move.flags, move.taken, unsure, helpful, inner)

    def _around(self, node: Node, state: State, inside: Inside) -> Iterator[Hop]:
        """The hops of a block or run that counts as one step."""
        written = sum_written(inside)
        for ending in inside.endings:
            result = ending.result

            def end(course: Course, result: str = result) -> None:
                course.purge(node.first, node.last)
                course.take(node, result)

            known = overlaid(state.data, ending.data, written)
            for move in self._played(state, known, end):
                yield self._hop(ENDED, node.path, move, inner=ending.trails, helpful=ending.helpful)
        timer = node.timer or ""
        for mid, trails in inside.mids if timer else ():

            def expire(course: Course) -> None:
                course.expire(node, timer)

            for move in self._played(state, overlaid(state.data, mid, written), expire):
                yield self._hop(EXPIRE, node.path, move, inner=trails)
        outside = [p for p in state.marking if not node.first <= p < node.last]
        for held, tokens in (inside.held, outside), (inside.timed, state.marking):
            if held:
                stands = State(tuple(sorted([*tokens, node.stuck])), state.data)
                first = held[0]
                inner = (*first.trails, first.interior.trail(first.number))
                yield Hop(HELD, node.path, stands, inner=inner, held=held)

    def _played(self, state: State, known: Data, begin: Begin) -> Iterator[Played]:
        return played(self.part, self.ground.net.memory, State(state.marking, known), begin)

    def _judge(self, stride: Stride) -> None:
        if stride.hop.approximate and self.later is not None:
            self.later.append(stride)
        else:
            self._note(stride)

    def _note(self, stride: Stride) -> None:
        """Keep what is new in a hop."""
        found, (before, hop) = self.found, stride
        found.taken.update(hop.taken)
        for flag in hop.flags:
            found.faults.setdefault(flag, stride)
        if any(flag.kind in CUTS for flag in hop.flags):
            found.cuts.add(before)
        elif hop.exit is not None:
            found.exits.setdefault((hop.exit, hop.state.data), stride)
            if hop.helpful:
                found.leaving.setdefault(hop.exit, set()).add(before)
        else:
            state = self.ground.forget(hop.state)
            number = self.numbers.setdefault(state, len(found.states))
            if number == len(found.states):
                found.states.append(state)
                found.strides.append(stride)
                found.follow.append([])
            if before >= 0 and hop.helpful:
                found.follow[before].append(number)


def _go_on(node: Node, state: State) -> Hop:
    """A time limit ends the standstill in a block: what comes then is found without standstill."""
    marking = tuple(place for place in state.marking if place != node.stuck)
    return Hop(EXPIRE, node.path, State(marking, state.data))


def sum_written(inside: Inside) -> int:
    """The bits that the parts of a block or run write."""
    written = 0
    for interior in inside.interiors:
        written |= interior.part.written
    return written
