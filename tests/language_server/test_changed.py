"""The one edit between two texts: applied to the first it gives the second."""

from hypothesis import given
from hypothesis import strategies as st

from salesflow.language_server.rename import changed, replaced

ROWS = st.lists(st.sampled_from(["a", "b", "", "c\r"]), max_size=8).map("\n".join)


@given(ROWS, ROWS)
def test_the_edit_leads_from_one_text_to_the_other(old: str, new: str) -> None:
    edit = changed(old, new)
    assert (edit is None) == (old == new)
    assert replaced(old, (edit,) if edit is not None else ()) == new


def test_rows_that_are_alike_are_left_alone() -> None:
    edit = changed("a\nb\nc\nd\n", "a\nx\ny\nd\n")
    assert edit is not None
    assert (edit.start, edit.text) == (2, "x\ny")
