"""Somebody types at random: an editor's questions are answered at any place of any half-written text."""

import os
from collections.abc import Iterator
from functools import cache

from salesflow.checking.facts import Facts
from salesflow.language_server.completion import complete
from salesflow.language_server.hover import hover
from salesflow.language_server.meanings import Meanings
from salesflow.language_server.outline import found_by, outline
from salesflow.language_server.rename import Refusal, rename, replaced
from salesflow.language_server.ruler import UTF8, UTF16, UTF32, Ruler
from salesflow.language_server.sheets import Sheet
from salesflow.language_server.shelf import Shelf
from salesflow.language_server.verdicts import Verdicts
from tests.fuzz.choices import Choices, spread
from tests.fuzz.documents import texts
from tests.fuzz.harmless import harmless
from tests.fuzz.typed import edit
from tests.fuzz.worlds import BASE, base, folder


def seeds() -> Iterator[bytes]:
    for each in range(1, 20):
        yield bytes([each % 2, each]) + spread(each, 70)
    yield from (b"\2" + text.encode() for text in texts()[:80:8])


def run(data: bytes) -> None:
    choices = Choices(data[1:])
    text = base() if data[:1] == b"\0" else choices.one_of(texts())
    if data[:1] == b"\2":
        text = data[1:].decode("utf-8", "replace")
    shelf, facts = _workspace()
    path = os.path.join(folder(), BASE)
    for _ in range(1 + choices.below(2)):
        text, at = edit(text, choices)
        sheet = shelf.put(path, text)
        meanings = Meanings(shelf.sheets())
        anywhere = choices.below(65_536) % (len(sheet.text) + 1)
        _asked(meanings, sheet, min(at, len(sheet.text)) if choices.below(4) else anywhere, facts)
    assert "secret_of_others" not in "".join(each.text for each in shelf.sheets().values())


def _asked(meanings: Meanings, sheet: Sheet, at: int, facts: Facts | None) -> None:
    found = complete(meanings, sheet, at)
    if found is not None:
        assert 0 <= found.start <= at <= found.end <= len(sheet.text)
        assert len({offer.label for offer in found.offers}) == len(found.offers)
    told = hover(meanings, sheet, at, facts)
    if told is not None:
        assert 0 <= told.start <= at <= told.end <= len(sheet.text)
        harmless(told.markdown)
    outline(sheet)
    found_by(meanings, sheet.text[at : at + 2])
    for units in (UTF8, UTF16, UTF32):
        ruler = Ruler(sheet.text, units)
        assert ruler.offset(*ruler.spot(at)) in (at, at - 1)  # between the two of a line's end
    try:
        edits = rename(meanings, sheet, at, "another_name")
    except Refusal as problem:
        assert str(problem)
    else:
        assert all("another_name" in replaced(each.text, new) for each, new in edits.items())


@cache
def _workspace() -> tuple[Shelf, Facts | None]:
    shelf, verdicts = Shelf(), Verdicts()
    shelf.folders = (folder(),)
    main = os.path.join(folder(), "enterprise.salesflow.yaml")
    verdicts.check(shelf.shown(), [main], lambda: False)
    return shelf, verdicts.models[os.path.realpath(main)]
