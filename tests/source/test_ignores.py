"""Comments that ignore a rule: found in comments only, and each on the line it is meant for."""

from salesflow.source.ignores import MOST
from salesflow.source.read import read

TEXT = """\
a: 1 # salesflow: ignore[x, y] the reason
# salesflow: ignore[z]

  # another comment
# salesflow: ignore[w]: why
b: "# salesflow: ignore[quoted]"
c: |
  # salesflow: ignore[block]
# salesflow: 1
d: x#salesflow:ignore[word]
# salesflow: ignore[end]
"""


def test_where_comments_are_found_and_work() -> None:
    reading = read(TEXT, "f")
    assert [(i.rules, i.reason, i.line, i.span.line, i.span.column) for i in reading.ignores] == [
        (("x", "y"), "the reason", 1, 1, 6),
        (("z",), "", 6, 2, 1),
        (("w",), "why", 6, 5, 1),
        (("end",), "", 11, 11, 1),
    ]
    assert reading.findings == ()


def test_a_text_that_only_looks_like_a_comment_ignores_nothing() -> None:
    """Also where it is the first text with such a sign, or the only one."""
    reading = read('note: "see # salesflow: ignore[no-owner]"\nb: 1 # salesflow: ignore[x]\n', "f")
    assert [(each.rules, each.line) for each in reading.ignores] == [(("x",), 2)]
    assert read("a: |\n  # salesflow: nonsense\n", "f").findings == ()


def test_a_comment_that_cannot_be_understood_is_a_finding() -> None:
    for order in ("ignore", "ignore[]", "disable[x]", "ignore dead-end"):
        [finding] = read(f"a: 1\nb: 2  # salesflow: {order}\n", "f").findings
        assert (finding.rule, finding.line, finding.column) == ("syntax", 2, 7)
        assert finding.message == (
            f"This comment speaks to salesflow, but `{order}` is no order it knows."
        )


def test_there_is_an_end_to_comments() -> None:
    reading = read("a: 1\n" + "# salesflow: ignore[x]\n" * (MOST + 5), "f")
    assert len(reading.ignores) == MOST
    assert [(f.rule, f.line) for f in reading.findings] == [("limit-exceeded", MOST + 2)]
