"""Two versions of a process: compared, told in every format, nothing in what is told obeyed."""

import json
from collections.abc import Iterator

import salesflow as sf
from salesflow.changes.apply import apply
from salesflow.cli.diffing import render
from salesflow.errors import LoadError
from tests.fuzz.choices import Choices, spread
from tests.fuzz.documents import document, documents, edited, written
from tests.fuzz.harmless import harmless
from tests.fuzz.worlds import folder

OURS = r"::(error|warning|notice) .*"


def seeds() -> Iterator[bytes]:
    for number in range(len(documents())):
        yield bytes([number % 256, number // 256]) + spread(number * 29, 60)


def run(data: bytes) -> None:
    choices = Choices(data)
    calm = document(Choices(bytes([choices.below(256), choices.below(256)])))
    try:
        old = sf.loads(written(calm), file="a.yaml", folder=folder())
        new = sf.loads(written(edited(calm, choices)), file="a.yaml", folder=folder())
    except LoadError:
        return
    diff = sf.diff(old, new)
    assert apply(diff.edits, old) == new
    assert not sf.diff(new, new).edits
    for form in ("text", "markdown", "html"):
        harmless(render([diff], form, colour=False))
    harmless(render([diff], "github", colour=False), ours=OURS)
    json.loads(render([diff], "json", colour=False))
