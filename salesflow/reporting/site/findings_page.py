"""The page of all findings, process by process."""

from collections.abc import Iterator

from salesflow.reporting.site.addresses import FINDINGS, INDEX, process_page
from salesflow.reporting.site.atlas import Atlas, Chart
from salesflow.reporting.site.frame import Page, Part
from salesflow.reporting.site.markup import join, link, prose, tag
from salesflow.reporting.site.pictures import Link
from salesflow.reporting.site.remarks import counted, remarks


def findings_shown(atlas: Atlas) -> Page:
    """The page of all findings."""
    page = Page(at=FINDINGS, title="Findings")
    told = counted(atlas.findings)
    lead = tag("p.lead", f"{told} in all." if told else "All clear: nothing was found.")
    how = "`salesflow rule NAME` explains a rule, with a wrong and a right example."
    return page.replace(
        kind="What a check finds",
        lead=join((lead, tag("p.note", prose(how)))) if told else lead,
        parts=tuple(_parts(atlas, page.link)),
        trail=(("All processes", INDEX),),
    )


def _parts(atlas: Atlas, to: Link) -> Iterator[Part]:
    shown = set()
    for chart in atlas.charts.values():
        own = [finding for finding in chart.findings if finding not in shown]
        shown.update(own)
        yield _part(chart, to)
    rest = [finding for finding in atlas.findings if finding not in shown]
    yield Part(title="In other files", anchor="other-files", inside=remarks(None, rest, to))


def _part(chart: Chart, to: Link) -> Part:
    found = remarks(chart, chart.findings, to)
    there = tag("p", link(to(process_page(chart.id)), f"All of {chart.title}"))
    return Part(title=chart.title, anchor=chart.id, inside=join((found, there)) if found else found)
