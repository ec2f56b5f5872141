"""A card for each step, source, outcome and stage: what the picture itself does not say."""

from collections.abc import Iterable, Iterator

from salesflow.drawing.html.nouns import Card, Line, Section
from salesflow.process.model import Outcome, Process, Source
from salesflow.process.steps import Run, Step, Work
from salesflow.quantities import format_share
from salesflow.reporting.paged.kept import Kept
from salesflow.reporting.paged.places import Places
from salesflow.reporting.paged.times import in_words
from salesflow.reporting.words import spread


def cards(process: Process, places: Places, kept: Kept) -> Iterator[Card]:
    """The cards of all that is drawn, in the order of the process; empty ones are left out."""
    found = [
        *(_source(process, each) for each in process.sources.values()),
        *_steps(process, places, kept, "", ()),
        *(_outcome(process, each) for each in process.outcomes.values()),
    ]
    for stage in process.stages.values():
        rows = []
        if stage.win_chance is not None:
            rows.append(
                Line(text="won of all that stand here", value=format_share(stage.win_chance))
            )
        if stage.max_age is not None:
            rows.append(Line(text="too old after", value=in_words(stage.max_age)))
        rows += [Line(text=f"in {system}", value=name) for system, name in stage.crm.items()]
        found.append(
            Card(path=stage.path, lead=stage.description, sections=(_kept("Stage", rows),))
        )
    for card in found:
        sections = tuple(section for section in card.sections if section.lines)
        if sections or card.lead:
            yield card.replace(sections=sections)


def _kept(title: str, lines: Iterable[Line]) -> Section:
    return Section(title=title, lines=tuple(lines))


def _source(process: Process, source: Source) -> Card:
    rows = []
    rate = source.per_week
    if rate:
        rows.append(Line(text="deals", value=f"{Kept().number(rate)} a week"))
    if source.cost is not None:
        money = f"{source.cost:,.0f} {process.people.currency}".strip()
        rows.append(Line(text="a deal costs", value=money))
    filled = _fields(process, source.gives)
    return Card(
        path=source.path,
        lead=source.description,
        sections=(_kept("Arrivals", rows), _kept("Comes with", filled)),
    )


def _outcome(process: Process, outcome: Outcome) -> Card:
    needs = _fields(process, outcome.requires)
    return Card(
        path=outcome.path, lead=outcome.description, sections=(_kept("Must be filled", needs),)
    )


def _steps(
    process: Process, places: Places, kept: Kept, prefix: str, above: tuple[str, ...]
) -> Iterator[Card]:
    for step in process.nodes.values():
        node = prefix + step.node
        path = places.of(node)
        if path:
            yield Card(
                path=path,
                lead=step.description,
                sections=(
                    _kept("Who", _who(process, step)),
                    _kept("Needs", _fields(process, step.requires)),
                    _kept(
                        "Fills", _fields(process, step.captures if isinstance(step, Work) else ())
                    ),
                    _kept("Time", _times(step)),
                    _kept("Simulated", kept.step(node)),
                ),
            )
        inner = process.runs.get(step.process) if isinstance(step, Run) else None
        if inner is not None and inner.id not in above:
            yield from _steps(inner, places, kept, f"{node}.", (*above, inner.id))


def _who(process: Process, step: Step) -> Iterator[Line]:
    if not isinstance(step, Work):
        return
    for place, name in enumerate(name for name in (step.by, *step.with_) if name):
        role = process.roles.get(name)
        title, department = (role.title, role.department) if role is not None else (name, "")
        known = process.departments.get(department)
        yield Line(
            text=f"with {title}" if place or not step.by else title,
            value=known.title if known is not None and known.title != title else "",
            to=f"departments.{department}" if known is not None else "",
        )
    if step.facing == "customer":
        yield Line(text="faces the customer", tone="quiet")


def _fields(process: Process, names: Iterable[str]) -> Iterator[Line]:
    for name in names:
        field = process.data.get(name)
        title = field.title if field is not None else name
        told = f", kept in {field.master}" if field is not None and field.master else ""
        yield Line(text=f"{title}{told}", value="sensitive" if field and field.sensitive else "")


def _times(step: Step) -> Iterator[Line]:
    if isinstance(step, Work):
        if step.effort is not None:
            yield Line(text="hands-on work", value=spread(step.effort))
        if step.wait is not None:
            yield Line(text="then waits", value=spread(step.wait))
    if step.sla is not None:
        target = f" for {format_share(step.sla.target)}" if step.sla.target is not None else ""
        yield Line(text="is to be done within", value=f"{in_words(step.sla.within)}{target}")
    if step.timeout is not None:
        result = step.timeout.result.replace("_", " ")
        yield Line(text=f"ends with {result} after", value=in_words(step.timeout.after))
    if isinstance(step, Work) and step.escalate is not None:
        role = step.escalate.by.replace("_", " ")
        yield Line(text=f"{role} may take over after", value=in_words(step.escalate.after))
