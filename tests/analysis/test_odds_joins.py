"""How branches that run side by side end together, against every order of their ends."""

from itertools import permutations, product
from math import factorial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.analysis.odds.course import Exit
from salesflow.analysis.odds.joins import Ran, join
from salesflow.analysis.odds.memory import COUNT, FIELD
from salesflow.analysis.odds.scopes import STUCK
from salesflow.process.steps import DONE

NOTHING: frozenset[Any] = frozenset()
NAMES = (DONE, DONE, STUCK, "refused", "late")


def ended(names: list[str], need: int) -> tuple[str, bool]:
    """How a block ends whose branches end in this order, and whether it ends before the last."""
    done = 0
    for name in names:
        if name == DONE:
            done += 1
            if done == need:
                return DONE, True
        elif name != STUCK:
            return name, True
    return STUCK, False


def by_orders(branches: list[list[tuple[str, float]]], need: int) -> dict[str, float]:
    """Every way in which the branches end, in every order, all orders equally likely."""
    found: dict[str, float] = {}
    for ways in product(*branches):
        chance = 1.0
        for _, share in ways:
            chance *= share
        for order in permutations([name for name, _ in ways]):
            name, _ = ended([*order], need)
            found[name] = found.get(name, 0.0) + chance / factorial(len(ways))
    return {name: share for name, share in found.items() if share}


@st.composite
def running(draw: st.DrawFn) -> list[list[tuple[str, float]]]:
    branches = []
    for _ in range(draw(st.integers(1, 4))):
        names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
        weights = [draw(st.integers(1, 4)) for _ in names]
        branches.append([(n, w / sum(weights)) for n, w in zip(names, weights, strict=True)])
    return branches


def ran(branch: list[tuple[str, float]]) -> Ran:
    return Ran([Exit(name, (), share, share, 0.0) for name, share in branch], NOTHING, NOTHING)


@settings(max_examples=80)
@given(running(), st.integers(1, 4))
def test_every_order_is_counted(branches: list[list[tuple[str, float]]], need: int) -> None:
    need = min(need, len(branches))
    found, ordered = join([*map(ran, branches)], (), need)
    shares = {name: odds.share for name, _, odds in found}
    wanted = by_orders(branches, need)
    assert shares == pytest.approx(wanted)
    assert all(odds.scale == pytest.approx(odds.share) for _, _, odds in found)
    if not ordered:  # then whichever order comes, it ends alike
        for ways in product(*branches):
            names = [name for name, _ in ways]
            assert len({ended([*order], need)[0] for order in permutations(names)}) == 1


def test_order_is_said_to_matter_where_it_does() -> None:
    done, refused, late = [(DONE, 1.0)], [("refused", 1.0)], [("late", 1.0)]
    assert not join([ran(done), ran(done)], (), 2)[1]
    assert not join([ran(done), ran(refused)], (), 2)[1]  # it is refused whichever is first
    assert join([ran(done), ran(refused)], (), 1)[1]
    assert join([ran(refused), ran(late), ran(done)], (), 3)[1]
    assert not join([ran(done), ran([(STUCK, 1.0)])], (), 2)[1]


def test_the_first_of_many_that_leave_is_any_of_them() -> None:
    branches = [ran([(name, 1.0)]) for name in ("a", "b", "c", "d")]
    found, ordered = join(branches, (), 4)
    assert {name: odds.share for name, _, odds in found} == pytest.approx(
        dict.fromkeys("abcd", 0.25)
    )
    assert ordered


def test_what_one_branch_writes_counts_and_what_all_read_is_kept() -> None:
    one, two, count = (FIELD, "one"), (FIELD, "two"), (COUNT, "x")
    base = (((FIELD, "base"), 1),)
    first = Ran(
        [Exit(DONE, ((one, 5), (two, 1)), 1.0, 1.0, 0.0)], frozenset({two}), frozenset({one})
    )
    second = Ran(
        [Exit(DONE, ((one, 1), (two, 7)), 1.0, 1.0, 0.0)], frozenset({one}), frozenset({two})
    )
    third = Ran([Exit(DONE, (), 1.0, 1.0, 0.0)], frozenset(), frozenset({count}))
    ((name, memory, odds),), _ = join([first, second, third], base, 3)
    assert (name, odds.share) == (DONE, 1.0)
    assert dict(memory) == {(FIELD, "base"): 1, one: 5, two: 7}
    assert [key for key, _ in memory] == sorted(key for key, _ in memory)


def test_what_a_branch_takes_away_is_gone() -> None:
    key = (FIELD, "gone")
    reader = Ran([Exit(DONE, ((key, 1),), 1.0, 1.0, 0.0)], frozenset({key}), NOTHING)
    writer = Ran([Exit(DONE, (), 1.0, 1.0, 0.0)], NOTHING, frozenset({key}))
    ((_, memory, _),), _ = join([reader, writer], (), 2)
    assert memory == ()


def test_worth_is_changed_one_branch_after_the_other() -> None:
    """Half of the deals are doubled and get 10 more, then all get 5% and 1 more."""
    first = Ran(
        [Exit(DONE, (), 0.5, 0.5 * 2.0, 0.5 * 10.0), Exit(DONE, (), 0.5, 0.5, 0.0)],
        NOTHING,
        NOTHING,
    )
    second = Ran([Exit(DONE, (), 1.0, 1.05, 1.0)], NOTHING, NOTHING)
    ((_, _, odds),), _ = join([first, second], (), 2)
    assert odds.share == pytest.approx(1.0)
    assert odds.scale == pytest.approx(0.5 * 2 * 1.05 + 0.5 * 1.05)
    assert odds.shift == pytest.approx(0.5 * (10 * 1.05 + 1) + 0.5 * 1)


def test_worth_that_is_written_anew_forgets_what_was_not_known() -> None:
    unknown = Ran([Exit(DONE, (), 1.0, 0.0, float("nan"))], NOTHING, NOTHING)
    anew = Ran([Exit(DONE, (), 1.0, 0.0, 300.0)], NOTHING, NOTHING)
    ((_, _, odds),), _ = join([unknown, anew], (), 2)
    assert (odds.share, odds.scale, odds.shift) == (1.0, 0.0, 300.0)


def test_a_chance_of_nothing_is_no_way() -> None:
    branch = Ran([Exit(DONE, (), 1.0, 1.0, 0.0), Exit("late", (), 0.0, 0.0, 0.0)], NOTHING, NOTHING)
    assert [name for name, _, _ in join([branch], (), 1)[0]] == [DONE]
