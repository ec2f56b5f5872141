"""What becomes of deals, in numbers per deal that arrives."""

from math import isfinite
from typing import Any

from salesflow.nouns import FrozenMap, Noun


class StageOdds(Noun):
    """Of all deals: the share that ever stands in a stage, and that does so and is won."""

    reached: float
    won: float

    @property
    def win_chance(self) -> float:
        """The share won of all that ever stood there, as a CRM counts it."""
        return self.won / self.reached if self.reached else 0.0


class Deals(Noun):
    """What becomes of the deals of a source, or of all: numbers per deal that arrives.

    ``outcomes`` are chances; ``stuck`` the chance that nothing takes a deal on, ``endless`` that it
    goes round for ever. ``visits`` are by the path of a step (in runs: of the run, then the step),
    ``taken`` by that of a result, both infinite in a circle that is never left. ``value`` is the
    worth of a deal, what is not won counted as nothing; None where it is not told.
    """

    outcomes: FrozenMap[str, float] = FrozenMap()
    won: float = 0.0
    lost: float = 0.0
    stuck: float = 0.0
    visits: FrozenMap[str, float] = FrozenMap()
    taken: FrozenMap[str, float] = FrozenMap()
    value: float | None = None
    stages: FrozenMap[str, StageOdds] = FrozenMap()

    @property
    def endless(self) -> float:
        """The chance that a deal goes round for ever."""
        rest = 1.0 - self.stuck - sum(self.outcomes.values())
        return rest if rest > 1e-9 else 0.0

    @property
    def win_rate(self) -> float | None:
        """Won of won and lost; None where no deal is ever either."""
        judged = self.won + self.lost
        return self.won / judged if judged else None

    @property
    def value_per_won(self) -> float | None:
        """The mean worth of a won deal."""
        return self.value / self.won if self.value is not None and self.won else None

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape: win_rate, value (null where not told), outcomes, stuck, visits.

        Ten digits of each number; null for what never ends.
        """
        return {
            "win_rate": _number(self.win_rate),
            "value": _number(self.value),
            "value_per_won": _number(self.value_per_won),
            "outcomes": {name: _number(share) for name, share in self.outcomes.items()},
            "stuck": _number(self.stuck),
            "visits": {path: _number(number) for path, number in sorted(self.visits.items())},
        }


def _number(value: float | None) -> float | None:
    """Ten digits: machines do not agree on the last ones."""
    return float(f"{value:.10g}") if value is not None and isfinite(value) else None
