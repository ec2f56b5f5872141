"""docs/llms.txt, written off the navigation of the site: ``python -m tests.docs_site.llms``.

The form is that of llmstxt.org: what it is, what to know, then links with a word on each. Links are
relative, so they lead to the text of a page in the repository as well as on the site.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
CONFIG = ROOT / ".ci" / "docs" / "mkdocs.yml"
FILE = DOCS / "llms.txt"

_HEAD = """\
# salesflow

> A language for sales processes and the touchpoints of departments, in YAML, and a tool that checks, tests,
> simulates, compares and draws them. It is a Python package (`pip install salesflow`, Python 3.11 or newer) with the
> command `salesflow` and the module `salesflow`.

To write a process:

* Read [the language on one page](reference/in-short.md) first. It is short, and each of its examples checks clean.
* Begin with the flow: `salesflow: 1`, `process`, `sources`, `steps` with named results, `outcomes`. Then departments
  and data, then numbers, then policies and objectives. Put in no numbers that nobody knows.
* Name the file `NAME.salesflow.yaml` and run `salesflow check NAME.salesflow.yaml` after each change: findings say what
  to write. `salesflow rule NAME` explains one.
* Without a shell, ask the server `salesflow mcp` (tools `check`, `show`, `simulate`, `diff`, `draw`, `rule`, `language`).
"""


def navigation() -> list[tuple[str, list[tuple[str, str]]]]:
    """Heading -> title and page, as in the site; pages without a heading are below the first."""
    nav: list[dict[str, Any]] = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["nav"]
    parts: list[tuple[str, list[tuple[str, str]]]] = []
    lone: list[tuple[str, str]] = []
    for entry in nav:
        ((title, inside),) = entry.items()
        if isinstance(inside, str):
            lone.append((title, inside))
        else:
            parts.append((title, [pair for each in inside for pair in each.items()]))
    return [("", lone), *parts]


def text() -> str:
    """The whole file."""
    return "\n".join([_HEAD, *_sections()]) + "\n"


def _sections() -> Iterator[str]:
    for heading, pages in navigation():
        shown = [(title, page) for title, page in pages if page != "index.md"]
        if shown:
            yield f"## {heading or 'Pictures'}\n"
            yield from (_line(page) for _, page in shown)
            yield ""
    yield "## Optional\n"
    yield from (_line(f"design/{page.name}") for page in sorted((DOCS / "design").glob("[!R]*.md")))


def _line(page: str) -> str:
    title, said = _said((DOCS / page).read_text(encoding="utf-8"))
    return f"- [{title}]({page}): {said}"


def _said(markdown: str) -> tuple[str, str]:
    """The title of a page and its first sentence, as plain text."""
    bare = re.sub(r"^```.*?^```$", "", markdown, flags=re.MULTILINE | re.DOTALL)
    title = re.search(r"^# (.+)$", bare, re.MULTILINE)
    assert title is not None, markdown[:80]
    rest = bare[title.end() :]
    prose = re.search(
        r"^(?![#|<>!-])(?:\* )?(\S.*?)(?=\n\n|\n\* |\Z)", rest, re.MULTILINE | re.DOTALL
    )
    assert prose is not None, title[1]
    words = " ".join(re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", prose[1]).replace("**", "").split())
    sentence = re.split(r"(?<=[.:?])\s+(?=[A-Z`])", words)[0]
    return title[1], sentence.rstrip(":")


def main() -> None:
    """Write the file."""
    FILE.write_text(text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
