"""The page of a department: its people, and in each process when it enters, what it gets, what it
owes, by when, and how that is kept.
"""

from collections.abc import Iterable, Iterator

from salesflow.analysis.department import DepartmentView, Task
from salesflow.process.people import Role
from salesflow.quantities import format_share
from salesflow.reporting.paged.times import in_words
from salesflow.reporting.site import figures, pictures
from salesflow.reporting.site.addresses import INDEX, department_page, process_page
from salesflow.reporting.site.atlas import Atlas, Chart
from salesflow.reporting.site.bridges import crossings, fields, others
from salesflow.reporting.site.flow_table import promised
from salesflow.reporting.site.frame import Page, Part
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
from salesflow.reporting.site.remarks import about, remarks
from salesflow.reporting.words import spread


def department_shown(atlas: Atlas, name: str) -> Page:
    """The page of a department."""
    department = atlas.departments[name]
    page = Page(at=department_page(name), title=department.heading)
    charts = atlas.sharing(name)
    return page.replace(
        kind="Outside of our company" if department.external else "Department",
        lead=_lead(atlas, name, page.link),
        parts=(
            Part(title="People", anchor="people", inside=_people(charts, name)),
            *(_part(atlas, chart, name, page.link) for chart in charts),
        ),
        trail=(("All processes", INDEX), ("Departments", f"{INDEX}#departments")),
    )


def _lead(atlas: Atlas, name: str, to: Link) -> Html:
    department = atlas.departments[name]
    charts = atlas.sharing(name)
    nothing = tag("p", "It has no part in any process here yet.") if not charts else NOTHING
    return join(
        (
            paragraphs(department.description),
            described(_short(atlas, name, to), "dl.facts"),
            nothing,
            *dict.fromkeys(figures.warning(chart) for chart in charts if chart.stale),
        )
    )


def _short(atlas: Atlas, name: str, to: Link) -> Iterator[tuple[str, str]]:
    charts = atlas.sharing(name)
    yield "Owner", atlas.departments[name].owner.replace("_", " ")
    where = (link(to(process_page(chart.id)), chart.title) for chart in charts)
    yield "Takes part in", join(where, ", ")
    for word, side in (("Gets deals from", "entries"), ("Hands deals to", "exits")):
        yield word, others(atlas, charts, name, side, to)


def _people(charts: Iterable[Chart], name: str) -> Html:
    """A table for each different set of roles: variants may have people of their own."""
    tables: dict[tuple[Role, ...], list[Chart]] = {}
    for chart in charts:
        roles = tuple(r for r in chart.process.roles.values() if r.department == name)
        alike = tuple(role.replace(cost_per_hour=None) for role in roles)
        tables.setdefault(alike, []).append(chart)
    shown = {roles: group for roles, group in tables.items() if roles and not roles[0].external}
    several = len(shown) > 1
    return join(_crew(roles, group, several=several) for roles, group in shown.items())


def _crew(roles: tuple[Role, ...], group: list[Chart], *, several: bool) -> Html:
    told = next((chart for chart in group if chart.kept.result is not None), group[0])
    rows: list[Cells] = []
    for role in roles:
        load, waits, queue = figures.busy(told, role)
        people = Cell("") if role.people is None else Cell(f"{role.people}", role.people)
        part = Cell(format_share(role.available), role.available) if role.people is not None else ""
        about = role.description if role.id != role.department else ""  # it is told above
        rows.append((role.heading, about, people, part, load, waits, queue))
    busy = "Busy" if told.kept.result is not None else "Asked for, by the shares"
    heads = ("Role", "About", "People", "Of their time", busy, "Work waits", "In line")
    names = ", ".join(chart.title for chart in group)
    above = tag("h3", f"In {names}") if several else NOTHING
    return join((above, table(f"People in {names}", heads, rows)))


def _part(atlas: Atlas, chart: Chart, name: str, to: Link) -> Part:
    base = atlas.charts.get(chart.base)
    inside = _told(chart, name, to) if base is None else _changed(chart, base, name, to)
    return Part(title=f"In {chart.title}", anchor=f"in-{chart.id}", inside=inside)


def _changed(chart: Chart, base: Chart, name: str, to: Link) -> Html:
    """Of a variant only what is different."""
    lines = chart.change.departments.get(name, ()) if chart.change is not None else ()
    page = link(to(process_page(chart.id)), chart.title)
    of = base.title
    if not lines:
        return tag("p", page, f" is a variant of {of}; nothing is different here.")
    from salesflow.changes.departments import counted  # slow to import

    many = len(lines) > 1
    how = f" ({counted(lines)})" if many else ""
    told = lines[1:] if many else lines
    return join(
        (
            tag("p", page, f" is a variant of {of}. What is different here{how}:"),
            listed(map(prose, told)),
        )
    )


def _told(chart: Chart, name: str, to: Link) -> Html:
    view = chart.departments[name]
    title = chart.department(name)
    enters = (
        _sources(chart, view, to),
        crossings(
            chart, f"How deals come to {title}", view.entries, ("From", "Gets", "Owes back"), to
        ),
    )
    leaves = crossings(
        chart, f"How deals leave {title}", view.exits, ("To", "Hands over", "Gets back"), to
    )
    parts = (
        ("Enters", join(enters) or tag("p", "Nothing is handed over to it.")),
        ("Works on", join((_tasks(chart, view, to), _escalations(chart, view, to)))),
        ("Leaves", leaves or tag("p", "It hands over to nobody.")),
        (
            "Its part of the flow",
            pictures.part(chart, [name], f"What {title} does in {chart.title}", to),
        ),
        ("Findings", remarks(chart, about(chart, *_own(chart, view)), to)),
    )
    return join(join((tag("h3", head), inside)) for head, inside in parts if inside)


def _sources(chart: Chart, view: DepartmentView, to: Link) -> Html:
    rows: list[Cells] = []
    for source in view.sources:
        rate = source.per_week
        at = link(to(chart.address(source.start)), chart.label(source.start))
        title = link(to(chart.places.of(source.path)), source.heading)
        rows.append((title, figures.arrivals(rate), at, fields(chart, source.gives, to)))
    heads = ("By itself, from", "Deals a week", "At", "Comes with")
    return table(f"Sources of {view.department.heading}", heads, rows)


def _tasks(chart: Chart, view: DepartmentView, to: Link) -> Html:
    heads = (
        "Step", "Role", "Needs", "Fills", "Hands-on work", "Done within", "At the latest",
        *figures.VISITED,
    )  # fmt: skip
    rows = (_task(chart, task, to) for task in view.tasks)
    return table(f"What {view.department.heading} does", heads, rows)


def _task(chart: Chart, task: Task, to: Link) -> Cells:
    step = task.step
    latest = ""
    if task.timeout is not None:
        result = task.timeout.result.replace("_", " ")
        latest = f"after {in_words(task.timeout.after)}: {result}"
    return (
        link(to(chart.places.of(step.path)), step.heading),
        chart.role(task.role)
        + ("" if step.by == task.role else f", helps {chart.role(step.by or '')}"),
        fields(chart, step.requires, to),
        fields(chart, step.captures, to),
        spread(step.effort) if step.effort is not None else "",
        promised(step),
        latest,
        *figures.visited(chart, step),
    )


def _escalations(chart: Chart, view: DepartmentView, to: Link) -> Html:
    rows: list[Html] = []
    for step in view.escalations:
        if step.escalate is not None:
            after = in_words(step.escalate.after)
            told = f": {chart.role(step.escalate.by)} may take over after {after}"
            rows.append(join((link(to(chart.places.of(step.path)), step.heading), told)))
    return listed(rows)


def _own(chart: Chart, view: DepartmentView) -> Iterator[str]:
    """The paths of a department, its steps and its touchpoints."""
    name = view.department.id
    yield f"departments.{name}"
    yield from (task.step.path for task in view.tasks)
    for point in chart.process.touchpoints.values():
        if name in (point.giver, point.receiver):
            yield point.path
