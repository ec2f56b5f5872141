"""Which of its results a visit ends with, and what conditions say of a deal."""

from salesflow.simulation.engine_python.plans import Odds, Turn, reached
from salesflow.simulation.engine_python.state import Deal, Visit
from salesflow.simulation.philox import RoundKeys, uniforms


class Chooser:
    """Chooses among the results that are enabled, by their shares."""

    def __init__(self, keys: RoundKeys) -> None:
        """With the random numbers of a replication."""
        self.keys = keys

    def choose(self, visit: Visit) -> Turn | None:
        """One of the results that are enabled, none where none is."""
        step, deal = visit.step, visit.deal
        odds = step.odds
        if not odds:
            enabled = [turn for turn in step.turns if _enabled(turn, deal)]
            if len(enabled) == 1:
                return enabled[0]
            if not enabled:
                return step.otherwise
            odds = reached(enabled)
        if len(odds) == 1:
            return odds[0][0]
        if visit.choice is None:
            visit.choice = uniforms(
                step.key, deal.source_key, deal.serial, visit.number, self.keys
            )[2]
        return _pick(visit.choice, odds)


def _pick(u: float, odds: Odds) -> Turn | None:
    """One of several results by their shares, none where all are 0."""
    x, last = u * odds[-1][1], None
    for turn, up_to, possible in odds:
        if possible:
            if x < up_to:
                return turn
            last = turn
    return last


def _enabled(turn: Turn, deal: Deal) -> bool:
    row = turn.row
    if row.at_most >= 0 and deal.counts[row.counter] >= row.at_most:
        return False
    return turn.guard is None or bool(turn.guard(deal))
