"""Handoffs as tables: who gives what to whom, where, by when, and how that was kept."""

from collections.abc import Iterable, Iterator, Sequence

from salesflow.analysis.department import Crossing
from salesflow.process.model import Touchpoint
from salesflow.quantities import format_share
from salesflow.reporting.paged.times import in_words
from salesflow.reporting.site.addresses import department_page, field, touchpoint_page
from salesflow.reporting.site.atlas import Atlas, Chart
from salesflow.reporting.site.markup import Cell, Cells, Html, join, link, table, tag
from salesflow.reporting.site.pictures import Link

_TONES = {"error": "bad", "won": "good"}
_NO_CONTRACT = "no touchpoint says what must be handed over, and how soon"


def crossings(
    chart: Chart, name: str, rows: Sequence[Crossing], words: tuple[str, str, str], to: Link
) -> Html:
    """A table of crossings; ``words`` are those for the other side, what is given and returned."""
    heads = (words[0], "At", "After", words[1], words[2], "Begun within", "Kept", "Touchpoint")
    return table(name, heads, (row for each in rows for row in _rows(chart, each, to)))


def _rows(chart: Chart, crossing: Crossing, to: Link) -> Iterator[Cells]:
    other = link(to(department_page(crossing.other)), chart.department(crossing.other))
    at = link(to(chart.address(crossing.at)), chart.label(crossing.at))
    after = join((link(to(chart.address(by)), chart.way(by)) for by in crossing.by), ", ")
    for contract in crossing.contracts or (None,):
        if contract is None:
            none = tag("span.doubt", _NO_CONTRACT)
            yield other, at, after, "", "", "", "", none
            continue
        yield (
            other,
            at,
            after,
            fields(chart, contract.requires, to),
            fields(chart, contract.returns, to),
            within(contract),
            kept(chart, contract),
            link(to(touchpoint_page(chart.id, contract.id)), contract.heading),
        )


def others(atlas: Atlas, charts: Iterable[Chart], name: str, side: str, to: Link) -> Html:
    """The departments that deals come from (``entries``) or go to (``exits``), as links."""
    names = (each.other for c in charts for each in getattr(c.departments[name], side))
    links = (
        link(to(department_page(other)), atlas.departments[other].heading)
        for other in dict.fromkeys(names)
    )
    return join(links, ", ")


def fields(chart: Chart, names: Iterable[str], to: Link) -> Html:
    """Fields as links to the dictionary."""
    return join((link(to(field(name)), chart.field(name)) for name in names), ", ")


def within(contract: Touchpoint) -> str:
    """How soon work begins, and for how many deals; "" where that is not said."""
    if contract.accept_within is None:
        return ""
    target = f" for {format_share(contract.target)}" if contract.target is not None else ""
    return f"{in_words(contract.accept_within)}{target}"


def kept(chart: Chart, contract: Touchpoint) -> Cell:
    """How often that was so."""
    said, tone = chart.kept.promise(contract)
    return Cell(said.removeprefix("kept "), tone=_TONES.get(tone, ""))
