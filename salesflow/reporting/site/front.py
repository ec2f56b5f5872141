"""The first page: all processes, all departments, and the whole from a bird's eye."""

from collections.abc import Iterator

from salesflow.reporting.site import figures, pictures
from salesflow.reporting.site.addresses import (
    DATA,
    FINDINGS,
    INDEX,
    department_page,
    process_page,
    touchpoint_page,
)
from salesflow.reporting.site.atlas import MOST, Atlas, Chart
from salesflow.reporting.site.bridges import kept, others, within
from salesflow.reporting.site.frame import Page, parts_of
from salesflow.reporting.site.markup import (
    NOTHING,
    Cell,
    Cells,
    Html,
    join,
    link,
    prose,
    table,
    tag,
)
from salesflow.reporting.site.pictures import Link
from salesflow.reporting.site.remarks import counted
from salesflow.reporting.words import sentence

_MOST_PICTURES = 3
_HEADLINES = ("win rate", "time to win", "worth won a week")


def front(atlas: Atlas) -> Page:
    """The first page."""
    page = Page(at=INDEX, title=atlas.title)
    to = page.link
    return page.replace(
        lead=_lead(atlas, to),
        parts=tuple(
            parts_of(
                ("Processes", "processes", _processes(atlas, to)),
                ("Who hands over to whom", "between", _birds_eye(atlas, to)),
                ("Departments", "departments", _departments(atlas, to)),
                ("Touchpoints", "touchpoints", _touchpoints(atlas, to)),
            )
        ),
    )


def _lead(atlas: Atlas, to: Link) -> Html:
    points = sum(len(c.process.touchpoints) for c in atlas.charts.values() if not c.base)
    counts = [
        _some(len(atlas.charts), "process", "processes", f"{INDEX}#processes", to),
        _some(len(atlas.departments), "department", "departments", f"{INDEX}#departments", to),
        _some(points, "touchpoint", "touchpoints", f"{INDEX}#touchpoints", to),
        _some(len(atlas.fields), "field", "fields", DATA, to),
    ]
    found = counted(atlas.findings) or "no findings"
    told = join((*(join((each, ", ")) for each in counts if each), link(to(FINDINGS), found)))
    stale = dict.fromkeys(_stale(chart, to) for chart in atlas.charts.values() if chart.stale)
    return join((tag("p.lead", told, "."), *stale))


def _stale(chart: Chart, to: Link) -> Html:
    return tag("p.warning", link(to(process_page(chart.id)), chart.title), ": ", prose(chart.stale))


def _some(number: int, one: str, many: str, at: str, to: Link) -> Html:
    return link(to(at), f"{number:,} {one if number == 1 else many}") if number else NOTHING


def _processes(atlas: Atlas, to: Link) -> Html:
    rows: list[Cells] = []
    for depth, chart in atlas.ordered():
        told = {name: _with(value, more) for name, value, more in figures.headlines(chart)}
        found = counted(chart.findings)
        rows.append(
            (
                _name(chart, depth, to),
                chart.process.owner.replace("_", " "),
                chart.process.version,
                Cell(f"{chart.level.level} of 4", chart.level.level),
                link(to(f"{FINDINGS}#{chart.id}"), found) if found else "none",
                *(told.get(each, "") for each in _HEADLINES),
            )
        )
    heads = ("Process", "Owner", "Version", "Level", "Findings", *map(str.capitalize, _HEADLINES))
    return table("All processes", heads, rows)


def _name(chart: Chart, depth: int, to: Link) -> Html:
    """The title, what kind it is, and what it is for."""
    kind = chart.kind if chart.kind != "process" else ""
    goal = "" if chart.base else chart.process.goal
    below = (tag("small", prose(each), has={"dir": "auto"}) for each in (kind, goal) if each)
    name = link(to(process_page(chart.id)), chart.title)
    return tag(f"span.deep{min(depth, 6)}", name, *below)


def _with(value: str, more: str) -> Html:
    return join((value, " ", tag("small", more) if more else ""))


def _birds_eye(atlas: Atlas, to: Link) -> Html:
    drawn = []
    mains = atlas.mains
    for chart in mains[:_MOST_PICTURES]:
        diagram = chart.birds_eye
        if diagram.edges and len(diagram.nodes) <= MOST:
            name = f"Who hands over to whom in {chart.title}"
            head = tag("h3", chart.title) if len(mains) > 1 else NOTHING
            drawn.append(join((head, pictures.drawing(chart, diagram, name, to))))
    return join(drawn)


def _departments(atlas: Atlas, to: Link) -> Html:
    rows: list[Cells] = []
    for name, department in atlas.departments.items():
        charts = [chart for chart in atlas.sharing(name) if not chart.base]
        people = _people(charts, name)
        kind = tag("small", " outside of our company") if department.external else NOTHING
        title = join((link(to(department_page(name)), department.heading), kind))
        sides = (others(atlas, charts, name, side, to) for side in ("entries", "exits"))
        where = join((link(to(process_page(c.id)), c.title) for c in charts), ", ")
        rows.append((title, department.description, people, *sides, where))
    heads = ("Department", "About", "People", "Gets deals from", "Hands deals to", "Takes part in")
    nobody = tag("p", "No step here says who does it (", tag("code", "by"), ").")
    return table("All departments", heads, rows) or nobody


def _people(charts: list[Chart], name: str) -> Cell:
    if not charts:
        return Cell("")
    roles = [r for r in charts[0].process.roles.values() if r.department == name]
    number = sum(role.people or 0 for role in roles)
    return Cell(f"{number:,}", number) if number else Cell("")


def _touchpoints(atlas: Atlas, to: Link) -> Html:
    charts = [chart for chart in atlas.charts.values() if not chart.base]
    several = sum(bool(chart.process.touchpoints) for chart in charts) > 1
    heads = ("Touchpoint", "From", "To", "Process", "Must be filled", "Begun within", "Kept")
    return table("All touchpoints", heads, _bridges(charts, to, several=several))


def _bridges(charts: list[Chart], to: Link, *, several: bool) -> Iterator[Cells]:
    for chart in charts:
        for point in chart.process.touchpoints.values():
            yield (
                link(to(touchpoint_page(chart.id, point.id)), point.heading),
                link(to(department_page(point.giver)), chart.department(point.giver)),
                link(to(department_page(point.receiver)), chart.department(point.receiver)),
                link(to(process_page(chart.id)), chart.title) if several else "",
                sentence([chart.field(name) for name in point.requires]),
                within(point),
                kept(chart, point),
            )
