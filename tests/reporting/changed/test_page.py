"""The page: well-formed, self-contained, and a link shows only what concerns somebody."""

import base64
import hashlib
import re

import pytest

from salesflow.changes.difference import Diff
from salesflow.reporting.changed.page import notebook, page
from tests.reporting.changed.diffs import edits, evil, lone, nothing, rich
from tests.reporting.test_simulated_page import read

PAGES = [[rich()], [rich(), lone(added=True), nothing()], [], [nothing()], [evil()]]


@pytest.mark.parametrize("diffs", PAGES)
def test_it_is_well_formed_and_fetches_nothing(diffs: list[Diff]) -> None:
    html = page(diffs)
    reader = read(html)
    assert html.startswith("<!doctype html>\n<html lang=")
    assert set(reader.ids.values()) <= {1}
    assert not {"script", "link", "iframe", "img", "object", "svg"} & set(reader.tags)
    assert not {"src", "style", "onload", "onclick"} & reader.attributes
    assert not re.search(r"url\(|@import", html)
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html


@pytest.mark.parametrize("diffs", PAGES)
def test_its_policy_allows_its_style_and_nothing_else(diffs: list[Diff]) -> None:
    html = page(diffs)
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="(.*?)"', html)
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]


def test_every_link_leads_to_a_place_on_the_page() -> None:
    html = page([rich(), lone(added=False)])
    ids = set(read(html).ids)
    links = set(re.findall(r'href="(.*?)"', html))
    assert {link.removeprefix("#") for link in links} == ids
    assert {"for-legal", "for-sales", "for-buyer", "for-running-deals", "everything"} <= ids


def test_what_concerns_a_department_bears_its_class() -> None:
    html = page([rich()])
    rows = re.findall(r'<p class="edit ?(.*?)">', html)
    assert sorted(row for row in rows if "for-legal" in row) == [
        "for-buyer for-legal",
        "for-legal for-sales",
    ]
    assert ".filter.for-legal:target ~ .process .edit:not(.for-legal)" in html
    assert '<li class="card breaking for-legal">' in html


def test_filters_are_beside_what_they_filter() -> None:
    """A link can only show and hide what comes after its place, on the same level."""
    html = page([rich(), lone(added=True)])
    last = max(html.index(f'id="{name}"') for name in ("everything", "for-legal", "for-customers"))
    assert last < html.index('<ul class="cards">') < html.index('<div class="process">')
    for opening in ("<ul", "<div"):
        assert opening not in html[html.index('id="everything"') : last]


def test_levels_are_words() -> None:
    html = page([rich()])
    for level, word in (("breaking", "breaking"), ("check", "to check"), ("safe", "safe")):
        assert f'<span class="level {level}">{word}</span>' in html


def test_the_flow_says_what_changed_where() -> None:
    html = page([rich()])
    assert (
        '<li class="added"><b>Demo</b> (Sales · rep) <b>+ added</b></li>'
        '\n<li><ul><li class="added">good → Papers <b>+ added</b></li>'
    ) in html
    assert '<li class="changed"><b>Inspect</b>' in html
    assert "interested, 35% → Offer <b>~ was 40%</b>" in html


def test_nothing_in_a_name_is_markup() -> None:
    for html in (page([evil()]), page([evil(), nothing()]), notebook(evil())):
        assert "script" not in read(html).tags
        assert html.count("</style>") == 1
        for piece in ("\u202e", "\x1b"):
            assert piece not in html
        assert not any(row.startswith(("::", "##[")) for row in html.splitlines())


def test_a_notebook_has_all_of_it_without_links() -> None:
    html = notebook(rich())
    reader = read(html)
    assert html.startswith("<div>\n<style>")
    assert not reader.ids
    assert "href" not in reader.attributes
    assert "35% of <code>call</code> now end with" in html


def test_a_long_list_is_cut_and_says_so() -> None:
    many = tuple(edits()[2].replace(path=f"steps.s{n}", message=f"{n}.") for n in range(2_500))
    assert "And 500 more changes (--format json has all)." in page([rich().replace(edits=many)])


def test_nothing_changed_is_one_clear_sentence() -> None:
    assert "<h1>No process changed.</h1>" in page([])
    assert "<h1>new_business 1.0.0: nothing changed.</h1>" in page([nothing()])
