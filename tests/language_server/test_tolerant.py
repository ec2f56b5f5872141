"""A text that need not be YAML, read: as the reader has it where that finds nothing, else as much."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.language_server.locate import locate
from salesflow.language_server.mentions_tables import mentions_of
from salesflow.language_server.tolerant import tolerant
from salesflow.source.located import Map, Seq
from salesflow.source.read import read
from salesflow.source.write import emit
from salesflow.testing import processes
from tests.language_server.desks import EXAMPLES, marked

ROOT = EXAMPLES.parent


def parts(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Keys, where they stand, and scalars with where they begin and end.

    Where a block ends the reader may count the comment behind it, so the ends of maps are left out.
    """
    if isinstance(data, Map):
        for key, value in data.items():
            mark = data.marks[key]
            assert isinstance(mark, int)
            whole = isinstance(value, Map | Seq)
            yield path, key, mark >> 24 if whole else mark
            yield from parts(value, (*path, key))
    elif isinstance(data, Seq):
        for place, value in enumerate(data):
            mark = data.marks[place]
            assert isinstance(mark, int)
            yield path, place, mark >> 24 if isinstance(value, Map | Seq) else mark
            yield from parts(value, (*path, place))
    else:
        yield path, data, type(data).__name__


def texts() -> Iterator[tuple[str, str]]:
    for path in sorted(EXAMPLES.rglob("*.yaml")):
        yield path.name, path.read_text()
    for path in sorted((ROOT / "docs").rglob("*.md")):
        for match in re.finditer(r"```yaml\n(.*?)```", path.read_text(), re.DOTALL):
            if "salesflow: 1" in match[1]:
                yield path.name, match[1]


def same(name: str, text: str) -> bool:
    reading = read(text, name)
    if reading.findings or reading.data is None:
        return False
    assert [*parts(tolerant(text, name))] == [*parts(reading.data)]
    return True


def test_what_reads_is_read_alike_in_all_examples_and_on_all_pages() -> None:
    assert sum(same(name, text) for name, text in texts()) > 150


@settings(max_examples=60, deadline=None)
@given(processes(), st.sampled_from(["\n", "\r\n", "\r"]))
def test_what_reads_is_read_alike_with_any_line_ends(data: dict[str, Any], ends: str) -> None:
    assert same("a", emit(data).replace("\n", ends))


SCALARS = """\
salesflow: 1
process: p
name: 'it''s "it"'
description: "tab\\t, \\"quoted\\" # no comment"
goal: >-
  folded
  text
owner: |
  kept

  lines
x-long: a plain text that
  goes on below   # and ends
x-list:
- a
- {b: c}
-
  d: e
- - nested
"quoted key": {'flow key': [1, 2.5, true, "x: y"], plain: a
    b, nested: {a: {}, b: []}}   # a comment, {with: brackets}
"""


def test_quotes_blocks_lists_and_comments_are_read_alike() -> None:
    assert same("a", SCALARS)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("steps:\n  call:\n    by: |", ["steps", "call", "by"]),
        ("steps:\n  call: {by: |\n  demo: {by: x}", ["steps", "call", "by"]),
        ("steps:\n  call: {by: a, next: {fit: |", ["steps", "call", "next", "fit"]),
        ("steps:\n  call: {by: a, next: {fit: |}\n  demo: {}", ["steps", "call", "next", "fit"]),
        ("steps:\n\tcall: {by: |}", ["steps", "call", "by"]),
        ("steps:\n  call:\n    with: [a, |\n  demo: {}", ["steps", "call", "with", "1"]),
        ("a:\n  b:\n    c: 1\n   d: |", ["a", "b", "d"]),
    ],
)
def test_half_a_text_is_understood(text: str, path: list[str]) -> None:
    whole, at = marked(text)
    filled = f"{whole[:at]}here{whole[at:]}"
    assert [*locate(tolerant(filled, "a"), at).path] == path


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([text for _, text in texts()]),
    st.lists(
        st.tuples(
            st.integers(0, 10_000),
            st.integers(0, 8),
            st.sampled_from(
                ["", "{", "}", "[", "]", ":", ": ", "\n", "- ", "'", '"', "#", "\t", "|", "é", "🙂"]
            ),
        ),
        max_size=6,
    ),
)
def test_nothing_is_raised_whatever_is_typed_and_places_stay_in_the_text(
    text: str, edits: list[tuple[int, int, str]]
) -> None:
    for at, gone, new in edits:
        at %= len(text) + 1  # noqa: PLW2901
        text = text[:at] + new + text[at + gone :]
    data = tolerant(text, "a")
    for mention in mentions_of(data, text).all:
        assert 0 <= mention.start <= mention.end <= len(text)
    locate(data, len(text) // 2)


def test_deep_nesting_is_cut_off() -> None:
    for text in (
        "[" * 5000,
        "a: " + "{a: " * 5000,
        "- " * 5000,
        "".join(f"{' ' * n}a:\n" for n in range(3000)),
    ):
        tolerant(text, "a")
