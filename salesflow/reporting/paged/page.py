"""The page of a process: every view opened to the bottom, and what is known about each element."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from salesflow.analysis.chain import Chain, chain_of
from salesflow.changes.difference import Diff
from salesflow.drawing.diagram import Diagram, Overlay
from salesflow.drawing.html.nouns import Heat, Page, Rate, Stage, View
from salesflow.drawing.html.page import page
from salesflow.drawing.layout.arrange import layout
from salesflow.findings import Finding
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.reporting.changed.picture import picture
from salesflow.reporting.measured import HEATS, heats, part_of, results_overlay
from salesflow.reporting.overlay import both, findings_overlay
from salesflow.reporting.paged.about import about
from salesflow.reporting.paged.cards import cards
from salesflow.reporting.paged.guides import guides
from salesflow.reporting.paged.kept import Kept
from salesflow.reporting.paged.places import places
from salesflow.reporting.paged.remarks import remarks
from salesflow.reporting.paged.traffic import Stay, Traffic, by_shares, rates, simulated
from salesflow.reporting.paged.versions import compared, versions
from salesflow.reporting.views import view_of
from salesflow.simulation.result import SimulationResult

_OPEN = 99  # blocks and runs do not lie in one another more deeply
_LABELS = {"flow": "Flow", "stages": "Stages", "departments": "Departments"}


def paged(
    process: Process,
    *,
    findings: Iterable[Finding] = (),
    result: SimulationResult | None = None,
    against: Process | None = None,
    view: str = "flow",
    heat: str = "waiting",
    chain: Chain | None = None,
) -> str:
    """A whole HTML page that needs nothing else; ``view`` and ``heat`` are shown first.

    ``against`` is the old version, if two are compared, ``chain`` that of the process, if known.
    UsageError where the result is of another process.
    """
    return page(page_of(process, [*findings], result, against, (view, heat), chain=chain))


def page_of(
    process: Process,
    findings: Sequence[Finding],
    result: SimulationResult | None,
    against: Process | None,
    first: tuple[str, str],
    *,
    chain: Chain | None = None,
) -> Page:
    """All that is on the page; ``first`` are the view and the heat that are shown first."""
    diff = compared(against, process) if against is not None else None
    overlay = findings_overlay(findings, process)
    seen = _seen(process, result)
    if result is None:
        chain = chain or chain_of(process)
    drawn = dict(_diagrams(process, diff, overlay, _ways(seen), chain))
    known = places(drawn.values())
    kept = Kept()
    if result is not None:
        kept = Kept(part=part_of(process, result), result=result)
    traffic = _traffic(process, kept, chain)
    return Page(
        title=drawn["flow"].title,
        views=tuple(_views(drawn, first[0])),
        about=tuple(about(process, kept, traffic)),
        cards=(*cards(process, known, kept), *guides(process, known, kept)),
        stages=tuple(Stage(id=one.id, label=one.heading) for one in process.stages.values()),
        heats=tuple(_heats(seen, first[1])),
        remarks=remarks(findings, process, known),
        rates=FrozenMap(dict(_rates(drawn["flow"], traffic))),
        rated=traffic.told,
        versions=versions(diff, known) if diff is not None else None,
    )


def _diagrams(
    process: Process, diff: Diff | None, overlay: Overlay, ways: Overlay, chain: Chain | None
) -> Iterator[tuple[str, Diagram]]:
    """Each view the process has; ``ways`` has the figures of its bird's eye views."""
    for name in _LABELS:
        begun = any(step.stage for step in process.nodes.values())
        known = {"flow": True, "stages": begun, "departments": process.departments}[name]
        over = overlay if name == "flow" else both(overlay, ways)
        if known and diff is None:
            yield name, view_of(process, name, overlay=over, depth=_OPEN, chain=chain)
        elif known and diff is not None:
            every = picture(diff, view=name, overlay=over, depth=_OPEN, small=lambda _: True)
            yield name, every


def _seen(process: Process, result: SimulationResult | None) -> dict[str, Overlay]:
    """The figures of a result, by heat."""
    if result is None:
        return {}
    return {name: results_overlay(process, result, name) for name in heats(process, result)}


def _ways(seen: Mapping[str, Overlay]) -> Overlay:
    """How many deals a week pass between stages and between departments: alike in every heat."""
    if not seen:
        return Overlay()
    all_ways = next(iter(seen.values())).figures
    figures = {path: figure for path, figure in all_ways.items() if ">" in path}
    return Overlay(figures=FrozenMap(figures), measure="deals a week")


def _views(drawn: dict[str, Diagram], first: str) -> Iterator[View]:
    for name in sorted(drawn, key=lambda name: name != first):
        diagram = drawn[name]
        yield View(id=name, label=_LABELS[name], scene=layout(diagram))


def _traffic(process: Process, kept: Kept, chain: Chain | None) -> Traffic:
    if kept.part is not None and kept.result is not None:
        return simulated(process, kept.part, kept.result)
    return by_shares(process, chain or chain_of(process))


def _heats(seen: Mapping[str, Overlay], first: str) -> Iterator[Heat]:
    for name in sorted(seen, key=lambda name: name != first):
        overlay = seen[name]
        yield Heat(id=name, label=overlay.measure or HEATS[name], figures=overlay.figures)


def _rates(diagram: Diagram, traffic: Traffic) -> Iterator[tuple[str, Rate]]:
    """By edge path: where deals pass, with how long they stood before it."""
    nowhere = Stay(waiting=0.0, whole=0.0)
    steps = {node.id for node in diagram.nodes if node.kind in ("step", "decision")}
    for edge, week in zip(diagram.edges, rates(diagram, traffic), strict=True):
        if week > 0 and edge.path:
            stay = traffic.stays.get(edge.start, nowhere) if edge.start in steps else nowhere
            yield edge.path, Rate(week=week, hours=stay.whole, waiting=stay.waiting)
