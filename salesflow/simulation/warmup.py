"""How long it takes until a process that starts empty runs as it always does."""

from collections.abc import Sequence
from math import fsum, inf

from salesflow.simulation.tally import Tally

BATCH = 5  # days
LEAST = 2  # batches in half of a series


def mean_by_day(tallies: Sequence[Tally]) -> tuple[float, ...]:
    """Open deals at each midnight from the start, on average over replications."""
    days = zip(*(tally.open_by_day for tally in tallies), strict=True)
    return tuple(fsum(day) / len(tallies) for day in days)


def find_warmup(series: Sequence[float]) -> int | None:
    """How many days at the start of a series are to be left out; None where it does not settle.

    MSER-5 (White, An effective truncation heuristic for bias reduction in simulation output,
    Simulation 69, 1997; White, Cobb and Spratt, Winter Simulation Conference 2000): of the means of
    batches of five days so many are cut off at the start that the variance of the rest, divided by
    how many are left, is least. A least that lies in the second half means that there is no steady
    state within the series, or that it is too short to show it. What does not fill a batch at the
    end is left out.
    """
    starts = range(0, len(series) - BATCH + 1, BATCH)
    batches = [fsum(series[at : at + BATCH]) / BATCH for at in starts]
    half = len(batches) // 2
    if half < LEAST:
        return None
    best, least, total, squares = half, inf, 0.0, 0.0
    for cut in reversed(range(len(batches))):
        value = batches[cut] - batches[-1]  # small numbers: a level series is exactly level
        total += value
        squares += value * value
        left = len(batches) - cut
        score = max(squares - total * total / left, 0.0) / left**2
        if cut <= half and score <= least:
            best, least = cut, score
    return best * BATCH if best < half else None
