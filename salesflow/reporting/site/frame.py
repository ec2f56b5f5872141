"""What every page has: a head, the way to it, search, what is on it, and a foot."""

from collections.abc import Iterator, Sequence

from salesflow.drawing.svg.style import DEFS
from salesflow.nouns import Noun
from salesflow.reporting.site.addresses import (
    DATA,
    FINDINGS,
    INDEX,
    SCRIPT,
    SEARCH,
    STYLE,
    WORDS,
    href,
)
from salesflow.reporting.site.markup import NOTHING, Html, join, link, tag

_POLICY = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; "
    "base-uri 'none'; form-action 'none'"
)
_FEW = 4  # parts of a page from which on they are listed at its top
_HOMES = (
    ("Processes", INDEX),
    ("Departments", f"{INDEX}#departments"),
    ("Data", DATA),
    ("Findings", FINDINGS),
    ("Words", WORDS),
)


class Part(Noun):
    """A part of a page under a heading of its own; one with nothing ``inside`` is left out."""

    title: str
    anchor: str
    inside: Html


class Page(Noun):
    """A page ``at`` a place. ``kind`` stands above its title, ``lead`` below; ``trail`` are the
    pages above it, each with its address.
    """

    at: str
    title: str
    kind: str = ""
    lead: Html = NOTHING
    parts: tuple[Part, ...] = ()
    trail: tuple[tuple[str, str], ...] = ()

    def link(self, to: str) -> str:
        """The relative link to an address."""
        return href(self.at, to)


def framed(page: Page, site: str, foot: str) -> str:
    """The whole document; ``site`` is what the site is called, ``foot`` what stands at its end."""
    parts = [part for part in page.parts if part.inside]
    title = page.title if page.title == site else f"{page.title} · {site}"
    inside = join((_title(page), page.lead, _contents(parts), *map(_part, parts)), "\n")
    main = tag("main", inside, has={"id": "main", "tabindex": "-1"})
    defs = _DEFS if 'class="picture"' in main else NOTHING
    body = join((_SKIP, _bar(page, site), defs, main, tag("footer", tag("p", foot))), "\n")
    root = page.link(INDEX).removesuffix(INDEX).removesuffix("#")
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{_head(page, title)}\n'
        f'</head>\n<body data-root="{root}">\n{body}\n</body>\n</html>\n'
    )


_SKIP = tag("a.skip", "To the content", has={"href": "#main"})
_DEFS = Html(f'<svg class="defs" width="0" height="0" aria-hidden="true"><defs>{DEFS}</defs></svg>')


def _head(page: Page, title: str) -> Html:
    rows = (
        tag("meta", has={"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        tag("meta", has={"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        tag("meta", has={"name": "color-scheme", "content": "light dark"}),
        tag("meta", has={"name": "referrer", "content": "no-referrer"}),
        tag("meta", has={"name": "robots", "content": "noindex"}),
        tag("title", title),
        tag("link", has={"rel": "stylesheet", "href": page.link(STYLE)}),
        tag("script", has={"src": page.link(SEARCH), "defer": ""}),
        tag("script", has={"src": page.link(SCRIPT), "defer": ""}),
    )
    return join(rows, "\n")


def _bar(page: Page, site: str) -> Html:
    here = {"aria-current": "page"}
    homes = (
        tag("li", tag("a", name, has={"href": page.link(to), **(here if to == page.at else {})}))
        for name, to in _HOMES
    )
    nav = tag("nav", tag("ul", *homes), has={"aria-label": "Site"})
    field = {"type": "search", "id": "search", "autocomplete": "off", "spellcheck": "false"}
    box = tag(
        "div.search",
        tag("label", "Search", has={"for": "search"}),
        tag("input", has=field),
        has={"role": "search", "hidden": ""},
    )
    return tag("header.bar", tag("a.home", site, has={"href": page.link(INDEX)}), nav, box)


def _title(page: Page) -> Html:
    trail = [tag("li", link(page.link(to), name)) for name, to in page.trail]
    above = tag("nav.trail", tag("ol", *trail), has={"aria-label": "Above"}) if trail else NOTHING
    kind = tag("p.kind", page.kind) if page.kind else NOTHING
    return join((above, kind, tag("h1", page.title, has={"dir": "auto"})))


def _contents(parts: Sequence[Part]) -> Html:
    if len(parts) < _FEW:
        return NOTHING
    rows = (tag("li", link(f"#{part.anchor}", part.title)) for part in parts)
    return tag("nav.contents", tag("ul", *rows), has={"aria-label": "On this page"})


def _part(part: Part) -> Html:
    head = tag("h2", part.title, has={"id": f"{part.anchor}-title"})
    has = {"id": part.anchor, "aria-labelledby": f"{part.anchor}-title"}
    return tag("section", head, part.inside, has=has)


def parts_of(*parts: tuple[str, str, Html]) -> Iterator[Part]:
    """Parts by title, anchor and what is inside."""
    for title, anchor, inside in parts:
        yield Part(title=title, anchor=anchor, inside=inside)
