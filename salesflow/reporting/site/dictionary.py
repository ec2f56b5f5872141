"""The data dictionary: each field of a deal, who fills it, who needs it, where."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from salesflow.analysis.data_use import Use, filled, needed
from salesflow.process.model import Outcome, Source, Touchpoint
from salesflow.process.people import Field
from salesflow.process.steps import Result, Step, Work
from salesflow.reporting.site.addresses import DATA, INDEX, department_page, field, process_page
from salesflow.reporting.site.atlas import Atlas, Chart
from salesflow.reporting.site.frame import Page, parts_of
from salesflow.reporting.site.markup import (
    NOTHING,
    Cell,
    Html,
    described,
    join,
    link,
    listed,
    paragraphs,
    table,
    tag,
)
from salesflow.reporting.site.pictures import Link
from salesflow.reporting.words import sentence

_MOST = 4  # names in the overview


class Entry(NamedTuple):
    """A field of one name: how each process declares it, and where it is filled and needed."""

    kinds: dict[Field, list[Chart]]
    filled: list[tuple[Chart, Use]]
    needed: list[tuple[Chart, Use]]


def dictionary_shown(atlas: Atlas) -> Page:
    """The page of all fields."""
    entries = _entries(atlas)
    page = Page(at=DATA, title="Data")
    words = "Each field of a deal: what it is, who fills it, who needs it, and where."
    each = join((_entry(name, entry, page.link) for name, entry in entries.items()), "\n")
    nothing = NOTHING if entries else tag("p", "No process here has fields of a deal (data).")
    return page.replace(
        kind="Data dictionary",
        lead=join((tag("p.lead", words), nothing)),
        parts=tuple(
            parts_of(("At a glance", "all", _all(entries, page.link)), ("Each field", "each", each))
        ),
        trail=(("All processes", INDEX),),
    )


def _entries(atlas: Atlas) -> Mapping[str, Entry]:
    """All fields by id, in the order of the processes. Of a variant only what it adds is told."""
    found: dict[str, Entry] = {}
    for chart in atlas.charts.values():
        for name, known in chart.process.data.items():
            kinds = found.setdefault(name, Entry({}, [], [])).kinds
            kinds.setdefault(known, []).append(chart)
        base = chart.process.base.process if chart.base and chart.process.base else None
        old = {_key(use) for use in (*filled(base), *needed(base))} if base is not None else set()
        for use in dict.fromkeys(filled(chart.process)):
            if use.field in found and _key(use) not in old:
                found[use.field].filled.append((chart, use))
        for use in dict.fromkeys(needed(chart.process)):
            if use.field in found and _key(use) not in old:
                found[use.field].needed.append((chart, use))
    return found


def _key(use: Use) -> tuple[str, str, str]:
    return use.field, use.how, use.element.path


def _all(entries: Mapping[str, Entry], to: Link) -> Html:
    heads = ("Field", "Type", "Kept in", "Filled by", "Needed by", "Places")
    rows = (
        (
            link(to(field(name)), next(iter(entry.kinds)).heading),
            sentence([*dict.fromkeys(_type(known) for known in entry.kinds)], "or"),
            ", ".join(dict.fromkeys(filter(None, (known.master for known in entry.kinds)))),
            _short(entry.filled),
            _short(entry.needed),
            Cell(f"{len(entry.filled) + len(entry.needed)}", len(entry.filled) + len(entry.needed)),
        )
        for name, entry in entries.items()
    )
    return table("All fields", heads, rows)


def _type(known: Field) -> str:
    return f"{known.type}{', sensitive' if known.sensitive else ''}"


def _short(uses: Iterable[tuple[Chart, Use]]) -> str:
    """The departments, those first who come first."""
    names = dict.fromkeys(filter(None, (_who(chart, use)[1] for chart, use in uses)))
    more = [f"{len(names) - _MOST} more"] if len(names) > _MOST else []
    return ", ".join([*names][:_MOST] + more)


def _who(chart: Chart, use: Use) -> tuple[str, str]:
    """The department that fills or needs a field at a place: its id and what it is called."""
    element = use.element
    name: str | None = None
    if isinstance(element, Touchpoint):
        name = element.receiver if use.how == "requires" else element.giver
    elif isinstance(element, Source):
        name = element.department
    elif use.at in chart.process.nodes:
        name = chart.process.department_of(chart.process.nodes[use.at])
    return (name, chart.department(name)) if name else ("", "")


def _entry(name: str, entry: Entry, to: Link) -> Html:
    first = next(iter(entry.kinds))
    path = f"data.{name}"
    head = tag("h3", first.heading, has={"id": f"{path}-title", "dir": "auto"})
    several = len(entry.kinds) > 1
    facts = (
        described(_facts(known, charts, several=several, to=to), "dl.facts")
        for known, charts in entry.kinds.items()
    )
    inside = (
        head,
        tag("p.id", tag("code", name)),
        paragraphs(first.description),
        *facts,
        tag("h4", "Filled"),
        listed((_use(chart, use, to) for chart, use in entry.filled), "ul.uses")
        or tag("p.doubt", "Nothing fills it."),
        tag("h4", "Needed"),
        listed((_use(chart, use, to) for chart, use in entry.needed), "ul.uses")
        or tag("p", "Nothing needs it."),
    )
    return tag("article.card", *inside, has={"id": path, "aria-labelledby": f"{path}-title"})


def _facts(
    known: Field, charts: Iterable[Chart], *, several: bool, to: Link
) -> Iterator[tuple[str, str]]:
    yield "Type", known.type
    yield "Values", ", ".join(value.replace("_", " ") for value in known.values)
    yield "Kept in", known.master
    yield "Sensitive", "yes: not for everybody's eyes" if known.sensitive else ""
    yield "Owner", known.owner.replace("_", " ")
    worth = (chart.title for chart in charts if chart.process.value == known.id)
    yield "Is what a deal is worth", join((f"in {title}" for title in worth), ", ")
    where = (link(to(process_page(chart.id)), chart.title) for chart in charts)
    yield ("So in" if several else "In"), join(where, ", ")


def _use(chart: Chart, use: Use, to: Link) -> Html:
    """``Qualify the lead · Sales development, Marketing`` with links."""
    element = use.element
    at = chart.places.of(element.path)
    department, title = _who(chart, use)
    step = chart.process.nodes.get(use.at)
    role = chart.role(step.by) if isinstance(step, Work) and step.by else ""
    whose = link(to(department_page(department)), title) if department else NOTHING
    doer = join((f"{role}, " if role and role.casefold() != title.casefold() else "", whose))
    what = link(to(at), _called(chart, use))
    where = tag("small", f" in {chart.title}")
    return join((_how(use), what, " · " if doer else "", doer, where))


def _called(chart: Chart, use: Use) -> str:
    if isinstance(use.element, Result):
        return chart.way(use.element.node)
    return use.element.heading


def _how(use: Use) -> str:
    """What happens to the field at the place, in front of its name."""
    element = use.element
    if isinstance(element, Source):
        return "comes with "
    if isinstance(element, Outcome):
        return "before the end "
    if isinstance(element, Touchpoint):
        return "given back at " if use.how == "returns" else "handed over at "
    if use.how == "when":
        return "decides "
    if use.how == "set":
        return "set by " if isinstance(element, Result) else ""
    return "for the run of " if use.how == "run" and isinstance(element, Step) else ""
