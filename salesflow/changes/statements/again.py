"""What became repeatable, and what deals come to only once now."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from salesflow.analysis.bitsets import members
from salesflow.analysis.graphs import circular, components, reached
from salesflow.changes.statements.chart import Chart
from salesflow.changes.statements.must import NEVER
from salesflow.changes.statements.played import comes, twice
from salesflow.changes.statements.telling import names, run
from salesflow.changes.statements.versions import Pair, Version
from salesflow.process.steps import Branch

_MOST_WORK = 400_000  # points looked at for threads that may come to the same step
_MOST_TRIED = 5


def again(pair: Pair) -> Iterator[str]:
    """Steps that can be repeated in one version only."""
    new = "A deal can now come back to {}: {}."
    old = "A deal no longer comes back to {}; before, it could: {}."
    for here, there, sentence in ((pair.new, pair.old, new), (pair.old, pair.new, old)):
        circles = here.bits_of(spot for spot in _circles(here.chart) if spot < len(here.bits))
        found = [
            number
            for number in members(pair.common & circles)
            if there.passed[there.spot_of[number]] != NEVER
            and not isinstance(here.chart.spots[here.spot_of[number]].thing, Branch)
        ]
        repeated = _repeated(there.chart) if found else None
        if repeated is not None:
            found = [number for number in found if there.spot_of[number] not in repeated]
            yield from _told(pair, here, found, sentence)


def _told(pair: Pair, here: Version, numbers: list[int], sentence: str) -> Iterator[str]:
    there = pair.old if here is pair.new else pair.new
    left = _topmost(here, numbers)
    for _ in range(_MOST_TRIED):
        if not left:
            return
        number = left.pop(0)
        found = twice(here, number)
        if found is None or not comes(there, number):
            continue
        counts = Counter(path.rpartition(".")[0] for path in found.whole)
        others = [other for other in left if counts[here.path(other)] > 1 and comes(there, other)]
        left = [other for other in left if other not in others]
        paths = [pair.new.path(each) for each in pair.new.order([number, *others])]
        shown = run([*found.taken, pair.new.path(number)])
        yield sentence.format(names(paths), shown)


def _topmost(version: Version, numbers: list[int]) -> list[int]:
    """Without what lies in one of the others."""
    kept = {version.spot_of[number] for number in numbers}
    inner = _with_inner(version.chart, set(kept)) - kept
    spots = version.chart.spots
    return version.order(
        version.numbers[spot]
        for spot in kept
        if spots[spot].around not in kept and spots[spot].around not in inner
    )


def _circles(chart: Chart) -> set[int]:
    """The points on ways that lead back to them, and what lies in them."""
    after = {point: [way.end for way in ways] for point, ways in enumerate(chart.ways)}
    return _with_inner(
        chart,
        {
            point
            for component in components(after, after)
            if circular(component, after)
            for point in component
        },
    )


def _with_inner(chart: Chart, points: set[int]) -> set[int]:
    for number, spot in enumerate(chart.spots):  # what lies in a spot comes after it
        if spot.around in points:
            points.add(number)
    return points


def _repeated(chart: Chart) -> set[int] | None:
    """The points that a deal may come to more than once, and maybe more; None: too much work.

    A single thread comes back only in a circle. Two threads of one result may both come to a step,
    unless they surely meet before, once.
    """
    found = _circles(chart)
    after = [[way.end for way in ways] for ways in chart.ways]
    work = len(chart.splits) * len(after) * (1 + len(chart.waits))
    if work > _MOST_WORK:
        return None
    for start, ends, _ in chart.splits:
        behind = [reached([end], dict(enumerate(after))) for end in ends]
        if any(start in points for points in behind):
            found = _with_inner(chart, found.union(*behind))  # starts threads again and again
    while True:
        meetings = [m for m in chart.waits if not all(u in found for u in chart.waits[m])]
        more = {p for split in chart.splits for p in _doubled(after, split.ends, meetings)}
        more -= set(meetings)
        if more <= found:
            return found
        found = _with_inner(chart, found | more)


def _doubled(after: list[list[int]], ends: tuple[int, ...], meetings: list[int]) -> set[int]:
    """The points to which two of several threads may come, each without waiting for the other."""
    whole = dict(enumerate(after))
    free = [reached([end], whole) for end in ends]
    doubled: set[int] = set()
    for one, other in combinations(range(len(ends)), 2):
        both = free[one] & free[other]
        for meeting in meetings:
            cut = {**whole, meeting: []}
            ways = [reached([ends[n]], cut) for n in (one, other) if ends[n] != meeting]
            both = {p for p in both if p == meeting or any(p in points for points in ways)}
        doubled |= both
    return doubled
