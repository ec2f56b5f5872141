"""What the page says of the whole process while nothing is chosen."""

from collections.abc import Iterator

from salesflow.drawing.html.nouns import Line, Section
from salesflow.process.model import Process
from salesflow.process.steps import Run, Work
from salesflow.reporting.measured import stale
from salesflow.reporting.paged.kept import Kept
from salesflow.reporting.paged.traffic import Traffic
from salesflow.reporting.simulated.figures import figure
from salesflow.reporting.simulated.words import HEADLINES, MEASURES
from salesflow.reporting.words import count


def about(process: Process, kept: Kept, traffic: Traffic) -> Iterator[Section]:
    """The process in short, its figures, and its objectives; empty ones are left out."""
    found = (
        Section(title="In short", lines=tuple(_short(process))),
        Section(title="Simulated", lines=tuple(_figures(process, kept))),
        Section(title="Objectives", lines=tuple(_objectives(process, kept))),
        Section(title="Deals a week", lines=(Line(text=traffic.told, tone="quiet"),)),
    )
    yield from (section for section in found if section.lines)


def _short(process: Process) -> Iterator[Line]:
    for text in (process.description, process.goal):
        if text:
            yield Line(text=text)
    steps = sum(isinstance(step, Work | Run) for step in process.nodes.values())
    ours = sum(not each.external for each in process.departments.values())
    told = [count(steps, "step")]
    if ours:
        told.append(count(ours, "department"))
    yield Line(text=", ".join(told), value=f"version {process.version}" if process.version else "")
    if process.owner:
        yield Line(text="owner", value=process.owner.replace("_", " "))


def _figures(process: Process, kept: Kept) -> Iterator[Line]:
    if kept.part is None or kept.result is None:
        return
    old = stale(process, kept.result)
    if old:
        yield Line(text=old, tone="warning")
    for name in HEADLINES:
        estimate = kept.part.kpis.get(name)
        if name == "cycle_time_won":
            estimate = kept.part.cycle_time_won.mean
        if estimate is not None:
            measure = MEASURES[name]
            shown = figure(estimate, measure.kind, kept.result.currency)
            yield Line(text=measure.name, value=shown.whole)


def _objectives(process: Process, kept: Kept) -> Iterator[Line]:
    verdicts = {}
    if kept.part is not None:
        verdicts = {each.name: each.verdict for each in kept.part.objectives}
    tones = {"met": "won", "missed": "error", "unsure": "warning"}
    for objective in process.objectives.values():
        verdict = verdicts.get(objective.id, "")
        yield Line(text=objective.title, value=verdict, tone=tones.get(verdict, ""))
