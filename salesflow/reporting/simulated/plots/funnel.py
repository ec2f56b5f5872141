"""How many deals come by each step: bars as wide as the visits, with what is lost on the way."""

from collections.abc import Iterator
from typing import NamedTuple

from salesflow.reporting.simulated.figures import NUMBER, figure, number, share
from salesflow.reporting.simulated.plots.canvas import box, svg, text
from salesflow.reporting.simulated.words import called
from salesflow.reporting.widths import cut, width
from salesflow.simulation.result import PartResult, StepResult

_ROW, _BAR = 26, 18
_TOP = 26
_MIDDLE = 300.0  # half the width of the widest bar
_LETTER, _STRONG_LETTER = 6.6, 7.6  # pixels of a letter, on average
_ALL = "deals that come"
_WIDEST_NAME = 34
_MOST = 40


class _Bar(NamedTuple):
    title: str
    number: float
    style: str
    tip: str = ""


def funnel(part: PartResult, name: str) -> str:
    """The picture, "" where there are no steps."""
    came = part.deals["arrived"].mean
    steps = dict([*part.steps.items()][:_MOST])
    most = max([came, *(step.visits.mean for step in steps.values())])
    if not steps or most <= 0:
        return ""
    names = {node: cut(step.title, _WIDEST_NAME) for node, step in steps.items()}
    left = 12 + max(_STRONG_LETTER * width(_ALL), _LETTER * max(map(width, names.values())))
    bars = [
        _Bar(_ALL, came, "pale"),
        *(_Bar(names[node], step.visits.mean, "main", _tip(step)) for node, step in steps.items()),
        _Bar("won", part.deals["won"].mean, "good"),
    ]
    body = [element for row, bar in enumerate(bars) for element in _row(row, bar, most, left)]
    body += [_of_all(row, bar.number / came, left) for row, bar in enumerate(bars) if came]
    body += [text(left + _MIDDLE * 2 + 44, 16, "visits", "faint right")]
    body += [text(left + _MIDDLE * 2 + 100, 16, "of deals", "faint right")]
    more = len(part.steps) - len(steps)
    size = (left + _MIDDLE * 2 + 110, _TOP + _ROW * (len(steps) + 2) + (22 if more else 6))
    if more:
        body.append(text(left, size[1] - 8, f"and {more} more steps", "faint"))
    words = (f"The funnel: {called(part.id, part.title)}", _words(part))
    return svg(name, size, words, body)


def _row(row: int, bar: _Bar, most: float, left: float) -> Iterator[str]:
    y = _TOP + _ROW * row
    half = _MIDDLE * bar.number / most
    yield text(left - 8, y + 14, bar.title, "right" if bar.style == "main" else "right strong")
    yield box((left, y), (_MIDDLE * 2, _BAR), "back")
    yield box((left + _MIDDLE - half, y), (half * 2, _BAR), bar.style, bar.tip)
    yield text(left + _MIDDLE * 2 + 44, y + 14, number(bar.number), "right")


def _of_all(row: int, part: float, left: float) -> str:
    return text(left + _MIDDLE * 2 + 100, _TOP + _ROW * row + 14, share(part), "faint right")


def _tip(step: StepResult) -> str:
    ways = sorted(step.results.items(), key=lambda way: -way[1].mean)
    ends = ", ".join(f"{way} {share(of.mean)}" for way, of in ways)
    return f"{step.title}: {figure(step.visits, NUMBER).value} visits. {ends}"


def _words(part: PartResult) -> str:
    return (
        f"{figure(part.deals['arrived'], NUMBER).value} deals come, "
        f"{figure(part.deals['won'], NUMBER).value} are won by the end."
    )
