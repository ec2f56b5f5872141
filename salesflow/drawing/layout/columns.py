"""Which column everything stands in: time runs from left to right, a block keeps its columns."""

import heapq
from collections.abc import Sequence
from typing import NamedTuple

from salesflow.drawing.diagram import Frame
from salesflow.drawing.layout.fences import depth
from salesflow.drawing.layout.plan import Plan


class _Part(NamedTuple):
    """An item, or a whole frame, at one level of nesting: its lanes from the top, its width."""

    items: tuple[int, ...]
    columns: tuple[int, ...]  # of the items, relative to the part's first
    top: int
    bottom: int

    @property
    def width(self) -> int:
        return max(self.columns) + 1


def ranks(plan: Plan) -> list[int]:
    """How early each item is met: longest ways, without regard to lanes and frames."""
    count = len(plan.items)
    after: list[list[int]] = [[] for _ in range(count)]
    for link in plan.links:
        if not link.back and link.start != link.end:
            after[link.start].append(link.end)
    rank = [0] * count
    for place in _sorted(count, after):
        for end in after[place]:
            rank[end] = max(rank[end], rank[place] + 1)
    return rank


def columns(plan: Plan, frames: Sequence[Frame], lane_at: Sequence[int]) -> list[int]:
    """The column of each item; ``lane_at`` is each lane's place from the top.

    A drop has the column of its start. Within the columns and the lanes of a frame stands nothing
    else.
    """
    homes = _homes(plan, frames)
    around = {frame.id: frame.frame for frame in frames}
    ended = {link.end for link in plan.links if link.drop}
    parts: dict[str, list[_Part]] = {}
    for place, item in enumerate(plan.items):
        if place not in ended:
            lane = lane_at[item.lane]
            parts.setdefault(homes[place], []).append(_Part((place,), (0,), lane, lane))
    for frame in sorted(frames, key=lambda frame: -depth(frame.frame, around)):
        inner = parts.pop(frame.id, [])
        if inner:
            parts.setdefault(around[frame.id], []).append(_framed(frame.id, inner, plan))
    found = [0] * len(plan.items)
    for place, column in _placed(parts.get("", []), plan).items():
        found[place] = column
    for link in plan.links:
        if link.drop:
            found[link.end] = found[link.start]
    return found


def _homes(plan: Plan, frames: Sequence[Frame]) -> list[str]:
    """The frame of each item; outcomes that are met inside stand outside."""
    known = {frame.id for frame in frames}
    return [item.node.frame if item.node.frame in known else "" for item in plan.items]


def _framed(frame: str, inner: list[_Part], plan: Plan) -> _Part:
    """A frame as one part: its fork first, its join last, the rest between."""
    ends = (frame, f"{frame}.join")
    gates = {plan.items[part.items[0]].node.id: part for part in inner if len(part.items) == 1}
    fork, join = gates.get(ends[0]), gates.get(ends[1])
    rest = [part for part in inner if part is not fork and part is not join]
    found = {place: column + 1 for place, column in _placed(rest, plan).items()}
    last = max(found.values(), default=0) + 1
    if fork is not None:
        found[fork.items[0]] = 0
    if join is not None:
        found[join.items[0]] = last
    return _Part(
        tuple(found),
        tuple(found.values()),
        min(part.top for part in inner),
        max(part.bottom for part in inner),
    )


def _placed(parts: list[_Part], plan: Plan) -> dict[int, int]:
    """The column of each item of the parts: behind all that lead there, where there is room."""
    owner = {item: place for place, part in enumerate(parts) for item in part.items}
    after: list[list[int]] = [[] for _ in parts]
    before: list[list[int]] = [[] for _ in parts]
    for link in plan.links:
        one, two = owner.get(link.start, -1), owner.get(link.end, -1)
        if one != two and one >= 0 and two >= 0 and not link.back and not link.drop:
            after[one].append(two)
            before[two].append(one)
    starts = [0] * len(parts)
    wide: list[int] = []  # parts of several items that are placed
    narrow: list[int] = []
    late = [place for place, part in enumerate(parts) if not before[place] and after[place]]
    late = [place for place in late if plan.items[parts[place].items[0]].node.kind == "source"]
    for place in _sorted(len(parts), after):
        starts[place] = max((starts[one] + parts[one].width for one in before[place]), default=0)
        if place in late:
            continue
        others = wide if len(parts[place].items) == 1 else wide + narrow
        starts[place] = _room(place, parts, starts, others)
        (narrow if len(parts[place].items) == 1 else wide).append(place)
    for place in late:  # a source stands just before what it starts
        starts[place] = max(0, min(starts[one] for one in after[place]) - 1)
        while starts[place] and _taken(place, parts, starts, wide) is not None:
            starts[place] -= 1
    return {
        item: starts[place] + column
        for place, part in enumerate(parts)
        for item, column in zip(part.items, part.columns, strict=True)
    }


def _room(place: int, parts: list[_Part], starts: list[int], others: list[int]) -> int:
    """The first column from its start on where a part overlaps none of the others."""
    while (end := _taken(place, parts, starts, others)) is not None:
        starts[place] = end
    return starts[place]


def _taken(place: int, parts: list[_Part], starts: list[int], others: list[int]) -> int | None:
    """Where a part that stands in the way ends; None if none does."""
    part, start = parts[place], starts[place]
    for other in others:
        one = parts[other]
        if one.top <= part.bottom and part.top <= one.bottom:
            end = starts[other] + one.width
            if start < end and starts[other] < start + part.width:
                return end
    return None


def _sorted(count: int, after: Sequence[Sequence[int]]) -> list[int]:
    """Everything behind what leads there, the order given else; a circle is cut at its first."""
    waiting = [0] * count
    for ends in after:
        for end in ends:
            waiting[end] += 1
    ready = [place for place in range(count) if not waiting[place]]
    heapq.heapify(ready)
    order: list[int] = []
    seen = [False] * count
    first = 0
    while len(order) < count:
        if ready:
            place = heapq.heappop(ready)
        else:
            while seen[first]:
                first += 1
            place = first
        if seen[place]:
            continue
        seen[place] = True
        order.append(place)
        for end in after[place]:
            waiting[end] -= 1
            if not waiting[end] and not seen[end]:
                heapq.heappush(ready, end)
    return order
