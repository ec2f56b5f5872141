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


def test_a_comment_is_one_wherever_a_line_or_a_value_has_ended() -> None:
    for before in ("", "a: 1\n", "a: 1\r", "a: 1\r\n", "a: 1 ", "a: 1\t"):
        text = f"{before}#salesflow:ignore[x]"
        [found] = read(f"{text}\nb: 2" if not before else text, "f").ignores
        assert (found.rules, found.reason) == (("x",), ""), before
    inside = read("a: 1#salesflow:ignore[x]", "f")
    assert (inside.ignores, inside.findings) == ((), ())


def test_how_an_order_may_be_spelled() -> None:
    for order, expected in (
        ("#salesflow:ignore[a]", (("a",), "")),
        ("#\t salesflow \t:\tignore \t[ a , b ,, ]\t: \tthe reason \t", (("a", "b"), "the reason")),
        ("# salesflow: ignore[a]:because", (("a",), "because")),
        ("# salesflow: ignore[a] [b] # c", (("a",), "[b] # c")),
    ):
        [found] = read(f"x: 1 {order}\n", "f").ignores
        assert (found.rules, found.reason) == expected
        assert (found.file, found.span.column, found.span.end_column) == (
            "f",
            6,
            6 + len(order.rstrip()),
        )


def test_a_version_that_is_put_aside_is_no_order() -> None:
    for line in ("# salesflow: 1", "#salesflow:2 old", "# salesflow: 01"):
        reading = read(f"{line}\nsalesflow: 1\n", "f")
        assert (reading.ignores, reading.findings) == ((), ())


def test_where_a_comment_works() -> None:
    for text, lines in (
        ("# salesflow: ignore[x]\n\n# y\n \t\na: 1", [5]),
        ("# salesflow: ignore[x]\r\n\r\n# y\r\na: 1", [4]),
        ("# salesflow: ignore[x]\r\r# y\ra: 1", [4]),
        ("a: 1\r# salesflow: ignore[x]\rb: 1", [3]),
        ("a:\n- # salesflow: ignore[x]\n  b: 1", [2]),
        ("a: 1\n  # salesflow: ignore[x]\n# salesflow: ignore[x]\nb: 1\n# salesflow: ignore[x]\nc: 1",
         [4, 4, 6]),
        ("a:  # salesflow: ignore[x]\n  b: 1\n", [1]),
        ("a: 1\n# salesflow: ignore[x]\n# salesflow: ignore[x]\n\n", [2, 2]),
        ("a: 'x # y'  # salesflow: ignore[x]\nb: \"#\" # salesflow: ignore[x]\n", [1, 2]),
        ("a: |\n  #\nb: 1 # salesflow: ignore[x]\nc: >\n  # salesflow: ignore[x]\nd: 1", [3]),
    ):  # fmt: skip
        assert [found.line for found in read(text, "f").ignores] == lines, text


def test_comments_that_mean_nothing_are_told_with_what_to_write() -> None:
    [finding] = read("a: 1  # salesflow: ignore [ ] x\n", "f").findings
    assert (finding.line, finding.column, finding.end_column) == (1, 7, 32)
    assert finding.help == "Write `# salesflow: ignore[rule-name] the reason`."
    [last] = read("a: 1\n" + "# salesflow: ignore[x]\n" * (MOST + 1), "f").findings
    assert last.help == "Ignore rules in salesflow.toml."
