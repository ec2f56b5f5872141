"""The best pairs of many candidates: at most one for each element, greatest total weight."""

from collections.abc import Mapping
from typing import TypeAlias

Pair: TypeAlias = tuple[str, str]
Weights: TypeAlias = Mapping[Pair, float]

_MOST = 24  # elements of one version in a group that is solved exactly


def best_pairs(weights: Weights) -> list[Pair]:
    """The pairs of an assignment, sorted; weights are positive.

    Candidates fall into groups that share no element. Small groups are solved exactly, in large
    ones the heaviest pair that is left is taken again and again. Of what weighs the same the first
    by name.
    """
    chosen: list[Pair] = []
    for group in _groups(weights):
        if len(group) == 1:
            chosen += group
        elif max(len({pair[side] for pair in group}) for side in (0, 1)) <= _MOST:
            chosen += _exactly(group, weights)
        else:
            chosen += _greedily(group, weights)
    return sorted(chosen)


def _groups(weights: Weights) -> list[list[Pair]]:
    by_old: dict[str, list[Pair]] = {}
    by_new: dict[str, list[Pair]] = {}
    for pair in sorted(weights):
        by_old.setdefault(pair[0], []).append(pair)
        by_new.setdefault(pair[1], []).append(pair)
    groups: list[list[Pair]] = []
    while by_old:
        waiting = by_old.pop(next(iter(by_old)))
        group: dict[Pair, None] = dict.fromkeys(waiting)
        while waiting:
            old, new = waiting.pop()
            near = [*by_old.pop(old, ()), *by_new.pop(new, ())]
            waiting += [pair for pair in near if pair not in group]
            group.update(dict.fromkeys(near))
        groups.append(sorted(group))
    return groups


def _greedily(group: list[Pair], weights: Weights) -> list[Pair]:
    olds: set[str] = set()
    news: set[str] = set()
    chosen = []
    for old, new in sorted(group, key=lambda pair: (-weights[pair], pair)):
        if old not in olds and new not in news:
            olds.add(old)
            news.add(new)
            chosen.append((old, new))
    return chosen


def _exactly(group: list[Pair], weights: Weights) -> list[Pair]:
    """Each old element in turn takes its best way through what others gave up (Kuhn 1955)."""
    olds = sorted({pair[0] for pair in group})
    news = sorted({pair[1] for pair in group})
    size = max(len(olds), len(news))
    costs = [
        [-weights.get((old, new), 0.0) for new in (*news, *[""] * (size - len(news)))]
        for old in (*olds, *[""] * (size - len(olds)))
    ]
    taken = _cheapest(costs)
    return [
        (olds[row], news[column])
        for column, row in enumerate(taken)
        if row < len(olds) and column < len(news) and (olds[row], news[column]) in weights
    ]


def _cheapest(costs: list[list[float]]) -> list[int]:
    """Column -> row, of least total cost in a square."""
    size = len(costs)
    rows = [0.0] * size  # prices
    columns = [0.0] * (size + 1)
    taken = [-1] * (size + 1)  # the last column is where the row at hand begins
    for row in range(size):
        taken[size] = row
        came, column = _way(costs, rows, columns, taken)
        while column != size:
            taken[column] = taken[came[column]]
            column = came[column]
    return taken[:size]


def _way(
    costs: list[list[float]], rows: list[float], columns: list[float], taken: list[int]
) -> tuple[list[int], int]:
    """The cheapest way from the last column to a free one: who comes before each, and its end."""
    size = len(costs)
    least = [float("inf")] * size
    came = [size] * size
    used = [False] * (size + 1)
    column = size
    while taken[column] >= 0:
        used[column] = True
        row = taken[column]
        for other in range(size):
            cost = costs[row][other] - rows[row] - columns[other]
            if not used[other] and cost < least[other]:
                least[other], came[other] = cost, column
        nearest = min((n for n in range(size) if not used[n]), key=least.__getitem__)
        step = least[nearest]
        for other in range(size + 1):
            if used[other]:
                rows[taken[other]] += step
                columns[other] -= step
            else:
                least[other] -= step
        column = nearest
    return came, column
