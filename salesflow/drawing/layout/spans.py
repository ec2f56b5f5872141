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


def across(drawn: Drawn, upright: Mapping[int, Sequence[Stretch]], head: float) -> list[Spans]:
    """Columns and the channels between them, from ``head`` on, of each row; ``upright`` by gx.

    Rows have their own widths; only the channel at the left margin, where lines may run past a
    row, is the same in all.
    """
    rows = range(drawn.raster.lines[-1].row + 1)
    wholes = [_Row(drawn, upright, row) for row in rows]
    margin = max(whole.first[0] for whole in wholes), max(whole.wide(0) for whole in wholes)
    return [whole.spans(head, *margin) for whole in wholes]


class _Row:
    """What takes room across in one row."""

    def __init__(self, drawn: Drawn, upright: Mapping[int, Sequence[Stretch]], row: int) -> None:
        lines = drawn.raster.lines
        self.drawn = drawn
        self.inside = {gy for gy, line in enumerate(lines) if line.row == row and line.lane >= 0}
        low, high = 2 * min(self.inside) - 1, 2 * max(self.inside) + 1
        self.upright = {
            gx: [one for one in found if one.low < high and one.high > low]
            for gx, found in upright.items()
        }
        count = drawn.raster.across
        self.before, self.behind = [0.0] * count, [0.0] * count  # of a column, from its middle
        self.first, self.last = [0.0] * count, [0.0] * count  # of a channel: words at its ends
        self._columns()
        self._words()

    def spans(self, head: float, first: float, wide: float) -> Spans:
        """The pixels; ``first`` and ``wide`` are those of the channel at the left margin."""
        spans = Spans([], [], [])
        x = head
        for gx in range(self.drawn.raster.across):
            spans.begin.append(x)
            if gx % 2:
                spans.zero.append(x + self.before[gx])
                x += self.before[gx] + self.behind[gx]
            else:
                spans.zero.append(x + max(first if not gx else self.first[gx], _EDGE))
                x += self.wide(gx) if gx else wide
            spans.end.append(x)
        return spans

    def wide(self, gx: int) -> float:
        """Pixels of a channel."""
        lines = [self.drawn.at[one.link, one.part] for one in self.upright.get(gx, ())]
        lines_wide = max(lines, default=0.0)
        return max(self.first[gx], _EDGE) + lines_wide + max(self.last[gx], _ARROW)

    def _columns(self) -> None:
        drawn, before, behind = self.drawn, self.before, self.behind
        for item, (gx, gy) in drawn.raster.spots.items():
            if gy in self.inside:
                half = max(drawn.sizes[item][0], drawn.plan.items[item].size.beneath) / 2
                before[gx], behind[gx] = max(before[gx], half), max(behind[gx], half)
        for gx in range(1, drawn.raster.across, 2):
            for one in self.upright.get(gx, ()):
                place = drawn.at[one.link, one.part]
                before[gx] = max(before[gx], max(one.before, one.around) - place)
                behind[gx] = max(behind[gx], max(one.behind, one.around) + place)

    def _words(self) -> None:
        """Words begin at their shape, which may be narrower than its column.

        They may reach over the next column where nothing stands or runs there.
        """
        drawn, first, last = self.drawn, self.first, self.last
        for place, strand in drawn.strands.items():
            if not strand.words.lines or not strand.flat:
                continue
            link, words = drawn.plan.links[place], strand.words.width
            gx, gy = strand.way[-1] if strand.at else strand.way[0]
            if gy not in self.inside:
                continue
            if strand.at:
                free = self.before[gx] - drawn.sizes[link.end][0] / 2
                last[gx - 1] = max(last[gx - 1], words + _ARROW + 4 - free)
            elif strand.way[1][0] > gx:
                free = self.behind[gx] - drawn.sizes[link.start][0] / 2
                if strand.way[1][0] > gx + 2 and not self._passed(gx, gy):
                    free += self.before[gx + 2] + self.behind[gx + 2]
                first[gx + 1] = max(first[gx + 1], words + _EDGE - free)
        for fence in drawn.fences:
            if fence.top in self.inside:
                first[fence.left - 1] = max(first[fence.left - 1], _FRAME)
                last[fence.right + 1] = max(last[fence.right + 1], _FRAME + _ARROW)

    def _passed(self, gx: int, gy: int) -> bool:
        """Whether a line runs through a track, in the channel or the column behind one."""
        return any(
            one.low <= 2 * gy <= one.high
            for beside in (gx + 1, gx + 2)
            for one in self.upright.get(beside, ())
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
