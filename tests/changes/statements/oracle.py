"""What deals can do, by trying everything: every claim of a sentence is looked up here.

Plain search over all states of the token game; nothing is shared with the code that is tested but
the game itself.
"""

from collections import deque
from collections.abc import Callable
from typing import Any

from salesflow.process.model import Process
from salesflow.process.net import Move, Net, State
from salesflow.process.steps import Step, Work

MOST = 2_500


class TooLarge(Exception):
    """The process has too many states to try all."""


class Oracle:
    """All runs of one version, up to ``MOST`` states for one question."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.net = Net(process)
        self._moves: dict[State, tuple[Move, ...]] = {}

    def moves(self, state: State) -> tuple[Move, ...]:
        if state not in self._moves:
            ended = self.net.is_final(state)
            self._moves[state] = () if ended else self.net.moves(state)
        return self._moves[state]

    def some(self, step: Callable[[Any, Move], Any], goal: Callable[[Any, State], bool]) -> bool:
        """Whether some run comes to a goal.

        ``step`` gives what is remembered behind a move, None where the run does not count.
        """
        waiting: deque[tuple[State, Any]] = deque()
        seen: set[tuple[State, Any]] = set()

        def play(memory: Any, move: Move) -> bool:
            after = None if move.cut else step(memory, move)
            if after is None or (move.state, after) in seen:
                return False
            seen.add((move.state, after))
            waiting.append((move.state, after))
            return goal(after, move.state)

        if any(play(0, move) for move in self.net.starts()):
            return True
        while waiting:
            if len(seen) > MOST:
                raise TooLarge
            state, memory = waiting.popleft()
            if any(play(memory, move) for move in self.moves(state)):
                return True
        return False

    def won(self, state: State) -> bool:
        kinds = {outcome.kind for outcome in self.process.outcomes.values()}
        wanted = "won" if "won" in kinds else "done"
        ends = {
            self.net.layout.ends[name]
            for name, outcome in self.process.outcomes.items()
            if outcome.kind == wanted
        }
        return self.net.is_final(state) and state.marking[0] in ends

    def won_without(self, path: str | None) -> bool:
        """Whether a deal is won and takes no result of a step, or in a branch."""
        return self.some(
            lambda _, move: None if path is not None and _in(move, path) else 1,
            lambda _, state: self.won(state),
        )

    def done_without(self, block: str, branch: str) -> bool:
        """Whether a block is done and nothing was taken in one of its branches before."""

        def step(memory: int, move: Move) -> int | None:
            if _in(move, branch):
                return None
            return 2 if f"{block}.done" in move.taken else max(1, memory)

        return self.some(step, lambda memory, _: memory == 2)

    def active(self, path: str) -> int:
        return self.net.layout.nodes[path].active

    def both_open(self, one: str, other: str) -> bool:
        wanted = {self.active(one), self.active(other)}
        return self.some(lambda _, __: 1, lambda _, state: wanted.issubset(state.marking))

    def first(self, one: str, other: str) -> bool:
        """Whether the second of two is ever come to, and the first has ended before, always."""
        active = self.active(other)

        def step(memory: int, move: Move) -> int | None:
            return 2 if memory == 2 or _takes(move, one) else 1

        seen = self.some(step, lambda _, state: active in state.marking)
        return seen and not self.some(
            step, lambda memory, state: memory == 1 and active in state.marking
        )

    def never_turned(self, one: str, other: str) -> bool:
        """Whether the first of two never ends once the second has."""

        def step(memory: int, move: Move) -> int | None:
            if memory == 2 and _takes(move, one):
                return 3
            return 2 if memory == 2 or _takes(move, other) else 1

        return not self.some(step, lambda memory, _: memory == 3)

    def twice(self, path: str) -> bool:
        """Whether a deal comes to a step, ends it, and comes to it again."""
        active = self.active(path)

        def step(memory: int, move: Move) -> int | None:
            count = sum(_owner(name) == path for name in move.taken)
            return min(2, max(1, memory) + count)

        def again(memory: int, state: State) -> bool:
            return memory == 2 and active in state.marking

        if self.some(step, again):
            return True
        # A step that takes no time may be left twice before anybody looks.
        return self.some(
            lambda memory, move: min(
                3, max(1, memory) + sum(_owner(n) == path for n in move.taken)
            ),
            lambda memory, _: memory == 3,
        )

    def lost_at(self, path: str, kind: str) -> bool:
        """Whether a result of a step ends a deal so, maybe by leaving the block around it."""
        step = self.process.nodes[path]
        left = {
            result.id
            for inner in self.process.nodes.values()
            if inner.scope.rpartition(".")[0] == path
            for result in inner.next.values()
            if "leave" in result.targets
        }
        ends = {
            f"{path}.{result.id}"
            for result in step.next.values()
            if result.id not in left and self._ends(step, result.id, kind)
        }
        return self.some(
            lambda _, move: 2 if not ends.isdisjoint(move.taken) else 1,
            lambda memory, _: memory == 2,
        )

    def _ends(self, step: Step, result: str, kind: str) -> bool:
        outcomes = self.process.outcomes
        for target in step.next[result].targets if result in step.next else ():
            if target == "leave":
                block = self.process.nodes[step.scope.rpartition(".")[0]]
                if self._ends(block, result, kind):
                    return True
            elif target in outcomes and outcomes[target].kind == kind:
                return True
        return False

    def runs(self, taken: list[str]) -> bool:
        """Whether a run that is told in full can be played: its source, results and outcome.

        Branches are told too, and what lies in a block that is just passed is not.
        """
        told = [name for name in taken if name not in self.net.layout.lanes]
        source, *results = told
        outcome = results.pop() if results and results[-1] in self.process.outcomes else None
        wanted = tuple(results)

        def step(memory: Any, move: Move) -> Any:
            if memory == 0:
                return (0,) if move.node == source else None
            place = memory[0]
            for name in move.taken:
                if place < len(wanted) and name == wanted[place]:
                    place += 1
                elif "." in _owner(name) and isinstance(self.step(name), Work):
                    continue  # in a branch
                elif not any(name.startswith(f"{other}.") for other in self.net.layout.lanes):
                    return None
            return (place,)

        end = self.net.layout.ends[outcome] if outcome else None
        return self.some(
            step,
            lambda memory, state: (
                memory[0] == len(wanted) and (end is None or end in state.marking)
            ),
        )

    def step(self, name: str) -> Any:
        return self.net.layout.nodes[_owner(name)].step


def _owner(name: str) -> str:
    return name.rpartition(".")[0]


def _takes(move: Move, path: str) -> bool:
    return any(_owner(name) == path for name in move.taken)


def _in(move: Move, path: str) -> bool:
    return any(name.startswith(f"{path}.") for name in move.taken)
