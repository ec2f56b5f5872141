"""Pictures in a page: every box and lane leads to where it is told of."""

from collections.abc import Callable, Container, Iterable

from salesflow.drawing.diagram import Diagram
from salesflow.drawing.layout.arrange import layout
from salesflow.drawing.only import only
from salesflow.drawing.svg.picture import inset
from salesflow.nouns import FrozenMap
from salesflow.process.steps import Block
from salesflow.reporting.site.addresses import explore_page
from salesflow.reporting.site.atlas import MOST, Chart
from salesflow.reporting.site.markup import NOTHING, Html, join, link, prose, tag

_HIGH = 1100.0  # pixels; what is higher scrolls by itself
_BEYOND = "… stands for what goes on beyond this part."

Link = Callable[[str], str]  # an address -> the link from a page


def drawing(chart: Chart, diagram: Diagram, name: str, to: Link) -> Html:
    """A picture with what is to be said of it; nothing where there is nothing in it."""
    if not diagram.nodes:
        return NOTHING
    paths = {node.path for node in diagram.nodes if node.path}
    paths |= {f"departments.{lane.id}" for lane in diagram.lanes if lane.id}
    links = FrozenMap({path: to(chart.places.of(path)) for path in sorted(paths)})
    scene = layout(diagram.replace(title=name, notes=()))
    picture = Html(inset(scene, links))
    box = tag("div.scroll", picture, has={"role": "region", "aria-label": name, "tabindex": "0"})
    notes = (tag("p", prose(note)) for note in diagram.notes)
    kind = "figure.drawing.large" if scene.height > _HIGH else "figure.drawing"
    return tag(kind, box, tag("figcaption", *notes, _explore(chart, to)))


def _explore(chart: Chart, to: Link) -> Html:
    page = link(to(explore_page(chart.id)), "Explore it")
    return tag(
        "p", page, ": zoom, search, one department in focus, deals that move along the lines."
    )


def whole(chart: Chart, to: Link) -> Html:
    """The flow of a process: with its blocks closed, or from further away, where it is large."""
    name = f"The flow of {chart.title}"
    for depth in (1, 0):
        diagram = chart.flow if depth else chart.view("flow", 0)
        if len(diagram.nodes) <= MOST:
            return drawing(chart, diagram, name, to)
    return _too_large(chart, f"The flow has {len(chart.flow.nodes):,}", to)


def _too_large(chart: Chart, said: str, to: Link) -> Html:
    told = tag("p", f"{said} boxes, too many for this page.")
    return join((told, tag("p", link(to(explore_page(chart.id)), "Explore the whole flow"))))


def part(chart: Chart, names: Iterable[str], name: str, to: Link) -> Html:
    """Some of the flow and what is next to it; names of what is closed stand for what holds it."""
    drawn = {node.id for node in chart.flow.nodes}
    lanes = {node.lane for node in chart.flow.nodes}
    named = [*dict.fromkeys(_drawn(chart, each, drawn | lanes) for each in names)]
    found = [each for each in named if each]
    if not found:
        return NOTHING
    for around in (1, 0):
        diagram = only(chart.flow, found, around)
        if len(diagram.nodes) <= MOST:
            beyond = (_BEYOND,) if len(diagram.nodes) < len(chart.flow.nodes) else ()
            shown = diagram.replace(notes=(*chart.flow.notes, *beyond))
            return drawing(chart, shown, name, to)
    return _too_large(chart, f"Its part of the flow has {len(diagram.nodes):,}", to)


def _drawn(chart: Chart, name: str, drawn: Container[str]) -> str:
    """The name, or of what holds it the nearest that is drawn; of a block all that is in it."""
    while name and name not in drawn and not isinstance(chart.process.nodes.get(name), Block):
        name = name.rpartition(".")[0]
    return name
