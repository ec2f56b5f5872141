"""The page of a process: why it is, its pictures, steps and rules, and what is wrong with it."""

from collections.abc import Iterator

from salesflow.changes.catalogue.of_policies import demand
from salesflow.changes.edit import LEVELS, Edit
from salesflow.drawing.diagram import Diagram
from salesflow.process.model import Outcome, Source
from salesflow.quantities import format_share
from salesflow.reporting.changed.once import grouped
from salesflow.reporting.paged.times import in_words
from salesflow.reporting.site import figures, pictures
from salesflow.reporting.site.addresses import (
    FINDINGS,
    INDEX,
    department_page,
    process_page,
    touchpoint_page,
)
from salesflow.reporting.site.atlas import MOST, Atlas, Chart
from salesflow.reporting.site.bridges import fields, kept, within
from salesflow.reporting.site.flow_table import flow_table
from salesflow.reporting.site.frame import Page, Part, parts_of
from salesflow.reporting.site.markup import (
    NOTHING,
    Cell,
    Cells,
    Html,
    described,
    join,
    link,
    listed,
    paragraphs,
    prose,
    table,
    tag,
)
from salesflow.reporting.site.pictures import Link
from salesflow.reporting.site.remarks import about, counted, remarks
from salesflow.reporting.words import sentence

_FEW = 12  # changes that are not folded away


def process_shown(atlas: Atlas, chart: Chart) -> Page:
    """The page of a process."""
    page = Page(at=process_page(chart.id), title=chart.title)
    to = page.link
    trail = [("All processes", INDEX)]
    if chart.base:
        trail.append((atlas.charts[chart.base].title, process_page(chart.base)))
    return page.replace(
        kind=chart.kind.capitalize(),
        lead=_lead(atlas, chart, to),
        parts=tuple(_parts(atlas, chart, to)),
        trail=tuple(trail),
    )


def _lead(atlas: Atlas, chart: Chart, to: Link) -> Html:
    process = chart.process
    result = chart.kept.result
    return join(
        (
            tag("p.goal", prose(process.goal), has={"dir": "auto"}) if process.goal else NOTHING,
            paragraphs(process.description),
            described(_short(atlas, chart, to), "dl.facts"),
            figures.warning(chart),
            figures.tiles(chart, to),
            tag("p.note", figures.told(result)) if result is not None else NOTHING,
        )
    )


def _short(atlas: Atlas, chart: Chart, to: Link) -> Iterator[tuple[str, str]]:
    process = chart.process
    yield "Owner", process.owner.replace("_", " ")
    yield "Version", process.version
    base = atlas.charts.get(chart.base)
    if base is not None:
        yield "Variant of", link(to(process_page(base.id)), base.title)
    elif process.base is not None:
        yield "Variant of", process.base.process.name or process.base.process.id
    within = (link(to(process_page(name)), atlas.charts[name].title) for name in chart.runs_in)
    yield "Run by", join(within, ", ")
    parts = (link(to(process_page(name)), atlas.charts[name].title) for name in process.runs)
    yield "Runs", join(parts, ", ")
    ours = [name for name in chart.departments if not process.departments[name].external]
    who = (link(to(department_page(name)), chart.department(name)) for name in ours)
    yield "Departments", join(who, ", ")
    yield "Next level needs", prose(sentence(list(chart.level.missing)))


def _parts(atlas: Atlas, chart: Chart, to: Link) -> Iterator[Part]:
    title = chart.title
    yield from parts_of(
        ("What this variant changes", "changes", join((_changes(chart, to), _beside(chart, to)))),
        ("The flow", "flow", pictures.whole(chart, to)),
        (
            "Who hands over to whom",
            "between",
            _view(chart, chart.birds_eye, f"Departments in {title}", to),
        ),
        ("Stages", "stages", _stages(chart, to)),
        ("Where deals come from", "sources", _sources(chart, to)),
        ("Steps", "steps", flow_table(chart, to)),
        ("How deals end", "outcomes", _outcomes(chart, to)),
        ("Touchpoints", "touchpoints", _touchpoints(chart, to)),
        ("Rules that always hold", "policies", _policies(chart)),
        ("Objectives", "objectives", _objectives(chart)),
        ("Findings", "findings", _findings(atlas, chart, to)),
        ("Variants", "variants", _variants(atlas, chart, to)),
    )


def _view(chart: Chart, diagram: Diagram, title: str, to: Link) -> Html:
    if not diagram.edges or len(diagram.nodes) > MOST:
        return NOTHING
    return pictures.drawing(chart, diagram, title, to)


def _stages(chart: Chart, to: Link) -> Html:
    staged = any(step.stage for step in chart.process.nodes.values())
    drawn = (
        _view(chart, chart.view("stages"), f"Stages of {chart.title}", to) if staged else NOTHING
    )
    return join((drawn, _stage_table(chart)))


def _stage_table(chart: Chart) -> Html:
    rows: list[Cells] = []
    seen = chart.kept.part.stages if chart.kept.part is not None else {}
    for stage in chart.process.stages.values():
        found = seen.get(stage.id)
        crm = ", ".join(f"{system}: {name}" for system, name in stage.crm.items())
        chance = (
            Cell("")
            if stage.win_chance is None
            else Cell(format_share(stage.win_chance), stage.win_chance)
        )
        age = "" if stage.max_age is None else in_words(stage.max_age)
        title = tag("span", stage.heading, has={"id": f"stages.{stage.id}"})
        stays = figures.hours(found.time) if found is not None else Cell("")
        rows.append((title, stage.description, chance, age, crm, stays))
    heads = ("Stage", "About", "Chance to win", "Too old after", "In the CRM", "Deals stay")
    return table(f"Stages of {chart.title}, one by one", heads, rows)


def _sources(chart: Chart, to: Link) -> Html:
    def row(source: Source) -> Cells:
        whose = source.department or ""
        return (
            tag("span", source.heading, has={"id": source.path}),
            source.description,
            link(to(department_page(whose)), chart.department(whose)) if whose else "",
            link(to(chart.address(source.start)), chart.label(source.start)),
            figures.arrivals(source.per_week),
            fields(chart, source.gives, to),
        )

    heads = ("Source", "About", "Department", "Begins at", "Deals a week", "Comes with")
    return table(f"Sources of {chart.title}", heads, map(row, chart.process.sources.values()))


def _outcomes(chart: Chart, to: Link) -> Html:
    leading = chart.process.leading

    def row(outcome: Outcome) -> Cells:
        after = (link(to(chart.places.of(s.path)), s.heading) for s in leading.get(outcome.id, ()))
        kind = "" if outcome.kind == outcome.id else outcome.kind
        return (
            tag("span", outcome.heading, has={"id": outcome.path}),
            outcome.description,
            kind,
            fields(chart, outcome.requires, to),
            join(after, ", "),
        )

    heads = ("Outcome", "About", "Counts as", "Must be filled", "Reached from")
    return table(f"Outcomes of {chart.title}", heads, map(row, chart.process.outcomes.values()))


def _touchpoints(chart: Chart, to: Link) -> Html:
    rows: list[Cells] = []
    for point in chart.process.touchpoints.values():
        seen = chart.kept.part.touchpoints.get(point.id) if chart.kept.part is not None else None
        rows.append(
            (
                link(to(touchpoint_page(chart.id, point.id)), point.heading),
                link(to(department_page(point.giver)), chart.department(point.giver)),
                link(to(department_page(point.receiver)), chart.department(point.receiver)),
                fields(chart, point.requires, to),
                within(point),
                kept(chart, point),
                figures.weekly(chart, seen.crossings if seen is not None else None),
                counted(about(chart, point.path)),
            )
        )
    heads = (
        "Touchpoint",
        "From",
        "To",
        "Must be filled",
        "Begun within",
        "Kept",
        "A week",
        "Findings",
    )
    return table(f"Touchpoints of {chart.title}", heads, rows)


def _policies(chart: Chart) -> Html:
    rows: list[Cells] = []
    for policy in chart.process.policies.values():
        said = demand(policy.kind, [_event(chart, name) for name in policy.events])
        title = tag("span", policy.heading, has={"id": policy.path})
        when = prose(f"`{policy.when}`") if policy.when is not None else NOTHING
        names = tag("span.names", prose(said[:1].upper() + said[1:]))
        rows.append((title, policy.description, names, when))
    return table(
        f"Rules of {chart.title}", ("Rule", "About", "What it demands", "Only for deals with"), rows
    )


def _event(chart: Chart, name: str) -> str:
    """What a policy speaks of: a step by its name, a result behind that of its step."""
    return chart.label(name) if chart.named(name) else chart.way(name)


def _objectives(chart: Chart) -> Html:
    rows: list[Cells] = []
    for objective in chart.process.objectives.values():
        value, verdict, why = figures.judged(chart, objective.id)
        title = tag("span", objective.heading, has={"id": objective.path})
        asked = figures.asked(chart, objective)
        rows.append((title, objective.description, asked, value, verdict, why))
    heads = ("Objective", "About", "Asked for", "Simulated", "Verdict", "Why")
    note = NOTHING
    if rows and chart.kept.part is None:
        note = tag(
            "p.note", "Whether they are met says a simulation: none was given for this page."
        )
    return join((table(f"Objectives of {chart.title}", heads, rows), note))


def _findings(atlas: Atlas, chart: Chart, to: Link) -> Html:
    found = remarks(chart, chart.findings, to)
    base = atlas.charts.get(chart.base)
    if base is None or not base.findings:
        return found
    there = link(to(f"{FINDINGS}#{base.id}"), base.title)
    return join(
        (found, tag("p.note", "What is found in lines that it takes over stands at ", there, "."))
    )


def _changes(chart: Chart, to: Link) -> Html:
    """What a variant changes, what matters most first; the rest is unfolded."""
    if chart.change is None:
        return NOTHING
    edits = sorted(grouped(chart.change.edits), key=lambda edit: LEVELS.index(edit.level))
    rows = [_edit(chart, edit, to) for edit in edits]
    if len(rows) <= _FEW + 1:
        return listed(rows)
    more = tag("summary", f"and {len(rows) - _FEW} more")
    return join((listed(rows[:_FEW]), tag("details", more, listed(rows[_FEW:]))))


def _edit(chart: Chart, edit: Edit, to: Link) -> Html:
    address = chart.places.of(edit.path)
    told = prose(edit.message or f"{edit.kind} `{edit.path}`")
    if address == process_page(chart.id):
        return told
    return join((told, " ", tag("small", link(to(address), edit.path))))


def _beside(chart: Chart, to: Link) -> Html:
    """The flow of base and variant in one, with what changed."""
    if chart.change is None or not chart.change.edits:
        return NOTHING
    if chart.beside is None or len(chart.beside.nodes) > MOST:
        return NOTHING
    return pictures.drawing(chart, chart.beside, f"What {chart.title} changes in the flow", to)


def _variants(atlas: Atlas, chart: Chart, to: Link) -> Html:
    parts = []
    for variant in atlas.below(chart):
        name = link(to(process_page(variant.id)), variant.title)
        parts.append(
            join((tag("h3", name), paragraphs(variant.process.description), _changes(variant, to)))
        )
    return join(parts)
