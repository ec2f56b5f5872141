"""Laws of merging, held to random edits of random processes in random layouts with comments.

The expectation never comes from the code under test: edits are made on data, one side after the
other, or the values of a merged text are looked up one by one.
"""

from collections import Counter
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import salesflow.changes.merging.merge as merging
from salesflow.changes.merging.merge import Merge, merge
from salesflow.changes.merging.places import plain, same
from salesflow.changes.merging.version import version_of
from salesflow.testing import processes, sound_processes
from tests.changes.merging.drafts import (
    Data,
    Draw,
    edited,
    edits_of,
    leaves,
    notes_in,
    places,
    renamed,
    written,
)

anything = st.one_of(sound_processes(depth=2), processes())
layouts = st.integers(0, 7)


@pytest.fixture(autouse=True)
def _unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the result is sound is another question, and takes long."""
    monkeypatch.setattr(merging, "new_errors", lambda *_, **__: ())


def merged(base: str, ours: str, theirs: str) -> Merge:
    return merge(base.encode(), ours.encode(), theirs.encode(), path="a.salesflow.yaml")


def said(made: Merge) -> Any:
    assert made.text is not None
    version = version_of(made.text)
    assert version is not None
    return version.plain("process")


def apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether neither element lies in the other."""
    least = min(len(one), len(other))
    return one[:least] != other[:least]


@st.composite
def different_elements(draw: Draw) -> tuple[Data, Data, Data, Data]:
    """A process, two edited versions that touch different elements, and both edits together."""
    data = draw(anything)
    elements = draw(st.permutations(sorted(places(data))))
    first = elements[: len(elements) // 2]
    second = [each for each in elements if all(apart(each, other) for other in first)]
    assume(first and second)
    ours, theirs = draw(edits_of(data, "ann", first)), draw(edits_of(data, "bob", second))
    return data, edited(data, ours), edited(data, theirs), edited(edited(data, ours), theirs)


@settings(max_examples=60)
@given(different_elements(), layouts, layouts)
def test_edits_of_different_elements_go_together(
    versions: tuple[Data, Data, Data, Data], layout: int, notes: int
) -> None:
    base, ours, theirs = (written(data, layout=layout, notes=notes) for data in versions[:3])
    for one, two in ((ours, theirs), (theirs, ours)):
        made = merged(base, one, two)
        assert made.clean, made.why or made.clashes
        assert same(said(made), plain(versions[3], "process"))
        assert made.text is not None
        there = Counter(notes_in(made.text.decode()))
        assert there == Counter(notes_in(written(versions[3], layout=layout, notes=notes)))


@settings(max_examples=40)
@given(different_elements(), layouts, layouts, layouts)
def test_in_another_layout_too_or_not_at_all(
    versions: tuple[Data, Data, Data, Data], layout: int, other: int, notes: int
) -> None:
    base, ours = (written(data, layout=layout, notes=notes) for data in versions[:2])
    theirs = written(versions[2], layout=other, notes=notes)
    made = merged(base, ours, theirs)
    if made.clean:
        assert same(said(made), plain(versions[3], "process"))
    else:
        assert made.clashes == ()
        assert b"<<<<<<< ours\n" in (made.text or b"")


@settings(max_examples=80)
@given(st.data(), layouts, layouts)
def test_no_edit_of_either_side_is_ever_lost(draw: st.DataObject, layout: int, notes: int) -> None:
    data = draw.draw(anything)
    few = draw.draw(st.lists(st.sampled_from(sorted(places(data))), min_size=1, max_size=3))
    ours = edited(data, draw.draw(edits_of(data, "ann", few)))
    theirs = edited(data, draw.draw(edits_of(data, draw.draw(st.sampled_from("ab")), few)))
    texts = [written(version, layout=layout, notes=notes) for version in (data, ours, theirs)]
    made = merged(*texts)
    assert merged(texts[0], texts[2], texts[1]).clean == made.clean
    if not made.clean:
        assert b"<<<<<<< ours\n" in (made.text or b"")
        return
    old, mine, other = (leaves(plain(version, "process")) for version in (data, ours, theirs))
    result = leaves(said(made))
    for side in (mine, other):
        for path in old.keys() | side.keys():
            if old.get(path) != side.get(path):
                assert result.get(path) == side.get(path), path
    for path in result:
        assert path in mine or path in other
    for path, value in old.items():
        if mine.get(path) == value == other.get(path):
            assert result[path] == value


@settings(max_examples=40)
@given(st.data(), layouts, layouts)
def test_the_same_value_changed_twice_is_a_conflict(
    draw: st.DataObject, layout: int, notes: int
) -> None:
    data = draw.draw(anything)
    path = draw.draw(st.sampled_from(sorted(places(data))))
    versions = [data, *(edited(data, [((*path, "name"), side)]) for side in ("Ann", "Bob"))]
    made = merged(*(written(version, layout=layout, notes=notes) for version in versions))
    assert not made.clean
    assert [clash.path for clash in made.clashes] == [".".join((*path, "name"))]
    assert b"Ann" in (made.text or b"")
    assert b"Bob" in (made.text or b"")


@settings(max_examples=40)
@given(st.data(), layouts)
def test_a_new_name_is_followed(draw: st.DataObject, layout: int) -> None:
    data = draw.draw(anything)
    step = draw.draw(st.sampled_from(sorted(data["steps"])))
    edits = draw.draw(edits_of(data, "bob", [("steps", step)]))
    theirs = edited(data, edits)
    assume(step in theirs["steps"])
    want = renamed(theirs, step, "trial")
    texts = [written(each, layout=layout) for each in (data, renamed(data, step, "trial"), theirs)]
    for one, two in ((1, 2), (2, 1)):
        made = merged(texts[0], texts[one], texts[two])
        assert made.clean, made.why or made.clashes
        assert same(said(made), plain(want, "process"))


@settings(max_examples=20)
@given(anything, anything, layouts, layouts)
def test_who_changed_nothing_gets_the_other_side_to_the_letter(
    one: Data, other: Data, layout: int, notes: int
) -> None:
    base, side = written(one, layout=layout), written(other, layout=layout, notes=notes)
    for texts in ((base, side, base), (base, base, side), (base, side, side), ("", side, side)):
        made = merged(*texts)
        assert made.clean
        assert made.text == side.encode()


@settings(max_examples=60)
@given(st.data())
def test_any_bytes_are_merged_or_left_in_conflict(draw: st.DataObject) -> None:
    data = draw.draw(anything)
    text = bytearray(written(data, layout=1, notes=1).encode())
    sides = []
    for _ in range(3):
        side = bytearray(text)
        for _ in range(draw.draw(st.integers(0, 3))):
            place = draw.draw(st.integers(0, len(side) - 1))
            side[place : place + draw.draw(st.integers(0, 4))] = draw.draw(
                st.one_of(
                    st.binary(max_size=3), st.sampled_from([b"\r\n", b"{", b"# x\n", b"- ", b"  "])
                )
            )
        sides.append(bytes(side))
    made = merge(*sides, path="a.salesflow.yaml")  # type: ignore[call-arg, misc]
    if made.clean:
        assert made.text is not None
    elif made.text is not None:
        assert b"<" * 7 in made.text
    else:
        assert any(b"\0" in side for side in sides)
