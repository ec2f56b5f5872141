"""A result as a story: warnings, the answer, what-ifs, bottlenecks, objectives, then tables."""

from collections.abc import Iterator

from salesflow.reporting.simulated import comparison, tables
from salesflow.reporting.simulated.answer import answer, selling
from salesflow.reporting.simulated.bottlenecks import bottlenecks
from salesflow.reporting.simulated.story import Chapter, Line, Story
from salesflow.reporting.simulated.verdicts import verdicts
from salesflow.reporting.simulated.words import begins, lasting
from salesflow.reporting.words import count, sentence
from salesflow.simulation.result import PartResult, SimulationResult


def story(result: SimulationResult) -> Story:
    """All there is to tell, in the order in which it is read."""
    parts = result.processes
    lines: list[Line] = []
    for part in parts.values():
        if len(parts) > 1:
            lines.append(Line(part.title or part.id))
        lines.extend(answer(result, part))
    sold = [*selling(result)]
    if len(parts) > 1 and sold:
        lines.append(Line("Together"))
    lines.extend(sold)
    return Story(
        title=sentence([part.title or part.id for part in parts.values()]),
        about=_about(result),
        warnings=result.warnings,
        answer=tuple(lines),
        chapters=(*_sentences(result), *_tables(result)),
    )


def _about(result: SimulationResult) -> str:
    found = ", found by itself" if result.warmup_found else ""
    warmup = f" after a warm-up of {lasting(result.warmup)}{found}" if begins(result.warmup) else ""
    return (
        f"{lasting(result.duration)}{warmup}, "
        f"{count(result.replications, 'replication')}, seed {result.seed}; "
        "in brackets 95% intervals"
    )


def _sentences(result: SimulationResult) -> Iterator[Chapter]:
    if result.scenarios:
        yield Chapter("What if", comparison.sentences(result))
    yield Chapter("Bottlenecks", bottlenecks(result))
    judged = [*verdicts(result)]
    if judged:
        yield Chapter("Objectives", table=tables.objectives(judged, result.currency))


def _tables(result: SimulationResult) -> Iterator[Chapter]:
    for name, part in result.processes.items():
        for chapter in _of_process(result, part):
            yield chapter._replace(process=name)
    if result.roles:
        yield Chapter("Roles", table=tables.roles(result), picture="week")


def _of_process(result: SimulationResult, part: PartResult) -> Iterator[Chapter]:
    of = f" of {part.title or part.id}" if len(result.processes) > 1 else ""
    if result.scenarios:
        title = f"Scenarios{of} side by side"
        yield Chapter(title, table=comparison.table(result, part.id), picture="scenarios")
    yield Chapter(f"Figures{of}", table=tables.measures(part, result.currency), picture="times")
    yield Chapter(f"Deals{of}", table=tables.deals(part))
    if part.steps:
        yield Chapter(f"Steps{of}", table=tables.steps(part, result.duration), picture="funnel")
    if part.touchpoints:
        yield Chapter(f"Touchpoints{of}", table=tables.touchpoints(part))
    if part.stages:
        yield Chapter(f"Stages{of}", table=tables.stages(part, result.duration))
