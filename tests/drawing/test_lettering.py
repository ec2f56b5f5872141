"""Text is measured by published widths, and broken into lines that fit."""

from hypothesis import given
from hypothesis import strategies as st

from salesflow.drawing.lettering import ELLIPSIS, width, wrap


def test_widths_are_those_of_helvetica() -> None:
    assert width("Sales", 1000) == 667 + 556 + 222 + 556 + 500
    assert width("WWW", 10) == 3 * 9.44
    assert width("", 12) == 0


def test_wide_scripts_take_a_whole_em_and_marks_nothing() -> None:
    assert width("日本", 10) == 20
    assert width("🚀", 10) == 10
    assert width("e\u0301", 10) == width("e", 10)


def test_words_stay_whole_where_a_line_can_hold_them() -> None:
    assert wrap("Pilot with the customer's data", 10, 75, 3) == (
        "Pilot with the",
        "customer's data",
    )
    assert wrap("one two", 10, 500, 3) == ("one two",)
    assert wrap("  spaced \n out ", 10, 500, 3) == ("spaced out",)
    assert wrap("", 10, 50, 3) == ()


def test_what_is_cut_ends_with_an_ellipsis() -> None:
    lines = wrap("a very long name that nobody can read at a glance", 10, 60, 2)
    assert len(lines) == 2
    assert lines[-1].endswith(ELLIPSIS)


@given(st.text(max_size=80), st.integers(12, 200), st.integers(1, 4))
def test_no_line_is_wider_than_allowed_and_no_letter_is_lost(
    text: str, widest: int, most: int
) -> None:
    lines = wrap(text, 10, widest, most)
    assert len(lines) <= most
    assert all(lines)
    assert all(width(line, 10) <= widest or len(line) <= 1 for line in lines)
    if lines and not lines[-1].endswith(ELLIPSIS):
        assert "".join("".join(lines).split()) == "".join(text.split())
