"""Forget what can no longer matter: the values, counts and visits nothing ahead looks at.

Exact: two states that differ only in what no node ahead of a token looks at behave alike from then
on. It is what keeps processes with many decisions small.
"""

from collections.abc import Iterable, Iterator

from salesflow.expressions import Expression
from salesflow.process.memory import Data
from salesflow.process.net import Net, State
from salesflow.process.places import Lane, Node, Way
from salesflow.process.steps import DONE, LEAVE


class Forgetting:
    """Maps a state to the one that stands for all that behave like it from here on."""

    def __init__(self, net: Net) -> None:
        """Find what lies ahead of every place."""
        self._memory = net.memory
        ahead = _ahead(net)
        self._by_node = ahead
        self._blank = net.memory.nothing
        lanes = net.layout.lanes
        always = 0
        for guard in net.memory.watched.values():
            always |= guard.looks_at
        self._always = always
        self._ahead = [
            ahead.get(lanes[p.node].block.path if p.node in lanes else p.node, 0)
            for p in net.layout.places
        ]
        self._kept: dict[tuple[int, ...], int] = {}

    def ahead_of(self, node: Node) -> int:
        """All that a node, what lies in it and what can come after it look at, as bits."""
        return self._by_node[node.path] | self._always

    def after(self, way: Way) -> int:
        """All that a result and what can come after it look at, as bits."""
        bits = self._always
        for writing in self._memory.sets.get(way.path, ()):
            bits |= writing.looks_at
        for other in _led_to(way):
            bits |= self._by_node[other.path]
        return bits

    def __call__(self, state: State) -> State:
        """The state without what no longer matters."""
        if self._blank:
            return state
        marking, data = state
        kept = self._kept.get(marking)
        if kept is None:
            kept = self._always
            for place in marking:
                kept |= self._ahead[place]
            self._kept[marking] = kept
        return State(marking, kept_of(data, kept))


def kept_of(data: Data, bits: int) -> Data:
    """A deal's data without what is not in ``bits``."""
    fields = tuple(v if bits >> at & 1 else 0 for at, v in enumerate(data.fields))
    bits >>= len(fields)
    counts = tuple(v if bits >> at & 1 else 0 for at, v in enumerate(data.counts))
    return Data(fields, counts, data.visits & (bits >> len(counts)))


def spared_limits(net: Net) -> frozenset[str]:
    """Results whose ``at_most`` need not be counted to find what is surely right.

    Their step has another result that is always enabled, or enabled when no other is, so that the
    limit never leaves a deal stuck, and no condition asks how often they were taken.
    """
    asked = {
        path
        for way in net.layout.ways()
        for path in (way.node.prefix + name for name in _counted(way.result.when))
    }
    asked |= {name for expression in net.memory.watched for name in expression.results}
    for lane in net.layout.lanes.values():
        asked |= {lane.block.prefix + name for name in _counted(lane.branch.when)}
    return frozenset(
        way.path
        for way in net.layout.ways()
        if way.result.at_most is not None
        and way.path not in asked
        and (
            way.node.otherwise is not None
            or any(o.result.when is None and o.result.at_most is None for o in way.node.chosen)
        )
    )


def _counted(when: Expression | None) -> Iterable[str]:
    return when.results if when else ()


def _ahead(net: Net) -> dict[str, int]:
    """Node -> all that it and the nodes that can come after it look at, as bits."""
    nodes = net.layout.nodes.values()
    before: dict[str, list[str]] = {}
    ahead = {}
    for node in nodes:
        ahead[node.path] = net.memory.looks_at(node)
        for other in _after(node):
            before.setdefault(other.path, []).append(node.path)
    waiting = list(ahead)
    while waiting:
        path = waiting.pop()
        for earlier in before.get(path, ()):
            if ahead[path] & ~ahead[earlier]:
                ahead[earlier] |= ahead[path]
                waiting.append(earlier)
    return ahead


def _after(node: Node) -> Iterator[Node]:
    """The nodes that can come right after a node; a block or run comes after what is in it."""
    for lane in node.lanes:
        yield lane.start
    if node.start is not None:
        yield node.start
    for way in node.results.values():
        yield from _led_to(way)


def _led_to(way: Way) -> Iterator[Node]:
    """The nodes that a result leads to; a block or run that it ends."""
    for target in way.targets:
        if isinstance(target, Node):
            yield target
        elif target in (DONE, LEAVE) and isinstance(way.node.inside, Lane):
            yield way.node.inside.block
        elif way.node.run is not None:
            yield way.node.run
