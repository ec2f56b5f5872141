"""Runs that are certain to be possible: only ways that a deal can always go.

A block is passed where each of its branches can be. Several targets are not free: whether their
threads meet again is for the token game to say.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from salesflow.changes.statements.chart import Chart
from salesflow.process.steps import DONE, Block

Came: TypeAlias = Mapping[int, tuple[int, str]]  # point -> the one before and what was taken


class Free:
    """The points of a chart that are come to freely without some spots."""

    def __init__(self, chart: Chart, avoided: Collection[int] = ()) -> None:
        """Nothing is walked yet."""
        self.chart = chart
        self.avoided = avoided
        self.steps = 0  # points looked at
        self._passed: dict[int, bool] = {}

    def reached(self) -> Came:
        """All points from the sources on, the nearest first."""
        sources = sorted(self.chart.process.sources.items())
        starts = {self.chart.at[source.start]: (-1, source.id) for _, source in reversed(sources)}
        return self._walk(starts)

    def on_from(self, spot: int) -> Came:
        """All points from one on."""
        return self._walk({spot: (-1, "")})

    def round(self, spot: int) -> tuple[str, ...] | None:
        """What is taken on the shortest free way from a spot back to it."""
        came = self._walk({end: (-1, via) for end, via in self._next(spot)})
        return run_to(came, spot) if spot in came else None

    def _walk(self, starts: Mapping[int, tuple[int, str]], *, within: int = -1) -> Came:
        """Breadth first; in a branch not on to what its block does next."""
        came = {point: how for point, how in starts.items() if point not in self.avoided}
        waiting = deque(came)
        owners = self.chart.owners
        while waiting:
            point = waiting.popleft()
            self.steps += 1
            for end, via in self._next(point):
                if end not in came and end not in self.avoided:
                    if within >= 0 and owners[end] == within:
                        continue
                    came[end] = (point, via)
                    waiting.append(end)
        return came

    def _next(self, point: int) -> Iterator[tuple[int, str]]:
        for way in self.chart.ways[point]:
            if way.free:
                yield way.end, way.via
        if point < len(self.chart.spots):
            spot = self.chart.spots[point]
            if isinstance(spot.thing, Block) and self.passes(point):
                yield self.chart.points["result", f"{spot.path}.{DONE}"], ""

    def passes(self, block: int) -> bool:
        """Whether each branch of a block can freely be done, so that the block is."""
        if block not in self._passed:
            self._passed[block] = False
            self._passed[block] = all(
                self.chart.points["done", self.chart.spots[lane].path]
                in self._walk({lane: (-1, "")}, within=block)
                for lane in self._lanes(block)
            )
        return self._passed[block]

    def _lanes(self, block: int) -> list[int]:
        path, thing = self.chart.spots[block].path, self.chart.spots[block].thing
        names = thing.branches if isinstance(thing, Block) else ()
        return [self.chart.at[f"{path}.{name}"] for name in sorted(names)]


def run_to(came: Came, point: int) -> tuple[str, ...]:
    """The way to a point: the source, the results and branches taken."""
    taken: list[str] = []
    while point >= 0:
        point, via = came[point]
        if via:
            taken.append(via)
    return tuple(reversed(taken))


def on_the_way(came: Came, points: Iterable[int]) -> set[int]:
    """The points on the ways to some, themselves included."""
    found: set[int] = set()
    for point in points:
        at = point
        while at >= 0 and at not in found:
            found.add(at)
            at = came[at][0]
    return found
