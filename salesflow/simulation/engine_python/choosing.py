"""Which of its results a visit ends with, and what conditions say of a deal."""

from salesflow.simulation.engine_python.plans import Turn, reached
from salesflow.simulation.engine_python.state import Deal, Visit
from salesflow.simulation.philox import RoundKeys, uniforms


class Chooser:
    """Chooses among the results that are enabled, by their shares."""

    def __init__(self, keys: RoundKeys) -> None:
        """With the random numbers of a replication."""
        self.keys = keys

    def choose(self, visit: Visit) -> Turn | None:
        """One of the results that are enabled, none where none is."""
        step = visit.step
        odds = step.odds
        if not odds:
            enabled = [turn for turn in step.turns if _enabled(turn, visit.deal)]
            if not enabled:
                return step.otherwise
            odds = reached(enabled)
            if not odds:
                return None
        if len(odds) == 1:
            return odds[0][0]
        x = (self._uniform(visit) if visit.choice is None else visit.choice) * odds[-1][1]
        for turn, up_to in odds:
            if x < up_to:
                return turn
        return odds[-1][0]

    def _uniform(self, visit: Visit) -> float:
        """The random number of a choice, where none was drawn with the times."""
        deal = visit.deal
        return uniforms(visit.step.key, deal.source_key, deal.serial, visit.number, self.keys)[2]


def _enabled(turn: Turn, deal: Deal) -> bool:
    row = turn.row
    if row.at_most >= 0 and deal.counts[row.counter] >= row.at_most:
        return False
    return turn.guard is None or bool(turn.guard(deal))
