"""Positions of editors, offsets and spans of findings are told from each other without a mistake."""

from hypothesis import given
from hypothesis import strategies as st

from salesflow.language_server.ruler import UTF8, UTF16, UTF32, Ruler
from salesflow.spans import Span
from tests.language_server import editor

TEXTS = st.text(st.sampled_from("ab:é🙂漢\n\r\u2028\x85\t "), max_size=40)


def broken(text: str, at: int) -> bool:
    """Whether an offset lies within a line break of two characters."""
    return text[at - 1 : at + 1] == "\r\n"


@given(TEXTS, st.integers(0, 40))
def test_positions_in_utf_16_are_those_that_an_editor_counts(text: str, at: int) -> None:
    at = min(at, len(text))
    if broken(text, at):
        return
    ruler = Ruler(text, UTF16)
    spot = ruler.spot(at)
    assert spot._asdict() == editor.position(text, at)
    assert ruler.offset(*spot) == at


@given(TEXTS, st.integers(0, 40), st.sampled_from([UTF8, UTF16, UTF32]))
def test_there_and_back_in_every_encoding(text: str, at: int, units: str) -> None:
    at = min(at, len(text))
    if not broken(text, at):
        ruler = Ruler(text, units)
        assert ruler.offset(*ruler.spot(at)) == at


@given(TEXTS, st.integers(-3, 50), st.integers(-3, 50), st.sampled_from([UTF8, UTF16, UTF32]))
def test_no_position_leads_out_of_the_text(
    text: str, line: int, character: int, units: str
) -> None:
    assert 0 <= Ruler(text, units).offset(line, character) <= len(text)


def test_the_encodings_differ_where_they_should() -> None:
    text = "é🙂x"
    assert [Ruler(text, units).spot(2).character for units in (UTF8, UTF16, UTF32)] == [6, 3, 2]


def test_a_span_counts_characters_from_one() -> None:
    ruler = Ruler("a: 1\r\nb🙂: 2\n")
    start, end = ruler.stretch(Span("f", 2, 1, 2, 3))
    assert ruler.text[start:end] == "b🙂"
    assert ruler.stretch(Span("f", 99, 99, 99, 99)) == (len(ruler.text), len(ruler.text))
