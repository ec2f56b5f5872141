"""What is written is read back the same, whatever nasty text it holds, and looks as it should."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow.source.read import read
from salesflow.source.write import emit, one_line

NASTY = (
    "|yes|NO|~|null|010|0x1F|1e5|9:30|2026-01-05|=|<<|-|---|...|a:b|a: b|a:|:a|a#b|a #b|#a|>x|'a"
    '|"|%x|@x|`x|? x|?x|- x|*x|&a|!a|{a|[a|]a|a,b|[]|{}|a\nb|\n|\ta|\x85|\u2028|\ufeff|\xa0x|é|😀'
    "|.inf|.5|5.|+5|a\\b|true|1.0|1_0| a|a |a\x00b|x\u202ey"
)
TEXTS = st.sampled_from(NASTY.split("|")) | st.text(max_size=12)
SCALARS = (
    TEXTS
    | st.booleans()
    | st.integers(-(10**18) + 1, 10**18 - 1)
    | st.integers(-(10**9), 10**9).map(lambda n: n / 1000)
    | st.sampled_from([1e-7, 1e16, -2.5e-9, -0.0])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=5))
def test_what_is_written_is_read_back(data: dict[str, Any]) -> None:
    text = emit(data)
    reading = read(text, "f")
    assert reading.findings == ()
    assert reading.data == data
    assert emit(reading.data) == text


def test_how_it_looks() -> None:
    steps = {
        "call": {"by": "sales", "next": {"fit": "demo", "no_fit": "lost"}},
        "long": {f"key_{i}": "a value of some length" for i in range(5)},
    }
    assert emit({"salesflow": 1, "process": "smb", "steps": steps, "none": [], "big": 1e21}) == (
        "salesflow: 1\n"
        "process: smb\n"
        "steps:\n"
        "  call: {by: sales, next: {fit: demo, no_fit: lost}}\n"
        "  long:\n"
        + "".join(f"    key_{i}: a value of some length\n" for i in range(5))
        + "none: []\n"
        "big: 1000000000000000000000.0\n"
    )


def test_a_map_of_maps_of_maps_takes_a_line_for_each() -> None:
    """Even where all would fit into one line, which nobody could read."""
    two, three = {"x": {"to": "lost"}}, {"next": {"fit": {"to": "won"}}}
    assert emit({"a": two, "b": three, "c": [three]}) == (
        "a: {x: {to: lost}}\nb:\n  next: {fit: {to: won}}\nc: [{next: {fit: {to: won}}}]\n"
    )


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"a": None}, "the language has no value such as None"),
        ({1: "a"}, "a key is a text, not 1"),
        ({"a": [{True: 1}]}, "a key is a text, not True"),
        ({"a": [{1}]}, "the language has no value such as {1}"),
    ],
)
def test_what_the_language_has_not_is_refused(wrong: Any, message: str) -> None:
    with pytest.raises(TypeError) as caught:
        emit(wrong)
    assert str(caught.value) == message


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_what_fits_into_96_columns_stands_on_one_line(depth: int) -> None:
    """Key and value without the blank between them."""
    busy = {"x": {"y": {}}}  # keeps what is around it from standing on one line
    for more in (0, 1):
        room = 96 - 2 * depth + more
        data: dict[str, Any] = {"a": {"b": "x" * (room - len("a:{b: }"))}}
        items: dict[str, Any] = {"a": ["xxxxx", "z" * (room - len("a:[xxxxx, ]"))]}
        for _ in range(depth):
            data, items = {"k": data, "l": busy}, {"k": items, "l": busy}
        rows = emit(data).splitlines()
        assert rows[depth].strip()[: 3 + more] == ("a: {", "a:")[more][: 3 + more]
        rows = [row for row in emit(items).splitlines() if row.strip()[0] in "a-"]
        assert len(rows) == (3 if more else 1)
    assert emit({"a": "x" * 200}) == f"a: {'x' * 200}\n"


def test_items_that_do_not_fit_stand_on_lines_of_their_own() -> None:
    wide = ["x" * 60, "y" * 60]
    assert emit({"a": {"b": wide, "c": [{"d": wide, "e": {"f": {"g": 1}}}, [wide], "z"]}}) == (
        f"a:\n  b:\n    - {wide[0]}\n    - {wide[1]}\n  c:\n"
        f"    - {{d: [{wide[0]}, {wide[1]}], e: {{f: {{g: 1}}}}}}\n"
        f"    - [[{wide[0]}, {wide[1]}]]\n    - z\n"
    )
    fits = "x" * 40
    assert emit({"a": [["y" * 90, "z"], [fits, fits]]}) == (
        f"a:\n  - [{'y' * 90}, z]\n  - [{fits}, {fits}]\n"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({}, "{}"),
        ([], "[]"),
        ((), "[]"),
        ((1, "a"), "[1, a]"),
        ({"a": {"b": {"c": {"d": ["e" * 100]}}}}, f"{{a: {{b: {{c: {{d: [{'e' * 100}]}}}}}}}}"),
        (True, "true"),
        (False, "false"),
        (-3, "-3"),
        (2.0, "2.0"),
        (1e-7, "0.0000001"),
        (-1.5e20, "-150000000000000000000.0"),
        ("text with words", "text with words"),
        ("30% (a/b) <c> x=y", "30% (a/b) <c> x=y"),
        ("yes", '"yes"'),
        ("12", '"12"'),
        ("1.5", '"1.5"'),
        ("true", '"true"'),
        ("2026-01-05", "2026-01-05"),
        ("a: b", '"a: b"'),
        ("a  b", '"a  b"'),
        ('say "x"\\', '"say \\"x\\"\\\\"'),
        ("ä😀", '"ä😀"'),
        ("\u2028\U000e0001\x7f\t", '"\\u2028\\U000e0001\\u007f\\t"'),
        ({"yes": 1, "a b": 2, "5": 3, "-": 4}, '{"yes": 1, a b: 2, 5: 3, "-": 4}'),
    ],
)
def test_a_value_on_one_line(value: Any, text: str) -> None:
    assert one_line(value) == text
    assert emit({"k": value}) == f"k: {text}\n" or len(text) > 90
