"""What docs/editors.md shows is what the server says; what is to be copied from it can be read."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.language_server.desks import EXAMPLES
from tests.language_server.editor import Editor, Refused

PAGE = (EXAMPLES.parent / "docs" / "editors.md").read_text()
SHOWN = re.compile(
    r'^<!-- (hover|rename|refused): (\S+) "([^"\n]+)"(?: (\w+))? -->\n```text\n(.*?)^```$',
    re.MULTILINE | re.DOTALL,
)
FOLDER = EXAMPLES / "enterprise"
CASES = [match.groups() for match in SHOWN.finditer(PAGE)]


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    with Editor(FOLDER) as one:
        for name in ("enterprise.salesflow.yaml", "organization.salesflow.yaml"):
            uri = one.open(FOLDER / name, (FOLDER / name).read_text())
        one.diagnostics(uri)
        yield one


def indented(markdown: str) -> str:
    """Code blocks by indentation, as a page shows them inside one."""
    return re.sub(
        r"```yaml\n(.*?)\n```",
        lambda match: "\n".join(f"    {row}" for row in match[1].splitlines()),
        markdown,
        flags=re.DOTALL,
    )


def answer(editor: Editor, kind: str, uri: str, at: int, new: str) -> str:
    if kind == "hover":
        return indented(editor.at("hover", uri, at)["contents"]["value"])
    if kind == "refused":
        with pytest.raises(Refused) as refused:
            editor.at("rename", uri, at, newName=new)
        return str(refused.value)
    changes = editor.at("rename", uri, at, newName=new)["changes"]
    counts = Counter({Path(one).name: len(edits) for one, edits in changes.items()})
    return "\n".join(f"{name}: {count}" for name, count in sorted(counts.items()))


def test_the_page_shows_something() -> None:
    assert {kind for kind, *_ in CASES} == {"hover", "rename", "refused"}


@pytest.mark.parametrize(("kind", "file", "piece", "new", "shown"), CASES)
def test_the_page_shows_what_the_server_says(
    editor: Editor, kind: str, file: str, piece: str, new: str, shown: str
) -> None:
    uri = next(uri for uri in editor.texts if uri.endswith(f"/{file}"))
    before, after = piece.replace("\\n", "\n").split("|")
    text = editor.texts[uri]
    assert text.count(before + after) == 1
    assert answer(editor, kind, uri, text.index(before + after) + len(before), new) == shown.strip()


def test_what_is_to_be_copied_can_be_read() -> None:
    for block in re.findall(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        assert json.loads(block)
    for block in re.findall(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        assert tomllib.loads(block)
