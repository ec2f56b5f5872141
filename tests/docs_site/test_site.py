"""The pages of docs/ build as a site, strictly; every link and anchor in it leads somewhere; it asks nobody."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.docs_site.llms import DOCS, ROOT, navigation

ELSEWHERE = ("http://", "https://", "mailto:")
OURS = "https://github.com/salesflow/salesflow/blob/main/"


class Links(HTMLParser):
    """What a page links to, loads and names."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.loaded: list[str] = []
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {key: value or "" for key, value in attrs}
        self.names |= {said[key] for key in ("id", "name") if key in said}
        if tag == "a" and "href" in said:
            self.targets.append(said["href"])
        elif tag == "link" and said.get("rel") in ("stylesheet", "shortcut icon", "icon"):
            self.loaded.append(said["href"])
        elif tag in ("script", "img") and "src" in said:
            self.loaded.append(said["src"])


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Links]:
    found = {}
    for file in sorted(site.rglob("*.html")):
        found[file] = Links()
        found[file].feed(file.read_text(encoding="utf-8"))
    return found


def broken(site: Path, pages: dict[Path, Links]) -> Iterator[str]:
    for page, links in pages.items():
        if page.name == "404.html":  # may be shown at any address: its links start at the top
            continue
        for target in (*links.targets, *links.loaded):
            where = f"{page.relative_to(site)}: {target}"
            if target.startswith(ELSEWHERE):
                yield from _in_repository(target, where)
                continue
            parts = urlsplit(target)
            file = page if not parts.path else (page.parent / unquote(parts.path)).resolve()
            if not file.is_file():
                yield where
            elif (
                parts.fragment
                and file in pages
                and unquote(parts.fragment) not in pages[file].names
            ):
                yield f"{where} (no such anchor)"


def _in_repository(target: str, where: str) -> Iterator[str]:
    """Links to files of ours beside docs/ lead to the repository: such a file must be there."""
    if target.startswith(OURS) and not (ROOT / unquote(target.removeprefix(OURS))).exists():
        yield where


def test_every_link_and_anchor_leads_somewhere(site: Path, pages: dict[Path, Links]) -> None:
    assert sum(len(links.targets) for links in pages.values()) > 1000
    assert [*broken(site, pages)] == []


def test_a_broken_link_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text('<h1 id="x"></h1>', encoding="utf-8")
    wrong = Links()
    wrong.feed(f'<a href="b.html"><a href="#y"><img src="c.svg"><a href="{OURS}nowhere.md">')
    right = Links()
    right.feed('<h1 id="x"></h1><a href="#x"><a href="a.html#x"><a href="https://example.org">')
    assert len([*broken(tmp_path, {page: wrong})]) == 4
    assert [*broken(tmp_path, {page: right})] == []


def test_nothing_is_loaded_from_elsewhere(pages: dict[Path, Links]) -> None:
    loaded = {target for links in pages.values() for target in links.loaded}
    assert {target for target in loaded if "//" in target} == set()


def test_links_out_of_the_pages_lead_to_the_repository(pages: dict[Path, Links]) -> None:
    outside = {t for links in pages.values() for t in links.targets if t.startswith(OURS)}
    assert f"{OURS}examples/enterprise" in outside


def test_what_is_for_the_tests_does_not_show(site: Path) -> None:
    for file in site.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert "<!-- a piece" not in text, file
        assert "<!-- file:" not in text, file


def test_pictures_are_there(site: Path) -> None:
    for picture in (DOCS / "pictures").iterdir():
        assert (site / "pictures" / picture.name).read_bytes() == picture.read_bytes()


def test_everything_can_be_searched(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    places = {entry["location"].partition("#")[0] for entry in index["docs"]}
    assert {"tutorial.html", "reference/rules/dead-end.html", "design/layers.html"} <= places


def test_every_page_is_in_the_navigation_and_on_the_first_page() -> None:
    shown = {page for _, pages in navigation() for _, page in pages}
    there = {page.name for page in DOCS.glob("*.md")}
    there |= {f"reference/{page.name}" for page in (DOCS / "reference").glob("*.md")}
    assert there - shown == set(), "put the page into `nav` in .ci/docs/mkdocs.yml"
    first = (DOCS / "index.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\(([^)#]+)", first)) | {"index.md"}
    assert there - linked == set(), "put the page into docs/index.md"


def test_every_decision_is_in_the_list() -> None:
    listed = (DOCS / "design" / "README.md").read_text(encoding="utf-8")
    there = {page.name for page in (DOCS / "design").glob("*.md")} - {"README.md"}
    assert there == set(re.findall(r"\]\(([\w-]+\.md)\)", listed))


def test_the_text_of_each_page_lies_beside_it(site: Path) -> None:
    for page in DOCS.rglob("*.md"):
        assert (site / page.relative_to(DOCS)).read_bytes() == page.read_bytes()
    assert (site / "llms.txt").read_bytes() == (DOCS / "llms.txt").read_bytes()
