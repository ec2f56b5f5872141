"""The reports of one comparison that has all kinds of news, letter for letter.

After a wanted change: ``python -m tests.reporting.changed.test_golden`` writes the files anew; read
the difference before you commit it.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from salesflow.drawing.mermaid import mermaid
from salesflow.reporting.changed.document import document
from salesflow.reporting.changed.github import github
from salesflow.reporting.changed.markdown import markdown
from salesflow.reporting.changed.page import page
from salesflow.reporting.changed.picture import picture
from salesflow.reporting.changed.text import text
from tests.reporting.changed.diffs import rich

FOLDER = Path(__file__).parent / "golden"
REPORTS: dict[str, Callable[[], str]] = {
    "rich.txt": lambda: text([rich()]),
    "rich.json": lambda: json.dumps(document([rich()]), indent=1) + "\n",
    "rich.md": lambda: markdown([rich()]),
    "rich.github.txt": lambda: github([rich()]),
    "rich.html": lambda: page([rich()]),
    "rich.mmd": lambda: mermaid(picture(rich())),
}


@pytest.mark.parametrize("name", REPORTS)
def test_the_whole_report(name: str) -> None:
    assert REPORTS[name]() == (FOLDER / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    for name, report in REPORTS.items():
        (FOLDER / name).write_text(report(), encoding="utf-8", newline="\n")
