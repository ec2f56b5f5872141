"""How sure a silent rename is taken for one: of each element of the example, and with less to go by.

The figures are told to people ("90% sure"), and decide what counts as renamed. After a wanted change
``python -m tests.changes.matching.test_sureness`` writes them anew; look at each that fell.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

import salesflow as sf
from salesflow.changes.apply import apply
from salesflow.changes.catalogue.example import BASE
from salesflow.changes.edit import Edit
from salesflow.changes.matching.match import match
from salesflow.changes.sheet import Sheet, last_id, sheet_of

GOLDEN = Path(__file__).with_name("golden_sureness.txt")


def sure(old: Sheet, new: Sheet, path: str) -> str:
    """How sure it is that an element of the new version is an old one that is gone."""
    found = match(old, new).matches.get(path)
    return f"{found.confidence:.2f}" if found is not None else "no"


def without(sheet: Sheet, path: str, key: str) -> Sheet:
    row = sheet[path]
    return {**sheet, path: row._replace(data={k: v for k, v in row.data.items() if k != key})}


KINDS = (
    "calendar",
    "department",
    "role",
    "field",
    "stage",
    "source",
    "step",
    "result",
    "branch",
    "outcome",
    "touchpoint",
    "policy",
    "objective",
)


def told(what: str) -> Iterator[str]:
    process = sf.loads(BASE)
    old = sheet_of(process)
    for path, row in old.items():
        if row.what != what:
            continue
        ids = {"xyz": "xyz", "alike": f"{last_id(path)}_now"}
        parts = []
        for word, name in ids.items():
            there = f"{path.removesuffix(last_id(path))}{name}"
            edit = Edit(kind="renamed", what=row.what, path=there, old_path=path)
            new = sheet_of(apply([edit], process))
            parts.append(f"{word} {sure(old, new, there)}")
            if word == "xyz":
                less = (
                    f"{key} {sure(old, without(new, there, key), there)}"
                    for key in row.data
                    if key not in ("was", "to")
                )
                parts.append(", ".join(f"without {each}" for each in less))
        yield f"{path}: {', '.join(filter(None, parts))}"


@pytest.mark.parametrize("what", KINDS)
def test_how_sure_each_rename_is(what: str) -> None:
    parts = GOLDEN.read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    assert [*told(what)] == next(rows for kind, *rows in map(str.splitlines, parts) if kind == what)


def test_every_kind_of_element_has_figures() -> None:
    kinds = {row.what for row in sheet_of(sf.loads(BASE)).values()}
    assert kinds - {"process"} == set(KINDS)


if __name__ == "__main__":
    every = ("\n".join([what, *told(what)]) for what in KINDS)
    GOLDEN.write_text("\n\n".join(every) + "\n", encoding="utf-8", newline="\n")
