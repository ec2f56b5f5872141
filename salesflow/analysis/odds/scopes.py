"""Where deals are while they are followed: spots, and the scopes that these lie in."""

from typing import Any

from salesflow.analysis.odds.memory import Key
from salesflow.analysis.odds.view import NO_KEYS, View, Views, at
from salesflow.process.steps import DONE, LEAVE, Result, Step, Work

STUCK = ""  # the end of a deal that nothing takes on
Keys = frozenset[Key]


class Scope:
    """The deal itself, a branch of a block or a run: ``outer`` is what is read after a run."""

    def __init__(self, view: View, prefix: str = "", outer: Keys = NO_KEYS) -> None:
        """Nothing is known of its spots yet."""
        self.view = view
        self.prefix = prefix
        self.outer = outer
        self.spots: dict[str, Spot] = {}
        self.outcomes = view.process.outcomes

    def spot(self, node: str) -> "Spot":
        """The spot of a step."""
        if node not in self.spots:
            self.spots[node] = Spot(self.view.process.nodes[node], self)
        return self.spots[node]

    def kept(self, place: str) -> Keys:
        """What must be remembered at a place."""
        return at(self.prefix, self.view.ahead(place)) | self.outer

    def place(self, target: str, result: Result) -> str:
        """Where a target lies."""
        if target not in (DONE, LEAVE):
            return target
        step = self.view.process.nodes[result.node.rpartition(".")[0]]
        block = step.scope.rpartition(".")[0]
        return f"{block}.{DONE if target == DONE else result.id}"


class Spot:
    """A step where a deal can be; ``path`` has the runs it lies in in front."""

    def __init__(self, step: Step, scope: Scope) -> None:
        """What is read from here on, and, where nothing but shares decides, how it goes on."""
        self.step = step
        self.scope = scope
        self.path = scope.prefix + step.node
        self.kept = scope.kept(step.node)
        self.chosen = (*step.chosen(),)
        self.otherwise = next((r for r in step.next.values() if r.otherwise), None)
        self.fresh = True  # nobody has looked yet whether it is plain
        self.ways: tuple[tuple[float, Result], ...] | None = None

    def is_plain(self, views: Views) -> bool:
        """Whether nothing is remembered here, nor the deal's worth changed, and shares decide."""
        step, view = self.step, self.scope.view
        if not isinstance(step, Work) or step.node in view.looked_for or step.node in view.reads:
            return False
        matters: Any = views.fields if views.value is None else views.fields | {views.value}
        written = {*step.captures}
        for result in self.chosen:
            if result.when is not None or result.at_most is not None:
                return False
            if result.node in view.watched:
                return False
            written.update(result.set, result.captures)
        return bool(self.chosen) and not written & matters
