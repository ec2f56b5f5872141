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
