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
    """Kind of outcome -> step of the deal itself -> its results that end it so."""
    outcomes = chart.process.outcomes
    kinds = {end: outcomes[name].kind for name, end in chart.ends.items()}
    gone = {end: kind for end, kind in kinds.items() if kind in GONE}
    found: dict[str, dict[int, set[str]]] = {kind: {} for kind in GONE}
    for point, ways in enumerate(chart.ways):
        for end, via, _ in ways:
            if end in gone:
                found[gone[end]].setdefault(chart.owners[point], set()).add(via)
    return {
        kind: {spot: frozenset(results) for spot, results in steps.items()}
        for kind, steps in found.items()
    }


def _can(version: Version, number: int, results: frozenset[str]) -> bool:
    return taking(version, version.spot_of[number], results) is not None
