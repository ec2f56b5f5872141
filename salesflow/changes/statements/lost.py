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
    for kind in sorted(GONE, reverse=True):
        new = f"A deal can now be {kind} at {{}}."
        old = f"A deal can no longer be {kind} at {{}}."
        for here, there, sentence in ((pair.new, pair.old, new), (pair.old, pair.new, old)):
            ways, others = _leading(here.chart, kind), _leading(there.chart, kind)
            found = [
                (number, ways[here.spot_of[number]])
                for number in members(pair.common & here.bits_of(ways) & ~there.bits_of(others))
            ]
            certain = [
                number for number, results in found[:_MOST_TRIED] if _can(here, number, results)
            ]
            if certain:
                paths = [pair.new.path(number) for number in pair.new.order(certain)]
                yield sentence.format(names(paths))


def _leading(chart: Chart, kind: str) -> dict[int, frozenset[str]]:
    """Step of the deal itself -> its results that end it so."""
    outcomes = chart.process.outcomes
    ends = {end for name, end in chart.ends.items() if outcomes[name].kind == kind}
    found: dict[int, set[str]] = {}
    for point, ways in enumerate(chart.ways):
        for way in ways:
            if way.end in ends:
                found.setdefault(chart.owners[point], set()).add(way.via)
    return {spot: frozenset(results) for spot, results in found.items()}


def _can(version: Version, number: int, results: frozenset[str]) -> bool:
    return taking(version, version.spot_of[number], results) is not None
