"""What every deal that comes to a point has gone through before, whatever happens.

For each point the set of spots on all ways to it: what all ways that lead there have in common, and
where several must arrive what any of them has. Conditions are not judged, so there may be fewer
ways than these, never others: what is said to come first does come first.
"""

from salesflow.changes.statements.chart import Chart, Join

NEVER = -1  # all bits: no deal comes there


def passed(chart: Chart, bits: list[int]) -> list[int]:
    """Point -> the bits of the spots that were surely passed, ``NEVER`` where no deal comes.

    ``bits`` has a bit for each spot. A spot counts as passed where it is left, so at its own entry
    too; a branch where it is done.
    """
    before = _before(chart)
    found = [NEVER] * len(chart.ways)
    starts = frozenset(chart.starts)
    own = [*bits, *[0] * (len(chart.ways) - len(bits))]
    order = _order(chart)
    changed = True
    while changed:
        changed = False
        for point in order:
            new = 0 if point in starts else _coming(chart, point, found, before[point])
            if new != NEVER:
                new |= own[point]
            if new != found[point]:
                found[point] = new
                changed = True
    return found


def _coming(chart: Chart, point: int, found: list[int], before: list[int]) -> int:
    join = chart.joins.get(point)
    if join is not None:
        return _joined(join, found)
    waits = chart.waits.get(point)
    if waits is None:
        common = NEVER
        for other in before:
            common &= found[other]
        return common
    all_ = 0
    for arriving in waits.values():
        common = NEVER
        for other in arriving:
            common &= found[other]
        all_ |= common
    return all_


def _joined(join: Join, found: list[int]) -> int:
    """A block that is done: its branches that must be, or what all that may be have in common."""
    inside = found[join.block]
    if join.open:
        return inside
    if join.need == 0:
        for end in join.sure:
            inside |= found[end]
        return inside
    common = NEVER
    for end in join.ends:
        common &= found[end]
    return inside | common


def _before(chart: Chart) -> list[list[int]]:
    before: list[list[int]] = [[] for _ in chart.ways]
    for point, ways in enumerate(chart.ways):
        for way in ways:
            before[way.end].append(point)
    return before


def _order(chart: Chart) -> list[int]:
    """Points that a deal may come to, each if possible behind those that lead to it."""
    seen: set[int] = set()
    order: list[int] = []
    for start in chart.starts:
        if start in seen:
            continue
        seen.add(start)
        path = [(start, iter(chart.ways[start]))]
        while path:
            point, ways = path[-1]
            for way in ways:
                if way.end not in seen:
                    seen.add(way.end)
                    path.append((way.end, iter(chart.ways[way.end])))
                    break
            else:
                path.pop()
                order.append(point)
    order.reverse()
    return order
