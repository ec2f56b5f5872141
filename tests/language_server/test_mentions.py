"""Every id in a file is found, by the language's own tables; and what a name is one with."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from salesflow.language_server.entries import aligned, entries
from salesflow.language_server.keys import options, shapes_at
from salesflow.language_server.meanings import Meanings
from salesflow.language_server.mention import FLOW, PEOPLE, Name
from salesflow.language_server.mentions_tables import mentions_of
from salesflow.schema.kinds import document_kind
from salesflow.schema.shapes import Id, MapOf
from salesflow.source.located import Map, Seq
from salesflow.source.read import read
from tests.language_server.desks import EXAMPLES, laid, meanings_of, sheet_in
from tests.process.everything import TEXT as EVERYTHING

_NO_NAMES = frozenset({"was", "crm"})  # a former id stands for nothing; names of other systems


def ids(data: Map) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Every id that the language's tables know in a document, with where it stands.

    A path from the top begins with a word of the language: the id in it comes later.
    """
    kind = document_kind(data)
    waiting: list[tuple[tuple[str, ...], Any]] = [((), data)]
    for path, value in waiting:
        for entry in entries(value):
            here = (*path, entry.key)
            if _NO_NAMES & set(here):
                continue
            inside = [one for shape in shapes_at(data, kind, path) for one in options(shape, value)]
            if any(isinstance(one, MapOf) and isinstance(one.key, Id) for one in inside[:1]):
                yield here, entry.begin, entry.key_end
            if isinstance(entry.value, Map | Seq):
                waiting.append((here, entry.value))
            elif isinstance(entry.value, str):
                shapes = [o for s in shapes_at(data, kind, here) for o in options(s, entry.value)]
                if shapes and isinstance(shapes[0], Id):
                    yield here, entry.start, entry.end


def texts() -> Iterator[tuple[str, str]]:
    for path in sorted(EXAMPLES.glob("enterprise*/*.yaml")):
        yield f"{path.parent.name}/{path.name}", path.read_text()
    yield "everything", EVERYTHING


@pytest.mark.parametrize(("name", "text"), [*texts()])
def test_every_id_that_the_language_knows_is_a_mention(name: str, text: str) -> None:
    data = read(text, name).data
    assert data is not None
    starts = {mention.start for mention in mentions_of(data, text).all}
    wanted = [*ids(data)]
    assert wanted
    assert [path for path, start, end in wanted if not starts & {*range(start, end)}] == []


@pytest.mark.parametrize(("name", "text"), [*texts()])
def test_each_mention_stands_where_its_id_does(name: str, text: str) -> None:
    data = read(text, name).data
    assert data is not None
    for mention in mentions_of(data, text).all:
        assert text[mention.start : mention.end] == mention.name.id


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("a >= 1", "a >= 1"),
        ("'a >= 1'", "a >= 1"),
        ("a >= 1\n    and b", "a >= 1 and b"),
        (">-\n    a >= 1\n    and b", "a >= 1 and b"),
    ],
)
def test_a_text_over_several_lines_keeps_the_place_of_each_word(written: str, says: str) -> None:
    places = aligned(says, written, 0, len(written))
    assert places is not None
    assert all(written[places[at]] == says[at] for at in range(len(says)) if says[at] != " ")


def where(meanings: Meanings, file: str, name: Name) -> list[tuple[str, int]]:
    found = meanings.alike(sheet_in(meanings, file), name)
    return [
        (Path(one.sheet.file).name.split(".")[0], one.sheet.ruler.line_of(one.mention.start) + 1)
        for one in found
    ]


def test_one_thing_under_several_names_in_several_files() -> None:
    meanings = meanings_of(EXAMPLES / "enterprise")
    refused = Name(FLOW, ("refused",))
    lines = where(meanings, "supplier_approval.salesflow.yaml", refused)
    assert {file for file, _ in lines} == {"enterprise", "enterprise_tests", "supplier_approval"}
    block = Name(FLOW, ("contracting", "refused"))
    assert where(meanings, "enterprise.salesflow.yaml", block) == lines
    counsel = where(meanings, "second_lawyer.salesflow.yaml", Name(PEOPLE, ("counsel",)))
    assert {file for file, _ in counsel} == {"enterprise", "organization", "second_lawyer"}


def test_the_same_id_in_another_process_is_another_thing(tmp_path: Path) -> None:
    text = "salesflow: 1\nprocess: {}\nsources: {{w: {{start: a}}}}\nsteps: {{a: {{by: x, next: won}}}}\noutcomes: {{won: {{kind: won}}}}\n"
    folder = laid(tmp_path, {f"{n}.salesflow.yaml": text.format(n) for n in ("one", "two")})
    assert {
        file for file, _ in where(meanings_of(folder), "one.salesflow.yaml", Name(FLOW, ("a",)))
    } == {"one"}


def test_files_that_refer_to_each_other_in_a_circle_are_no_trap(tmp_path: Path) -> None:
    folder = laid(
        tmp_path,
        {
            "a.salesflow.yaml": "salesflow: 1\nvariant: a\nof: b.salesflow.yaml\nchange: {steps.x.by: y}\n",
            "b.salesflow.yaml": "salesflow: 1\nvariant: b\nof: a.salesflow.yaml\nchange: {steps.x.by: y}\n",
        },
    )
    meanings = meanings_of(folder)
    assert len(where(meanings, "a.salesflow.yaml", Name(FLOW, ("x",)))) == 2
    assert meanings.definitions(sheet_in(meanings, "a.salesflow.yaml"))
