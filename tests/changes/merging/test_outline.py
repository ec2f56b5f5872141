"""Texts taken apart: together the pieces are the text again, and each has what belongs to it."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.changes.merging.notes import comments, lost
from salesflow.changes.merging.outline import Piece, Value, names, outline
from salesflow.source.read import read
from salesflow.testing import processes
from tests.changes.merging.drafts import notes_in, written

ROOT = Path(__file__).parent.parent.parent.parent
FILES = sorted(
    file
    for folder in ("examples", "tests/cases")
    for file in (ROOT / folder).rglob("*.yaml")
    if b"\r" not in file.read_bytes()
)


def taken_apart(text: str) -> Value:
    data = read(text, "a").data
    assert data is not None
    return outline(text, data)


def together(value: Value) -> str:
    if not value.pieces:
        return value.text
    inside = (p.lead + p.key + p.head + together(p.value) + p.tail + p.gap for p in value.pieces)
    return value.opening + "".join(inside)


def test_the_pieces_of_every_file_are_its_text() -> None:
    apart = 0
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        reading = read(text, "a")
        if reading.data is None or reading.findings:
            continue
        value = outline(text, reading.data)
        assert value.style == "block", file
        assert together(value) == text, file
        assert [*names(value)] == [*reading.data]
        apart += 1
    assert apart > 30


@settings(max_examples=30)
@given(processes(), st.integers(0, 50), st.integers(1, 50))
def test_the_pieces_of_any_layout_are_its_text(data: Any, layout: int, notes: int) -> None:
    text = written(data, layout=layout, notes=notes)
    value = taken_apart(text)
    assert together(value) == text
    found = comments(text, value.data)
    assert sorted(found.elements()) == sorted(notes_in(text))


def steps(text: str) -> dict[str, Piece]:
    return {**names(names(taken_apart(text))["steps"].value)}


BLOCK = """\
# file

salesflow: 1
steps:   # all of them

  # a chapter

  # of call
  # still of call
  call: {by: a}   # beside

    # indented otherwise
  demo:
    requires:
    - a   # because
    # of b
    - b
    text: |   # kept
      # no comment
      more

  end: {}
# the end
"""


def test_comments_and_empty_lines_belong_to_somebody() -> None:
    value = taken_apart(BLOCK)
    top = names(value)
    assert together(value) == BLOCK
    assert (value.opening, top["salesflow"].lead) == ("# file\n\n", "")
    assert (top["steps"].note, top["steps"].value.opening) == (
        "# all of them",
        "\n  # a chapter\n\n",
    )
    assert top["steps"].gap == "# the end\n"
    inner = steps(BLOCK)
    assert inner["call"].lead == "  # of call\n  # still of call\n"
    assert (inner["call"].tail, inner["call"].note) == ("   # beside\n", "# beside")
    assert inner["call"].gap == "\n    # indented otherwise\n"
    demo = names(inner["demo"].value)
    assert [piece.name for piece in demo["requires"].value.pieces] == ["a", "b"]
    assert names(demo["requires"].value)["b"].lead == "    # of b\n"
    assert demo["text"].value.style == "whole"
    assert inner["demo"].gap == "\n"
    assert names(inner["end"].value) == {}
    assert comments(BLOCK, value.data)["# no comment"] == 0
    assert comments(BLOCK, value.data)["# kept"] == 1


FLOW = """\
{salesflow: 1, steps: {call: {by: a, "q#": 'b # c'},   # beside
  demo: {requires: [a, b], next: {}}, }}
# the end
"""


def test_braces_are_taken_apart_at_their_commas() -> None:
    value = taken_apart(FLOW)
    assert value.style == "flow"
    assert together(value) == FLOW
    inner = steps(FLOW)
    assert (inner["call"].text, inner["call"].gap) == (
        """call: {by: a, "q#": 'b # c'}""",
        ",   # beside\n  ",
    )
    assert inner["demo"].gap == ", }"
    assert comments(FLOW, value.data) == {"# beside": 1, "# the end": 1}


def test_a_block_scalar_may_be_empty() -> None:
    text = "a: |\nb: |   # c\n"
    value = taken_apart(text)
    assert together(value) == text
    assert comments(text, value.data) == {"# c": 1}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("? a\n: b\n? c\n: d\n", ""),
        ("a:\n  ? b\n  : c\n", "a"),
        ("a: [[1, 2], 3]\n", "a"),
        ("a: [1, 1]\n", "a"),
        ("a:\n  - b: 1\n", "a"),
        ("a:\n  -\n    b\n", "a"),
        ("a: {b: 1\n  , c: 2}\n", ""),
        ("a: \n  {b: 1}\n", ""),
        ("a:\n\n\n  b\n", ""),
    ],
)
def test_odd_writing_is_kept_whole_or_read_right(text: str, path: str) -> None:
    value = taken_apart(text)
    assert together(value) == text
    if path:
        assert names(value)[path].value.style == "whole"


def test_what_a_merged_text_must_still_say() -> None:
    def missing(base: str, ours: str, theirs: str, merged: str) -> list[str]:
        said = [
            comments(text + "\n", taken_apart("a: 1\n").data)
            for text in (base, ours, theirs, merged)
        ]
        return lost(*said)  # type: ignore[call-arg]

    assert missing("", "# a", "# b", "# a") == ["# b"]
    assert missing("# a", "# a", "# a", "") == ["# a"]
    assert missing("# a", "# a", "", "") == []
    assert missing("# a", "", "", "") == []
    assert missing("", "# a", "# a", "# a") == []
    assert missing("", "# a\n# a", "# a", "# a") == ["# a"]
    assert missing("# a", "# a\n# a", "# a", "# a") == ["# a"]
    assert missing("# a\n# a", "# a", "# a", "") == []
    assert missing("# a\n# a", "# a", "# a\n# a", "") == ["# a"]
