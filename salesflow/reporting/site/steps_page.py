"""A process under the magnifying glass: all that is known of each step."""

from collections.abc import Iterable, Iterator, Mapping

from salesflow.drawing.html.nouns import Card, Section
from salesflow.process.steps import Block, Result, Step, Work
from salesflow.quantities import format_share
from salesflow.reporting.paged.cards import cards
from salesflow.reporting.paged.places import places
from salesflow.reporting.paged.times import in_words
from salesflow.reporting.simulated.figures import SHARE
from salesflow.reporting.site import figures
from salesflow.reporting.site.addresses import INDEX, process_page, steps_page, touchpoint_page
from salesflow.reporting.site.atlas import Chart
from salesflow.reporting.site.bridges import fields
from salesflow.reporting.site.flow_table import targets, who
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
from salesflow.reporting.words import count, sentence

_ABOVE = ("Who", "Needs", "Fills")


def steps_shown(chart: Chart) -> Page:
    """The page with all steps of a process."""
    page = Page(at=steps_page(chart.id), title=f"Steps of {chart.title}")
    steps = chart.process.nodes.values()
    jump = listed((link(f"#{step.path}", step.heading) for step in steps), "ul.jump")
    lead = join((figures.warning(chart), jump))
    inside = Part(title="Each step", anchor="each", inside=join(_steps(chart, page.link), "\n"))
    trail = (("All processes", INDEX), (chart.title, process_page(chart.id)))
    return page.replace(kind="Steps", lead=lead, parts=(inside,), trail=trail)


def _steps(chart: Chart, to: Link) -> Iterator[Html]:
    drawn = places([chart.flow])
    known = {card.path: card for card in cards(chart.process, drawn, chart.kept)}
    before = _before(chart)
    for step in chart.process.nodes.values():
        yield _step(chart, step, known, before.get(step.node, ()), to)


def _before(chart: Chart) -> Mapping[str, tuple[str, ...]]:
    """Node -> what leads to it: transitions, and sources."""
    found: dict[str, list[str]] = {}
    for source in chart.process.sources.values():
        found.setdefault(source.start, []).append(source.id)
    for step in chart.process.nodes.values():
        for result in step.next.values():
            for target in result.targets:
                found.setdefault(target, []).append(result.node)
    return {node: tuple(names) for node, names in found.items()}


def _step(
    chart: Chart, step: Step, known: Mapping[str, Card], before: Iterable[str], to: Link
) -> Html:
    card = known.get(step.path)
    head = tag("h3", step.heading, has={"id": f"{step.path}-title", "dir": "auto"})
    inside = (
        head,
        tag("p.id", tag("code", step.node)),
        paragraphs(step.description),
        described(_where(chart, step, before, to), "dl.facts"),
        tag("div.cards", *_sections(chart, card, to)) if card is not None else NOTHING,
        _results(chart, step, to),
        remarks(chart, about(chart, step.path), to) if not isinstance(step, Block) else NOTHING,
    )
    has = {"id": step.path, "aria-labelledby": f"{step.path}-title"}
    return tag("article.card", *inside, has=has)


def _where(chart: Chart, step: Step, before: Iterable[str], to: Link) -> Iterator[tuple[str, str]]:
    yield "Who", who(chart, step, to)
    yield "Stage", chart.stage(step)
    if step.scope:
        block = chart.process.nodes[step.scope.rpartition(".")[0]]
        branch = step.scope.rpartition(".")[2].replace("_", " ")
        within = link(to(chart.places.of(block.path)), block.heading)
        yield "Within", join((within, f", branch {branch}"))
    yield "Needs", fields(chart, step.requires, to)
    yield "Fills", fields(chart, step.captures if isinstance(step, Work) else (), to)
    ways = (link(to(chart.address(name)), chart.way(name)) for name in before)
    yield "Comes from", join(ways, ", ")
    yield "Begins when all of these are done", sentence([chart.label(n) for n in step.wait_for])
    if isinstance(step, Block):
        inside = [
            join((branch.heading, prose(f" (only when `{branch.when}`)") if branch.when else ""))
            for branch in step.branches.values()
        ]
        yield "Side by side", join(inside, ", ")
        yield "Done when", _join(step)
    named = (
        link(to(touchpoint_page(chart.id, name)), chart.process.touchpoints[name].heading)
        for name in chart.arriving.get(step.node, ())
    )
    yield "Touchpoints here", join(named, ", ")


def _join(block: Block) -> str:
    if block.join == "all":
        return "all branches are done"
    number = 1 if block.join == "any" else block.need
    return f"{number:,} {'branch' if number == 1 else 'branches'} done"


def _sections(chart: Chart, card: Card, to: Link) -> Iterator[Html]:
    """What stands on the card of the step, but what is told above, with links."""
    for section in card.sections:
        if section.title not in _ABOVE:
            yield tag("div", tag("h4", section.title), tag("ul.lines", *_lines(chart, section, to)))


def _lines(chart: Chart, section: Section, to: Link) -> Iterator[Html]:
    for line in section.lines:
        text = link(to(chart.places.of(line.to)) if line.to else "", line.text)
        value = tag("b", line.value) if line.value else NOTHING
        yield tag(f"li.{line.tone}" if line.tone else "li", text, " " if value else "", value)


def _results(chart: Chart, step: Step, to: Link) -> Html:
    seen = chart.kept.part.steps.get(step.node) if chart.kept.part is not None else None
    rows: list[Cells] = []
    for result in step.next.values():
        share = Cell("") if result.share is None else Cell(format_share(result.share), result.share)
        title = tag("span", result.title, has={"id": result.path})
        taken = seen.results.get(result.id) if seen is not None else None
        words = join((prose(each) for each in _terms(step, result)), "; ")
        fills = ", ".join(chart.field(name) for name in (*result.captures, *result.set))
        simulated = figures.estimated(taken, SHARE)
        rows.append(
            (title, result.description, targets(chart, result, to), share, simulated, words, fills)
        )
    heads = ("Ends with", "About", "Goes on to", "Share", "Simulated", "When", "Fills")
    return table(f"How {step.title} ends", heads, rows)


def _terms(step: Step, result: Result) -> Iterator[str]:
    if result.when is not None:
        yield f"only when `{result.when}`"
    if result.otherwise:
        yield "when nothing else can be"
    if result.at_most is not None:
        yield f"at most {count(result.at_most, 'time')} for a deal"
    if step.timeout is not None and step.timeout.result == result.id:
        yield f"after {in_words(step.timeout.after)}, whatever is going on"
