"""Whether one automaton can do all that another can, or the shortest run that it cannot.

The runs of the first are followed step by step, together with the set of all states in which the
second can be after the same run (the subset construction, made on the way). A set that becomes
empty is a run that the second cannot do; breadth first, so the first one found is among the
shortest.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from salesflow.changes.behaviour.automaton import Automaton, State, Step, Word

MOST_RUNS = 3  # told for each direction
_FURTHER = 2  # once one is found, others are looked for with as many steps again
_BEGIN = "before the deal comes"

_Node: TypeAlias = tuple[State | None, Word]  # a state, and what of the last step is still unseen
_Nodes: TypeAlias = frozenset[_Node]


class Found(NamedTuple):
    """What following one version's runs in the other one gave.

    ``runs`` are the shortest that only the first can do, each ending at another result;
    where there is none and all was looked at (``complete``), all of its runs are runs of the other.
    ``doubtful``: some steps of the other hang on values that need not occur.
    """

    runs: tuple[Word, ...]
    complete: bool
    doubtful: bool


class Look(NamedTuple):
    """What can come next from a state: states reached unseen, and by each word."""

    quiet: tuple[_Node, ...]
    seen: dict[str, list[_Node]]


class Eyes:
    """An automaton seen one word at a time; what was seen once is remembered."""

    def __init__(self, automaton: Automaton) -> None:
        """Nothing is seen yet."""
        self.automaton = automaton
        self.tried = 0
        self.doubtful = False
        self._next: dict[_Node, Look] = {}
        self._after: dict[tuple[_Nodes, str], _Nodes] = {}

    def begin(self) -> _Nodes:
        """All states in which a deal can be before anything is seen."""
        self._next[_BEGIN, ()] = self._sorted(self.automaton.starts())
        return self.closed([(_BEGIN, ())])

    def seen(self, node: _Node) -> dict[str, list[_Node]]:
        """The words that can come next, and what follows each."""
        return self._look(node).seen

    def after(self, nodes: _Nodes, word: str) -> _Nodes:
        """All states in which a deal can be once a word was seen."""
        key = (nodes, word)
        known = self._after.get(key)
        if known is None:
            ahead = [then for node in nodes for then in self._look(node).seen.get(word, ())]
            known = self._after[key] = self.closed(ahead)
        return known

    def closed(self, nodes: Sequence[_Node]) -> _Nodes:
        """The states with all that can come next unseen."""
        if len(nodes) == 1 and not self._look(nodes[0]).quiet:
            return frozenset(nodes)
        found = dict.fromkeys(nodes)
        waiting = list(found)
        while waiting:
            for node in self._look(waiting.pop()).quiet:
                if node not in found:
                    found[node] = None
                    waiting.append(node)
        return frozenset(found)

    def _look(self, node: _Node) -> Look:
        known = self._next.get(node)
        if known is None:
            state, unseen = node
            if unseen:
                known = Look((), {unseen[0]: [(state, unseen[1:])]})
            elif state is None:
                known = Look((), {})
            else:
                known = self._sorted(self.automaton.steps(state))
            self._next[node] = known
        return known

    def _sorted(self, steps: Iterator[Step]) -> Look:
        quiet: dict[_Node, None] = {}
        seen: dict[str, list[_Node]] = {}
        for step in steps:
            self.tried += 1
            self.doubtful |= step.doubtful
            if not step.seen:
                quiet[step.state, ()] = None
                continue
            ahead = seen.setdefault(step.seen[0], [])
            then = (step.state, step.seen[1:])
            if then not in ahead:
                ahead.append(then)
        return Look(tuple(quiet), seen)


def included(first: Eyes, second: Eyes, *, budget: int) -> Found:
    """The runs of ``first`` that ``second`` cannot do; ``budget`` is the number of steps tried."""
    return _Following(first, second, budget).found()


class _Following:
    """One version's runs being followed in the other one."""

    def __init__(self, first: Eyes, second: Eyes, budget: int) -> None:
        self.first, self.second, self.budget = first, second, budget
        self.before = first.tried + second.tried
        self.pairs: dict[tuple[_Node, _Nodes], tuple[tuple[_Node, _Nodes], str] | None] = {}
        self.waiting: deque[tuple[_Node, _Nodes]] = deque()

    def found(self) -> Found:
        start = self.second.begin()
        for node in self.first.begin():
            self.note((node, start), None)
        runs: dict[str, Word] = {}
        enough = self.budget
        while self.waiting and self.tried <= enough and len(runs) < MOST_RUNS:
            pair = self.waiting.popleft()
            node, others = pair
            for word, then in self.first.seen(node).items():
                ahead = self.second.after(others, word)
                if ahead:
                    for here in self.first.closed(then):
                        self.note((here, ahead), (pair, word))
                elif word not in runs:
                    runs[word] = (*self.run_to(pair), word)
                    enough = min(enough, _FURTHER * self.tried)
        complete = not self.waiting and self.tried <= enough
        return Found(tuple(runs.values())[:MOST_RUNS], complete, self.second.doubtful)

    @property
    def tried(self) -> int:
        """Steps tried since it began, and pairs met."""
        return self.first.tried + self.second.tried - self.before + len(self.pairs)

    def note(
        self, pair: tuple[_Node, _Nodes], before: tuple[tuple[_Node, _Nodes], str] | None
    ) -> None:
        if pair not in self.pairs:
            self.pairs[pair] = before
            self.waiting.append(pair)

    def run_to(self, pair: tuple[_Node, _Nodes]) -> Word:
        """What is seen on the way to a pair."""
        words: list[str] = []
        before = self.pairs[pair]
        while before is not None:
            pair, word = before
            words.append(word)
            before = self.pairs[pair]
        return tuple(reversed(words))
