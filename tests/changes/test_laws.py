"""What must hold of every comparison: it makes the new version, and it can be turned round."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.changes.apply import apply
from salesflow.changes.catalogue.example import BASE
from salesflow.changes.catalogue.rules import RULES
from salesflow.changes.compare import edits, sides_of
from salesflow.changes.edit import Edit
from salesflow.changes.matching.match import match
from salesflow.changes.sheet import sheet_of
from salesflow.process.dump import dump
from salesflow.source.write import emit
from salesflow.testing import families, processes
from tests.changes.edited import edited, versions

LAWS = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
EXAMPLES = sorted({rule.example for rule in RULES if rule.example[0] in BASE})
BACK = {"added": "removed", "removed": "added"}


def found(old: sf.Process, new: sf.Process) -> tuple[Edit, ...]:
    return edits(old, new, sides_of(old, new, match(sheet_of(old), sheet_of(new))))


def mirrored(edit: Edit) -> Edit:
    kind = BACK.get(edit.kind, edit.kind)
    path, old_path = edit.old_path or edit.path, edit.path
    if kind in ("added", "removed"):
        path = edit.path
        old_path = "" if kind == "added" else edit.path
    return edit.replace(kind=kind, path=path, old_path=old_path, old=edit.new, new=edit.old)


def key(edit: Edit) -> tuple[Any, ...]:
    field = edit.field.partition(".")[0]  # of a field that is called otherwise both names are right
    return (edit.kind, edit.path, edit.old_path, field, str(edit.old), str(edit.new))


def holds(old: sf.Process, new: sf.Process) -> None:
    there, back = found(old, new), found(new, old)
    assert apply(there, old) == new
    assert apply(back, new) == old
    assert sorted(map(key, back)) == sorted(key(mirrored(edit)) for edit in there)
    assert bool(there) == (old != new)


@st.composite
def rich(draw: Any) -> tuple[sf.Process, sf.Process]:
    """Our example with some of the changes that the catalogue shows, in both versions."""
    texts = []
    for _ in range(2):
        text = BASE
        for before, after in draw(st.lists(st.sampled_from(EXAMPLES), max_size=6)):
            text = text.replace(before, after, 1)
        texts.append(text)
    try:
        return sf.loads(texts[0]), sf.loads(texts[1])
    except sf.LoadError:
        assume(False)
        raise


@LAWS
@given(versions(depth=2))
def test_edits_make_the_new_version(pair: tuple[sf.Process, sf.Process]) -> None:
    holds(*pair)


@LAWS
@given(rich())
def test_edits_of_every_kind_make_the_new_version(pair: tuple[sf.Process, sf.Process]) -> None:
    holds(*pair)


@LAWS
@given(families(), st.data())
def test_what_is_run_counts_too(family: Any, data: st.DataObject) -> None:
    pair = []
    for number in range(2):
        with TemporaryDirectory() as folder:
            Path(folder, "salesflow.toml").touch()
            for name, each in family.items():
                text = emit(data.draw(edited(each)) if number else each)
                Path(folder, name).write_text(text, encoding="utf-8")
            try:
                pair.append(sf.load(Path(folder, "main.salesflow.yaml")))
            except sf.LoadError:
                assume(False)
    holds(*pair)


def _shuffled(value: Any, random: Random) -> Any:
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: _shuffled(value[key], random) for key in keys}
    return value


@LAWS
@given(processes(), st.integers(0, 2**32))
def test_the_order_of_keys_is_no_change(data: Any, seed: int) -> None:
    process = sf.load(data)
    again = sf.load(_shuffled(dump(process), Random(seed)))
    assert found(process, again) == ()
    assert found(process, process) == ()


def test_what_means_the_same_is_no_change() -> None:
    old = sf.loads(BASE)
    text = BASE.replace("effort: 30min", "effort: 0.5h").replace("after: 30d", "after: 720h")
    text = text.replace("{emea: 60%, amer: rest}", "{amer: 40%, emea: 60%}")
    text = text.replace("next: {signed: won}", "next: {signed: {to: won}}")
    assert text != BASE
    assert found(old, sf.loads(text)) == ()
