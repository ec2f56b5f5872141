"""The comment on a pull request: within GitHub's limit, folded, and nothing in a name is markup."""

import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from salesflow.changes.difference import Diff
from salesflow.nouns import FrozenMap
from salesflow.reporting.changed.markdown import MARKER, MOST, markdown
from tests.drawing.test_mermaid import read
from tests.reporting.changed.diffs import edits, evil, lone, nothing, rich

KNOWN = {
    *("details", "summary", "b", "code", "br", "sub", "h2", "h3", "p", "ul", "li", "table"),
    *("thead", "tbody", "tr", "th", "td", "pre", "blockquote"),
}


class Tags(HTMLParser):
    """Holds that tags nest, and collects them and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def rendered(report: str) -> Tags:
    tags = Tags()
    tags.feed(MarkdownIt("commonmark", {"html": True}).enable("table").render(report))
    tags.close()
    assert tags.open == []
    return tags


def pictures(report: str) -> list[str]:
    return re.findall(r"^```mermaid\n(.*?)^```$", report, re.MULTILINE | re.DOTALL)


def many(number: int, size: int = 40) -> Diff:
    changed = tuple(
        edits()[n % 7].replace(path=f"steps.s{n}", message=f"{n}: {'|' * size} changed.")
        for n in range(number)
    )
    return rich().replace(edits=changed)


def test_the_comment_can_be_found_again() -> None:
    for report in (markdown([rich()]), markdown([]), markdown([rich(), nothing()])):
        assert report.startswith(f"{MARKER}\n## ")
        assert report.count(MARKER) == 1


def test_it_renders_as_it_is_meant() -> None:
    tags = rendered(markdown([rich()]))
    assert tags.seen == KNOWN
    assert "❗ new_business 1.0.0 → 1.1.0: breaking." in tags.text


def test_mermaid_reads_the_picture() -> None:
    (picture,) = pictures(markdown([rich()]))
    (answer,) = read([picture])
    texts = [node["text"] for node in answer["nodes"]]
    assert "Demo<br><small>rep</small><br>+ added" in texts
    assert {"added", "changed", "pale"} == {name for n in answer["nodes"] for name in n["classes"]}


def test_nothing_in_a_name_is_markup_or_mentions_anybody() -> None:
    for report in (markdown([evil()]), markdown([evil(), lone(added=True)])):
        outside = report.replace(MARKER, "")
        for picture in pictures(report):
            outside = outside.replace(picture, "")
        for piece in ("<script", "</style", "](1", "@all", " #1", "\u202e", "\x1b", "://e", "-->"):
            assert piece not in outside, piece
        assert outside.count("```") == 2 * len(pictures(report))
        assert rendered(report).seen <= KNOWN
    (answer,) = read(pictures(markdown([evil()])))
    assert "error" not in answer


def test_every_row_of_a_table_has_as_many_cells() -> None:
    for report in (markdown([rich()]), markdown([evil()])):
        for table in re.findall(r"(?:^\|.*\n)+", report, re.MULTILINE):
            assert len({row.count("|") for row in table.splitlines()}) == 1


@pytest.mark.parametrize("number", [200, 3_000])
def test_a_large_change_is_cut_and_says_so(number: int) -> None:
    report = markdown([many(number)])
    assert len(report) <= MOST
    assert re.search(r"And [\d,]+ more changes \(<code>--format json</code> has all\)", report)
    rendered(report)
    assert "| ❗ <b>Legal</b> |" in report


def test_many_processes_share_the_room() -> None:
    report = markdown([many(300)] * 30)
    assert len(report) <= MOST
    assert report.count("## ❗ new_business 1.0.0 → 1.1.0: breaking.") == 30
    rendered(report)
    crowd = markdown([many(300)] * 500)
    assert len(crowd) <= MOST
    assert "For lack of space" in crowd


def test_huge_sentences_do_not_crowd_out_everything_else() -> None:
    report = markdown([many(5, size=100_000)])
    assert len(report) <= MOST
    assert report.count("…") >= 5


def test_many_departments_are_cut_too() -> None:
    lines = {f"d{n}": (f"{n}{'|' * 500}",) * 20 for n in range(300)}
    report = markdown([rich().replace(departments=FrozenMap(lines))])
    assert len(report) <= MOST
    assert "more rows" in report
    rendered(report)
    alike = FrozenMap(dict.fromkeys(lines, ("|" * 500,) * 20))
    report = markdown([rich().replace(departments=alike)])
    assert "<b>d0, d1, d10, d100, " in report
    assert "and 288 more</b>" in report


def test_a_process_that_is_new_is_drawn_as_it_is_and_one_that_is_gone_not_at_all() -> None:
    (picture,) = pictures(markdown([lone(added=True)]))
    assert "added" not in picture
    assert "All of it is new." in markdown([lone(added=True)])
    assert pictures(markdown([lone(added=False)])) == []


def test_a_change_of_what_is_not_drawn_has_no_picture() -> None:
    assert pictures(markdown([nothing().replace(edits=edits()[:1])])) == []


def test_nothing_changed_is_one_clear_sentence() -> None:
    assert markdown([nothing()]) == f"{MARKER}\n## new_business 1.0.0: nothing changed.\n"
    assert markdown([]) == f"{MARKER}\n## No process changed.\n"
