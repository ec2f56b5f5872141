"""The small language of shapes, shape by shape: what each accepts, and how alternatives are told."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow.schema.accept import accepts
from salesflow.schema.homes import called, homes, records
from salesflow.schema.kinds import KINDS as MERGED
from salesflow.schema.language import KINDS, document
from salesflow.schema.reference import reference
from salesflow.schema.rules import ExactlyOne, Excludes, NeededWhenSeveral, Needs, OnlyFor
from salesflow.schema.shapes import (
    RESERVED,
    Anything,
    Either,
    Id,
    Key,
    Later,
    ListOf,
    MapOf,
    Number,
    Option,
    Record,
    Shape,
    Text,
    Whole,
    Word,
    YesNo,
    chosen,
    kind_of,
    resolved,
)

WORD = Text(expected="a word", pattern="[a-z]+")
COUNT = Whole(expected="a count", least=0, most=9)


def key(shape: Shape, *, required: bool = False) -> Key:
    """A key of a record."""
    return Key(shape=shape, title="A", description="B.", required=required)


PAIR = Record(expected="a pair", keys={"a": key(WORD, required=True), "b": key(COUNT)})


@pytest.mark.parametrize(
    ("shape", "right", "wrong"),
    [
        (Anything(), [None, 1, "a", [], {}], []),
        (WORD, ["a", "abc"], ["", "A", "a b", "a\n", 1, True, None, [], {}]),
        (Text(expected="text"), ["", "A\n"], [1, True, [], {}]),
        (Id(expected="an id"), ["a", "a1_b", "a" * 64], ["a" * 65, "1a", "_a", "A", "a.b", "next"]),
        (Id(expected="an id", also=("done",)), ["done", "a"], ["leave", "done.a"]),
        (Id(expected="a path", dotted=True), ["a", "a.next.b"], ["a.", ".a", "a..b", "a.B", ""]),
        (Word(expected="x", words=("a", "b")), ["a", "b"], ["c", "", 1, ["a"]]),
        (COUNT, [0, 9], [-1, 10, 1.5, True, "1"]),
        (Whole(expected="a whole number"), [-(10**30), 10**30], [0.5, False]),
        (Number(expected="n", least=0), [0, 0.5, 10**30], [-1, True, "1", float("nan")]),
        (Number(expected="n"), [-1.5, -(10**30)], [float("inf"), float("-inf"), None]),
        (YesNo(expected="x"), [True, False], [0, 1, "true"]),
        (YesNo(expected="x", only=True), [True], [False, 1]),
        (ListOf(expected="l", item=WORD, least=1, most=2), [["a"], ["a", "b"]],
         [[], ["a", "a"], ["a", "b", "c"], [1], "a", {}]),
        (ListOf(expected="l", item=WORD, different=False), [[], ["a", "a"]], [["A"]]),
        (MapOf(expected="m", key=WORD, value=COUNT, least=1), [{"a": 1}],
         [{}, {"A": 1}, {"a": "b"}, {"x-a": 1}, [], "a"]),
        (PAIR, [{"a": "b"}, {"a": "b", "b": 1}],
         [{}, {"b": 1}, {"a": 1}, {"a": "b", "c": 1}, {"a": "b", "x-c": 1}, [], "a"]),
        (Later(make=lambda: WORD), ["a"], [1]),
    ],
)  # fmt: skip
def test_what_each_shape_accepts(shape: Shape, right: list[Any], wrong: list[Any]) -> None:
    """By its definition; metadata is left to the slow look."""
    fits = accepts(shape)
    for value in right:
        assert fits(value), value
    for value in wrong:
        assert not fits(value), value


@given(st.one_of(st.from_regex("[a-zA-Z0-9_.]{0,70}"), st.text(), st.sampled_from(RESERVED)))
def test_ids_are_what_their_pattern_says(text: str) -> None:
    """The fast test of ids and the pattern in the JSON Schema are one."""
    for shape in (
        Id(expected="a"),
        Id(expected="b", also=("done",)),
        Id(expected="c", dotted=True),
    ):
        assert accepts(shape)(text) == bool(re.fullmatch(shape.pattern, text))


def test_alternatives_are_told_apart_by_kind_and_keys() -> None:
    """Never by trying: the first that fits by kind and keys decides."""
    first, second = (PAIR.replace(expected=name) for name in ("first", "second"))
    shape = Either(
        expected="x",
        options=(
            Option(kind="text", shape=WORD),
            Option(kind="map", having=("b", "c"), shape=first),
            Option(kind="map", having=("a",), shape=second),
        ),
    )
    assert chosen(shape, "A") is WORD
    assert chosen(shape, {"a": 1, "c": 2}) is first
    assert chosen(shape, {"a": 1}) is second
    assert chosen(shape, {"d": 1}) is None
    assert chosen(shape, 5) is None
    fits = accepts(shape)
    assert [fits(v) for v in ("a", {"a": "b"}, {"d": 1}, 5, {"a": "b", "b": "no"})] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert not accepts(Either(expected="x", options=(Option(kind="map", shape=PAIR),)))("a")


def test_kinds_of_values() -> None:
    """What is no value of a document has no kind."""
    values = ["a", True, 1, 1.5, [], {}, None, object()]
    assert [kind_of(v) for v in values] == [
        "text", "yes_no", "number", "number", "list", "map", "", "",
    ]  # fmt: skip


RULES = [
    (ExactlyOne(keys=("a", "b"), what="W", example=""), [{"a": 1}, {"b": 1, "c": 1}],
     [({}, "", ()), ({"b": 1, "a": 1}, "a", ("a",))]),
    (Excludes(key="a", others=("b", "c"), why=""), [{}, {"a": 1}, {"b": 1, "c": 1}],
     [({"a": 1, "c": 1, "b": 1}, "c", ("c", "b"))]),
    (Needs(key="a", other="b", why=""), [{}, {"b": 1}, {"a": 1, "b": 1}], [({"a": 1}, "a", ())]),
    (OnlyFor(key="a", value="x", other="b", example=""), [{}, {"a": "x", "b": 1}, {"a": "y"}],
     [({"a": "x"}, "a", ()), ({"b": 1}, "b", ("b",)), ({"a": "y", "b": 1}, "b", ("b",))]),
    (NeededWhenSeveral(key="a", of="b", why=""), [{}, {"b": {"c": 1}}, {"b": 5},
     {"a": 1, "b": {"c": 1, "d": 1}}], [({"b": {"c": 1, "d": 1}}, "", ())]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "right", "wrong"), RULES)
def test_rules(rule: Any, right: list[Any], wrong: list[Any]) -> None:
    """Each rule and its JSON Schema say the same; the finding shows at a key, and says what goes."""
    from jsonschema import Draft202012Validator

    judge = Draft202012Validator(rule.schema())
    for data in right:
        assert rule.broken(data) is None
        assert judge.is_valid(data)
    for data, at, gone in wrong:
        broken = rule.broken(data)
        assert (broken.key, broken.drop) == (at, gone)
        assert not judge.is_valid(data)


def test_homes_know_where_a_key_belongs() -> None:
    """In words, each place once."""
    found = homes(document("process"))
    assert found["timezone"] == ("a calendar",)
    assert found["at_most"] == ("a result", "an objective")
    assert found["escalate"] == ("a step",)
    assert called(PAIR) == "a pair"


def test_every_kind_has_a_table_made_once() -> None:
    """And the tables contain the kinds' own keys first."""
    for kind in KINDS:
        assert document(kind) is document(kind)
        assert list(document(kind).keys)[:2] == ["salesflow", kind]


def test_what_overlays_merge_is_in_the_tables() -> None:
    """Every key that the overlay knows as a map of ids or an element is a key of the language."""
    known = {name for kind in KINDS for record in records(document(kind)) for name in record.keys}
    for table in MERGED.values():
        assert set(table) - {"*"} <= known


def test_reference_tells_every_key_of_every_kind() -> None:
    """One table a map, one row a key; no cell breaks its table."""
    text = reference()
    for kind in KINDS:
        for record in records(document(kind)):
            for name, known in record.keys.items():
                if record.name:
                    assert f"| `{name}`" in text
                    assert known.description in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {4, 5}
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert len(headings) == len(set(headings))
    assert resolved(document("process").keys["steps"].shape).expected in text


def test_reference_page_is_up_to_date() -> None:
    """The page in the docs is what the tables say today."""
    page = Path(__file__).parents[2] / "docs" / "reference" / "language-keys.md"
    written = page.read_text(encoding="utf-8")
    assert written == reference(), "write salesflow.schema.reference.reference() to this page"


def test_the_language_page_names_every_word_that_is_no_id() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/language.md").read_text(encoding="utf-8")
    listed = page.partition("and none of ")[2].partition(". ")[0]
    assert re.findall("`(.+?)`", listed) == RESERVED
