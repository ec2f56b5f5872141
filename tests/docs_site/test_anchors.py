"""Links to a heading lead to one, as GitHub names headings; the site has its own test for its own."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_docs import PAGES, name_of

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def anchors(markdown: str) -> set[str]:
    """The names of the headings of a page: small letters, hyphens for blanks, no punctuation."""
    seen: Counter[str] = Counter()
    names = set(re.findall(r'\b(?:id|name)="([^"]+)"', markdown))
    for heading in re.findall(r"^#{1,6} +(.+?) *$", _FENCE.sub("", markdown), re.MULTILINE):
        text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading)
        slug = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
        names.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return names


def lost(page: Path, markdown: str) -> Iterator[str]:
    for target, anchor in re.findall(r"\]\(([^)#\s]*)#([^)\s]+)\)", _FENCE.sub("", markdown)):
        if "://" in target:
            continue
        file = page.parent / target if target else page
        text = markdown if file == page else file.read_text(encoding="utf-8")
        if file.suffix == ".md" and anchor not in anchors(text):
            yield f"{target}#{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_to_headings_lead_to_one(page: Path) -> None:
    assert [*lost(page, page.read_text(encoding="utf-8"))] == []


def test_a_lost_anchor_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    text = "# The `when` of it, twice\n\n## B\n\n## B\n\n```\n# not a heading\n```\n"
    assert anchors(text) == {"the-when-of-it-twice", "b", "b-1"}
    page.write_text(text, encoding="utf-8")
    links = "[x](#b) [x](a.md#b-1) [x](#c) [x](a.md#not-a-heading)"
    assert [*lost(page, f"{text}\n{links}")] == ["#c", "a.md#not-a-heading"]
