"""How a process behaves: every way in which a deal can get stuck, proved or with a run.

docs/design/behaviour.md tells how that is found.
"""

from salesflow.analysis.flow import Flow
from salesflow.analysis.plain import plainly_sound
from salesflow.analysis.verdict import Verdict
from salesflow.process.model import Process

BUDGET = 40_000  # moves tried in each pass
SHORTEST = 5_000  # moves tried to find the shortest runs


def behaviour(
    process: Process,
    *,
    flow: Flow | None = None,
    budget: int = BUDGET,
    shortest: int = SHORTEST,
) -> Verdict:
    """All that goes wrong in any run of a process.

    With its ``flow`` a process without conditions and meeting points is proved by that alone; steps
    that no way leads to are left to the rules of structure then. ``budget`` is the number of moves
    to try in each pass, ``shortest`` that for a walk through the whole game once something is wrong
    (0: runs need not be the shortest).
    """
    if flow is not None and plainly_sound(process, flow):
        return Verdict()
    from salesflow.analysis.behaviour.judge import judged  # the token game is slow to import

    return judged(process, budget=budget, shortest=shortest)
