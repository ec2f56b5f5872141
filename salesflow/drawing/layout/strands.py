"""From ways on the raster to stretches in channels, with their words and whom they may lie on."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from salesflow.drawing.diagram import Edge
from salesflow.drawing.layout.plan import Plan
from salesflow.drawing.layout.sizes import EDGE, LINE, words_of
from salesflow.drawing.layout.stretches import Stretch, sign
from salesflow.drawing.layout.ways import Way
from salesflow.drawing.lettering import BOLD_ROOM, width

_GAP = 4.0  # between words and what is beside them
_ON_LINE = 100.0  # how wide words on a line may be
_BESIDE = 76.0


class Words(NamedTuple):
    """The words of a line, with the pixels they take."""

    lines: tuple[str, ...] = ()
    width: float = 0.0
    height: float = 0.0


def words(edge: Edge, *, flat: bool) -> Words:
    """The words of an edge as they stand on a line that runs flat, or beside an upright one."""
    lines = words_of(edge, _ON_LINE if flat else _BESIDE)
    if not lines:
        return Words()
    wide = max(width(one, EDGE) for one in lines)
    if edge.figure is not None:  # stands in bold letters
        wide = max(wide, width(edge.figure.text, EDGE) * BOLD_ROOM)
    return Words(tuple(lines), wide, len(lines) * EDGE * LINE)


class Strand(NamedTuple):
    """The way of a link with its words. ``at``: the part of the way they stand at.

    ``drop``: an outcome hangs at its end, below words of ``hang`` pixels.
    """

    way: Way
    words: Words
    at: int
    drop: bool = False
    hang: float = 0.0

    @property
    def flat(self) -> bool:
        """Whether the words stand at a part that runs flat."""
        return is_flat(self.way, self.at)


class _Kin(NamedTuple):
    """Which links may share their way: ``fans`` begin together, ``twins`` never do."""

    fans: dict[int, int]
    twins: frozenset[int]


def is_flat(way: Way, part: int) -> bool:
    """Whether a part of a way runs from left to right or back: every other part does."""
    return (way[0][1] == way[1][1]) == (part % 2 == 0)


def strands(plan: Plan, ways: Mapping[int, Way]) -> dict[int, Strand]:
    """The strand of each link that has a way.

    The words of a result that leads to several places stand at the first of them; those of a
    branch at its end, where it is alone.
    """
    found: dict[int, Strand] = {}
    said: set[tuple[int, str]] = set()
    for place, link in enumerate(plan.links):
        if place not in ways:
            continue
        way = ways[place]
        key, last = (link.start, link.edge.path), len(way) - 2
        forked = plan.items[link.start].node.kind == "fork" and is_flat(way, last)
        at = last if forked else 0
        again = bool(link.edge.path) and key in said
        said.add(key)
        told = Words() if again else words(link.edge, flat=is_flat(way, at))
        found[place] = Strand(way, told, at, link.drop)
    return _level(plan, found)


def _level(plan: Plan, strands: Mapping[int, Strand]) -> dict[int, Strand]:
    """With all outcomes under a shape at one height: below all the words that stand there."""
    highest: dict[int, float] = {}
    for place, strand in strands.items():
        if not strand.flat and strand.way[1][1] > strand.way[0][1]:
            start = plan.links[place].start
            highest[start] = max(highest.get(start, 0.0), strand.words.height)
    return {
        place: strand._replace(hang=highest.get(plan.links[place].start, 0.0))
        for place, strand in strands.items()
    }


def stretches(
    plan: Plan, strands: Mapping[int, Strand]
) -> tuple[dict[int, list[Stretch]], dict[int, list[Stretch]]]:
    """Stretches that run flat by gy, and upright by gx. Places along a channel count double.

    So an end in a shape can lie one short of the shape's middle.
    """
    flat: dict[int, list[Stretch]] = {}
    upright: dict[int, list[Stretch]] = {}
    kin = _Kin(_fans(plan), _twins(plan))
    for place, strand in strands.items():
        for part in range(len(strand.way) - 1):
            stretch = _stretch(plan, strand, place, part, kin)
            x, y = strand.way[part]
            if is_flat(strand.way, part):
                flat.setdefault(y, []).append(stretch)
            else:
                upright.setdefault(x, []).append(stretch)
    return flat, upright


def _fans(plan: Plan) -> dict[int, int]:
    """Links that begin together: those of a fork, and of a result with several targets."""
    firsts: dict[tuple[int, str], int] = {}
    found: dict[int, int] = {}
    for place, link in enumerate(plan.links):
        fork = plan.items[link.start].node.kind == "fork"
        key = (link.start, "" if fork else link.edge.path)
        if link.edge.path or fork:
            first = firsts.setdefault(key, place)
            found[place] = first
    counts: dict[int, int] = {}
    for first in found.values():
        counts[first] = counts.get(first, 0) + 1
    return {place: first for place, first in found.items() if counts[first] > 1}


def _twins(plan: Plan) -> frozenset[int]:
    """Links beside another one with the same two ends: each keeps its own line."""
    seen: set[tuple[int, int]] = set()
    found: set[int] = set()
    for place, link in enumerate(plan.links):
        if (link.start, link.end) in seen:
            found.add(place)
        seen.add((link.start, link.end))
    return frozenset(found)


def _stretch(plan: Plan, strand: Strand, place: int, part: int, kin: _Kin) -> Stretch:
    way, link = strand.way, plan.links[place]
    flat = is_flat(way, part)
    axis = 0 if flat else 1
    one, two = way[part][axis], way[part + 1][axis]
    ends = [
        (2 * one, _turn(way, part, axis)),
        (2 * two, _turn(way[::-1], len(way) - 2 - part, axis)),
    ]
    inward = 1 if two >= one else -1
    if part == 0:
        ends[0] = (2 * one + inward, 0)
    if part == len(way) - 2 and not strand.drop:
        ends[1] = (2 * two - inward, 0)
    (low, at_low), (high, at_high) = sorted(ends) if one != two else ends
    before, behind, around = _room(plan, strand, place, part)
    return Stretch(
        place,
        part,
        min(low, high),
        max(low, high),
        at_low,
        at_high,
        _shared(plan, strand, place, part, kin),
        before,
        behind,
        around,
        middle=link.main or (len(way) == 2 and not strand.drop),
    )


def _turn(way: Sequence[tuple[int, int]], part: int, axis: int) -> int:
    """Where a way comes from at the first end of a part: -1 from smaller places, 1 from larger."""
    if part == 0:
        return 0
    across = 1 - axis
    return sign(way[part - 1][across] - way[part][across])


def _shared(plan: Plan, strand: Strand, place: int, part: int, kin: _Kin) -> tuple[int, ...]:
    """What a part has in common with the parts of other lines that it may lie on."""
    start, end = plan.links[place][1:3]
    fans = kin.fans
    if strand.drop or start == end or place in kin.twins:
        return ()
    last = len(strand.way) - 2
    alone = part == strand.at and last > 0 and bool(strand.words.lines)
    fan = place in fans and part < 2 and not alone
    if fan and (part != last or last == 0):
        return (1, fans[place])
    if part >= last - 1 and (part or not last):
        gone = any(mark.kind == "removed" for mark in plan.links[place].edge.marks)
        return (0, end, _arrival(strand.way), int(gone))
    return (1, fans[place]) if fan else ()


def _arrival(way: Way) -> int:
    """From which side a line comes that arrives from above or below: such lines stay apart."""
    last = len(way) - 2
    return 0 if is_flat(way, last) else _turn(way, last, 1)


def _room(plan: Plan, strand: Strand, place: int, part: int) -> tuple[float, float, float]:
    """Pixels kept free before a stretch (above, left of it), behind, and around its end."""
    words, around = strand.words, 0.0
    if strand.drop:
        hung = plan.items[plan.links[place].end].size
        around = max(hung.width, hung.beneath) / 2 + _GAP
    if part != strand.at or not words.lines:
        return 0.0, 0.0, around
    if is_flat(strand.way, part):
        return words.height + _GAP, 0.0, around
    return 0.0, words.width + 3 * _GAP, around
