"""A quick proof that no outcome can be reached, where there are too many states to try them all.

Tokens are never taken away, limits are never spent, and a condition holds unless it is false for
what the deal knows and nothing that can still happen changes that. So more can be reached than in
the game; an outcome that is out of reach even so can surely not be reached.
"""

from typing import NamedTuple

from salesflow.process.course import needed
from salesflow.process.model import Outcome
from salesflow.process.net import Net, State
from salesflow.process.places import Lane, Node
from salesflow.process.steps import DONE, LEAVE


class Blocked(NamedTuple):
    """What keeps a deal from all outcomes, as far as can be seen without playing.

    ``stuck`` are steps that are open and can take no result, ``waits`` those at which some arrive
    and ``lacking`` those that never do.
    """

    stuck: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


def blocked(net: Net, state: State) -> Blocked | None:
    """What surely keeps a deal from all outcomes; None where one may be reached."""
    relaxed = _Relaxed(net, state)
    return None if relaxed.ends() else relaxed.blocked()


class _Relaxed:
    """All that can ever lie anywhere."""

    def __init__(self, net: Net, state: State) -> None:
        self.net = net
        self.state = state
        self.reached = set(state.marking)
        self.entered: set[str] = set()  # nodes that begin anew
        self.taken: set[str] = set()
        self.changed = 0  # parts of what the deal knows that may change, as bits
        self.ended = not self.reached.isdisjoint(net.layout.ends.values())
        self._due: list[tuple[Node, str]] = []

    def ends(self) -> bool:
        """Whether an outcome is reached; goes on until nothing is new."""
        before = -1
        while not self.ended and before != (now := self._size()):
            before = now
            for node in self.net.layout.nodes.values():
                self._look(node)
                while self._due:
                    self._take(*self._due.pop())
        return self.ended

    def blocked(self) -> Blocked:
        """Where things end."""
        nodes = self.net.layout.nodes.values()
        stuck = tuple(node.path for node in nodes if self._keeps(node))
        waits: list[str] = []
        lacking: dict[str, None] = {}
        for node in nodes:
            missing = [u for u, place in node.waiting.items() if place not in self.reached]
            if missing and len(missing) < len(node.waiting):
                waits.append(node.path)
                lacking.update(dict.fromkeys(missing))
        return Blocked(stuck, tuple(waits), tuple(lacking))

    def _keeps(self, node: Node) -> bool:
        """Whether a step of work never lets a deal go."""
        held = node.active in self.reached or node.stuck in self.reached
        works = not node.lanes and node.start is None
        return held and works and self.taken.isdisjoint(w.path for w in node.results.values())

    def _size(self) -> int:
        """What grows: all that is reached, entered, taken and changed."""
        parts = len(self.reached) + len(self.entered) + len(self.taken)
        return parts + self.changed.bit_count()

    def _look(self, node: Node) -> None:
        waiting = node.waiting.values()
        if waiting and self.reached.issuperset(waiting):
            self._enter(node)
        if node.active not in self.reached and node.stuck not in self.reached:
            return
        if node.timer is not None:
            self._due.append((node, node.timer))
        if node.lanes:
            self._in_block(node)
        elif node.start is not None:
            if node.path in self.entered:
                self._enter(node.start)
        elif node.active in self.reached:
            self._change(node.path)
            ways = [way for way in node.chosen if self._may(way.path)]
            ways += [node.otherwise] if node.otherwise is not None else []
            self._due.extend((node, way.result.id) for way in ways)

    def _in_block(self, node: Node) -> None:
        if node.path in self.entered:
            for lane in node.lanes:
                if self._may(lane.path):
                    self.reached.add(lane.runs)
                    self._enter(lane.start)
        if self._met(node):
            self._due.append((node, DONE))

    def _take(self, node: Node, result: str) -> None:
        way = node.results.get(result)
        if way is None or way.path in self.taken:
            return
        self.taken.add(way.path)
        self._change(way.path)
        home = node.inside
        for target in way.targets:
            if isinstance(target, Node):
                if target.waiting:
                    self.reached.add(target.waiting[node.path])
                else:
                    self._enter(target)
            elif isinstance(target, Outcome):
                if node.run is None:
                    self.ended = True
                else:
                    self._due.append((node.run, target.id))
            elif isinstance(home, Lane) and target == DONE:
                self.reached.add(home.finished)
            elif isinstance(home, Lane) and target == LEAVE:
                self._due.append((home.block, result))

    def _enter(self, node: Node) -> None:
        self.entered.add(node.path)
        self.reached.add(node.active)
        at = self.net.memory.visit_at.get(node.path)
        if at is not None:
            self.changed |= self.net.memory.bits(visits=(at,))

    def _may(self, path: str) -> bool:
        """Whether a condition can ever be true."""
        guard = self.net.memory.guards.get(path)
        if guard is None or guard.looks_at & self.changed:
            return True
        return True in guard.judge(self.state.data).outcomes

    def _change(self, path: str) -> None:
        """Note what a visit or a result writes and counts."""
        memory = self.net.memory
        writings = (*memory.fills.get(path, ()), *memory.sets.get(path, ()))
        counts = (memory.count_at[path],) if path in memory.count_at else ()
        self.changed |= memory.bits(fields=(w.at for w in writings), counts=counts)

    def _met(self, block: Node) -> bool:
        """Whether enough branches can finish; of a block that begins anew in the best case."""
        finished = sum(lane.finished in self.reached for lane in block.lanes)
        if block.path not in self.entered:
            running = sum(lane.runs in self.state.marking for lane in block.lanes)
            return finished >= needed(block.step, running)
        guards = self.net.memory.guards
        must = [lane for lane in block.lanes if lane.path not in guards]
        most = needed(block.step, len(block.lanes))
        return finished >= most or all(lane.finished in self.reached for lane in must)
