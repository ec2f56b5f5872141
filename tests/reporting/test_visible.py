"""Nothing from a user's file moves the cursor, hides, or speaks to the CI service."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow.reporting.visible import line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text", "plain text"),
        ("Angebot für Öko-Strom", "Angebot für Öko-Strom"),
        ("red\x1b[31m", "red\\x1b[31m"),
        ("tab\there", "tab\\x09here"),
        ("a\u202eb", "a\\u202eb"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("lone \ud800", "lone \\ud800"),
        ("line\u2028break", "line\\u2028break"),
    ],
)
def test_hidden_characters_are_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_visible_text_prints_and_stays_on_one_line(text: str) -> None:
    shown = visible(text)
    shown.encode("utf-8")
    assert len(shown.splitlines()) <= 1
    assert "\x1b" not in shown


@pytest.mark.parametrize("start", ["::error::", "  ::set-output", "##[group]", "##vso[task]"])
def test_no_line_is_a_command_to_the_ci_service(start: str) -> None:
    assert line(f"{start} text") == f"\\{start} text"
    assert line(f"name: {start}") == f"name: {start}"
