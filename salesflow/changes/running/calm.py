"""A quick proof that nothing can go wrong, scope by scope, whatever results are taken.

A scope (the deal, a branch, a run) is played by itself: a step in it may take any of its results, a
block or a run too. So more can happen than in the game; if no step begins twice and nothing is left
over even so, nothing ever is. Branches of a very wide block need not be played together for it.
"""

from collections.abc import Collection, Iterable, Iterator

from salesflow.changes.running.budgets import Budget, SpentError
from salesflow.process.model import GONE, Outcome
from salesflow.process.net import Net
from salesflow.process.places import AT, FROM, OPEN, STUCK, Lane, Node, Way
from salesflow.process.steps import DONE, LEAVE

Tokens = frozenset[int]


class Calm:
    """Knows markings from which surely nothing goes wrong."""

    def __init__(self, net: Net, budget: Budget) -> None:
        """Nothing is tried yet."""
        self.net = net
        self._budget = budget
        self._sound = all(_handled(way) for way in net.layout.ways())
        self._known: dict[tuple[str, Tokens], bool] = {}
        self._begun: bool | None = None
        ways = net.layout.ways()
        self._splitting = {_home(way.node) for way in ways if len(way.targets) > 1}

    def surely(self, marking: Iterable[int]) -> bool:
        """Whether it is proved that nothing can go wrong from a marking on."""
        if not self._sound:
            return False
        try:
            if self._begun is None:
                self._begun = all(self._quiet(path, start) for path, start in self._beginnings())
            return self._begun and all(self._quiet(*scope) for scope in self._scopes(marking))
        except SpentError:
            return False

    def _beginnings(self) -> Iterator[tuple[str, Tokens]]:
        """Every branch and run as it begins."""
        for lane in self.net.layout.lanes.values():
            yield lane.path, frozenset({lane.start.active})
        for node in self.net.layout.nodes.values():
            if node.start is not None:
                yield node.path, frozenset({node.start.active})

    def _scopes(self, marking: Iterable[int]) -> Iterator[tuple[str, Tokens]]:
        layout = self.net.layout
        found: dict[str, set[int]] = {}
        for number in marking:
            place = layout.places[number]
            if place.kind in (AT, STUCK, OPEN, FROM):
                node = layout.nodes[place.node]
                token = number if place.kind == FROM else node.active
                found.setdefault(_home(node), set()).add(token)
        return ((home, frozenset(tokens)) for home, tokens in found.items())

    def _quiet(self, home: str, start: Tokens) -> bool:
        """Whether a scope can be played to its end in every way."""
        if len(start) == 1 and home not in self._splitting:
            return True
        if (home, start) not in self._known:
            seen = self._played(home, start)
            self._known[home, start] = bool(seen)
            self._known.update(dict.fromkeys(((home, tokens) for tokens in seen), True))
        return self._known[home, start]

    def _played(self, home: str, start: Tokens) -> Collection[Tokens]:
        """All that comes after some tokens, nothing where something goes wrong."""
        seen = {start}
        waiting = [start]
        for here in waiting:  # grows while it is walked
            for after in self._after(here):
                self._budget.spend()
                known = None if after is None else self._known.get((home, after))
                if after is None or known is False:
                    return ()
                if known is None and after not in seen:
                    seen.add(after)
                    waiting.append(after)
        return seen

    def _after(self, here: Tokens) -> Iterator[Tokens | None]:
        """What can come next; None: something goes wrong. An end is not told."""
        layout = self.net.layout
        for number in here:
            place = layout.places[number]
            node = layout.nodes[place.node]
            if place.kind != FROM:
                for way in node.results.values():
                    yield from _taken(way, here - {number})
            elif here.issuperset(node.waiting.values()):
                yield _entered(node, here.difference(node.waiting.values()))


def _taken(way: Way, rest: Tokens) -> Iterator[Tokens | None]:
    tokens: Tokens | None = rest
    for target in way.targets:
        if target == LEAVE:
            return
        if target == DONE or isinstance(target, Outcome):
            left = rest or len(way.targets) > 1
            if left and not (isinstance(target, Outcome) and target.kind in GONE):
                yield None
            return
        if isinstance(target, Node) and tokens is not None:
            tokens = _arrived(way.node, target, tokens)
    yield tokens


def _arrived(origin: Node, node: Node, tokens: Tokens) -> Tokens | None:
    if not node.waiting:
        return _entered(node, tokens)
    place = node.waiting[origin.path]
    return None if place in tokens else tokens | {place}


def _entered(node: Node, tokens: Tokens) -> Tokens | None:
    return None if node.active in tokens else tokens | {node.active}


def _home(node: Node) -> str:
    return node.inside.path if node.inside is not None else ""


def _handled(way: Way) -> bool:
    """Whether what a result leads out of says how it goes on from there."""
    node, home = way.node, way.node.inside
    if node.timer is not None and node.timer not in node.results:
        return False
    for target in way.targets:
        if isinstance(target, Outcome) and node.run is not None:
            if target.id not in node.run.results:
                return False
        elif isinstance(home, Lane) and target in (DONE, LEAVE):
            name = DONE if target == DONE else way.result.id
            if name not in home.block.results:
                return False
    return True
