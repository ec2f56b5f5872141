"""What counts as more than chance where many things are looked at (Holm).

Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6,
1979.
"""

from collections.abc import Mapping
from typing import TypeVar

from salesflow.simulation.estimates import CONFIDENCE

Key = TypeVar("Key")


def holm(chances: Mapping[Key, float], level: float = 1 - CONFIDENCE) -> frozenset[Key]:
    """Which of several findings hold, so that with chance ``level`` at most any of them is false.

    ``chances`` are those of a finding so strong if there is nothing. The least is held against
    ``level`` over the number of all, the next against that over one less, up to the first that
    fails.
    """
    held: list[Key] = []
    for key in sorted(chances, key=lambda key: chances[key]):
        if chances[key] > level / (len(chances) - len(held)):
            break
        held.append(key)
    return frozenset(held)
