"""How long won deals take: a histogram with median and 90th percentile."""

from collections.abc import Iterator, Sequence

from salesflow.reporting.simulated.figures import HOURS, figure
from salesflow.reporting.simulated.plots.canvas import box, stroke, svg, text
from salesflow.reporting.simulated.plots.scale import Scale, ticks
from salesflow.reporting.simulated.words import called
from salesflow.simulation.result import Estimate, PartResult

_WIDE, _HIGH = 720, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 16, 704, 46, 222
_FEWEST_BARS, _MOST_BARS = 10, 60
_CUT = 0.995  # of the deals; the longest few would squeeze all others

Bars = Sequence[tuple[float, float, float]]  # from, to, count


def times(part: PartResult, name: str) -> str:
    """The picture, "" where no deal was won."""
    bars = _bars(part.distribution)
    if not bars:
        return ""
    unit, hours = ("days", 24.0) if bars[-1][1] > 96 else ("hours", 1.0)
    across = Scale(bars[0][0], bars[-1][1], _LEFT, _RIGHT)
    tallest = max(count / (end - start) for start, end, count in bars)
    up = Scale(0.0, tallest, _BOTTOM, _TOP)
    body = [
        *_axis(across, unit, hours),
        *_columns(bars, across, up, hours, unit),
        *_marks(part, across),
    ]
    title = f"How long won deals take: {called(part.id, part.title)}"
    return svg(name, (_WIDE, _HIGH), (title, _words(part)), body)


def _bars(distribution: Bars) -> Bars:
    """At most so many bars of equal width over the range where nearly all deals are."""
    seen = [bucket for bucket in distribution if bucket[2]]
    if not seen:
        return []
    low, total, passed, high = seen[0][0], sum(bucket[2] for bucket in seen), 0.0, seen[-1][1]
    for _, end, count in seen:
        passed += count
        if passed >= _CUT * total:
            high = end
            break
    bars = min(max(4 * total ** (1 / 3), _FEWEST_BARS), _MOST_BARS)  # few deals, few bars
    step = _round_step((high - low) / bars)
    first = int(low // step)
    counts = [0.0] * (int(-(-high // step)) - first)
    for start, end, count in seen:
        for at in range(int(start // step), int(-(-end // step))):
            within = min(end, (at + 1) * step) - max(start, at * step)
            if 0 <= at - first < len(counts):
                counts[at - first] += count * within / (end - start)
    return [((first + n) * step, (first + n + 1) * step, count) for n, count in enumerate(counts)]


def _round_step(least: float) -> float:
    """Hours that people count in, at least so many."""
    nice = (0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 72, 120, 168, 240, 336, 720, 1440, 2880)
    return next((step for step in nice if step >= least), least)


def _axis(across: Scale, unit: str, hours: float) -> Iterator[str]:
    yield stroke((_LEFT, _BOTTOM), (_RIGHT, _BOTTOM), "axis")
    for tick in ticks(across.low / hours, across.high / hours):
        x = across.at(tick * hours)
        yield stroke((x, _BOTTOM), (x, _BOTTOM + 5), "axis")
        yield text(x, _BOTTOM + 19, f"{tick:g}", "faint middle")
    yield text(_RIGHT, _BOTTOM + 34, f"{unit} from arrival to won", "faint right")


def _columns(bars: Bars, across: Scale, up: Scale, hours: float, unit: str) -> Iterator[str]:
    total = sum(count for _, _, count in bars)
    for start, end, count in bars:
        x, y = across.at(start), up.at(count / (end - start))
        tip = (
            f"{start / hours:g} to {end / hours:g} {unit}: {count / total * 100:.1f}% of won deals"
        )
        wide = across.at(end) - x - 1
        yield box((x, y), (wide, _BOTTOM - y), "main", tip)


def _marks(part: PartResult, across: Scale) -> Iterator[str]:
    won = part.cycle_time_won
    marks: list[tuple[str, Estimate | None]] = [("half", won.median), ("90%", won.p90)]
    for row, (name, estimate) in enumerate(marks):
        if estimate is None:
            continue
        x = across.at(estimate.mean)
        y = 14 + 16 * row
        yield stroke((x, y + 3), (x, _BOTTOM), "mark")
        side = "right" if x > _RIGHT - 170 else ""
        label = f"{name} within {figure(estimate, HOURS).alone}"
        yield text(x + (-5 if side else 5), y + 6, label, f"mark-text {side}".rstrip())


def _words(part: PartResult) -> str:
    won = part.cycle_time_won
    parts = [
        f"{name} {figure(estimate, HOURS).alone}"
        for name, estimate in (
            ("mean", won.mean),
            ("median", won.median),
            ("90th percentile", won.p90),
        )
        if estimate is not None
    ]
    return f"Histogram of the time from arrival to won: {', '.join(parts)}."
