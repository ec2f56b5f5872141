"""Figures on pages: of a simulation with their intervals, else what the shares say."""

from collections.abc import Iterator
from math import isfinite

from salesflow.analysis.odds.deals import Deals
from salesflow.process.model import Objective
from salesflow.process.people import Role
from salesflow.process.steps import Step
from salesflow.quantities import parse_duration
from salesflow.reporting.paged.times import in_words
from salesflow.reporting.simulated.figures import NUMBER, SHARE, figure, number, share
from salesflow.reporting.simulated.figures import lasting as lasting_hours
from salesflow.reporting.simulated.words import HEADLINES, MEASURES, begins, lasting
from salesflow.reporting.site.addresses import FINDINGS
from salesflow.reporting.site.atlas import Chart
from salesflow.reporting.site.markup import NOTHING, Cell, Html, join, link, prose, tag
from salesflow.reporting.site.pictures import Link
from salesflow.reporting.site.remarks import counted
from salesflow.reporting.words import count
from salesflow.simulation.result import Estimate, SimulationResult

VISITED = ("Deals a week", "Waits for us", "In time")
_BUSY = 0.85  # of the time of people, from which on deals wait long for them
_TONES = {"met": "good", "missed": "bad", "unsure": "doubt"}
_OF = {
    "waiting": "wait until work begins",
    "utilization": "time taken",
    "selling_time": "time spent selling",
    "attainment": "begun or done in time",
    "time": "time",
}


def warning(chart: Chart) -> Html:
    """Why figures may not be those of this version."""
    return tag("p.warning", f"{chart.title}: ", prose(chart.stale)) if chart.stale else NOTHING


def told(result: SimulationResult) -> str:
    """Where the figures of a simulation come from."""
    found = f" after {lasting(result.warmup)} of warm-up" if begins(result.warmup) else ""
    runs = count(result.replications, "replication")
    return f"Simulated: {lasting(result.duration)}{found}, {runs}, with 95% intervals."


def tiles(chart: Chart, to: Link) -> Html:
    """The key figures of a process."""
    level = (f"{chart.level.level} of 4", "how far it is described")
    found = counted(chart.findings)
    wrong = link(to(f"{FINDINGS}#{chart.id}"), found) if found else "none"
    rows = [*headlines(chart), ("level", *level), ("findings", wrong, "of the check")]
    inside = (
        tag("div", tag("dt", name), tag("dd", tag("b", value), " ", tag("small", more)))
        for name, value, more in rows
    )
    return tag("dl.tiles", *inside)


def headlines(chart: Chart) -> Iterator[tuple[str, str, str]]:
    """The figures most asked for: what, how much, and how sure or where from."""
    part, result = chart.kept.part, chart.kept.result
    if part is None or result is None:
        yield from _by_shares(chart)
        return
    for name in HEADLINES:
        estimate = part.cycle_time_won.mean if name == "cycle_time_won" else part.kpis.get(name)
        if estimate is not None:
            shown = figure(estimate, MEASURES[name].kind, result.currency)
            yield MEASURES[name].name, shown.alone, shown.interval


def _by_shares(chart: Chart) -> Iterator[tuple[str, str, str]]:
    deals: Deals | None = chart.chain.all
    if deals is None:
        return
    about = "" if chart.chain.exact else "about, "
    if deals.win_rate is not None:
        yield "win rate", share(deals.win_rate), f"{about}by the shares"
    if deals.value_per_won is not None and isfinite(deals.value_per_won):
        money = f"{_rounded(deals.value_per_won)} {chart.process.people.currency}".strip()
        yield "worth of a won deal", money, f"{about}by the shares"


def _rounded(amount: float) -> str:
    """In two digits: it is an average."""
    digits = max(len(f"{abs(amount):.0f}") - 2, 0)
    return f"{round(amount, -digits):,.0f}"


def estimated(estimate: Estimate | None, kind: str, tone: str = "") -> Cell:
    """An estimate with its interval, as a cell."""
    if estimate is None:
        return Cell("")
    shown = figure(estimate, kind)
    said = join((shown.alone, " ", tag("small", shown.interval))) if shown.low else shown.alone
    return Cell(said, estimate.mean, tone)


def hours(estimate: Estimate | None) -> Cell:
    """A time without its interval, as a cell; nothing where there is none."""
    if estimate is None or estimate.high <= 0:
        return Cell("")
    return Cell(lasting_hours(estimate.mean), estimate.mean)


def visited(chart: Chart, step: Step) -> tuple[Cell, Cell, Cell]:
    """Of a step how many deals come, how long they wait and how many are in time: ``VISITED``."""
    seen = chart.kept.part.steps.get(step.node) if chart.kept.part is not None else None
    if seen is None:
        return Cell(""), Cell(""), Cell("")
    return weekly(chart, seen.visits), hours(seen.waiting), estimated(seen.attainment, SHARE)


def weekly(chart: Chart, visits: Estimate | None) -> Cell:
    """How many a week, as a cell."""
    if visits is None:
        return Cell("")
    return Cell(chart.kept.a_week(visits).removesuffix(" a week"), visits.mean)


def asked(chart: Chart, objective: Objective) -> Html:
    """An objective as a sentence: ``win rate from Discovery on: at least 14%``."""
    from salesflow.simulation.objectives import limit_text  # only where there is one

    limit = limit_text(objective)
    time = parse_duration(limit)
    known = MEASURES.get(objective.measure)
    words = [
        _OF.get(objective.measure) or (known.name if known else objective.measure.replace("_", " "))
    ]
    if objective.statistic != "mean":
        words.insert(
            0,
            {"p90": "nine in ten:", "p95": "19 in 20:"}.get(
                objective.statistic, objective.statistic
            ),
        )
    if objective.of:
        words.append(f"of {_called(chart, objective.of)}")
    if objective.start:
        words.append(f"from {chart.label(objective.start)}")
    if objective.to:
        words.append(f"to {chart.label(objective.to)}")
    bound = objective.bound.replace("_", " ")
    return join((" ".join(words), ": ", tag("b", f"{bound} {in_words(time) if time else limit}")))


def _called(chart: Chart, name: str) -> str:
    process = chart.process
    known = process.roles.get(name) or process.touchpoints.get(name)
    return known.title if known is not None else chart.label(name)


def judged(chart: Chart, name: str) -> tuple[Cell, Cell, str]:
    """Of an objective what was simulated, the verdict, and why there is none."""
    part, result = chart.kept.part, chart.kept.result
    found = [each for each in part.objectives if each.name == name] if part is not None else []
    if not found or result is None:
        return Cell(""), Cell(""), ""
    one = found[0]
    shown = figure(one.value, one.unit, result.currency) if one.value is not None else None
    value = Cell(shown.whole if shown is not None else "", one.value.mean if one.value else None)
    why = one.why
    if not why and one.verdict == "unsure" and one.needed is not None:
        why = f"about {one.needed:,} replications would decide"
    return value, Cell(one.verdict, tone=_TONES.get(one.verdict, "")), why


def busy(chart: Chart, role: Role) -> tuple[Cell, Cell, Cell]:
    """Of a role the share of its time that is taken, how long work waits, how many wait."""
    seen = chart.kept.result.roles.get(role.id) if chart.kept.result is not None else None
    if seen is not None:
        tight = seen.utilization is not None and seen.utilization.mean >= _BUSY
        load = estimated(seen.utilization, SHARE, "bad" if tight else "")
        return load, hours(seen.waiting), Cell(figure(seen.queue, NUMBER).value, seen.queue.mean)
    asks = chart.loads.get(role.id)
    if asks is None or not isfinite(asks.share):
        return Cell(""), Cell(""), Cell("")
    tone = "bad" if asks.share >= _BUSY else ""
    return Cell(share(asks.share), asks.share, tone), Cell(""), Cell("")


def arrivals(rate: float | None) -> Cell:
    """Deals a week, as a cell."""
    return Cell(number(rate).removesuffix(".0"), rate) if rate else Cell("")
