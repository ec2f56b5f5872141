"""What scenarios change: the difference of a measure with its interval, a row for each."""

from collections.abc import Iterator

from salesflow.reporting.simulated.comparison import label
from salesflow.reporting.simulated.figures import HOURS, SHARE, difference
from salesflow.reporting.simulated.plots.canvas import dot, stroke, svg, text
from salesflow.reporting.simulated.plots.scale import Scale, ticks
from salesflow.reporting.simulated.words import MEASURES, Measure
from salesflow.reporting.widths import cut, width
from salesflow.simulation.result import Difference, Estimate, SimulationResult

_ROW = 28
_TOP = 34
_PLOT = 380.0
_LETTER = 6.6
_WIDEST_NAME = 34
_NONE = Estimate(0.0, 0.0, 0.0)
_UNIT = {SHARE: ("points", 0.01), HOURS: ("days", 24.0)}


def intervals(result: SimulationResult, process: str, measure: str, name: str) -> str:
    """The picture of one measure, "" where no scenario changes it at all."""
    about = MEASURES[measure]
    rows = {}
    for key, scenario in result.scenarios.items():
        one = scenario.kpis.get(process, {}).get(measure)
        if one is not None and one.difference is not None:
            rows[cut(label(key, scenario), _WIDEST_NAME)] = one
    edge = max((abs(end) for one in rows.values() for end in one.difference or ()), default=0.0)
    if not edge:
        return ""
    left = 12 + _LETTER * max(map(width, rows))
    unit, scale = _UNIT.get(about.kind, (result.currency if about.kind == "money" else "", 1.0))
    across = Scale(-edge * 1.05, edge * 1.05, left, left + _PLOT)
    bottom = _TOP + _ROW * len(rows)
    body = [
        *_axis(across, bottom, scale, unit),
        text(left, 16, f"Change of the {about.name}", "strong"),
    ]
    for number, (title, one) in enumerate(rows.items()):
        y = _TOP + _ROW * number + 12
        shown = difference(one.difference or _NONE, about.kind, result.currency)
        said = shown.whole if shown.low or shown.value != "0" else "unchanged"
        body.append(text(left - 8, y + 4, title, "right"))
        body.append(text(across.end + 12, y + 4, said))
        body.extend(_whiskers(one.difference or _NONE, _style(one, about), across, y))
    words = (f"Change of the {about.name} by scenario", "Differences with their 95% intervals.")
    return svg(name, (left + _PLOT + 250, bottom + 40), words, body)


def _axis(across: Scale, bottom: float, scale: float, unit: str) -> Iterator[str]:
    for tick in ticks(across.low / scale, across.high / scale, 6):
        x = across.at(tick * scale)
        yield stroke((x, _TOP - 6), (x, bottom), "axis" if tick == 0 else "grid")
        sign = "−" if tick < 0 else "+" if tick > 0 else ""
        yield text(x, bottom + 15, f"{sign}{abs(tick):,.10g}", "faint middle")
    yield text(across.end, bottom + 31, unit, "faint right")


def _style(one: Difference, about: Measure) -> str:
    if not one.significant or one.difference is None or about.more is None:
        return "unsure"
    return "good" if (one.difference.mean > 0) is about.more else "bad"


def _whiskers(estimate: Estimate, style: str, across: Scale, y: float) -> Iterator[str]:
    yield stroke((across.at(estimate.low), y), (across.at(estimate.high), y), style)
    for end in (estimate.low, estimate.high):
        yield stroke((across.at(end), y - 5), (across.at(end), y + 5), style)
    yield dot(across.at(estimate.mean), y, style)
