"""Hours of work by role and department, before and after, by hand."""

from math import sqrt

import pytest

from salesflow.simulation.comparison import compare
from salesflow.simulation.measures.seen import Seen, seen_of
from salesflow.simulation.result import Comparison, Estimate, ScenarioResult
from salesflow.simulation.results import result_of
from tests.simulation.made import HOUR, SHOP, blank, changed, number, program, shop

T2 = 4.302652729911275  # 95%, two degrees of freedom
NOTHING = Estimate(0.0, 0.0, 0.0)


def worked(text: str, **hours: tuple[int, int, int]) -> Seen:
    """Three replications of two weeks in which roles worked so many hours, busy all the while."""
    process = shop(text)
    of = program(process)
    tallies = []
    for replication in range(3):
        tally = blank(of, replication)
        for name, each in hours.items():
            spent = each[replication] * HOUR
            at = number(of.roles, name)
            roles = changed(tally.roles, at, effort=spent, taken=spent)
            tally = tally._replace(roles=roles)
        tallies.append(tally)
    return seen_of(of, [process], tallies)


def compared(base: Seen, other: Seen) -> ScenarioResult:
    result = result_of(
        other.program, other.processes, other.tallies, seed=1, duration="2w", warmup="1w"
    )
    return compare(base, other, result, name="more", title="More", changes=[])


def test_hours_are_of_a_week_and_paired() -> None:
    found = compared(worked(SHOP, seller=(20, 24, 28)), worked(SHOP, seller=(22, 28, 34)))
    half = T2 * 1 / sqrt(3)  # the differences of a week are 1, 2, 3 hours
    seller = found.hours["seller"]
    assert seller.old is not None
    assert seller.new is not None
    assert (seller.old.mean, seller.new.mean) == (12.0, 14.0)
    assert seller.difference == pytest.approx((2.0, 2 - half, 2 + half))
    assert seller.significant is False
    assert found.hours["lawyer"] == Comparison(NOTHING, NOTHING, NOTHING, significant=False)


def test_the_same_hours_more_each_time_are_sure() -> None:
    found = compared(worked(SHOP, seller=(20, 24, 28)), worked(SHOP, seller=(30, 34, 38)))
    assert found.hours["seller"].significant is True
    assert found.hours["lawyer"].significant is False


def test_a_department_works_what_its_roles_work() -> None:
    text = SHOP.replace("lawyer: {people: 1}", "lawyer: {people: 1}, aide: {people: 3}")
    base = worked(text, lawyer=(4, 4, 4), aide=(8, 8, 8))
    other = worked(text, lawyer=(4, 4, 4), aide=(24, 24, 24))
    legal = compared(base, other).departments["legal"]
    assert legal.hours == Comparison(
        Estimate(6.0, 6.0, 6.0),
        Estimate(14.0, 14.0, 14.0),
        Estimate(8.0, 8.0, 8.0),
        significant=True,
    )
    # Four people who are always there: 1,344 hours in two weeks.
    assert legal.utilization.old is not None
    assert legal.utilization.old.mean == pytest.approx(12 / 1344)
    assert legal.utilization.difference == pytest.approx((16 / 1344,) * 3)


def test_who_is_only_on_one_side_works_nothing_on_the_other() -> None:
    more = SHOP.replace("lawyer: {people: 1}", "lawyer: {people: 1}, aide: {people: 3}").replace(
        "  legal:", "  board: {people: 1}\n  legal:"
    )
    base = worked(SHOP, lawyer=(10, 10, 10))
    other = worked(more, lawyer=(4, 4, 4), aide=(6, 6, 6), board=(2, 2, 2))
    found = compared(base, other)
    assert found.hours["aide"].old == NOTHING
    assert found.hours["aide"].difference == (3.0, 3.0, 3.0)
    assert found.departments["legal"].hours.difference == NOTHING
    assert found.departments["board"].hours.difference == (1.0, 1.0, 1.0)
    assert found.departments["board"].utilization.old is None
    assert found.departments["board"].utilization.difference is None
    assert "aide" not in found.roles  # nothing to compare how busy they are with
    back = compared(other, base)
    assert back.hours["aide"].difference == (-3.0, -3.0, -3.0)
    assert back.departments["board"].utilization.new is None


def test_hours_do_not_weaken_the_measures_of_deals() -> None:
    """They are judged among themselves.

    Six measures are seen beside them: 0.05 / 6 = 0.0083. The differences 27, 30, 34 have t = 15.0, a
    chance of 0.0044; among twelve (0.05 / 12 = 0.0042) it would not be sure.
    """
    found = compared(worked(SHOP), worked(SHOP, seller=(27, 30, 34)))
    assert found.roles["seller"].significant is True
    assert [*found.hours] == ["lawyer", "seller"]
    assert [*found.departments] == ["legal", "sales"]
