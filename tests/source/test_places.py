"""Every key and value stands where an independent reading of the same text says it stands."""

import copy
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from salesflow.source.located import (
    Entry,
    Map,
    Seq,
    Text,
    copied,
    emptied,
    entries,
    joined,
    key_span,
    line_starts,
    packed,
    put,
    reach,
    value_span,
    whole_span,
)
from salesflow.source.read import read
from salesflow.source.write import emit
from salesflow.spans import NOWHERE, Span

TEXT = """\
# a comment first
salesflow: 1
process: 'quoted'   # and one behind
"steps":
  call: {by: sales, next: {fit: [demo, "won"], no: lösung}}

  demo:
    description: |
      two lines
      of text

    requires:
      - one
      - {a: 😀, b: [1, 2.5]}
    name: a text that
      goes on
last: true
"""


def oracle(text: str, node: Any) -> Any:
    """Spans by PyYAML's own pure-Python loader: (start, end) as offsets; blocks end at their last."""
    start = node.start_mark.index
    if isinstance(node, yaml.ScalarNode):
        return (start, start + len(text[start : node.end_mark.index].rstrip()))
    flow = text[start] in "[{"
    parts = node.value if isinstance(node, yaml.SequenceNode) else [v for _, v in node.value]
    end = node.end_mark.index if flow or not parts else oracle(text, parts[-1])[1]
    return (start, end)


def at(text: str, start: int, end: int) -> Span:
    """Offsets as lines and columns, counted the slow way."""
    lines = text[:start].split("\n"), text[:end].split("\n")
    (line, column), (last, end_column) = ((len(each), len(each[-1]) + 1) for each in lines)
    return Span("f", line, column, last, end_column)


def compare(text: str) -> int:
    """Compare all places of a text; the number of those compared."""
    reading = read(text, "f")
    todo: list[tuple[Any, Any]] = [(reading.data, yaml.compose(text, yaml.Loader))]
    seen = 0
    while todo:
        data, node = todo.pop()
        assert whole_span(data) == at(text, *oracle(text, node))
        assert reach(data) == oracle(text, node)
        written = node.value if isinstance(data, Map) else list(enumerate(node.value))
        for (name, value), entry in zip(written, entries(data), strict=True):
            key = name if isinstance(name, int) else name.value
            where = oracle(text, value)
            if not isinstance(name, int):
                assert key_span(data, str(key)) == at(text, *oracle(text, name))
                assert (entry.begin, entry.key_end) == oracle(text, name)
            else:
                assert entry.begin == entry.key_end == where[0]
            assert (entry.key, entry.value) == (str(key), data[key])
            assert (entry.start, entry.end) == where
            assert value_span(data, key) == at(text, *where)
            seen += 1
            if isinstance(data[key], Map | Seq):
                todo.append((data[key], value))
    return seen


def test_every_place_of_a_document() -> None:
    assert compare(TEXT.replace("no:", "not_fit:")) == 21


WORDS = st.text("abz é😀:#'\"-", min_size=1, max_size=8)


@given(
    st.dictionaries(
        WORDS,
        st.recursive(
            WORDS | st.integers(0, 99),
            lambda inner: (
                st.lists(inner, min_size=1, max_size=4)
                | st.dictionaries(WORDS, inner, min_size=1, max_size=4)
            ),
            max_leaves=12,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_every_place_of_generated_documents(data: dict[str, Any]) -> None:
    assert compare(emit(data)) >= 1
    assert compare(yaml.dump(data, allow_unicode=True, default_style='"', width=10**6)) >= 1


def test_line_ends_of_every_system_and_a_byte_order_mark() -> None:
    for text in ("a: 1\r\nb: 22\r\n", "a: 1\rb: 22\r", "\ufeffa: 1\nb: 22\n"):
        data = read(text, "f").data
        assert data is not None
        assert value_span(data, "a") == Span("f", 1, 4, 1, 5)
        assert key_span(data, "b") == Span("f", 2, 1, 2, 2)
        assert value_span(data, "b") == Span("f", 2, 4, 2, 6)


def test_a_place_travels_with_its_entry() -> None:
    one, other = read("a: {b: 1}\n", "one").data, read("\nc: 2\n", "other").data
    assert one is not None
    assert other is not None
    put(one, "d", 3, like=other, like_key="c")
    assert (one["d"], value_span(one, "d"), key_span(one, "d")) == (
        3,
        Span("other", 2, 4, 2, 5),
        Span("other", 2, 1, 2, 2),
    )
    assert [entry.key for entry in entries(one)] == ["a"]  # the other's offsets are of its text
    put(one, "d", 4, like=Map(), like_key="nowhere")
    assert (one["d"], value_span(one, "d")) == (4, NOWHERE)


def test_what_was_never_read_stands_nowhere() -> None:
    data = Map({"a": Seq([1])})
    assert key_span(data, "a") == value_span(data, "a") == whole_span(data) == NOWHERE
    assert value_span(data["a"], 0) == whole_span(data["a"]) == NOWHERE
    assert not [*entries(data), *entries(data["a"])]
    assert copy.copy(data) == data


def test_copies_of_a_level_keep_their_places() -> None:
    data = read("a: [x, y]\nb:\n", "f").data
    assert data is not None
    twin, empty = copied(data), emptied(data)
    assert (twin, value_span(twin, "a")) == (data, value_span(data, "a"))
    twin["c"] = 1
    assert "c" not in data
    assert (empty, whole_span(empty), empty.unread) == ({}, whole_span(data), ("b",))


def test_joined_lists_hold_each_item_once_where_it_stood_first() -> None:
    one, other = read("a: [x, y]\n", "one").data, read("a: [y, z]\n", "other").data
    assert one is not None
    assert other is not None
    whole = joined([one["a"], other["a"], Seq(["new"])])
    assert whole == ["x", "y", "z", "new"]
    assert [value_span(whole, place).file for place in range(4)] == ["one", "one", "other", ""]


def test_offsets_are_packed_into_one_number() -> None:
    most = 16 * 1024 * 1024 - 1
    text = Text("f", "x" * 10)
    for offsets in ((0, 0, 0, 0), (1, 2, 3, 4), (most, most - 1, most - 2, most - 3)):
        begin, key_end, start, end = offsets
        data = Map({"k": 1}, text=text, mark=packed(start, end))
        data.marks["k"] = packed(start, end, begin, key_end)
        assert [*entries(data)] == [Entry("k", begin, key_end, 1, start, end)]
        assert reach(data) == (start, end)
        items = Seq([1], text=text, mark=packed(start, end))
        items.marks.append(packed(start, end))
        assert [*entries(items)] == [Entry("0", start, start, 1, start, end)]
        assert reach(items) == (start, end)


def test_only_what_stands_in_the_text_is_an_entry() -> None:
    """Not what was put there since, or stands in another text."""
    data, other = read("a: [x, y]\nb: 1\n", "f").data, read("q: 1\n", "g").data
    assert data is not None
    assert other is not None
    data["new"] = 2
    put(data, "b", 3, like=other, like_key="q")
    data["a"].append("more")
    assert [entry.key for entry in entries(data)] == ["a"]
    assert [(entry.key, entry.value) for entry in entries(data["a"])] == [("0", "x"), ("1", "y")]
    assert value_span(data["a"], 2) == value_span(data, "new") == key_span(data, "new") == NOWHERE


def test_what_is_put_stands_where_the_other_did() -> None:
    one, other = read("a: 1\n", "one").data, read("b: 2\nc: 3\n", "other").data
    assert one is not None
    assert other is not None
    put(other, "d", 4, like=other, like_key="c")  # in the same text: an entry of it
    assert [(entry.key, entry.begin) for entry in entries(other)] == [("b", 0), ("c", 5), ("d", 5)]
    put(one, "x", 5, like=other, like_key="d")
    put(other, "y", 6, like=one, like_key="x")  # and back: its own again
    assert value_span(one, "x") == value_span(other, "y") == Span("other", 2, 4, 2, 5)
    assert "y" in [entry.key for entry in entries(other)]
    put(one, "x", 7, like=one, like_key="never")
    assert value_span(one, "x") == NOWHERE
    put(Map(), "z", 8, like=one, like_key="never")


def test_places_in_a_list_are_asked_by_number() -> None:
    data = read("a: [x, yy]\n", "f").data
    assert data is not None
    assert value_span(data["a"], 1) == value_span(data["a"], "1") == Span("f", 1, 8, 1, 10)
    assert value_span(data["a"], 2) == NOWHERE
    assert value_span(data, "b") == key_span(data, "b") == NOWHERE


@pytest.mark.parametrize(
    ("content", "starts"),
    [
        ("", [0]),
        ("a", [0]),
        ("\n", [0, 1]),
        ("\r\r\n\n", [0, 1, 3, 4]),
        ("a\nb\r\nc\rd", [0, 2, 5, 7]),
    ],
)
def test_where_lines_start(content: str, starts: list[int]) -> None:
    assert [*line_starts(content)] == starts
    text = Text("f", content)
    assert text.span(0, len(content)) == Span("f", 1, 1, len(starts), len(content) - starts[-1] + 1)


def test_lists_that_were_joined_stand_in_no_text_of_their_own() -> None:
    one = read("a: [x]\n", "one").data
    assert one is not None
    assert [*entries(joined([one["a"], Seq(["w"])]))] == []
    mixed = Seq(["x", "y"], text=one.text)
    other = read("b: [y]\n", "other").data
    assert other is not None
    mixed.marks = [one["a"].marks[0], (other.text, other["b"].marks[0])]
    assert [(entry.key, entry.start) for entry in entries(mixed)] == [("0", 4)]
    assert value_span(mixed, 1) == Span("other", 1, 5, 1, 6)


def test_joined_lists_know_only_places_that_are_known() -> None:
    one = read("a: [x]\n", "one").data
    assert one is not None
    again = joined([joined([Seq(["w"]), one["a"]]), one["a"], Seq(["w", "v"])])
    assert again == ["w", "x", "v"]
    assert [value_span(again, place) for place in range(3)] == [
        NOWHERE,
        Span("one", 1, 5, 1, 6),
        NOWHERE,
    ]
