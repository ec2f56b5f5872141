"""Files of two versions find each other, each at most once, the same from both sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow.changes import pairing
from salesflow.changes.named import Place
from salesflow.changes.pairing import Member, Pair, pairs_of
from salesflow.nouns import FrozenMap
from salesflow.schema.assembly import Assembly
from salesflow.source.located import Map
from salesflow.source.read import Reading


def member(key: str, kind: str, name: str, lines: list[str]) -> Member:
    reading = Reading(None, (), (), "\n".join(lines), key)
    assembly = Assembly(
        kind=kind, id=name, file=key, data=Map(), readings=FrozenMap({key: reading})
    )
    return Member(key, Place(key, key), assembly)


members = st.lists(
    st.builds(
        member,
        st.sampled_from("abcdef"),
        st.sampled_from(["process", "variant"]),
        st.sampled_from(["smb", "big", "plg"]),
        st.lists(st.sampled_from(["x", "y", "z", " ", "w"]), max_size=4),
    ),
    unique_by=lambda each: each.key,
)


def keys(pairs: list[Pair]) -> list[tuple[str, str]]:
    return [(old.key if old else "", new.key if new else "") for old, new, _ in pairs]


@given(members, members)
def test_each_is_in_one_pair_and_the_mirror_has_the_same_pairs(
    old: list[Member], new: list[Member]
) -> None:
    pairs = pairs_of(old, new)
    assert sorted(a for a, _ in keys(pairs) if a) == sorted(each.key for each in old)
    assert sorted(b for _, b in keys(pairs) if b) == sorted(each.key for each in new)
    mirrored = [(b, a) for a, b in keys(pairs_of(new, old))]
    assert sorted(keys(pairs)) == sorted(mirrored)
    assert keys(pairs) == keys(pairs_of(old[::-1], new[::-1]))
    assert [b or a for a, b in keys(pairs)] == sorted(b or a for a, b in keys(pairs))


@given(members)
def test_a_version_is_paired_with_itself(old: list[Member]) -> None:
    assert all(a == b for a, b in keys(pairs_of(old, old)))
    assert not [pair.note for pair in pairs_of(old, old) if pair.note]


def test_what_is_most_alike_goes_first() -> None:
    old = [
        member("a", "process", "a", ["1", "2", "3", "4"]),
        member("b", "process", "b", ["1", "2", "9", "8"]),
    ]
    new = [
        member("x", "process", "x", ["1", "2", "9", "7"]),
        member("y", "variant", "y", ["1", "2", "3", "4"]),
    ]
    assert keys(pairs_of(old, new)) == [("a", ""), ("b", "x"), ("", "y")]


def test_too_many_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = [member("a", "process", "a", ["1"])], [member("x", "process", "x", ["1"])]
    assert keys(pairs_of(old, new)) == [("a", "x")]
    monkeypatch.setattr(pairing, "MOST_COMPARED", 0)
    assert keys(pairs_of(old, new)) == [("a", ""), ("", "x")]
