"""How many pixels each column, track and channel takes: shapes, words, lines side by side."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from salesflow.drawing.layout.fences import Fence
from salesflow.drawing.layout.plan import Plan
from salesflow.drawing.layout.raster import Raster
from salesflow.drawing.layout.strands import Strand
from salesflow.drawing.layout.stretches import Stretch

_EDGE = 10.0  # between what is in a channel and its border
_ARROW = 16.0
_FRAME = 16.0  # beside a frame's border
_TITLE = 22.0  # of a frame
_CLEAR = 14.0  # above and below shapes


class Spans(NamedTuple):
    """Pixels of one direction: where each place begins and ends, and where 0 of its lines lies."""

    begin: list[float]
    end: list[float]
    zero: list[float]


class Drawn(NamedTuple):
    """What takes room; ``at`` (link, part) and ``sizes`` of items in pixels."""

    plan: Plan
    raster: Raster
    strands: Mapping[int, Strand]
    at: Mapping[tuple[int, int], float]
    sizes: Mapping[int, tuple[float, float]]
    fences: Sequence[Fence]


def across(drawn: Drawn, upright: Mapping[int, Sequence[Stretch]], head: float) -> Spans:
    """Columns and the channels between them, from ``head`` on; ``upright`` lines by gx."""
    before, behind = _columns(drawn, upright)
    first, last = _words_beside(drawn, upright, before, behind)
    spans = Spans([], [], [])
    x = head
    for gx in range(drawn.raster.across):
        spans.begin.append(x)
        if gx % 2:
            spans.zero.append(x + before[gx])
            x += before[gx] + behind[gx]
        else:
            lines = [drawn.at[one.link, one.part] for one in upright.get(gx, ())]
            spans.zero.append(x + max(first[gx], _EDGE))
            x = spans.zero[gx] + max(lines, default=0.0) + max(last[gx], _ARROW)
        spans.end.append(x)
    return spans


def _columns(
    drawn: Drawn, upright: Mapping[int, Sequence[Stretch]]
) -> tuple[list[float], list[float]]:
    """Pixels left and right of the middle of each column."""
    count = drawn.raster.across
    before, behind = [0.0] * count, [0.0] * count
    for item, (gx, _) in drawn.raster.spots.items():
        half = max(drawn.sizes[item][0], drawn.plan.items[item].size.beneath) / 2
        before[gx], behind[gx] = max(before[gx], half), max(behind[gx], half)
    for gx in range(1, count, 2):
        for one in upright.get(gx, ()):
            place = drawn.at[one.link, one.part]
            before[gx] = max(before[gx], max(one.before, one.around) - place)
            behind[gx] = max(behind[gx], max(one.behind, one.around) + place)
    return before, behind


def _words_beside(
    drawn: Drawn,
    upright: Mapping[int, Sequence[Stretch]],
    before: Sequence[float],
    behind: Sequence[float],
) -> tuple[list[float], list[float]]:
    """Pixels for words at the start and at the end of each channel across.

    Words begin at their shape, which may be narrower than its column, and may reach over the next
    column where nothing stands or runs there.
    """
    first, last = [0.0] * drawn.raster.across, [0.0] * drawn.raster.across
    for place, strand in drawn.strands.items():
        if not strand.words.lines or not strand.flat:
            continue
        link, words = drawn.plan.links[place], strand.words.width
        if strand.at:
            gx, _ = drawn.raster.spots[link.end]
            free = before[gx] - drawn.sizes[link.end][0] / 2
            last[gx - 1] = max(last[gx - 1], words + _ARROW + 4 - free)
        elif strand.way[1][0] > strand.way[0][0]:
            gx, gy = strand.way[0]
            free = behind[gx] - drawn.sizes[link.start][0] / 2
            if strand.way[1][0] > gx + 2 and not _passed(upright, gx, gy):
                free += before[gx + 2] + behind[gx + 2]
            first[gx + 1] = max(first[gx + 1], words + _EDGE - free)
    for fence in drawn.fences:
        first[fence.left - 1] = max(first[fence.left - 1], _FRAME)
        last[fence.right + 1] = max(last[fence.right + 1], _FRAME + _ARROW)
    return first, last


def _passed(upright: Mapping[int, Sequence[Stretch]], gx: int, gy: int) -> bool:
    """Whether a line runs up or down through a track, in the channel or the column behind one."""
    return any(
        one.low <= 2 * gy <= one.high
        for beside in (gx + 1, gx + 2)
        for one in upright.get(beside, ())
    )


def down(drawn: Drawn, flat: Mapping[int, Sequence[Stretch]]) -> Spans:
    """Tracks and the channels between them; ``flat`` lines by gy."""
    above, under = _tracks(drawn, flat)
    first, last = _words_above(drawn)
    spans = Spans([], [], [])
    y = 0.0
    for gy, line in enumerate(drawn.raster.lines):
        spans.begin.append(y)
        if line.track:
            spans.zero.append(y + above[gy])
            y += above[gy] + under[gy]
        else:
            lines = [drawn.at[one.link, one.part] for one in flat.get(gy, ())]
            clear = _CLEAR if line.lane >= 0 else 2 * _CLEAR
            spans.zero.append(y + max(first[gy] + (_EDGE if lines else 0), clear))
            beside = max(lines) + _EDGE if lines else _EDGE - 4
            y = spans.zero[gy] + beside + last[gy]
        spans.end.append(y)
    return spans


def _tracks(drawn: Drawn, flat: Mapping[int, Sequence[Stretch]]) -> tuple[list[float], list[float]]:
    """Pixels above and below the middle of each track."""
    count = len(drawn.raster.lines)
    above, under = [0.0] * count, [0.0] * count
    for item, (_, gy) in drawn.raster.spots.items():
        half = drawn.sizes[item][1] / 2
        above[gy] = max(above[gy], half)
        under[gy] = max(under[gy], half + drawn.plan.items[item].size.below)
    for gy, several in flat.items():
        for one in several if drawn.raster.lines[gy].track else ():
            place = drawn.at[one.link, one.part]
            above[gy] = max(above[gy], one.before - place)
            under[gy] = max(under[gy], place + 4)
    return above, under


def _words_above(drawn: Drawn) -> tuple[list[float], list[float]]:
    """Pixels for words and drops at the top and at the bottom of each channel down."""
    count = len(drawn.raster.lines)
    first, last = [0.0] * count, [0.0] * count
    for place, strand in drawn.strands.items():
        gy, words = strand.way[0][1], strand.words.height
        if strand.drop:
            size = drawn.plan.items[drawn.plan.links[place].end].size
            long = drop_length(strand.hang)
            first[gy + 1] = max(first[gy + 1], long + size.height + size.below + 4)
        elif words and not strand.flat:
            side = gy + 1 if strand.way[1][1] >= gy else gy - 1
            room = first if side > gy else last
            room[side] = max(room[side], words + _EDGE)
    for fence in drawn.fences:
        first[fence.top - 1] = max(first[fence.top - 1], (fence.depth + 1) * _TITLE)
    return first, last


def drop_length(words: float) -> float:
    """How long the line to an outcome below is: its words stand beside it."""
    return max(words + 12.0, 20.0)
