"""What is said of a text, whole: ``told.txt``.

An entry is a text (as Python writes it), then where the document stands and what is in it, with
the keys whose values were lost, then a row for each finding: place, rule, path, message and, in
parentheses, the hint; below it what belongs to it. After a wanted change:
``python -m tests.source.test_told`` writes the rows anew; read the difference before you commit it.
"""

import ast
from pathlib import Path

import pytest

from salesflow.source.located import whole_span
from salesflow.source.read import read
from salesflow.spans import Span

FILE = Path(__file__).with_name("told.txt")
ENTRIES = FILE.read_text(encoding="utf-8").strip().split("\n\n")


def place(span: Span) -> str:
    return f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"


def shown(entry: str) -> str:
    """The entry as it should be."""
    line = entry.split("\n", 1)[0]
    reading = read(ast.literal_eval(line), "f")
    rows = [line]
    if reading.data is not None:
        lost = f" without {', '.join(reading.data.unread)}" if reading.data.unread else ""
        rows.append(f"{place(whole_span(reading.data))} {reading.data!r}{lost}")
    for each in reading.findings:
        hint = f" ({each.help})" if each.help else ""
        path = f" [{each.path}]" if each.path else ""
        rows.append(f"{place(each.span)} {each.rule}{path}: {each.message}{hint}")
        rows += [f"    {place(o.span)} [{o.path}]: {o.message}" for o in each.related]
    return "\n".join(rows)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.split("\n", 1)[0])
def test_what_is_said_of_a_text(entry: str) -> None:
    assert shown(entry) == entry


if __name__ == "__main__":
    FILE.write_text("\n\n".join(map(shown, ENTRIES)) + "\n", encoding="utf-8")
