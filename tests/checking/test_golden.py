"""What is said of every rule's wrong example, word for word, with line and column.

After a wanted change: ``python -m tests.checking.test_golden`` writes the file anew; read the
difference before you commit it.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from salesflow.checking.catalogue import built_in, rule_names
from salesflow.checking.manual import page
from tests.checking.test_manuals import findings_in

GOLDEN = Path(__file__).parent / "golden.txt"


def told() -> Iterator[str]:
    """A line for each finding, and under it the way and the help."""
    for name in rule_names():
        for example in page(built_in(name)).wrong:
            with tempfile.TemporaryDirectory() as folder:
                found = findings_in(example, Path(folder))
            for f in found:
                place = f"{Path(f.file).name}:{f.line}:{f.column}-{f.end_line}:{f.end_column}"
                yield f"{f.severity} {f.rule} {place} {f.path}"
                yield f"    {f.message}"
                if f.witness:
                    yield f"    way: {' → '.join(f.witness)}"
                for other in f.related:
                    yield f"    see: {other.span.line}:{other.span.column} {other.message}"
                yield f"    help: {f.help}"


def text() -> str:
    return "\n".join(told()) + "\n"


def test_every_wrong_example_is_told_word_for_word() -> None:
    assert text() == GOLDEN.read_text(encoding="utf-8")


if __name__ == "__main__":
    GOLDEN.write_text(text(), encoding="utf-8", newline="\n")
