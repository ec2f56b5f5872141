"""Steps that are certain to be open at once: in two branches that always run, or two threads."""

from collections import Counter
from functools import cached_property

from salesflow.changes.statements.free import Free
from salesflow.changes.statements.versions import Version
from salesflow.process.steps import Block


class Together:
    """What of one version needs no game: nothing on the ways to both is asked or waited for."""

    def __init__(self, version: Version) -> None:
        """Nothing is walked yet."""
        self.version = version

    def both(self, one: int, other: int) -> bool:
        """Whether two spots can be open at once, as far as it is plain to see."""
        return self._in_branches(one, other) or self._in_threads(one, other)

    def _in_branches(self, one: int, other: int) -> bool:
        if one not in self.version.free or other not in self.version.free:
            return False
        spots = self.version.chart.spots
        ways = [self._around(spot) for spot in (one, other)]
        shared = next((spot for spot in ways[0] if spot in ways[1]), -1)
        return shared >= 0 and isinstance(spots[shared].thing, Block)

    def _around(self, spot: int) -> list[int]:
        found = [spot]
        while self.version.chart.spots[found[-1]].around >= 0:
            found.append(self.version.chart.spots[found[-1]].around)
        return found

    def _in_threads(self, one: int, other: int) -> bool:
        """One walks on its way, then the other on its own: they share no step."""
        return any(
            split == other_split and thread != other_thread
            for split, thread in self._threads.get(one, ())
            for other_split, other_thread in self._threads.get(other, ())
        )

    @cached_property
    def _threads(self) -> dict[int, list[tuple[int, int]]]:
        """Spot -> the splits, and which of their targets alone leads there freely."""
        chart = self.version.chart
        found: dict[int, list[tuple[int, int]]] = {}
        for number, split in enumerate(chart.splits):
            if not split.free or split.start not in self.version.free:
                continue
            walk = Free(chart)
            threads = [
                {point for point in walk.on_from(end) if point < len(chart.spots)}
                for end in split.ends
                if end not in chart.waits
            ]
            self.version.points -= walk.steps
            if self.version.points <= 0:
                return found
            count = Counter(spot for spots in threads for spot in spots)
            for thread, spots in enumerate(threads):
                if all(count[spot] == 1 for spot in spots):
                    for spot in spots:
                        found.setdefault(spot, []).append((number, thread))
        return found
