"""Both versions side by side, their steps and branches under common numbers."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from salesflow.analysis.graphs import reached
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.statements.beside import side_by_side
from salesflow.changes.statements.chart import Chart
from salesflow.changes.statements.free import Came, Free, on_the_way, run_to
from salesflow.changes.statements.game import FAR, Game
from salesflow.changes.statements.must import NEVER, passed
from salesflow.process.model import Process
from salesflow.process.net import State

_BUDGET = 6_000  # moves of the token game for one version
_MOST_STEPS = 1_500  # of a process that is laid as a token game
_MOST_POINTS = 100_000  # looked at for free ways in one version


class Run(NamedTuple):
    """What a deal takes on its way, and the numbers of the spots that it may touch."""

    taken: tuple[str, ...]
    touched: frozenset[int]


class Version:
    """One version: its chart, and what is known of it. ``numbers`` are those of its spots."""

    def __init__(self, chart: Chart, numbers: list[int]) -> None:
        """Nothing is worked out yet."""
        self.chart = chart
        self.numbers = numbers
        self.bits = [1 << number for number in numbers]
        self.spot_of: Mapping[int, int] = {number: n for n, number in enumerate(numbers)}
        self.game = Game(chart, _BUDGET if len(chart.spots) <= _MOST_STEPS else 0)
        self.points = _MOST_POINTS
        self.come: dict[int, bool] = {}  # spots that the token game was asked for
        self._behind: dict[int, set[int]] = {}

    def path(self, number: int) -> str:
        """The short path of the spot of a number."""
        return self.chart.spots[self.spot_of[number]].path

    def bits_of(self, spots: Iterable[int]) -> int:
        """The bits of some spots."""
        bits = 0
        for spot in spots:
            bits |= self.bits[spot]
        return bits

    @cached_property
    def passed(self) -> list[int]:
        """Point -> bits of what every deal that comes there has passed."""
        return passed(self.chart, self.bits)

    @cached_property
    def beside(self) -> list[int] | None:
        """Spot -> bits of what may be open beside it; None where that is too much work."""
        return side_by_side(self.chart, self.bits)

    @cached_property
    def free(self) -> Came:
        """Where deals can always come to."""
        return self.freely(())

    def freely(self, avoided: Iterable[int]) -> Came:
        """Where deals can always come to without some spots; nowhere once the budget is spent."""
        if self.points <= 0:
            return {}
        walk = Free(self.chart, frozenset(avoided))
        came = walk.reached()
        self.points -= walk.steps
        return came

    @cached_property
    def must(self) -> int:
        """Bits of what every deal that is won has passed; ``NEVER`` where none can be won."""
        common = NEVER
        for end in self.chart.won():
            common &= self.passed[end]
        return common

    def winning(self, avoided: Sequence[int] = ()) -> Run | None:
        """A run that is won, without some spots; None if none is found."""
        return self.run_to(self.chart.won(), avoided)

    def run_to(self, points: Sequence[int], avoided: Sequence[int] = ()) -> Run | None:
        """A run to the nearest of some points, which are results of blocks, or ends."""
        came = self.freely(avoided) if avoided else self.free
        found = [point for point in points if point in came]
        if found:
            nearest = found[0]
            if len(found) > 1:
                nearest = min(found, key={point: n for n, point in enumerate(came)}.__getitem__)
            taken = (*run_to(came, nearest), *self._end(nearest))
            return Run(taken, self._touched(came, nearest))
        return self._played(points, avoided)

    def _end(self, point: int) -> tuple[str, ...]:
        """What a point is called as the last of a run: an outcome or a result of a block."""
        return tuple(name for (_, name), other in self.chart.points.items() if other == point)

    def _touched(self, came: Came, end: int) -> frozenset[int]:
        points = on_the_way(came, [end])
        spots = self.chart.spots
        touched = {self.chart.owners[point] for point in points if point in came} - {-1}
        crossed = {
            join.block
            for done, join in self.chart.joins.items()
            if done in points and came[done] == (join.block, "")
        }
        if crossed:
            for spot in range(len(spots)):  # what lies in a spot comes after it
                if spots[spot].around in crossed:
                    crossed.add(spot)
        return frozenset(self.numbers[spot] for spot in touched | crossed)

    def _played(self, points: Sequence[int], avoided: Sequence[int]) -> Run | None:
        """The same by the token game, which knows conditions, limits and meeting points."""
        if self.game.left <= 0:
            return None
        net = self.game.net
        ends = {net.layout.ends[name] for name, end in self.chart.ends.items() if end in points}
        results = {name for (kind, name), p in self.chart.points.items() if p in set(points)}
        distances = self.game.distances(points, avoided)

        def there(state: State, taken: tuple[str, ...]) -> bool:
            ended = len(state.marking) == 1 and state.marking[0] in ends
            return ended or not results.isdisjoint(taken)

        def far(marking: Sequence[int]) -> int:
            return sum(distances[place] for place in marking)

        shut = [self.chart.spots[spot].path for spot in avoided]
        found = self.game.find(there, far, avoided=shut)
        if found is None:
            return None
        last = found.state.marking[0] if found.state.marking else -1
        ended = [name for name, place in net.layout.ends.items() if place == last]
        return Run((*found.run, *ended), self._taking(found.run))

    def _taking(self, run: Iterable[str]) -> frozenset[int]:
        """The numbers of the steps of a run, and of all that they lie in."""
        found: set[int] = set()
        for path in run:
            spot = self.chart.at.get(path.rpartition(".")[0], -1)
            while spot >= 0 and self.numbers[spot] not in found:
                found.add(self.numbers[spot])
                spot = self.chart.spots[spot].around
        return frozenset(found)

    def behind(self, spot: int) -> set[int]:
        """The points that a deal may come to after a spot, be it by what else its block does."""
        found = self._behind.get(spot)
        if found is None:
            starts = [way.end for way in self.chart.ways[spot]]
            around = self.chart.spots[spot].around
            while around >= 0:
                starts += self._results.get(around, ())
                around = self.chart.spots[around].around
            found = self._behind[spot] = reached(starts, self._after)
        return found

    @cached_property
    def _results(self) -> dict[int, list[int]]:
        """Spot of a block or run -> the points of its results."""
        found: dict[int, list[int]] = {}
        for (kind, _), point in self.chart.points.items():
            if kind == "result":
                found.setdefault(self.chart.owners[point], []).append(point)
        return found

    @cached_property
    def _after(self) -> dict[int, list[int]]:
        return {point: [way.end for way in ways] for point, ways in enumerate(self.chart.ways)}

    def order(self, numbers: Iterable[int]) -> list[int]:
        """Numbers in the order in which deals come to their spots, as far as it is certain."""

        def place(number: int) -> tuple[int, str]:
            passed = self.passed[self.spot_of[number]]
            return (passed.bit_count() if passed != NEVER else FAR, self.path(number))

        return sorted(numbers, key=place)


class Pair(NamedTuple):
    """An old and a new version. What both have has one number, all below ``common``'s bits."""

    old: Version
    new: Version
    common: int

    @property
    def alike(self) -> bool:
        """Whether both are drawn alike, so that nothing can be proved of only one."""
        return self.old.numbers == self.new.numbers and self.old.chart.like(self.new.chart)


def pair_of(old: Process, new: Process, matching: Matching) -> Pair:
    """Both versions; steps and branches that are matched, in runs that are, share a number."""
    before, after = Chart(old), Chart(new)
    numbers: dict[str, int] = {}
    keys: list[str] = []
    for number, spot in enumerate(after.spots):
        keys.append((f"{keys[spot.run]}>" if spot.run >= 0 else "") + spot.element)
        numbers[keys[-1]] = number
    old_keys: list[str] = []
    found: list[int] = []
    for place, spot in enumerate(before.spots):
        element = matching.new_of.get(spot.element, f"-{place}")
        old_keys.append((f"{old_keys[spot.run]}>" if spot.run >= 0 else "") + element)
        found.append(numbers.setdefault(old_keys[-1], len(numbers)))
    common = 0
    for number in found:
        common |= 1 << number if number < len(keys) else 0
    return Pair(Version(before, found), Version(after, list(range(len(keys)))), common)
