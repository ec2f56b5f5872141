"""Where a long process is wrapped into rows: where few lines are cut, and no frame is."""

from collections.abc import Sequence

from salesflow.drawing.layout.plan import Plan

_REACH = 0.25  # how far from an even split a row may end, as a part of a row
_LONGEST = 3200.0  # a frame that is no wider, in pixels, is never cut
_CUT = 0.12  # what one line cut is worth, as a part of a row


def folds(
    plan: Plan, columns: Sequence[int], frames: Sequence[tuple[int, int]], rows: int
) -> tuple[int, ...]:
    """The first column of each of so many rows; fewer rows where frames leave no place.

    ``frames`` are the first and the last column of each; one that is wider than a row is cut.
    """
    widths = widths_of(plan, columns)
    starts = _starts(widths)
    cuts = _cuts(plan, columns, len(widths))
    row = starts[-1] / rows
    closed = {
        column
        for first, last in frames
        if starts[last + 1] - starts[first] <= max(row, _LONGEST)
        for column in range(first + 1, last + 1)
    }
    found = [0]
    for number in range(1, rows):
        ideal = number * row
        fits = [
            (abs(starts[column] - ideal) / row + _CUT * cuts[column], column)
            for column in range(found[-1] + 1, len(widths))
            if column not in closed
        ]
        near = [one for one in fits if abs(starts[one[1]] - ideal) <= _REACH * row]
        if near or fits:
            found.append(min(near or fits)[1])
    return tuple(found)


def widths_of(plan: Plan, columns: Sequence[int]) -> list[float]:
    """About how wide each column is, the way to the next one included."""
    widths = [0.0] * (max(columns, default=0) + 1)
    for item, column in zip(plan.items, columns, strict=True):
        widths[column] = max(widths[column], item.size.width + 100.0)
    return widths


def _starts(widths: Sequence[float]) -> list[float]:
    starts = [0.0]
    for width in widths:
        starts.append(starts[-1] + width)
    return starts


def _cuts(plan: Plan, columns: Sequence[int], count: int) -> list[int]:
    """How many lines a row that begins with a column would cut."""
    changes = [0] * (count + 1)
    for link in plan.links:
        one, two = columns[link.start], columns[link.end]
        changes[min(one, two) + 1] += 1
        changes[max(one, two) + 1] -= 1
    cuts, under_way = [], 0
    for change in changes[:count]:
        under_way += change
        cuts.append(under_way)
    return cuts
