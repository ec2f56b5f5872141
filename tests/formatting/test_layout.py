"""The canonical layout: nothing that is said changes, and it is the same the second time."""

import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import salesflow as sf
from salesflow.formatting.files import laid_out
from salesflow.source.read import read
from salesflow.source.write import emit
from salesflow.testing import processes, sound_processes

ROOT = Path(__file__).parent.parent.parent
FILES = sorted(
    file
    for folder in ("examples", "tests/cases/ok", "salesflow/templates")
    for file in (ROOT / folder).rglob("*.yaml")
    if read(file.read_text(), "x").data is not None and not read(file.read_text(), "x").findings
)

MESSY = """\
# the top


salesflow:   1
process: "messy"   # quoted by its author



sources: { inbound: {start: call} , outbound: {start: call,} }
steps:

    # before the first
    call:
        by:   sales      # who
        captures: [ a,b , c ]
        next:   {fit: won,
           no_fit: lost,   # inside
           # on its own
           later: call}

    # before the second

    second: {by: sales, description: "# no comment", next: {a_rather_long_result: won, another_long_result: lost, third: call}}
    # behind the last, as far in
  # behind all steps
outcomes:
    won:    {kind: won}       # one column
    lost:   {kind: lost}      # for both
    other:  {kind: disqualified}
x-lists:
- one
-   two
- {a: 1}
x-text: |
    kept as it is
      # to the letter

    even so
# the end
"""
NEAT = """\
# the top

salesflow: 1
process: "messy"  # quoted by its author

sources: {inbound: {start: call}, outbound: {start: call}}
steps:
  # before the first
  call:
    by: sales  # who
    captures: [a, b, c]
    next:
      fit: won
      no_fit: lost  # inside
      # on its own
      later: call

  # before the second

  second:
    by: sales
    description: "# no comment"
    next: {a_rather_long_result: won, another_long_result: lost, third: call}
  # behind the last, as far in
# behind all steps
outcomes:
  won:   {kind: won}          # one column
  lost:  {kind: lost}         # for both
  other: {kind: disqualified}
x-lists:
  - one
  - two
  - {a: 1}
x-text: |
    kept as it is
      # to the letter

    even so
# the end
"""


def test_everything_at_once() -> None:
    assert laid_out(MESSY) == NEAT
    assert laid_out(NEAT) == NEAT


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_files_say_the_same_and_are_laid_out_once(file: Path) -> None:
    text = file.read_text()
    neat = laid_out(text)
    assert laid_out(neat) == neat
    assert read(neat, "x").data == read(text, "x").data
    assert sorted(re.findall("#.*", neat)) == sorted(re.findall("#.*", text))


@given(st.one_of(processes(), sound_processes()), st.integers(0, 2**32))
def test_however_it_was_written(data: dict[str, Any], seed: int) -> None:
    messy = _messed(emit(data), random.Random(seed))
    neat = laid_out(messy)
    assert laid_out(neat) == neat
    assert sf.loads(neat) == sf.loads(emit(data))
    written = re.findall(r"#c\d+", messy)
    assert re.findall(r"#c\d+", neat) == written


def _messed(text: str, chance: random.Random) -> str:
    """The same with other spaces, empty lines and comments."""
    wide = chance.choice((1, 2, 3))
    rows = []
    for number, row in enumerate(text.split("\n")):
        indent = len(row) - len(row.lstrip(" "))
        new = " " * (indent * wide) + row.lstrip(" ")
        if chance.random() < 0.2:
            new = new.replace(", ", " ,  ").replace("{", "{  ")
        if chance.random() < 0.2:
            new = new.replace(": ", ":   ", 1)
        if chance.random() < 0.15:
            rows.append("\n" * chance.randint(0, 3) + " " * (indent * wide) + f"#c{number}")
        if "{" in new and not set("'\"#|>") & set(new):
            new = _commented(new, " " * (indent * wide + 3), chance)
        if new.strip() and chance.random() < 0.15:
            new += f"{' ' * chance.randint(1, 30)}#c{number + 1000}"
        rows.append(new)
    return "\n".join(rows)


def _commented(row: str, indent: str, chance: random.Random) -> str:
    """The same with comments behind what is in braces."""
    head, *rest = re.split("(?<=[,{}])(?= |}|,)", row)
    parts = [head]
    for part in rest:
        if chance.random() < 0.1:
            parts.append(f"  #c{chance.randint(2000, 9999)}\n{indent}")
        parts.append(part)
    return "".join(parts)


@given(st.text(alphabet="salefow: 1\n-#{}[],\"'|>ab", max_size=60))
def test_any_text_is_laid_out_or_refused(text: str) -> None:
    try:
        neat = laid_out(text)
    except sf.LoadError:
        return
    assert laid_out(neat) == neat


@pytest.mark.parametrize(
    ("text", "neat"),
    [
        ("{salesflow: 1, process: a}", "salesflow: 1\nprocess: a\n"),
        ("---\nsalesflow: 1\n...\n", "salesflow: 1\n"),
        ("\n\n  salesflow: 1", "salesflow: 1\n"),
        ("a: {}\nb: [ ]\n", "a: {}\nb: []\n"),
        ("a:\n- b\n- c\n", "a:\n  - b\n  - c\n"),
        ("a:\n  - b: 1\n    c: 2\n  - d: 3\n", "a:\n  - b: 1\n    c: 2\n  - d: 3\n"),
        ("a:\n  -   - b\n      - c\n", "a:\n  - - b\n    - c\n"),
        ("a: one\n  and two\n", "a: one\n  and two\n"),
        (
            "a:\n    b: >\n        long\n        text\nc: d\n",
            "a:\n  b: >\n      long\n      text\nc: d\n",
        ),
        ("a : 1\n", "a: 1\n"),
        ("a: 'it''s'\n", "a: 'it''s'\n"),
        ("a: {b: 1} # x\n# y\n", "a: {b: 1}  # x\n# y\n"),
        ("a: {  # x\n  b: 1\n}  # y\nc: d\n", "a:  # x\n  b: 1  # y\nc: d\n"),
        (
            "a: {b: 1,  # x\n  c: 2, d: 3,  # y\n  e: 4}\n",
            "a:\n  b: 1  # x\n  c: 2\n  d: 3  # y\n  e: 4\n",
        ),
        ("a: [b,  # x\n  c]\n", "a:\n  - b  # x\n  - c\n"),
        ("a: {b: {c: 1,  # x\n  d: 2}}\n", "a:\n  b:\n    c: 1  # x\n    d: 2\n"),
        ("a: {b: 1  # x\n  }  # y\nc: d\n", "a:\n  b: 1  # x\n  # y\nc: d\n"),
        ("a: {b: 1,\n  # x\n  }  # y\n", "a:\n  b: 1\n  # x\n  # y\n"),
    ],
)
def test_small_things(text: str, neat: str) -> None:
    assert laid_out(text) == neat
    assert laid_out(neat) == neat


def test_line_ends_stay_those_of_the_file() -> None:
    assert laid_out("a:   1\r\nb: 2\r\n") == "a: 1\r\nb: 2\r\n"
    assert laid_out("a:   1\r\nb: 2\nc: 3\n") == "a: 1\nb: 2\nc: 3\n"


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_a_comment_behind_any_line_end_stays(end: str) -> None:
    """A lone carriage return ends a line too: of an old Mac, or where an editor mixed them."""
    text = end.join(
        ("# head", "a: 1 # one", "b:", "  - one", "  # two", "  - 2", "c: >-", "  d", "  e")
    )
    fresh = laid_out(f"{text}{end}\n")
    assert [row for row in fresh.splitlines() if "#" in row] == ["# head", "a: 1  # one", "  # two"]
    assert read(fresh, "f").data == read(text, "f").data == {"a": 1, "b": ["one", 2], "c": "d e"}
    assert laid_out(fresh) == fresh


def test_what_is_too_long_goes_on_lines_of_its_own() -> None:
    long = ", ".join(f"key_{n}: value" for n in range(12))
    rows = "".join(f"  key_{n}: value\n" for n in range(12))
    assert laid_out(f"a: {{{long}}}\n") == f"a:\n{rows}"
    items = [f"an_item_{n}" for n in range(14)]
    rows = "".join(f"  - {item}\n" for item in items)
    assert laid_out(f"a: [{', '.join(items)}]\n") == f"a:\n{rows}"


def test_a_table_keeps_its_rows() -> None:
    long = ", ".join(f"key_{n}: value" for n in range(12))
    assert laid_out(f"a:     {{{long}}}\nbcd:   {{x: 1}}\n") == f"a:   {{{long}}}\nbcd: {{x: 1}}\n"
