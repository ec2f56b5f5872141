"""The page of a touchpoint: who gives, who gets, what must be filled, by when, how it is kept."""

from collections.abc import Iterator

from salesflow.analysis.crossings import Handoff
from salesflow.analysis.data_use import filled
from salesflow.process.model import Touchpoint
from salesflow.quantities import format_share
from salesflow.reporting.paged.times import in_words
from salesflow.reporting.simulated.figures import HOURS, SHARE, figure, number
from salesflow.reporting.simulated.words import asked
from salesflow.reporting.site import figures, pictures
from salesflow.reporting.site.addresses import (
    INDEX,
    department_page,
    field,
    process_page,
    touchpoint_page,
)
from salesflow.reporting.site.atlas import Chart
from salesflow.reporting.site.frame import Page, parts_of
from salesflow.reporting.site.markup import (
    Cells,
    Html,
    described,
    join,
    link,
    paragraphs,
    table,
    tag,
)
from salesflow.reporting.site.pictures import Link
from salesflow.reporting.site.remarks import about, remarks


def touchpoint_shown(chart: Chart, point: Touchpoint) -> Page:
    """The page of a touchpoint."""
    page = Page(at=touchpoint_page(chart.id, point.id), title=point.heading)
    to = page.link
    handed = chart.handed(point.id)
    name = f"Where {point.title} lies in the flow"
    around = [node for each in handed for node in (each.giver_node, each.at)]
    return page.replace(
        kind="Touchpoint",
        lead=_lead(chart, point, to),
        parts=tuple(
            parts_of(
                ("What must be filled", "needs", _needs(chart, point, to)),
                ("What is given back", "returns", _returns(chart, point, to)),
                ("Where it happens", "where", _where(chart, handed, to)),
                ("In the flow", "flow", pictures.part(chart, around, name, to)),
                ("How it is kept", "kept", _kept(chart, point)),
                ("Findings", "findings", remarks(chart, about(chart, point.path), to)),
            )
        ),
        trail=(("All processes", INDEX), (chart.title, process_page(chart.id))),
    )


def _lead(chart: Chart, point: Touchpoint, to: Link) -> Html:
    giver = link(to(department_page(point.giver)), chart.department(point.giver))
    receiver = link(to(department_page(point.receiver)), chart.department(point.receiver))
    bridge = tag("p.bridge", giver, Html(' <span aria-hidden="true">→</span> '), receiver)
    return join(
        (
            bridge,
            paragraphs(point.description),
            described(_short(chart, point, to), "dl.facts"),
            figures.warning(chart),
        )
    )


def _short(chart: Chart, point: Touchpoint, to: Link) -> Iterator[tuple[str, str]]:
    yield "Owner", point.owner.replace("_", " ")
    if point.at is not None:
        yield "Only at", link(to(chart.address(point.at)), chart.label(point.at))
    if point.accept_within is not None:
        yield "Begun within", in_words(point.accept_within)
    if point.target is not None:
        yield "For so many deals", format_share(point.target)
    yield "In", link(to(process_page(chart.id)), chart.title)


def _needs(chart: Chart, point: Touchpoint, to: Link) -> Html:
    if not point.requires:
        return tag("p", "Nothing is agreed: a deal may be handed over as it is.")
    return _fields(chart, f"What {point.title} needs", point.requires, to)


def _returns(chart: Chart, point: Touchpoint, to: Link) -> Html:
    return _fields(chart, f"What comes back from {point.title}", point.returns, to)


def _fields(chart: Chart, name: str, names: tuple[str, ...], to: Link) -> Html:
    uses = [*filled(chart.process)]
    rows: list[Cells] = []
    for each in names:
        known = chart.process.data.get(each)
        places = dict.fromkeys(use.at for use in uses if use.field == each)
        where = join((link(to(chart.address(at)), chart.label(at)) for at in places), ", ")
        kind = known.type if known is not None else ""
        master = known.master if known is not None else ""
        rows.append((link(to(field(each)), chart.field(each)), kind, where, master))
    return table(name, ("Field", "Type", "Filled at", "Kept in"), rows)


def _where(chart: Chart, handed: tuple[Handoff, ...], to: Link) -> Html:
    if not handed:
        return tag(
            "p.warning", "No deal passes here: nothing in the flow leads from one to the other."
        )
    same: dict[str, list[Handoff]] = {}
    for each in handed:
        same.setdefault(each.at, []).append(each)
    rows: list[Cells] = []
    for at, group in same.items():
        ways = dict.fromkeys(each.transition for each in group)
        after = join((link(to(chart.address(way)), chart.way(way)) for way in ways), ", ")
        rows.append((link(to(chart.address(at)), chart.label(at)), after))
    return table("Where deals are handed over", ("Arrives at", "After"), rows)


def _kept(chart: Chart, point: Touchpoint) -> Html:
    part, result = chart.kept.part, chart.kept.result
    seen = part.touchpoints.get(point.id) if part is not None else None
    if seen is None or result is None:
        if point.accept_within is None:
            said = "No time is agreed: accept_within would say how soon work begins."
            return tag("p", said)
        return tag("p.note", "How it is kept says a simulation: none was given for this page.")
    rows = [("Deals handed over", chart.kept.a_week(seen.crossings))]
    if seen.accept_time is not None:
        rows.append(("Until work begins", figure(seen.accept_time, HOURS).whole))
    if seen.attainment is not None:
        late = seen.attainment.mean < asked(point.target)
        tone = "b.bad" if late else "b.good"
        rows.append(("Begun in time", tag(tone, figure(seen.attainment, SHARE).whole)))
    if seen.missing is not None and seen.missing.mean > 0:
        rows.append(("Fields not filled, per deal", number(seen.missing.mean)))
    return join((described(rows, "dl.facts"), tag("p.note", figures.told(result))))
