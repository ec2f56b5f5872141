"""One transition of a real deal: that of the token game, with the deal's own values.

What is free in the game is decided here: conditions are judged on what is known of the deal, the
result is the one that was taken. All else (branches, joins, what is withdrawn) is the game's.
"""

from collections.abc import Hashable, Mapping
from typing import Any

from salesflow.deals.nouns import Past, Standing
from salesflow.expressions.evaluate import evaluate
from salesflow.nouns import FrozenMap
from salesflow.process.course import Course
from salesflow.process.memory import Data
from salesflow.process.net import Net
from salesflow.process.places import Lane, Node, Way

MOST_TAKEN = 1_000  # results in one move: blocks that no branch of which runs may go round
ENDLESS = "ENDLESS"
_NOTHING = Data((), (), 0)


def judged(net: Net, path: str, prefix: str, past: Past) -> tuple[bool, frozenset[str]]:
    """Whether the condition of a result or branch holds, and the unfilled fields that it read."""
    guard = net.memory.guards.get(path)
    if guard is None:
        return True, frozenset()
    inside = len(prefix)
    return evaluate(
        guard.expression,
        past.values,
        visited={name[inside:] for name in past.visited if name.startswith(prefix)},
        times={n[inside:]: times for n, times in past.counts.items() if n.startswith(prefix)},
    )


class Moving(Course):
    """A transition under way. ``known`` are the values behind each result taken, the first before.

    ``late`` are values that the result ``late_at`` captures, which its ``set`` does not see yet.
    ``unfilled`` are fields that a ``set`` or the condition of a branch read, by where it stands.
    """

    def __init__(
        self, net: Net, standing: Standing, late: Mapping[str, Any] | None = None, late_at: str = ""
    ) -> None:
        """Start where the deal stands."""
        super().__init__(net.memory, standing.marking, _NOTHING, ())
        self._net = net
        self.values = dict(standing.past.values)
        self.counts = dict(standing.past.counts)
        self.visited = set(standing.past.visited)
        self.known = [dict(self.values)]
        self.unfilled: dict[str, frozenset[str]] = {}
        self._late = late or {}
        self._late_at = late_at

    @property
    def past(self) -> Past:
        """What the deal knows and did by now."""
        return Past(FrozenMap(self.values), FrozenMap(self.counts), frozenset(self.visited))

    def end_with(self, node: Node, result: str) -> None:
        """A visit ends with a result."""
        self.drop(node.active)
        self.take(node, result)

    def take(self, node: Node, result: str) -> None:
        """The deal leaves a node by a result, unless it does nothing else for ever."""
        if len(self.taken) < MOST_TAKEN:
            super().take(node, result)
        else:
            self.flag(ENDLESS, node.path)

    def runs(self, lane: Lane) -> bool:
        """Whether a branch runs for this deal."""
        holds, unfilled = judged(self._net, lane.path, lane.block.prefix, self.past)
        if unfilled:
            self.unfilled[lane.path] = unfilled
        return holds

    def count(self, way: Way) -> None:
        """Count a result that is taken."""
        self.counts[way.path] = self.counts.get(way.path, 0) + 1

    def set(self, way: Way) -> None:
        """Write the fields that a result sets, all from what was known before."""
        past = self.past
        for field, expression in way.result.set.items():
            if expression is None:
                self.values.setdefault(field, True)
                continue
            value, unfilled = evaluate(expression, past.values)
            if unfilled:
                self.unfilled[way.path] = self.unfilled.get(way.path, frozenset()) | unfilled
            if value is not None:
                self.values[field] = value

    def fill(self, path: str) -> None:
        """Fill what a result captures; it is the last that it writes."""
        if path == self._late_at:
            self.values |= self._late
        self.known.append(dict(self.values))

    def visit(self, node: Node) -> None:
        """Remember that a node was entered."""
        self.visited.add(node.path)

    def remembered(self) -> Hashable:
        """What the deal knows and did, as one value."""
        return self.past
