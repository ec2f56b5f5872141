"""What the search of a site knows: every thing with what it is, where it belongs, and its page."""

from collections.abc import Iterable, Iterator

from salesflow.process.steps import Step
from salesflow.reporting.site.addresses import (
    department_page,
    field,
    process_page,
    touchpoint_page,
)
from salesflow.reporting.site.atlas import Atlas, Chart
from salesflow.reporting.site.words_page import GLOSSARY
from salesflow.visible import visible

Row = tuple[str, str, str, str, str]  # title, kind, where, id, address


def search_index(atlas: Atlas) -> str:
    """A script that leaves the rows for the search box."""
    import json  # only for a site

    rows = [list(map(visible, row)) for row in _rows(atlas)]
    return f"window.salesflowSearch = {json.dumps(rows, separators=(',', ':'))};\n"


def _rows(atlas: Atlas) -> Iterator[Row]:
    for chart in atlas.charts.values():
        yield chart.title, chart.kind, "", chart.id, process_page(chart.id)
    for name, department in atlas.departments.items():
        yield department.heading, "department", "", name, department_page(name)
    for chart in atlas.charts.values():
        for point in chart.process.touchpoints.values():
            page = touchpoint_page(chart.id, point.id)
            yield point.heading, "touchpoint", chart.title, point.id, page
    for name, known in atlas.fields.items():
        yield known.heading, "field", "", name, field(name)
    for chart in atlas.charts.values():
        yield from _elements(chart)
    yield from (
        (word.capitalize(), "word", "", "", f"words.html#{word.replace(' ', '-')}")
        for word, _ in GLOSSARY
    )


def _elements(chart: Chart) -> Iterator[Row]:
    process = chart.process
    steps: Iterable[Step] = process.nodes.values()
    for step in steps:
        department = process.department_of(step)
        where = f"{chart.title}, {chart.department(department)}" if department else chart.title
        yield step.heading, "step", where, step.node, chart.places.of(step.path)
    for role in process.roles.values():
        if role.id not in process.departments:
            page = department_page(role.department)
            yield role.heading, "role", chart.department(role.department), role.id, page
    for kind, elements in (
        ("source", process.sources),
        ("outcome", process.outcomes),
        ("stage", process.stages),
        ("rule", process.policies),
        ("objective", process.objectives),
    ):
        for each in elements.values():
            yield each.heading, kind, chart.title, each.id, chart.places.of(each.path)
