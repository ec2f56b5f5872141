"""Which nodes of a scope may be open side by side: a set that holds at least all that can be.

Two places can hold tokens at once when one result leads to both, or when one of them is put there
while the other stays (Kovalyov and Esparza 1996, for nets in general an upper bound). What ends
threads early is left out: it can only make fewer.
"""

from collections.abc import Iterable, Sequence

from salesflow.analysis.bitsets import members
from salesflow.process.places import Node


def beside(nodes: Sequence[Node], starts: Iterable[Node] = ()) -> dict[str, set[str]]:
    """Node -> the nodes that may be open beside it. ``starts`` are all open from the beginning."""
    together = _Together(nodes)
    together.begin([together.at[node.path] for node in starts])
    together.close()
    paths = list(together.at)
    return {
        path: {paths[m] for m in members(together.beside[n]) if m < len(paths)}
        for path, n in together.at.items()
    }


class _Together:
    """Places by number, nodes first, then arrivals at meetings; sets of them are bits."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.at = {node.path: n for n, node in enumerate(nodes)}
        arrivals = {place for node in nodes for place in node.waiting.values()}
        numbers = {place: len(nodes) + n for n, place in enumerate(sorted(arrivals))}
        self.meets: dict[int, tuple[int, list[int]]] = {}  # arrival -> meeting, all its arrivals
        for node in nodes:
            waiting = [numbers[place] for place in node.waiting.values()]
            self.meets.update(dict.fromkeys(waiting, (self.at[node.path], waiting)))
        self.leads: list[list[list[int]]] = [self._ways(node, numbers) for node in nodes]
        self.beside = [0] * (len(nodes) + len(numbers))
        self.changed: list[int] = []

    def _ways(self, node: Node, numbers: dict[int, int]) -> list[list[int]]:
        ways = []
        for way in node.results.values():
            targets = [target for target in way.targets if isinstance(target, Node)]
            ways.append(
                [numbers[t.waiting[node.path]] if t.waiting else self.at[t.path] for t in targets]
            )
        return ways

    def begin(self, starts: list[int]) -> None:
        """What is open from the beginning, and what one result opens."""
        for group in (starts, *(way for ways in self.leads for way in ways if len(way) > 1)):
            bits = sum(1 << place for place in set(group))
            for place in group:
                self.add(place, bits & ~(1 << place))

    def add(self, place: int, others: int) -> None:
        """Note that others can be beside a place."""
        new = others & ~self.beside[place]
        if new:
            self.beside[place] |= new
            self.changed.append(place)
            for other in members(new):
                if not self.beside[other] >> place & 1:
                    self.beside[other] |= 1 << place
                    self.changed.append(other)

    def close(self) -> None:
        """What is beside a place stays there when its token moves on."""
        while self.changed:
            place = self.changed.pop()
            if place in self.meets:
                meeting, arrivals = self.meets[place]
                common = self.beside[place]
                for arrival in arrivals:
                    common &= self.beside[arrival]
                self.add(meeting, common)
            else:
                for way in self.leads[place]:
                    for target in way:
                        self.add(target, self.beside[place])
