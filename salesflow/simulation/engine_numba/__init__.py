"""The compiled engine: the same replications as the readable one, a hundred times as fast.

It needs numba (``pip install 'salesflow[fast]'``), which is imported by the first replication. That
one takes some seconds, until all is compiled; numba keeps the result on disk for the next time.
"""

from collections.abc import Callable

from salesflow.simulation.program import Program
from salesflow.simulation.tally import Tally


def play(
    program: Program,
    seed: int,
    replication: int,
    *,
    pulse: Callable[[int], None] | None = None,
    traced: bool = False,
) -> Tally:
    """What one replication counts. ``pulse`` is called with the simulated time now and then.

    ``seed`` and ``replication`` are whole numbers from 0 below 2^32. UsageError for a program with
    more departments than a word has bits.
    """
    from salesflow.simulation.engine_numba.jit import PLAY_ON  # numba takes a second to import
    from salesflow.simulation.engine_numba.playing import play_with

    return play_with(PLAY_ON, program, seed, replication, pulse=pulse, traced=traced)
