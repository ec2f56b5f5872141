"""Where deals are given up: what became a way out, and what is none any more."""

from collections.abc import Iterator

from salesflow.analysis.bitsets import members
from salesflow.changes.statements.chart import Chart
from salesflow.changes.statements.played import taking
from salesflow.changes.statements.telling import names
from salesflow.changes.statements.versions import Pair, Version
from salesflow.process.model import GONE

_MOST_TRIED = 8


def lost(pair: Pair) -> Iterator[str]:
    """Steps right behind which a deal is lost or disqualified in one version only."""
    old, new = _leading(pair.old.chart), _leading(pair.new.chart)
    for kind in sorted(GONE, reverse=True):
        now = f"A deal can now be {kind} at {{}}."
        before = f"A deal can no longer be {kind} at {{}}."
        for here, there, ways, others, sentence in (
            (pair.new, pair.old, new[kind], old[kind], now),
            (pair.old, pair.new, old[kind], new[kind], before),
        ):
            only = pair.common & here.bits_of(ways) & ~there.bits_of(others)
            found = [(number, ways[here.spot_of[number]]) for number in members(only)]
            tried = found[:_MOST_TRIED]
            certain = [number for number, results in tried if _can(here, number, results)]
            if certain:
                paths = [pair.new.path(number) for number in pair.new.order(certain)]
                yield sentence.format(names(paths))


def _leading(chart: Chart) -> dict[str, dict[int, frozenset[str]]]:
    """Kind of outcome -> step -> its results that end the deal so.

    Where a result leaves a block and the block's result ends the deal, it is the step inside that
    does.
    """
    outcomes = chart.process.outcomes
    kinds = {end: outcomes[name].kind for name, end in chart.ends.items()}
    gone = {end: kind for end, kind in kinds.items() if kind in GONE}
    leavers = _leavers(chart)
    found: dict[str, dict[int, set[str]]] = {kind: {} for kind in GONE}
    for point, ways in enumerate(chart.ways):
        for end, via, _ in ways:
            if end in gone:
                for owner, result in leavers.get(point) or [(chart.owners[point], via)]:
                    found[gone[end]].setdefault(owner, set()).add(result)
    return {
        kind: {spot: frozenset(results) for spot, results in steps.items()}
        for kind, steps in found.items()
    }


def _leavers(chart: Chart) -> dict[int, list[tuple[int, str]]]:
    """Point of a block's result -> the steps inside that leave the block by it, with the result."""
    found: dict[int, list[tuple[int, str]]] = {}
    for point in range(len(chart.ways) - 1, -1, -1):  # what leaves an inner block comes after
        owner = chart.owners[point]
        for end, via, _ in chart.ways[point]:
            if via and end >= len(chart.spots) and _leaves(chart, owner, end):
                found.setdefault(end, []).append((owner, via))
    return {point: _innermost(found, steps, chart) for point, steps in found.items()}


def _leaves(chart: Chart, owner: int, end: int) -> bool:
    """Whether what a spot leads to is a result of the block that it lies right in."""
    if owner < 0 or chart.owners[end] < 0:
        return False
    lane = chart.spots[owner].around
    block = chart.owners[end]
    return lane >= 0 and chart.spots[lane].around == block


def _innermost(
    found: dict[int, list[tuple[int, str]]], steps: list[tuple[int, str]], chart: Chart
) -> list[tuple[int, str]]:
    """The steps themselves, for blocks within a block that are left together with it."""
    inner: list[tuple[int, str]] = []
    for owner, via in steps:
        deeper = found.get(chart.points.get(("result", via), -1))
        inner += _innermost(found, deeper, chart) if deeper else [(owner, via)]
    return inner


def _can(version: Version, number: int, results: frozenset[str]) -> bool:
    return taking(version, version.spot_of[number], results) is not None
