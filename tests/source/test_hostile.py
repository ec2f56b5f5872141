"""Text made to do harm: one clear finding at its place, in little time and memory."""

import gc
import importlib.util
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import salesflow.source.read as reading_module
from salesflow.source.limits import DEFAULT_LIMITS
from salesflow.source.project import read_bytes
from salesflow.source.read import Reading, read


def said(reading: Reading) -> list[tuple[str, int, int, str]]:
    """Rule, line, column and message of all findings."""
    return [(f.rule, f.line, f.column, f.message) for f in reading.findings]


DEEP = "The text is nested deeper than 64 levels."

ONE_FINDING = {
    "nested lists": ("- " * 50_000, "limit-exceeded", 1, 129, DEEP),
    "nested brackets": ("[" * 50_000, "limit-exceeded", 1, 1001, DEEP),
    "nested braces": ("{a: " * 50_000, "limit-exceeded", 1, 257, DEEP),
    "a huge number": (
        f"a: {'9' * 10**6}",
        "limit-exceeded",
        1,
        4,
        "A number has at most 18 digits.",
    ),
    "a long key": (
        f"? {'k' * 1025}\n: 1\n",
        "limit-exceeded",
        1,
        3,
        "A key has at most 1,024 characters.",
    ),
    "a tab": ("a:\n\tb: 1\n", "syntax", 2, 1, "A tab cannot indent YAML."),
    "nothing": ("", "syntax", 1, 1, "The file is empty."),
    "only a comment": ("# later\n", "syntax", 1, 1, "The file is empty."),
    "a NUL": (
        "a: 1\nb: \0\n",
        "syntax",
        2,
        4,
        "This character (U+0000) cannot stand in a text file.",
    ),
    "a hidden line end": (
        "a: x\x85b: 2\n",
        "syntax",
        1,
        5,
        "This character (U+0085) cannot stand in a text file.",
    ),
    "a lone surrogate": (
        "a: \ud800\n",
        "syntax",
        1,
        4,
        "This character (U+D800) cannot stand in a text file.",
    ),
    "a mark in the middle": (
        "a: 1\n\ufeffb: 2\n",
        "syntax",
        2,
        1,
        "This character (U+FEFF) cannot stand in a text file.",
    ),
}


@pytest.mark.parametrize("name", ONE_FINDING)
def test_one_finding_at_its_place(name: str) -> None:
    text, *expected = ONE_FINDING[name]
    reading = read(text, "f")
    assert tuple(expected) in said(reading)
    # a key whose text was blanked out has no value either
    assert len([f for f in reading.findings if f.rule != "schema"]) == 1


def test_each_strange_character_is_named_and_so_is_what_else_is_wrong() -> None:
    reading = read("a: NO\nb: x\x01y\nc: \x02z\n", "f")
    assert [(rule, line, column) for rule, line, column, _ in said(reading)] == [
        ("ambiguous-scalar", 1, 4),
        ("syntax", 2, 5),
        ("syntax", 3, 4),
    ]
    assert reading.data is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &x 1\n", 1),
        ("a: 1\nb: {<<: {c: 1}}\n", 2),
        ("a: !t 1\n", 1),
        ("[a]: 1\n", 1),
        ("a: 1\n---\nb: 1\n", 2),
    ],
)
def test_what_yaml_has_and_the_language_has_not(text: str, line: int) -> None:
    assert [(f.rule, f.line) for f in read(text, "f").findings] == [("refused-yaml", line)]


def test_reading_goes_on_behind_an_alias() -> None:
    """What it stood for is missing, with its key; everything else is there and at its place."""
    for text, data, place in (
        ("a: 1\n*x : 2\nb: 3\n", {"a": 1, "b": 3}, (2, 1)),
        ("a: *x\nb: 1\nc: 2\n", {"b": 1, "c": 2}, (1, 4)),
        ("a: {*x : 1, c: 2}\nb: 1\n", {"a": {"c": 2}, "b": 1}, (1, 5)),
        ("a: [1, *x, 2]\nb: 1\n", {"a": [1, 2], "b": 1}, (1, 8)),
        ("*x : {b: [1]}\nc: 2\n", {"c": 2}, (1, 1)),
    ):
        reading = read(text, "f")
        assert (reading.data, [f.rule for f in reading.findings]) == (data, ["refused-yaml"]), text
        [found] = reading.findings
        assert (found.line, found.column) == place, text


def test_bombs_of_aliases_and_merges_are_never_unrolled() -> None:
    rows = [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    reading = read("a0: &a0 [x]\n" + "\n".join(rows), "f")
    assert {f.rule for f in reading.findings} == {"refused-yaml"}
    assert len(reading.findings) == 101
    assert reading.findings[-1].message == "And 11 more mistakes of this kind in this file."


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"k{i}:\n" for i in range(30_000)),  # without values
        "a: 1\n" * 30_000,  # duplicates
        "a: [" + "~, " * 30_000 + "x]\n",
        "a: 1\n" + "\x01" * 30_000,
        "a: [" + "!t x, " * 30_000 + "x]\n",
        "a: 1\n" + "# salesflow: nonsense\n" * 9_000,
    ],
)
def test_the_first_hundred_are_shown_and_the_rest_counted(text: str) -> None:
    findings = read(text, "f").findings
    assert len(findings) == DEFAULT_LIMITS.findings + 1
    assert findings[-1].message.startswith("And ")
    assert findings[-1].message.endswith(" more mistakes of this kind in this file.")


def test_the_count_of_the_rest_stands_at_the_last_that_is_shown() -> None:
    text = "a: 1\na: 2\na: 3\n" + "".join(f"k{i}: NO\n" for i in range(130))
    *shown, rest = read(text, "f").findings
    assert [finding.line for finding in shown] == [*range(2, 102)]
    assert (rest.line, rest.message) == (101, "And 32 more mistakes of this kind in this file.")
    assert (shown[1].rule, rest.rule) == ("duplicate-key", "ambiguous-scalar")


def test_what_ends_reading_is_shown_beside_a_hundred_others() -> None:
    findings = read("a: 1\n" * 300 + "b: [\n", "f").findings
    assert len(findings) == 102
    assert any(f.rule == "syntax" and f.line >= 301 for f in findings)


def test_limits_can_be_chosen() -> None:
    small = DEFAULT_LIMITS._replace(characters=10, nodes=3, depth=1)
    assert said(read("a: 123456789", "f", limits=small))[0][0] == "limit-exceeded"
    assert said(read("a: b\nc: d", "f", limits=small)) == [
        ("limit-exceeded", 2, 1, "The file has more than 3 keys and values.")
    ]
    assert said(read("a: [b]", "f", limits=small)) == [
        ("limit-exceeded", 1, 4, "The text is nested deeper than 1 levels.")
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("a:b\n", 1, 1, "A space is missing after the colon of `a`.", "Write `a: b`."),
        ("x: {b:1}\n", 1, 5, "A space is missing after the colon of `b`.", "Write `b: 1`."),
        ("a:\n", 1, 1, "`a` has no value.", "Write a value, or remove it."),
        (
            "a: 'it's'\n",
            1,
            8,
            "More text follows where the value has ended.",
            "Quote the text as a whole; inside '…' a quote is written twice ('it''s').",
        ),
        ('a: "x\nb: 1\n', 3, 1, "The file ends inside a quoted text.", "Close the quote."),
        (
            "- a\n",
            1,
            1,
            "A salesflow file is a list of `key: value` lines, and this is something else.",
            "Start with `salesflow: 1` and, on the next line, `process: my_process`.",
        ),
        (
            "a:\n  b: 1\n c: 2\n",
            3,
            2,
            "The indentation does not fit the lines above.",
            "Put keys of one map, or items of one list, in the same column.",
        ),
    ],
)
def test_usual_slips_are_explained(
    text: str, line: int, column: int, message: str, hint: str
) -> None:
    [finding] = read(text, "f").findings
    assert (finding.line, finding.column, finding.message, finding.help) == (
        line,
        column,
        message,
        hint,
    )


@pytest.mark.parametrize(
    "text", ["a: *x\n", "*x : 1\n", "[*x]\n", "*x\n", "a: ! b\n", "%YAML 1.2\n---\na: 1\n"]
)
def test_references_and_directives_wherever_they_stand(text: str) -> None:
    assert "refused-yaml" in {f.rule for f in read(text, "f").findings}


def test_the_parser_without_libyaml_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml.cyaml", None)
    spec = importlib.util.spec_from_file_location("slow_reading", reading_module.__file__)
    assert spec is not None
    assert spec.loader is not None
    slow = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(slow)
    assert slow.Parser is not vars(reading_module)["Parser"]
    assert tuple(slow.read(SAMPLE, "f")) == tuple(read(SAMPLE, "f"))


SAMPLE = (
    "salesflow: 1\nsteps:\n  a: {by: 'x', next: [\"é\", b]}\n  b: |\n    text 😀\n"
    "  c: 2026-01-05\n  # salesflow: ignore[dead-end] why\n  d: -1.5\n"
)


def test_a_file_cut_off_anywhere_is_read_or_refused() -> None:
    raw = SAMPLE.encode()
    for end in range(len(raw) + 1):
        check(read_bytes(raw[:end], "f"))
    assert read_bytes(raw, "f").findings == ()


@given(st.binary(max_size=200))
def test_any_bytes(raw: bytes) -> None:
    check(read_bytes(raw, "f"))


@given(
    st.text(st.sampled_from("ab:-?[]{},&*!|>'\"%@#\t \n\r\\~<0123.é\x00\x85\ud800"), max_size=60)
)
def test_any_text_of_signs_that_mean_something(text: str) -> None:
    check(read(text, "f"))


def check(reading: Reading) -> None:
    """Data or findings; each finding inside the text; collecting garbage goes on."""
    assert reading.data is not None or reading.findings
    assert gc.isenabled()
    for finding in reading.findings:
        assert finding.message
        assert finding.line >= 1
        assert finding.column >= 1
        assert (finding.end_line, finding.end_column) >= (finding.line, finding.column)


def test_garbage_collection_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        read("a: 1\n", "f")
        assert not gc.isenabled()
    finally:
        gc.enable()


AMBIGUOUS = "yes NO True y off ~ null 010 0o17 0x1F 0b1 1e5 60_000 9:30 1:30:15 .5 5. +5 .inf .NaN"
LONG = "1" + ":1" * 3000  # too long for any reader's number
FINE = f"{LONG} text 09:00-18:00 30% 45min 1.2.3 a:b x~ -x 1d mon-fri trueish 12h30"


@pytest.mark.parametrize("word", AMBIGUOUS.split())
def test_what_readers_disagree_on_is_to_be_quoted(word: str) -> None:
    [(rule, line, column, _)] = said(read(f"a: {word}\n", "f"))
    assert (rule, line, column) == ("ambiguous-scalar", 1, 4)
    assert f'"{word}"' in read(f"a: {word}\n", "f").findings[0].help
    assert read(f'a: "{word}"\n', "f").data == {"a": word}


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("60_000", 'Quote it: `"60_000"`, or write `60000`.'),
        ("1_0.5", 'Quote it: `"1_0.5"`, or write `10.5`.'),
        ("1e5", 'Quote it: `"1e5"`.'),
        ("yes", 'Quote it: `"yes"`, or write `true`.'),
        ("NO", 'Quote it: `"NO"`, or write `false`.'),
        ("~", 'Quote it: `"~"`, or remove the key.'),
        ("9:30", 'Quote it: `"9:30"`.'),
    ],
)
def test_what_may_have_been_meant_is_offered(word: str, hint: str) -> None:
    assert read(f"a: {word}\n", "f").findings[0].help == hint


@pytest.mark.parametrize("word", FINE.split())
def test_what_is_text_to_everybody_needs_no_quotes(word: str) -> None:
    assert (read(f"a: {word}\n", "f").data, said(read(f"a: {word}\n", "f"))) == ({"a": word}, [])


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-7", -7),
        ("2.50", 2.5),
        ("2024-02-30", "2024-02-30"),
    ],
)
def test_numbers_booleans_and_dates(word: str, value: Any) -> None:
    data = read(f"a: {word}\n", "f").data
    assert data == {"a": value}
    assert data is not None
    assert isinstance(data["a"], type(value))


def test_a_key_that_stands_twice_is_shown_with_the_first() -> None:
    reading = read("a: 1\nb:\na: 2\nb: 3\n", "f")
    assert reading.data == {"a": 1}
    assert [(f.rule, f.line, f.path) for f in reading.findings] == [
        ("schema", 2, "b"),
        ("duplicate-key", 3, "a"),
        ("duplicate-key", 4, "b"),
    ]
    [first] = reading.findings[1].related
    assert (first.span.line, first.span.column, first.message) == (1, 1, "the first one")
    [later] = read("x: {a: 1}\nz: {other: 1, key: 2, key: 3}\n", "f").findings
    assert (later.line, later.column, later.path) == (2, 23, "z.key")
    [first] = later.related
    assert (first.span.line, first.span.column, first.span.end_column) == (2, 15, 18)
