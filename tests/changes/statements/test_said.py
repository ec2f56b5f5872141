"""What is said of steps beside each other and what is left unsaid, word for word and by laws."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.changes.statements.parallel import _groups
from tests.changes.statements.test_statements import Data, block, flow, row, threads, told


def lanes(**branches: str) -> Data:
    """A block of branches, each of the steps that its letters name, one after the other."""
    parallel = {
        name: {
            "start": letters[0],
            "steps": {
                one: {"next": {"go": then}}
                for one, then in zip(letters, [*letters[1:], "done"], strict=True)
            },
        }
        for name, letters in branches.items()
    }
    return flow({"wide": {"parallel": parallel, "next": {"done": "won"}}})


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        ("abcd", "`a` and `b` no longer run in parallel with `c` and `d`: the former come first."),
        ("acbd", "`a` and `b` no longer run in parallel with `c` and `d`."),
        ("cdab", "`c` and `d` no longer run in parallel with `a` and `b`: the former come first."),
    ],
)
def test_two_branches_become_a_row(letters: str, said: str) -> None:
    assert told(lanes(x="ab", z="cd"), row(*letters))[0] == said


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        ("abc", "`a` no longer runs in parallel with `b` and `c`: `a` comes first."),
        ("bca", "`b` and `c` no longer run in parallel with `a`: `a` comes last."),
        ("bac", "`a` no longer runs in parallel with `b` and `c`."),
    ],
)
def test_one_step_beside_two_becomes_one_of_a_row(letters: str, said: str) -> None:
    assert told(lanes(x="a", z="bc"), row(*letters))[0] == said


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        (
            "abc",
            "now runs in parallel with `wide.z.b` and `wide.z.c`; `wide.x.a` used to come first.",
        ),
        ("bca", "now run in parallel with `wide.x.a`; `wide.x.a` used to come last."),
        ("bac", "now runs in parallel with `wide.z.b` and `wide.z.c`."),
    ],
)
def test_a_row_becomes_two_branches(letters: str, said: str) -> None:
    assert told(row(*letters), lanes(x="a", z="bc"))[0].endswith(said)


def test_a_row_of_four_becomes_two_branches() -> None:
    assert told(row(*"abcd"), lanes(x="ab", z="cd"))[0] == (
        "`wide.x.a` and `wide.x.b` now run in parallel with `wide.z.c` and `wide.z.d`; "
        "the former used to come first."
    )


@settings(max_examples=60)
@given(
    st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] < pair[1]))
)
def test_each_pair_is_told_in_one_group_and_no_other_is(pairs: set[tuple[int, int]]) -> None:
    near: dict[int, set[int]] = {}
    for one, other in pairs:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    told_pairs = []
    for ones, others in _groups(near):
        if others:
            told_pairs += [tuple(sorted((one, other))) for one in ones for other in others]
        else:
            assert len(ones) > 2
            told_pairs += [tuple(sorted((a, b))) for n, a in enumerate(ones) for b in ones[n + 1 :]]
    assert set(told_pairs) == pairs


def test_a_crowd_is_told_as_one() -> None:
    everybody = {n: {0, 1, 2, 3} - {n} for n in range(4)}
    assert _groups(everybody) == [([0, 1, 2, 3], [])]
    star = {0: {1, 2, 3}, 1: {0}, 2: {0}, 3: {0}}
    assert _groups(star) == [([0], [1, 2, 3])]
    two = {0: {2, 3}, 1: {2, 3}, 2: {0, 1}, 3: {0, 1}}
    assert _groups(two) == [([0, 1], [2, 3])]


def test_what_is_left_of_groups_is_told_pair_by_pair() -> None:
    near = {0: {1, 2, 4}, 1: {0, 3, 4}, 2: {0, 3, 4}, 3: {1, 2, 4}, 4: {0, 1, 2, 3}}
    assert _groups(near) == [([0, 1, 4], []), ([4, 2, 3], []), ([0], [2]), ([1], [3])]


# ------------------------------------------------------------------------------ what is too much


def test_too_many_pairs_beside_each_other_are_left_unsaid(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = threads(*"abcd"), row("split", *"abcd", "meet")
    assert len(told(old, new)) == 1
    monkeypatch.setattr("salesflow.changes.statements.parallel._MOST_PAIRS", 6)
    assert len(told(old, new)) == 1
    monkeypatch.setattr("salesflow.changes.statements.parallel._MOST_PAIRS", 5)
    assert told(old, new) == ()


def test_too_many_pairs_that_changed_places_are_left_unsaid(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old, new = row(*"abcd"), row(*"dcba")
    assert len(told(old, new)) == 3
    monkeypatch.setattr("salesflow.changes.statements.turned._MOST_PAIRS", 6)
    assert len(told(old, new)) == 3
    monkeypatch.setattr("salesflow.changes.statements.turned._MOST_PAIRS", 5)
    assert told(old, new) == ()


def test_too_many_threads_are_left_unsaid(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = threads(*"abc"), row("split", *"abc", "meet")
    monkeypatch.setattr("salesflow.changes.statements.beside._MOST_WORK", 15)  # 3 threads, 5 steps
    assert len(told(old, new)) == 1
    monkeypatch.setattr("salesflow.changes.statements.beside._MOST_WORK", 14)
    assert told(old, new) == ()


def test_without_moves_left_only_what_is_plain_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads behind a condition have to be played to be seen side by side."""
    asked: Data = {"data": {"amount": {"type": "money"}}}
    old = threads("a", "b") | asked
    old["steps"]["split"] = {
        "captures": ["amount"],
        "next": {
            "go": {"to": ["a", "b"], "when": "amount > 5"},
            "none": {"to": "lost", "otherwise": True},
        },
    }
    new = deepcopy(old)
    new["steps"]["split"]["next"]["go"]["to"] = "a"
    new["steps"]["a"]["next"] = {"go": "b"}
    del new["steps"]["meet"]["wait_for"]
    said = "`a` no longer runs in parallel with `b`: `a` comes first."
    assert said in told(old, new)
    monkeypatch.setattr("salesflow.changes.statements.versions._BUDGET", 0)
    assert said not in told(old, new)


def test_a_lost_deal_in_a_block_that_did_not_change_is_no_news() -> None:
    papers = block("law", "tech")
    papers["parallel"]["law"]["steps"]["law_it"]["next"] = {"fine": "done", "refused": "leave"}
    papers["next"] = {"done": "won", "refused": "lost"}
    old = flow({"call": {"next": "papers"}, "papers": papers})
    new = deepcopy(old)
    new["steps"]["call"]["next"] = {"go": "papers", "nope": "lost"}
    assert told(old, new) == ("A deal can now be lost at `call`.",)
