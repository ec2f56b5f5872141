"""What is free in a transition, and what the deal remembers of it.

A free choice is made by a script. Playing the same transition with every script there is gives
every way it can go; so the rules of the game can be written as if there were no choices.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from salesflow.process.memory import Data, Memory
from salesflow.process.places import Lane, Node, Way

UNHANDLED = "UNHANDLED"  # a result that the step's `next` does not name
TWICE = "TWICE"  # a second visit of a step while one is open
PILE = "PILE"  # a second arrival of one step before a meeting point
UNFINISHED = "UNFINISHED"  # a deal, a run or a branch ends while work in it still runs
UNFILLED = "UNFILLED"  # a condition or a value read a field that is not filled
CUTS = frozenset({UNHANDLED, TWICE, PILE, UNFINISHED})  # the game goes no further behind these

ALWAYS = frozenset({True})

Option = TypeVar("Option")


Played = TypeVar("Played", bound="Choices")


def in_every_way(play: Callable[[list[int]], Played]) -> Iterator[Played]:
    """A transition with every script that its free choices allow."""
    script: list[int] = []
    while True:
        played = play(script)
        picks = played.picks
        yield played
        while picks and picks[-1][0] + 1 == picks[-1][1]:
            picks.pop()
        if not picks:
            return
        script = [pick for pick, _ in picks]
        script[-1] += 1


def _steered(options: list[tuple[Way | None, bool]], result: str) -> list[tuple[Way | None, bool]]:
    """Only one result, where it is enabled; where that is not sure the others are not either."""
    for way, unsure in options:
        if way is not None and way.result.id == result:
            others = [(other, True) for other, _ in options if other is not way]
            return [(way, unsure), *others] if unsure else [(way, False)]
    return options


class Flag(NamedTuple):
    """Something wrong seen in a transition, at a node, branch, result or outcome; maybe a field."""

    kind: str
    node: str
    field: str = ""


class Choices:
    """A deal's data during a transition.

    ``picks`` are the free choices met: the option taken and how many there were. ``flags`` keep
    their order. ``approximate`` once something hung on values within a cell.
    """

    def __init__(self, memory: Memory, data: Data, script: Sequence[int]) -> None:
        """Start from what the deal remembers; where the script ends, first options are taken."""
        self.memory = memory
        self.data = data
        self.flags: dict[Flag, None] = {}
        self.approximate = False
        self.picks: list[tuple[int, int]] = []
        self._script = script

    def choose(self, node: Node) -> Way | None:
        """One of the results that are enabled; None when the deal is stuck."""
        options: list[tuple[Way | None, bool]] = []
        sure = False  # whether one of them is enabled whatever the values within the cells
        for way in node.chosen:
            limit = self.memory.limit(way)
            if limit is not None and self.data.counts[self.memory.count_at[way.path]] >= limit:
                continue
            outcomes = self._judge(way.path)
            if True in outcomes:
                options.append((way, False in outcomes))
            sure = sure or (False not in outcomes and way.path not in self.memory.unlimited)
        if not sure:
            options.append((node.otherwise, bool(options)))
        if node.path in self.memory.steered:
            options = _steered(options, self.memory.steered[node.path])
        chosen, unsure = self._pick(options)
        self.approximate |= unsure
        return chosen

    def runs(self, lane: Lane) -> bool:
        """Whether a branch runs for this deal."""
        outcomes = self._judge(lane.path)
        self.approximate |= len(outcomes) > 1
        return self._pick(sorted(outcomes))

    def _judge(self, path: str) -> frozenset[bool]:
        """What the condition of a result or branch can be; true where there is none."""
        guard = self.memory.guards.get(path)
        if guard is None:
            return ALWAYS
        verdict = guard.judge(self.data)
        for field in sorted(verdict.unfilled):
            self.flag(UNFILLED, path, field)
        return verdict.outcomes

    def set(self, way: Way) -> None:
        """Write the fields a result sets, all from what was known before."""
        known = list(self.data.fields)
        for writing in self.memory.sets.get(way.path, ()):
            options = writing.options(self.data.fields)
            for field in sorted(options.unfilled):
                self.flag(UNFILLED, way.path, field)
            if options.values:
                known[writing.at] = self._pick(options.values)
                self.approximate |= options.approximate
        self.data = self.data._replace(fields=tuple(known))

    def fill(self, path: str) -> None:
        """Fill what a step, a result or a source fills."""
        writings = self.memory.fills.get(path, ())
        if writings:
            known = list(self.data.fields)
            for writing in writings:
                known[writing.at] = self._pick(writing.options(self.data.fields).values)
            self.data = self.data._replace(fields=tuple(known))

    def count(self, way: Way) -> None:
        """Count a result that is taken, where its count matters."""
        at = self.memory.count_at.get(way.path)
        if at is not None:
            counts = list(self.data.counts)
            counts[at] = min(counts[at] + 1, self.memory.caps[way.path])
            self.data = self.data._replace(counts=tuple(counts))

    def visit(self, node: Node) -> None:
        """Remember that a node was entered, where that matters."""
        at = self.memory.visit_at.get(node.path)
        if at is not None:
            self.data = self.data._replace(visits=self.data.visits | 1 << at)

    def remembered(self) -> Hashable:
        """What the deal knows and did, as one value."""
        return self.data

    def _pick(self, options: Sequence[Option]) -> Option:
        """One of several options, as the script says, else the first."""
        if len(options) == 1:
            return options[0]
        at = len(self.picks)
        pick = self._script[at] if at < len(self._script) else 0
        self.picks.append((pick, len(options)))
        return options[pick]

    def flag(self, kind: str, node: str, field: str = "") -> None:
        """Note something wrong, once."""
        self.flags[Flag(kind, node, field)] = None
