"""The pages that explain the templates show them whole, line by line, as they are written."""

import re
from pathlib import Path

import pytest

from salesflow.cli.templates import NAMES, TEMPLATES, Template

ROOT = Path(__file__).parents[2]
PIECE = re.compile(r"^<!-- a piece -->\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TOGETHER = ("hello", "smb")  # these two share the first page


def rows(text: str) -> list[str]:
    return [row for row in text.splitlines() if row.strip()]


def page(template: Template) -> str:
    folder = ROOT / "docs"
    if template.name not in TOGETHER:
        return (folder / "templates" / f"{template.name}.md").read_text()
    text = (folder / "templates.md").read_text()
    return text.split(f"\n## {template.name}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("template", TEMPLATES, ids=NAMES)
def test_a_page_shows_every_line_of_its_template(template: Template) -> None:
    shown = rows("".join(PIECE.findall(page(template))))
    files = [name for name in template.files if name.endswith(".yaml")]
    written = {
        name: rows((ROOT / "salesflow/templates" / template.name / name).read_text())
        for name in files
    }
    assert len(shown) == sum(map(len, written.values()))
    for name, lines in written.items():
        places = [at for at, row in enumerate(shown) if row == lines[0]]
        assert any(shown[at : at + len(lines)] == lines for at in places), name


@pytest.mark.parametrize("template", TEMPLATES, ids=NAMES)
def test_a_page_says_what_to_change_first(template: Template) -> None:
    assert "hat to change first" in page(template)
