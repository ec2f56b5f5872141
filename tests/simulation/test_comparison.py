"""Scenarios: paired differences by hand, and what counts as more than chance."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow.nouns import FrozenMap
from salesflow.simulation.comparison import compare
from salesflow.simulation.measures.seen import Seen, seen_of
from salesflow.simulation.result import Difference, Estimate, ScenarioResult
from salesflow.simulation.results import result_of
from salesflow.simulation.significance import holm
from salesflow.simulation.tally import Tally
from tests.simulation.made import SHOP, blank, busy, changed, number, program, shop

T2 = 4.302652729911275  # 95%, two degrees of freedom
PROCESS = shop()
PROGRAM = program(PROCESS)


# Holm


def test_holm_goes_step_by_step() -> None:
    # Against 0.05 / 4 = 0.0125, 0.05 / 3 = 0.0167, 0.05 / 2 = 0.025: the third fails.
    chances = {"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005}
    assert holm(chances) == {"a", "d"}


def test_holm_finds_more_than_bonferroni() -> None:
    assert holm({"a": 0.012, "b": 0.016, "c": 0.024, "d": 0.049}) == {"a", "b", "c", "d"}


def test_holm_stops_at_the_first_that_fails() -> None:
    assert holm({"a": 0.02, "b": 0.02, "c": 0.02}) == frozenset()


def test_holm_of_one_and_of_none() -> None:
    assert holm({"a": 0.05}) == {"a"}
    assert holm({"a": 0.0501}) == frozenset()
    assert holm({}) == frozenset()


def by_adjusting(chances: dict[int, float]) -> set[int]:
    """The same by adjusted chances: each the greatest so far of its own times what is left."""
    found, greatest = set(), 0.0
    for rank, key in enumerate(sorted(chances, key=lambda key: chances[key])):
        greatest = max(greatest, (len(chances) - rank) * chances[key])
        if greatest <= 0.05:
            found.add(key)
    return found


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 2000).map(lambda n: n / 20011)))
def test_holm_is_that_of_adjusted_chances(chances: dict[int, float]) -> None:
    assert holm(chances) == by_adjusting(chances)


# Differences


def seen(*tallies: Tally) -> Seen:
    return seen_of(PROGRAM, [PROCESS], tallies)


def compared(base: Seen, other: Seen) -> ScenarioResult:
    result = result_of(
        other.program, other.processes, other.tallies, seed=1, duration="2w", warmup="1w"
    )
    return compare(base, other, result, name="more", title="More", changes=["a: 1"])


def ended(*numbers: int) -> Seen:
    blanks = (blank(PROGRAM, replication) for replication in range(len(numbers)))
    return seen(
        *(
            tally._replace(parts=changed(tally.parts, 0, ended=often))
            for tally, often in zip(blanks, numbers, strict=True)
        )
    )


def test_equal_replications_differ_by_exactly_nothing() -> None:
    found = compared(seen(*busy(PROGRAM)), seen(*busy(PROGRAM)))
    for one in (*found.kpis["shop"].values(), *found.roles.values()):
        assert one.difference == (0.0, 0.0, 0.0)
        assert one.significant is False


def test_a_difference_is_paired() -> None:
    # Deals a week: 5, 10, 15 and 6, 12, 18; the differences 1, 2, 3.
    found = compared(ended(10, 20, 30), ended(12, 24, 36)).kpis["shop"]["throughput"]
    half = T2 * 1 / sqrt(3)
    assert found.difference == pytest.approx((2.0, 2 - half, 2 + half))
    assert found.value is not None
    assert found.value.mean == 12.0
    assert found.significant is False


def test_the_same_change_each_time_is_sure() -> None:
    found = compared(ended(10, 20, 30), ended(14, 24, 34)).kpis["shop"]["throughput"]
    assert found.difference == pytest.approx((2.0, 2.0, 2.0))
    assert found.significant is True


def test_what_would_be_sure_alone_may_be_chance_among_many() -> None:
    # Six measures are seen here: 0.05 / 6 = 0.0083. The differences 9, 10, 11 have t = 17.3, which is
    # a chance of 0.0033; 9, 10, 12.5 have t = 10.1, a chance of 0.0097.
    assert _sure([0, 0, 0], [18, 20, 22]) is True
    assert _sure([0, 0, 0], [18, 20, 25]) is False


def _sure(before: list[int], after: list[int]) -> bool:
    return compared(ended(*before), ended(*after)).kpis["shop"]["throughput"].significant


def test_busier_people_are_told_by_role() -> None:
    def taking(hours: int) -> Seen:
        at = number(PROGRAM.roles, "seller")
        tallies = (blank(PROGRAM, n) for n in range(3))
        taken = hours * 3_600_000
        return seen(*(t._replace(roles=changed(t.roles, at, taken=taken)) for t in tallies))

    found = compared(taking(80), taking(40)).roles
    assert found["seller"] == Difference(
        Estimate(0.25, 0.25, 0.25), Estimate(-0.25, -0.25, -0.25), significant=True
    )
    assert found["lawyer"].difference == (0.0, 0.0, 0.0)


def test_what_was_not_seen_is_not_compared() -> None:
    found = compared(ended(0, 0, 0), ended(0, 0, 0)).kpis["shop"]["win_rate"]
    assert found == Difference(None, None, significant=False)


def test_a_scenario_says_what_it_is() -> None:
    found = compared(seen(*busy(PROGRAM)), seen(*busy(PROGRAM)))
    assert (found.name, found.title, found.changes) == ("more", "More", ("a: 1",))
    assert [one.name for one in found.objectives] == [*PROCESS.objectives]
    assert found.objectives == found.result.process.objectives
    assert [*found.kpis["shop"]] == [
        *found.result.process.kpis, "win_rate_by_value", "flow_efficiency",
    ]  # fmt: skip


def test_what_only_one_of_them_has_is_left_out() -> None:
    more = shop(SHOP.replace("lawyer: {people: 1}", "lawyer: {people: 1}, aide: {people: 1}"))
    of = program(more)
    other = seen_of(of, [more], [blank(of, 0), blank(of, 1)])
    base = seen(blank(PROGRAM, 0), blank(PROGRAM, 1))
    assert [*compared(base, other).roles] == ["lawyer", "seller"]
    assert [*compared(other, base).roles] == ["lawyer", "seller"]


def test_only_the_same_replications_are_compared() -> None:
    with pytest.raises(ValueError, match="only the same replications can be compared"):
        compared(ended(1, 2), ended(1, 2, 3))


def test_an_unchanged_process_is_equal_to_itself() -> None:
    found = compared(seen(*busy(PROGRAM)), seen(*reversed(busy(PROGRAM))))
    assert found.kpis["shop"]["win_rate"].difference == (0.0, 0.0, 0.0)
    assert isinstance(found.kpis, FrozenMap)
