"""Scenarios beside the process as it is: one table, and a sentence for each."""

from collections.abc import Iterator, Mapping

from salesflow.reporting.simulated.figures import SHARE, difference, figure
from salesflow.reporting.simulated.story import BAD, GOOD, Cell, Line, Table, cell
from salesflow.reporting.simulated.words import HEADLINES, MEASURES, called, change
from salesflow.reporting.words import sentence
from salesflow.simulation.result import Difference, Estimate, ScenarioResult, SimulationResult

_AS_IT_IS = "as it is"
NOTE = (
    "Differences are on the same random numbers. * is sure: more than chance, "
    "all measures looked at together."
)


def sentences(result: SimulationResult) -> tuple[Line, ...]:
    """What each scenario changes, in the user's words."""
    return tuple(_sentence(result, name, one) for name, one in result.scenarios.items())


def named(name: str, scenario: ScenarioResult) -> str:
    """A scenario by its title, with what it changes where that says more."""
    changes = [change(text) for text in scenario.changes]
    title = label(name, scenario)
    if not changes or scenario.title == ", ".join(scenario.changes):
        return title
    shown = changes if len(changes) <= 2 else [changes[0], f"{len(changes) - 1} more changes"]
    return f"{title} ({sentence(shown)})"


def label(name: str, scenario: ScenarioResult) -> str:
    """A scenario by its title; what was set on the command line by what it changes."""
    if scenario.changes and scenario.title == ", ".join(scenario.changes):
        return sentence([change(text) for text in scenario.changes])
    return (name if scenario.title in ("", name) else scenario.title).replace("_", " ")


def _sentence(result: SimulationResult, name: str, scenario: ScenarioResult) -> Line:
    several = len(scenario.kpis) > 1
    told = []
    for process, kpis in scenario.kpis.items():
        parts = ", ".join(_changes(kpis, result.currency))
        told.append(f"{process}: {parts}" if several and parts else parts)
    told += _relief(result, scenario)
    text = "; ".join(part for part in told if part) or "nothing to compare"
    return Line(named(name, scenario), f": {text}.")


def _changes(kpis: Mapping[str, Difference], currency: str) -> Iterator[str]:
    """The headline measures: sure changes first, then what stays."""
    same, unsure = [], []
    for name in HEADLINES:
        one = kpis.get(name)
        if one is None or one.difference is None:
            continue
        measure = MEASURES[name]
        if one.significant:
            yield f"{measure.name} {difference(one.difference, measure.kind, currency).whole}"
        elif _nothing(one.difference):
            same.append(measure.name)
        else:
            unsure.append(measure.name)
    if same:
        yield f"{sentence(same)} unchanged"
    if len(unsure) > 2 and len(unsure) == sum(name in kpis for name in HEADLINES):
        yield "no sure change in any headline figure"
    elif unsure:
        yield f"no sure change in {sentence(unsure, 'or')}"


def _nothing(change_: Estimate) -> bool:
    return change_.low == change_.high == 0


def _relief(result: SimulationResult, scenario: ScenarioResult) -> Iterator[str]:
    """The role whose load changes most, if surely."""
    sure = {name: one for name, one in scenario.roles.items() if one.significant}
    moves = {name: one.difference.mean for name, one in sure.items() if one.difference is not None}
    if not moves:
        return
    most = max(moves, key=lambda name: abs(moves[name]))
    now = sure[most].value
    role = result.roles.get(most)
    if now is None or role is None:
        return
    before = ""
    if role.utilization is not None:
        before = f" instead of {figure(role.utilization, SHARE).alone}"
    yield f"{called(most, role.title)} busy {figure(now, SHARE).alone}{before}"


def table(result: SimulationResult, process: str) -> Table:
    """A row for each scenario with its differences, the process as it is on top."""
    kpis = result.processes[process].kpis
    columns = [name for name in HEADLINES if kpis.get(name) is not None]
    first = [Cell(_AS_IT_IS)]
    for name in columns:
        estimate = kpis[name]
        shown = None if estimate is None else figure(estimate, MEASURES[name].kind, result.currency)
        first.append(cell(shown))
    rows = [tuple(first)]
    for name, scenario in result.scenarios.items():
        lookup = scenario.kpis.get(process, {})
        cells = (_difference(lookup.get(kpi), kpi, result.currency) for kpi in columns)
        rows.append((Cell(label(name, scenario)), *cells))
    heads = ("scenario", *(MEASURES[name].name for name in columns))
    return Table(heads, tuple(rows), note=NOTE)


def _difference(one: Difference | None, kpi: str, currency: str) -> Cell:
    if one is None or one.difference is None:
        return Cell("–")
    if _nothing(one.difference):
        return Cell("same")
    measure = MEASURES[kpi]
    shown = difference(one.difference, measure.kind, currency)
    tone = ""
    if one.significant and measure.more is not None:
        tone = GOOD if (one.difference.mean > 0) is measure.more else BAD
    spread = f"±{shown.half}" if shown.half else ""
    return Cell(shown.short, f"{spread}{'*' if one.significant else ''}", tone)
