"""One transition of the token game: what happens from the moment it fires until all is at rest.

The methods are the procedures of the game (docs/design/token-game.md) under their names there:
``take``, ``arrive``, ``enter``, ``finish``, ``leave``, ``reach``. A procedure does not call the
next one but puts it on a stack, the first to do on top: processes may be deeper than Python's
recursion, and to withdraw what lies in a block must withdraw what is on its way into it too.
"""

import sys
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from salesflow.process.choices import PILE, TWICE, UNFINISHED, UNHANDLED, Choices
from salesflow.process.memory import Data, Memory
from salesflow.process.model import GONE, Outcome
from salesflow.process.places import Lane, Node, Way
from salesflow.process.steps import DONE, LEAVE, Block, Run, Step


class Course(Choices):
    """A transition under way: tokens by place, results taken, the outcome once it is reached."""

    def __init__(
        self, memory: Memory, marking: Sequence[int], data: Data, script: Sequence[int]
    ) -> None:
        """Start from a marking (place numbers, one for each token)."""
        super().__init__(memory, data, script)
        self.tokens: dict[int, int] = {}
        for place in marking:
            self.add(place)
        self.taken: list[Way] = []
        self.ended: Outcome | None = None
        self._to_do: list[tuple[int, Callable[..., None], tuple[Any, ...]]] = []
        self._skipped: set[tuple[str, Hashable]] = set()

    def run(self) -> None:
        """Do what is to do until nothing is."""
        while self._to_do:
            _, procedure, arguments = self._to_do.pop()
            procedure(*arguments)

    # What ends a visit

    def end(self, node: Node) -> None:
        """A visit of work ends by itself."""
        self.drop(node.active)
        self.fill(node.path)
        way = self.choose(node)
        if way is None:
            self.add(node.stuck)
        else:
            self.take(node, way.result.id)

    def expire(self, node: Node, timer: str) -> None:
        """The timer of a node takes its result, whatever is going on in it."""
        self.purge(node.first, node.last)
        self.take(node, timer)

    def sync(self, node: Node) -> None:
        """All that a node waits for has arrived."""
        for place in node.waiting.values():
            self.drop(place)
        self.enter(node)

    # Procedures

    def take(self, node: Node, result: str) -> None:
        """The deal leaves a node by a result."""
        way = node.results.get(result)
        if way is None:
            self.flag(UNHANDLED, f"{node.path}.{result}")
            return
        self.taken.append(way)
        self.count(way)
        self.set(way)
        self.fill(way.path)
        for target in reversed(way.targets):
            if isinstance(target, Node):
                self._later(target.first, self.arrive, node, target)
            elif isinstance(target, Outcome):
                self._later(node.first, self.reach, node.run, target)
            elif target == DONE:
                self._later(node.first, self.finish, node.inside)
            elif target == LEAVE:
                self._later(node.first, self.leave, node.inside, result)

    def arrive(self, origin: Node, node: Node) -> None:
        """The deal comes from one node to another."""
        if not node.waiting:
            self.enter(node)
            return
        place = node.waiting[origin.path]
        if place in self.tokens:
            self.flag(PILE, node.path)
        self.add(place)

    def enter(self, node: Node) -> None:
        """A visit begins."""
        if node.active in self.tokens or node.stuck in self.tokens:
            self.flag(TWICE, node.path)
        self.visit(node)
        if isinstance(node.step, Block):
            self._open_block(node)
        else:
            self.add(node.active)
            if isinstance(node.step, Run) and node.start is not None:
                self._later(node.start.first, self.enter, node.start)

    def _open_block(self, node: Node) -> None:
        """Start every branch that runs for this deal; with none the block is done at once."""
        running = [lane for lane in node.lanes if self.runs(lane)]
        if not running:
            self._skip(node)
            return
        self.add(node.active)
        for lane in running:
            self.add(lane.runs)
        for lane in reversed(running):
            self._later(lane.first, self.enter, lane.start)

    def _skip(self, node: Node) -> None:
        """Pass a block; a deal that comes round without having changed would do so for ever."""
        passed = (node.path, self.remembered())
        if passed in self._skipped:
            self.add(node.stuck)
            return
        self._skipped.add(passed)
        self._later(node.first, self.take, node, DONE)

    def finish(self, lane: Lane) -> None:
        """A branch is done; when the join is met, so is its block."""
        if self._more_than(lane.runs, lane.first, lane.last):
            self.flag(UNFINISHED, lane.path)
        self.purge(lane.first, lane.last)
        self.add(lane.runs)
        self.add(lane.finished)
        block = lane.block
        running = sum(each.runs in self.tokens for each in block.lanes)
        finished = sum(each.finished in self.tokens for each in block.lanes)
        if finished >= needed(block.step, running):
            self.purge(block.first, block.last)
            self._later(block.first, self.take, block, DONE)

    def leave(self, lane: Lane, result: str) -> None:
        """A branch abandons its block."""
        block = lane.block
        self.purge(block.first, block.last)
        self._later(block.first, self.take, block, result)

    def reach(self, run: Node | None, outcome: Outcome) -> None:
        """A run, or (None) the deal, ends."""
        first, last = (run.first, run.last) if run else (0, sys.maxsize)
        own = run.active if run else -1
        if outcome.kind not in GONE and self._more_than(own, first, last):
            self.flag(UNFINISHED, f"{run.path}.{outcome.id}" if run else outcome.id)
        self.purge(first, last)
        if run:
            self._later(run.first, self.take, run, outcome.id)
        else:
            self.ended = outcome

    # Tokens

    def marking(self) -> tuple[int, ...]:
        """The places that hold a token, sorted, each as often as it holds one."""
        if len(self.tokens) == sum(self.tokens.values()):
            return tuple(sorted(self.tokens))
        return tuple(p for p in sorted(self.tokens) for _ in range(self.tokens[p]))

    def add(self, place: int) -> None:
        """Lay a token."""
        self.tokens[place] = self.tokens.get(place, 0) + 1

    def drop(self, place: int) -> None:
        """Take a token away."""
        left = self.tokens.pop(place) - 1
        if left:
            self.tokens[place] = left

    def purge(self, first: int, last: int) -> None:
        """Withdraw all tokens in a range of places, and what is on its way there."""
        for place in [place for place in self.tokens if first <= place < last]:
            del self.tokens[place]
        self._to_do = [each for each in self._to_do if not first <= each[0] < last]

    def _more_than(self, own: int, first: int, last: int) -> bool:
        """Whether anything but one token lies in a range of places or is on its way there."""
        return any(first <= place < last and place != own for place in self.tokens) or any(
            first <= place < last for place, *_ in self._to_do
        )

    def _later(self, place: int, procedure: Callable[..., None], *arguments: Any) -> None:
        self._to_do.append((place, procedure, arguments))


def needed(step: Step, running: int) -> int:
    """How many of the branches that run must finish before a block is done."""
    if not isinstance(step, Block) or step.join == "all":
        return running
    return min(1 if step.join == "any" else step.need, running)
