"""HTML that cannot be broken from inside: text that is not ``Html`` is escaped on its way in."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from salesflow.drawing.svg.markup import escaped

_CODE = re.compile(r"`([^`\n]*)`")
_VOID = ("meta", "link", "input", "br")
_NONE: Mapping[str, str] = {}


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


class Cell(NamedTuple):
    """A cell of a table; ``order`` is what its column is sorted by, None: its text."""

    inside: str
    order: float | None = None
    tone: str = ""


Cells: TypeAlias = Sequence[str | Cell]
NOTHING = Html("")


def safe(text: str) -> Html:
    """Markup as it is, other text escaped; what cannot be seen is shown as a box."""
    return text if isinstance(text, Html) else Html(escaped(text))


def tag(kind: str, *inside: str, has: Mapping[str, str] = _NONE) -> Html:
    """An element: ``p.lead`` is a ``p`` of class ``lead``. ``has`` are its attributes."""
    name, *classes = kind.split(".")
    pairs = {"class": " ".join(classes)} if classes else {}
    told = "".join(f' {key}="{escaped(value)}"' for key, value in {**pairs, **has}.items())
    if name in _VOID:
        return Html(f"<{name}{told}>")
    return Html(f"<{name}{told}>{join(inside)}</{name}>")


def join(parts: Iterable[str], between: str = "") -> Html:
    """Parts one after another."""
    return Html(safe(between).join(map(safe, parts)))


def link(to: str, *inside: str, kind: str = "a") -> Html:
    """A link; only what it says where it leads nowhere. ``to`` is an address of ours."""
    return tag(kind, *inside, has={"href": to}) if to else join(inside)


def prose(text: str) -> Html:
    """A text in which backticks stand around code."""
    parts = _CODE.split(text)
    return join(tag("code", part) if at % 2 else part for at, part in enumerate(parts))


def paragraphs(text: str, kind: str = "p") -> Html:
    """What a user wrote: a paragraph for each that an empty line parts, in its own direction."""
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    return join(tag(kind, prose(part), has={"dir": "auto"}) for part in parts if part)


def listed(rows: Iterable[str], kind: str = "ul") -> Html:
    """A list; nothing where there is nothing in it."""
    inside = [tag("li", row) for row in rows]
    return tag(kind, *inside) if inside else NOTHING


def described(pairs: Iterable[tuple[str, str]], kind: str = "dl") -> Html:
    """Terms and what is said of them, those of which nothing is said left out."""
    rows = [tag("div", tag("dt", term), tag("dd", told)) for term, told in pairs if told]
    return tag(kind, *rows) if rows else NOTHING


def table(name: str, heads: Sequence[str], rows: Iterable[Cells]) -> Html:
    """A table that is called ``name``; its first column names the rows.

    Columns in which nothing stands are left out; nothing at all where there are no rows.
    """
    cells = [[each if isinstance(each, Cell) else Cell(each) for each in row] for row in rows]
    kept = [at for at in range(len(heads)) if any(row[at].inside for row in cells)]
    if not kept:
        return NOTHING
    top = tag("tr", *(_head(heads[at], cells, at) for at in kept))
    body = (tag("tr", *_row([row[at] for at in kept])) for row in cells)
    whole = tag("table", tag("thead", top), Html("\n"), tag("tbody", join(body, "\n")))
    return tag("div.scroll", whole, has={"role": "region", "aria-label": name, "tabindex": "0"})


def _head(name: str, rows: Sequence[Sequence[Cell]], at: int) -> Html:
    numbers = all(row[at].order is not None or not row[at].inside for row in rows)
    return tag("th.number" if numbers else "th", name, has={"scope": "col"})


def _row(cells: Sequence[Cell]) -> Iterator[Html]:
    for at, cell in enumerate(cells):
        order = {} if cell.order is None else {"data-order": f"{cell.order:.6g}"}
        number = ".number" if cell.order is not None else ""
        kind = "th" if at == 0 else f"td{number}"
        tone = f".{cell.tone}" if cell.tone else ""
        yield tag(
            f"{kind}{tone}", cell.inside, has={**({"scope": "row"} if at == 0 else {}), **order}
        )
