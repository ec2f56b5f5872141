"""Which of its results a visit ends with, and what conditions say of a deal."""

from collections.abc import Iterable
from typing import TypeAlias

from salesflow.simulation.codes import value_of
from salesflow.simulation.engine_python.state import Deal, Visit
from salesflow.simulation.engine_python.visits import Visits
from salesflow.simulation.program import Lane, Node, Program, Way

Odds: TypeAlias = tuple[tuple[int, float, bool], ...]  # of ways: shares up to it, if it has one


class Chooser:
    """Chooses among the results that are enabled, by their shares."""

    def __init__(self, program: Program, visits: Visits) -> None:
        """Work out the odds that are always the same."""
        self.program = program
        self.visits = visits
        self.values = [value_of(code) for code in program.codes]
        self.odds = [_odds(program, node) for node in program.nodes]

    def choose(self, visit: Visit) -> int:
        """One of the results that are enabled, -1 where none is."""
        odds = self.odds[visit.at]
        if odds:
            return self._pick(visit, odds)
        node, deal = visit.node, visit.deal
        first = node.first_way
        enabled = [way for way in range(first, first + node.chosen) if self._enabled(way, deal)]
        if len(enabled) == 1:
            return enabled[0]
        if not enabled:
            return node.otherwise
        ways = self.program.ways
        weights = [ways[way].share for way in enabled]
        if min(weights) < 0:
            weights = [1.0] * len(weights)
        return self._pick(visit, _reached(enabled, weights))

    def _pick(self, visit: Visit, odds: Odds) -> int:
        """One of several results by their shares, -1 where all are 0."""
        if len(odds) == 1:
            return odds[0][0]
        if visit.choice is None:
            visit.choice = self.visits.draws(visit)[2]
        x, last = visit.choice * odds[-1][1], -1
        for way, reached, possible in odds:
            if possible:
                if x < reached:
                    return way
                last = way
        return last

    def _enabled(self, way: int, deal: Deal) -> bool:
        row = self.program.ways[way]
        if row.at_most >= 0 and deal.counts[row.counter] >= row.at_most:
            return False
        return self.holds(row, deal)

    def holds(self, row: Way | Lane, deal: Deal) -> bool:
        """Whether the condition of a way or a branch is true; it is where there is none."""
        return row.guard < 0 or bool(self.values[row.guard](deal))


def _odds(program: Program, node: Node) -> Odds:
    """The odds of a node whose results are always enabled, all of them; none of another one."""
    ways = range(node.first_way, node.first_way + node.chosen)
    rows = program.ways[node.first_way : node.first_way + node.chosen]
    if any(row.guard >= 0 or row.at_most >= 0 for row in rows):
        return ()
    weights = [row.share for row in rows]
    return _reached(ways, weights if min(weights, default=0.0) >= 0 else [1.0] * len(weights))


def _reached(ways: Iterable[int], weights: Iterable[float]) -> Odds:
    """Results with their shares summed up, and whether they have any."""
    odds, reached = [], 0.0
    for way, weight in zip(ways, weights, strict=True):
        reached += weight
        odds.append((way, reached, weight > 0))
    return tuple(odds)
