"""Whatever users write is text on a page: it runs nowhere, leads nowhere, hides nothing."""

import json
import re

import pytest

from salesflow.reporting.site.addresses import href, process_page, touchpoint_page
from salesflow.reporting.site.markup import join, link, paragraphs, prose, table, tag
from tests.reporting.site import sites
from tests.reporting.site.reader import Read, broken_links

HIDDEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@pytest.mark.parametrize("text", sites.ALL_HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    site = sites.hostile(text)
    assert broken_links(site) == []
    usual = sites.hostile("plain words")
    for name, page in site.items():
        if not name.endswith(".html") or name.startswith("explore/"):
            continue
        read, known = Read(page), Read(usual[name])
        shape = [tag for tag, _ in read.tags if tag not in ("tspan", "text", "p", "code")]
        same = [tag for tag, _ in known.tags if tag not in ("tspan", "text", "p", "code")]
        assert len(shape) == len(same) or "svg" in shape, name
        assert not [tag for tag, _ in read.tags if tag in ("img", "iframe", "object", "base")]
        assert read.links == known.links, name  # nothing that a user wrote is a link
        assert not HIDDEN.search(re.sub("[\u2068\u2069]", "", page)), name
        assert not [key for _, has in read.tags for key in has if key.startswith("on")], name


@pytest.mark.parametrize("text", sites.ALL_HOSTILE)
def test_the_search_index_is_one_statement_of_plain_letters(text: str) -> None:
    script = sites.hostile(text)["search.js"]
    start, end = "window.salesflowSearch = ", ";\n"
    assert script.startswith(start)
    assert script.endswith(end)
    assert script.isascii()
    rows = json.loads(script.removeprefix(start).removesuffix(end))
    assert all(len(row) == 5 for row in rows)
    assert not [row for row in rows if not re.fullmatch(r"[a-z]+(/[a-z_.-]+)?\.html(#.+)?", row[4])]


def test_files_have_names_that_every_system_takes() -> None:
    names = [*sites.hostile("plain words")]
    assert "processes/con-.html" in names
    assert "departments/aux-.html" in names
    assert "touchpoints/con-.prn.html" in names
    assert len({name.lower() for name in names}) == len(names)
    stems = {part.partition(".")[0] for name in names for part in name.split("/")}
    assert not stems & {"con", "aux", "nul", "prn", "com1"}
    assert process_page("com1") == "processes/com1-.html"
    assert touchpoint_page("a", "b") == "touchpoints/a.b.html"


@pytest.mark.parametrize(
    ("here", "to", "link"),
    [
        ("index.html", "data.html", "data.html"),
        ("index.html", "data.html#data.a", "data.html#data.a"),
        ("a/b.html", "data.html", "../data.html"),
        ("a/b.html", "a/c.html#x", "c.html#x"),
        ("a/b.html", "a/b.html#x", "#x"),
        ("a/b.html", "a/b.html", "#"),
        ("a/b.html", "", ""),
    ],
)
def test_links_are_relative(here: str, to: str, link: str) -> None:
    assert href(here, to) == link


def test_markup_escapes_what_is_not_markup() -> None:
    assert tag("p.a.b", "<i>", has={"title": '"x"'}) == (
        '<p class="a b" title="&quot;x&quot;">&lt;i&gt;</p>'
    )
    assert tag("p", tag("b", "&")) == "<p><b>&amp;</b></p>"
    assert link("", "<x>") == "&lt;x&gt;"
    assert join(("<", tag("br")), ", ") == "&lt;, <br>"
    assert prose("a `b<c>` d") == "a <code>b&lt;c&gt;</code> d"
    assert paragraphs("a\nb\n\n\nc") == '<p dir="auto">a b</p><p dir="auto">c</p>'


def test_columns_that_say_nothing_are_left_out() -> None:
    shown = table("T", ("a", "b", "c"), [("1", "", "2"), ("3", "", "")])
    read = Read(shown)
    assert len(read.all("th")) == 4  # two heads, two rows
    assert len(read.all("td")) == 2
    assert table("T", ("a",), []) == ""
    assert table("T", ("a",), [("",)]) == ""
