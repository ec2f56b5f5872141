"""What the parser cannot read, in words that help."""

import pytest

from salesflow.source.read import read


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "The file ends inside an open bracket."),
        ("a: {b: [1,\n", "The file ends inside an open bracket."),
        ("a: [}", "Something else was expected here."),
    ],
)
def test_an_open_bracket_is_told_from_a_wrong_one(text: str, message: str) -> None:
    (finding,) = read(text, "x").findings
    assert finding.message == message
    assert finding.help


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("a: {b: c:}", 9, "Nothing follows the colon."),
        ("a: [b: c:, d]", 9, "Nothing follows the colon."),
        ("a: [x:, z]", 6, "Nothing follows the colon."),
        ("a: {b: c: d}", 9, "A second colon in one value: it would start another key."),
        ("a: b: c", 5, "A second colon in one value: it would start another key."),
        ("a: b:", 5, "A second colon in one value: it would start another key."),
    ],
)
def test_a_colon_too_many_is_told_from_one_with_nothing_behind(
    text: str, column: int, message: str
) -> None:
    (finding,) = read(f"first: 1\n{text}\n", "x").findings
    assert (finding.line, finding.column, finding.message) == (2, column, message)
