"""Two walks through a whole game: without the limits that can be spared, then with all of them.

What the engine does part by part, written down flat: so the laws of ``spared_limits`` can be held.
"""

from typing import NamedTuple

from salesflow.analysis.explore import BUDGET, Exploration, explore
from salesflow.analysis.forget import Forgetting, spared_limits
from salesflow.process.model import Process
from salesflow.process.net import Net


class Search(NamedTuple):
    """``first`` leaves out limits that can be spared, ``second`` none.

    Without ``second`` nothing was found, and that is a proof. What ``first`` never saw never
    happens. What it found is real where ``second`` finds it too.
    """

    first: Exploration
    second: Exploration | None

    @property
    def complete(self) -> bool:
        return self.second is None or self.second.complete


def clean(found: Exploration) -> bool:
    """Whether it was walked to the end and nothing at all is wrong."""
    wrong = (found.faults, found.idle, found.timed, found.trapped)
    return found.complete and not any(wrong)


def search(process: Process, *, budget: int = BUDGET) -> Search:
    """``budget`` is the number of moves to try in each walk."""
    net = Net(process)
    spared = spared_limits(net)
    loose = net.sparing(spared) if spared else net
    first = explore(loose, budget=budget, forget=Forgetting(loose))
    if clean(first) or not spared:
        return Search(first, None if clean(first) else first)
    return Search(first, explore(net, budget=budget, forget=Forgetting(net)))
