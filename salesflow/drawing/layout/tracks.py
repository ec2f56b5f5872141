"""Which track of its lane everything stands on: what follows each other stands in line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from salesflow.drawing.layout.plan import Link, Plan


class Cell(NamedTuple):
    """Where an item stands: a wrapped row, a lane from the top, a column within the row."""

    row: int
    lane: int
    column: int


class _Chain(NamedTuple):
    """Items in line, and what pulls them up (negative) or down."""

    items: tuple[int, ...]
    first: int
    last: int
    main: bool
    pull: float


def tracks(plan: Plan, cells: Mapping[int, Cell]) -> dict[int, int]:
    """The track of each item that has a cell, from 0 at the top of its lane in its row."""
    chains: dict[tuple[int, int], list[_Chain]] = {}
    for chain in _chains(plan, cells):
        cell = cells[chain.items[0]]
        chains.setdefault((cell.row, cell.lane), []).append(chain)
    found: dict[int, int] = {}
    for several in chains.values():
        found.update(_stacked(several))
    return found


def _chains(plan: Plan, cells: Mapping[int, Cell]) -> Iterator[_Chain]:
    after, before = _followers(plan, cells)
    pulls = _pulls(plan, cells)
    main = {end for link in plan.links if link.main for end in (link.start, link.end)}
    for item in cells:
        if item in before:
            continue
        chain = [item]
        while chain[-1] in after:
            chain.append(after[chain[-1]])
        yield _Chain(
            tuple(chain),
            cells[chain[0]].column,
            cells[chain[-1]].column,
            any(one in main for one in chain),
            sum(pulls.get(one, 0.0) for one in chain),
        )


def _followers(plan: Plan, cells: Mapping[int, Cell]) -> tuple[dict[int, int], dict[int, int]]:
    """What stands in line behind each item, and before: the usual path first, then what is near."""

    def span(link: Link) -> int:
        return cells[link.end].column - cells[link.start].column

    same = [
        (not link.main, span(link), -(link.edge.share or 0.0), place)
        for place, link in enumerate(plan.links)
        if link.start in cells and link.end in cells
        if cells[link.start][:2] == cells[link.end][:2] and span(link) > 0
    ]
    after: dict[int, int] = {}
    before: dict[int, int] = {}
    for _, _, _, place in sorted(same):
        link = plan.links[place]
        if link.start not in after and link.end not in before:
            after[link.start] = link.end
            before[link.end] = link.start
    return after, before


def _pulls(plan: Plan, cells: Mapping[int, Cell]) -> dict[int, float]:
    """Where the other ends of an item's links stand: above its lane or below."""
    pulls: dict[int, float] = {}
    for link in plan.links:
        if link.start not in cells or link.end not in cells:
            continue
        one, two = cells[link.start], cells[link.end]
        if one.row != two.row or one.lane == two.lane:
            continue
        down = 1.0 if two.lane > one.lane else -1.0
        pulls[link.start] = pulls.get(link.start, 0.0) + down
        pulls[link.end] = pulls.get(link.end, 0.0) - down
    return pulls


def _stacked(chains: Sequence[_Chain]) -> dict[int, int]:
    """The tracks of the items of one lane in one row."""
    order = sorted(
        chains, key=lambda chain: (not chain.main, chain.first - chain.last, chain.first)
    )
    levels: dict[int, list[tuple[int, int]]] = {}
    placed: list[tuple[_Chain, int]] = []
    for chain in order:
        level = _level(chain, levels)
        levels.setdefault(level, []).append((chain.first, chain.last))
        placed.append((chain, level))
    top = min(levels)
    return {item: level - top for chain, level in placed for item in chain.items}


def _level(chain: _Chain, levels: Mapping[int, list[tuple[int, int]]]) -> int:
    """The nearest free level to the middle on the side it is pulled to, else below: in order."""
    level, step = 0, -1 if chain.pull < 0 else 1
    while not all(
        chain.last < first or last < chain.first for first, last in levels.get(level, ())
    ):
        level += step
    return level
