"""The states that a file means by the places of a deal."""

from collections.abc import Iterable, Sequence

from salesflow.changes.running.naming import Spot
from salesflow.changes.running.standing import Standing, open_visits
from salesflow.process.places import Lane, Node

Spots = tuple[Spot, ...]  # what one name means: any of them
_NONE: frozenset[str] = frozenset()


class Finding:
    """Looks up states of a version by the places that a file names.

    A deal is where the file says, and nowhere else but where nobody needs to write it down: at the
    first step of a branch that has not begun. Branches not named may also have finished or been
    skipped, and arrivals may wait. Only if the version has no such state, other steps may be open
    as well. A file that tells ``whole`` rows, for it has deals in several places, is taken at its
    word: then a deal is nowhere else at all, if the version has such a state.
    """

    def __init__(self, standing: Standing) -> None:
        """Find the steps that come first."""
        self.standing = standing
        self.layout = standing.net.layout
        self._first = _first_steps(self.layout.nodes.values())

    def found(self, places: Sequence[Spots], *, whole: bool = False) -> dict[int, frozenset[str]]:
        """Numbers of states, each with the steps open in it that are not begun and not named."""
        narrowest = min((self._holding(spots) for spots in places), key=len)
        stands = self.standing.stands
        every: dict[int, frozenset[str]] = {}
        apart: dict[int, frozenset[str]] = {}
        exact: dict[int, frozenset[str]] = {}
        for number in sorted(narrowest):
            marking = stands[number].state.marking
            if all(self._meant(spots, number, marking) for spots in places):
                unnamed = self._unnamed(places, marking)
                every[number] = unnamed & self._first
                if unnamed <= self._first:
                    apart[number] = unnamed
                if not unnamed:
                    exact[number] = unnamed
        return (exact if whole else {}) or apart or every

    def _holding(self, spots: Spots) -> set[int]:
        """Numbers of the states in which a deal may be at one of some places."""
        found: set[int] = set()
        for spot in spots:
            if spot.kind == "stage":
                found.update(self.standing.showing.get(spot.path, ()))
            else:
                for place in self._tokens(spot):
                    found.update(self.standing.holding.get(place, ()))
        return found

    def _tokens(self, spot: Spot) -> tuple[int, ...]:
        if spot.kind == "outcome":
            return (self.layout.ends[spot.path],)
        if spot.kind == "branch":
            return (self.layout.lanes[spot.path].runs,)
        node = self.layout.nodes[spot.path]
        return (node.active, node.stuck)

    def _meant(self, spots: Spots, number: int, marking: tuple[int, ...]) -> bool:
        return any(self._at(spot, number, marking) for spot in spots)

    def _at(self, spot: Spot, number: int, marking: tuple[int, ...]) -> bool:
        if spot.kind == "stage":
            return self.standing.stands[number].stage == spot.path
        if spot.kind == "branch" and self.layout.lanes[spot.path].finished in marking:
            return False
        return any(place in marking for place in self._tokens(spot))

    def _unnamed(self, places: Sequence[Spots], marking: tuple[int, ...]) -> frozenset[str]:
        """Steps that are open without being at a place that was named."""
        named = [spot for spots in places for spot in spots]
        if any(spot.kind == "stage" for spot in named):
            return _NONE
        homes: list[Node | Lane] = [
            self.layout.lanes[s.path] if s.kind == "branch" else self.layout.nodes[s.path]
            for s in named
            if s.kind != "outcome"
        ]
        visits = open_visits(self.standing.net, marking)
        return frozenset(
            node.path
            for node in visits
            if not any(home.first <= node.first < home.last for home in homes)
        )


def _first_steps(nodes: Iterable[Node]) -> frozenset[str]:
    """Steps at which a thread begins: of a branch, or behind a result with several targets."""
    waiting: list[Node] = []
    for node in nodes:
        waiting.extend(lane.start for lane in node.lanes)
        for way in node.results.values():
            if len(way.targets) > 1:
                waiting.extend(t for t in way.targets if isinstance(t, Node) and not t.waiting)
    found: set[str] = set()
    for node in waiting:  # grows while it is walked
        if node.path not in found:
            found.add(node.path)
            waiting.extend([node.start] if node.start is not None else [])
    return frozenset(found)
