"""A deal carried over: the states of the new version that a state of the old one becomes.

What is open stays open, what waits waits, what has finished has finished. An arrival that
is not waited for any more goes where its result leads now; one at a step that
waits for nothing any more is in what is still open; only if that is nothing, the step begins. One
that became a
block or a sub-process begins there; a step that was stuck is open again, for its results are now
others. A branch that nobody has begun begins as the new version begins it. In a block that the deal
was not in before, the other branches may be still to do, or have been done already: both are tried.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from salesflow.changes.running.bridge import Bridge
from salesflow.nouns import FrozenMap
from salesflow.process.choices import CUTS, in_every_way
from salesflow.process.course import Course, needed
from salesflow.process.memory import Data
from salesflow.process.net import Net, State
from salesflow.process.places import AT, END, FINISHED, FROM, RUNS, STUCK, Lane, Node
from salesflow.process.steps import DONE, Block, Run

Moved: TypeAlias = Mapping[str, Node | None]
_NOBODY: Moved = FrozenMap()


class Carried(NamedTuple):
    """Where a deal stands in the new version: all ways in which it may.

    ``gone`` are paths of steps where it stands that are not there any more.
    """

    plans: tuple["Plan", ...]
    gone: tuple[str, ...] = ()


class Plan(NamedTuple):
    """Tokens by place, and the nodes that begin, blocks that are done already."""

    tokens: tuple[int, ...]
    begins: tuple[Node, ...] = ()
    maybe: tuple[Lane, ...] = ()  # branches that begin where their condition holds
    done: tuple[Node, ...] = ()


class Draft:
    """Tokens laid one by one, with all that must be open around them."""

    def __init__(self) -> None:
        """Nothing lies anywhere."""
        self.tokens: set[int] = set()
        self.begins: dict[str, Node] = {}
        self.arrived: dict[str, Node] = {}  # where nothing is waited for any more
        self.dropped = False  # whether something not begun was left out
        self.blocks: dict[str, Node] = {}  # open ones
        self.entered: set[str] = set()  # blocks that the deal was not in before

    def lay(self, place: int, node: Node) -> None:
        """Lay a token in or before a node."""
        self.tokens.add(place)
        self._around(node)

    def begin(self, node: Node) -> None:
        """Have a visit of a node begin."""
        if node.path not in self.begins:
            self.begins[node.path] = node
            self._around(node)

    def open(self, node: Node) -> None:
        """Open a block or run that the deal was in."""
        self.lay(node.active, node)
        self.entered.discard(node.path)
        if node.lanes:
            self.blocks[node.path] = node

    def _around(self, node: Node) -> None:
        home = node.inside
        while home is not None:
            if isinstance(home, Lane):
                self.tokens.add(home.runs)
                self.tokens.discard(home.finished)
                home = home.block
                continue
            if home.active not in self.tokens:
                self.tokens.add(home.active)
                if home.lanes:
                    self.blocks[home.path] = home
                    self.entered.add(home.path)
            home = home.inside

    def holds(self, lane: Lane) -> bool:
        """Whether anything is under way in a branch."""
        return any(lane.first < p < lane.last and p != lane.finished for p in self.tokens) or any(
            lane.first <= node.first < lane.last for node in self.begins.values()
        )


class Carrying:
    """Carries states of an old net over a bridge.

    ``moved`` are old steps and where deals that stand there are put, None: they are withdrawn from
    there. ``also`` are steps of the new version that begin for them besides, ``alone`` is one that
    begins for them instead of all.
    """

    def __init__(
        self,
        bridge: Bridge,
        moved: Moved = _NOBODY,
        also: Iterable[Node] = (),
        *,
        alone: Node | None = None,
    ) -> None:
        """Nothing is carried yet; the same tokens are carried once."""
        self.bridge = bridge
        self._nodes = {**bridge.nodes, **{p: n for p, n in moved.items() if n is not None}}
        self._withdrawn = frozenset(path for path, node in moved.items() if node is None)
        self._also = tuple(also)
        self._alone = alone
        self._known: dict[tuple[tuple[int, ...], frozenset[str]], Carried] = {}

    def carried(self, marking: tuple[int, ...], unbegun: frozenset[str]) -> Carried:
        """What tokens become; ``unbegun`` are old steps that stand first in a branch, not begun."""
        key = (marking, unbegun)
        if key not in self._known:
            self._known[key] = self._carried(marking, unbegun)
        return self._known[key]

    def _carried(self, marking: tuple[int, ...], unbegun: frozenset[str]) -> Carried:
        draft = Draft()
        if self._alone is not None:
            draft.begin(self._alone)
            return Carried(tuple(_plans(draft)))
        gone: dict[str, None] = {}
        passed = -1  # places before it lie in what is one step now, or is gone as a whole
        layout = self.bridge.old.layout
        for number in sorted(marking):
            if number < passed:
                continue
            place = layout.places[number]
            if place.kind in (RUNS, FINISHED):
                self._lane(draft, place.kind, place.node)
                continue
            if place.kind == END:
                return Carried(())  # the deal has ended
            node = layout.nodes[place.node]
            there = self._nodes.get(node.path)
            if place.kind == FROM:
                self._waits(draft, gone, there, (place.other, node))
            elif place.kind in (AT, STUCK):
                self._visit(draft, gone, node, unbegun)
            elif there is not None and not self._opened(draft, node, there):
                passed = node.last
        if gone:
            return Carried((), tuple(gone))
        for node in draft.arrived.values():
            if not any(_within(begun, node.inside) for begun in draft.begins.values()):
                draft.begin(node)
        for node in self._also:
            draft.begin(node)
        return Carried(tuple(_plans(draft)))

    def _lane(self, draft: Draft, kind: str, path: str) -> None:
        lane = self.bridge.lanes.get(path)
        if lane is not None:
            draft.tokens.add(lane.runs if kind == RUNS else lane.finished)

    def _opened(self, draft: Draft, node: Node, there: Node) -> bool:
        """Open what a block or run became; False where that is something else, which begins."""
        both = [type(node.step), type(there.step)]
        if both in ([Block, Block], [Run, Run]):
            draft.open(there)
            return True
        draft.begin(there)
        return False

    def _visit(
        self, draft: Draft, gone: dict[str, None], node: Node, unbegun: frozenset[str]
    ) -> None:
        if node.path in self._withdrawn:
            return
        there = self._nodes.get(node.path)
        lane = node.inside if isinstance(node.inside, Lane) else None
        if lane is not None and lane.start is node and node.path in unbegun:
            home = self.bridge.lanes.get(lane.path)
            if home is None and there is None:
                draft.dropped = True  # nobody has begun a branch that is gone
                return
            there = home.start if home is not None else there
        if there is None:
            gone[node.path] = None
        else:
            draft.begin(there)

    def _waits(
        self,
        draft: Draft,
        gone: dict[str, None],
        there: Node | None,
        arrival: tuple[str, Node],
    ) -> None:
        """An arrival waits on, starts what waits no longer, or counts for nothing."""
        origin, node = arrival
        before = self.bridge.nodes.get(origin)
        if there is None:
            gone[node.path] = None
        elif not there.waiting:
            draft.arrived[there.path] = there
        elif before is not None and before.path in there.waiting:
            draft.lay(there.waiting[before.path], there)
        elif before is not None and (led := self._leads(origin, node, before)) is not None:
            if led.waiting:
                draft.lay(led.waiting[before.path], led)
            else:
                draft.begin(led)

    def _leads(self, origin: str, node: Node, before: Node) -> Node | None:
        """Where what led from one step to another leads now, if that is one step."""
        found: dict[Node, None] = {}
        for way in self.bridge.old.layout.nodes[origin].results.values():
            if node in way.targets:
                name = self.bridge.results.get(way.path, "").rpartition(".")[2]
                targets = before.results[name].targets if name else ()
                found.update((t, None) for t in targets if isinstance(t, Node))
        return next(iter(found)) if len(found) == 1 else None


def _within(node: Node, home: "Node | Lane | None") -> bool:
    """Whether a node lies in a scope, None being that of the deal."""
    return home is None or home.first <= node.first < home.last


def _plans(draft: Draft) -> Iterator[Plan]:
    """What blocks that are open need: branches still to begin, or already done."""
    for block in draft.blocks.values():
        for lane in block.lanes:
            runs = lane.runs in draft.tokens and lane.finished not in draft.tokens
            if runs and draft.dropped and not draft.holds(lane):
                draft.begin(lane.start)
    others = [
        lane
        for path in sorted(draft.entered)
        for lane in draft.blocks[path].lanes
        if lane.runs not in draft.tokens
    ]
    begins = tuple(draft.begins.values())
    done = tuple(b for b in draft.blocks.values() if _met(b, draft.tokens))
    done = tuple(block for block in done if block.path not in draft.entered)
    yield Plan(tuple(sorted(draft.tokens)), begins, tuple(others), done)
    if others:
        tokens = draft.tokens.union(*((lane.runs, lane.finished) for lane in others))
        if not any(_met(draft.blocks[path], tokens) for path in draft.entered):
            yield Plan(tuple(sorted(tokens)), begins, (), done)


def _met(block: Node, tokens: Collection[int]) -> bool:
    """Whether enough branches have finished, or none runs."""
    running = sum(lane.runs in tokens for lane in block.lanes)
    finished = sum(lane.finished in tokens for lane in block.lanes)
    return finished >= needed(block.step, running)


def played(net: Net, plan: Plan, data: Data) -> Iterator[tuple[State, bool]]:
    """The states that a plan can come to, and whether something went wrong in coming there."""

    def begin(course: Course) -> None:
        for lane in plan.maybe:
            if course.runs(lane):
                course.add(lane.runs)
                course.enter(lane.start)
        for node in plan.begins:
            course.enter(node)
        for block in plan.done:
            if block.active in course.tokens:
                course.purge(block.first, block.last)
                course.take(block, DONE)

    yield from _in_every_way(net, plan.tokens, data, begin)


def _in_every_way(
    net: Net, tokens: Sequence[int], data: Data, begin: Callable[[Course], None]
) -> Iterator[tuple[State, bool]]:
    def play(script: list[int]) -> Course:
        course = Course(net.memory, tokens, data, script)
        begin(course)
        course.run()
        return course

    for course in in_every_way(play):
        if course.ended is not None:
            course.add(net.layout.ends[course.ended.id])
        cut = any(flag.kind in CUTS for flag in course.flags)
        yield State(course.marking(), course.data), cut
