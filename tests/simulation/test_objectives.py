"""Objectives: what each one measures, its verdict, and how many replications would decide it."""

from math import nan, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow.process.model import Objective
from salesflow.simulation.estimates import replications_for, sample_of_values
from salesflow.simulation.measures.seen import View, seen_of
from salesflow.simulation.measures.wanted import Measured, measured
from salesflow.simulation.objectives import (
    counted_text,
    judge,
    limit_text,
    objectives_of,
    verdict_on,
)
from salesflow.simulation.result import Estimate, ObjectiveResult
from salesflow.simulation.student import quantile
from tests.simulation.made import SHOP, blank, busy, program, shop

PROCESS = shop()
PROGRAM = program(PROCESS)


def view(*, text: str = SHOP, empty: bool = False, copies: int = 1) -> View:
    process = shop(text)
    of = program(process)
    tallies = (
        [blank(of, 0), blank(of, 1)]
        if empty
        else [
            tally._replace(replication=2 * copy + tally.replication)
            for copy in range(copies)
            for tally in busy(of)
        ]
    )
    return next(seen_of(of, [process], tallies).parts())


def found(name: str, seen: View) -> ObjectiveResult:
    return next(one for one in objectives_of(seen) if one.name == name)


BUSY = view(copies=8)


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("rate", 4 / 14, "share"),
        ("slow", 400 / 14, "hours"),
        ("calls", 11 / 4, "hours"),
        ("busy", 0.5, "share"),
        ("sells", 24 / 2 / 160, "share"),
        ("kept", 12 / 16, "share"),
        ("crossed", 4 / 5, "share"),
        ("cost", 1300 / 5, "money"),
        ("worth", 1500.0, "money"),
        ("ended", 4.0, "number"),
        ("again", 5 / 14, "number"),
        ("at_once", 1.5, "number"),
        ("dead", 1 / 16, "share"),
    ],
)
def test_what_is_measured(name: str, value: float, unit: str) -> None:
    one = found(name, BUSY)
    assert one.value is not None
    assert one.value.mean == pytest.approx(value)
    assert one.unit == unit
    assert one.why == ""


def test_statistics_of_times() -> None:
    # Won deals of both took 20 30 30 40.
    quick, slow = found("quick", BUSY), found("sellers", BUSY)
    assert quick.value is not None
    assert quick.value.mean == pytest.approx(30.0, rel=1 / 256)
    assert slow.value is not None
    assert slow.value.mean == pytest.approx(5.0, rel=1 / 256)  # 1 2 3 5


def test_all_are_judged_in_the_order_written() -> None:
    results = objectives_of(BUSY)
    assert [one.name for one in results] == [*PROCESS.objectives]
    assert all(one.verdict in ("met", "missed", "unsure") for one in results)


def test_bounds_are_told_as_they_are_written() -> None:
    bounds = {one.name: one.bound for one in objectives_of(BUSY)}
    assert bounds["rate"] == "at_least 20%"
    assert bounds["quick"] == "at_most 10d"
    assert bounds["slow"] == "at_most 36h"
    assert bounds["again"] == "at_most 0.5"
    assert bounds["cost"] == "at_most 500"


def test_what_of_the_deals_counts_is_told_where_not_all_of_them_do() -> None:
    counted = {one.name: one.counted for one in objectives_of(BUSY)}
    told = {name: said for name, said in counted.items() if said}
    assert told == {
        "rate": "from draft",
        "quick": "median, from call to won",
        "sellers": "p90",
    }
    late = PROCESS.objectives["quick"].replace(statistic="mean", start=None)
    assert counted_text(late) == "to won"


@pytest.mark.parametrize(
    ("limit", "unit", "text"),
    [
        (0.125, "share", "12.5%"),
        (0.0, "hours", "0h"),
        (24.0, "hours", "1d"),
        (60.0, "hours", "60h"),
        (0.5, "hours", "0.5h"),
        (3.0, "number", "3"),
    ],
)
def test_a_limit_as_text(limit: float, unit: str, text: str) -> None:
    assert limit_text(bound("at_most", limit, unit=unit)) == text


# Verdicts


def bound(kind: str, limit: float, *, unit: str = "number", measure: str = "rework") -> Objective:
    return Objective(
        id="one",
        path="objectives.one",
        node="one",
        measure=measure,
        bound=kind,
        limit=limit,
        unit=unit,
    )


@pytest.mark.parametrize(
    ("kind", "limit", "verdict"),
    [
        ("at_least", 0.9, "met"),
        ("at_least", 1.0, "met"),  # the interval begins at the bound
        ("at_least", 2.0, "unsure"),
        ("at_least", 3.0, "unsure"),
        ("at_least", 3.1, "missed"),
        ("at_most", 3.1, "met"),
        ("at_most", 3.0, "met"),
        ("at_most", 2.0, "unsure"),
        ("at_most", 1.0, "unsure"),
        ("at_most", 0.9, "missed"),
    ],
)
def test_a_verdict_is_that_of_the_whole_interval(kind: str, limit: float, verdict: str) -> None:
    assert verdict_on(bound(kind, limit), Estimate(2.0, 1.0, 3.0)) == verdict


@pytest.mark.parametrize("kind", ["at_least", "at_most"])
def test_what_is_exactly_at_its_bound_meets_it_whatever_floats_add_up_to(kind: str) -> None:
    value = 0.1 + 0.2
    assert verdict_on(bound(kind, 0.3), Estimate(value, value, value)) == "met"
    assert verdict_on(bound(kind, value), Estimate(0.3, 0.3, 0.3)) == "met"


@given(st.floats(-100, 100), st.floats(0, 50), st.floats(0, 50), st.floats(-100, 100))
def test_the_mirror_of_a_bound_has_the_same_verdict(
    mean: float, below: float, above: float, limit: float
) -> None:
    there = verdict_on(bound("at_least", limit), Estimate(mean, mean - below, mean + above))
    back = verdict_on(bound("at_most", -limit), Estimate(-mean, -mean - above, -mean + below))
    assert there == back


def test_one_replication_decides_nothing() -> None:
    one = judge(bound("at_least", 1.0), Measured(sample_of_values([5.0])), 1)
    assert one.verdict == "unsure"
    assert one.needed is None


def test_how_many_replications_would_decide() -> None:
    sample = sample_of_values([float(value) for value in range(30)])
    one = judge(bound("at_most", 15.0), Measured(sample), 30)
    assert one.verdict == "unsure"
    assert one.needed is not None
    spread = sqrt(sum((value - 14.5) ** 2 for value in range(30)) / 29)
    # So many are just enough that the interval is no wider than the distance of a half.
    assert quantile(0.95, one.needed - 1) * spread / sqrt(one.needed) <= 0.5
    assert quantile(0.95, one.needed - 2) * spread / sqrt(one.needed - 1) > 0.5
    assert one.needed == replications_for(sample.estimate, 30, 0.5)


def test_a_mean_at_its_bound_is_never_decided() -> None:
    one = judge(bound("at_most", 14.5), Measured(sample_of_values([*map(float, range(30))])), 30)
    assert one.verdict == "unsure"
    assert one.needed is None


def test_what_is_decided_needs_no_more() -> None:
    assert found("at_once", view(copies=8)).needed is None


# What cannot be measured


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("rate", "too few deals that came to `draft` were won or lost"),
        ("quick", "too few deals came from `call` to `won`"),
        ("slow", "too few deals ended"),
        ("calls", "too little work of `call` was begun"),
        ("kept", "too few visits of `call` could be judged"),
        ("crossed", "too few crossings of `papers` could be judged"),
        ("cost", "too few deals were won"),
        ("again", "too few deals ended"),
        ("dead", "too few deals came"),
    ],
)
def test_what_was_hardly_seen_is_unsure_and_says_why(name: str, why: str) -> None:
    one = found(name, view(empty=True))
    assert (one.value, one.verdict, one.needed, one.why) == (None, "unsure", None, why)


def why(objective: str, text: str = SHOP) -> str:
    head = text[: text.index("objectives:")]
    return objectives_of(view(text=f"{head}objectives: {{one: {objective}}}\n"))[0].why


@pytest.mark.parametrize(
    ("objective", "said"),
    [
        ("{measure: time, from: call, at_most: 1d}", ""),
        ("{measure: win_rate, at_least: 1%}", ""),
        ("{measure: utilization, at_most: 1%}", "`of` is missing: name a role of ours with people"),
        ("{measure: utilization, of: call, at_most: 1%}", "`call` is not a role of ours with people"),
        ("{measure: waiting, at_most: 1d}", "`of` is missing: name a step, or a role of ours with people"),
        ("{measure: waiting, of: papers, at_most: 1d}", "`papers` is not a step, or a role of ours with people"),
        ("{measure: attainment, at_least: 1%}", "`of` is missing: name a step or touchpoint"),
        ("{measure: attainment, of: seller, at_least: 1%}", "`seller` is not a step or touchpoint"),
        ("{measure: attainment, of: draft, at_least: 1%}", "`draft` has no `sla`"),
    ],
)  # fmt: skip
def test_an_objective_that_names_the_wrong_thing_says_so(objective: str, said: str) -> None:
    assert why(objective) == said


def test_a_touchpoint_without_a_time_has_no_attainment() -> None:
    text = SHOP.replace(", accept_within: 1d", "")
    assert (
        why("{measure: attainment, of: papers, at_least: 1%}", text)
        == "`papers` has no `accept_within`"
    )


def test_money_needs_a_worth_and_costs() -> None:
    text = (
        SHOP.replace("value: amount\n", "")
        .replace(", cost_per_hour: 50", "")
        .replace("cost: 20, ", "")
    )
    worth = "the process does not say which field is a deal's `value`"
    assert why("{measure: win_value, at_least: 1}", text) == worth
    costs = "no role has `cost_per_hour`, no source `cost`"
    assert why("{measure: cost_per_won, at_most: 1}", text) == costs


def test_people_who_are_never_there() -> None:
    holidays = ", ".join(f"2026-01-{day:02d}" for day in range(1, 32))
    text = SHOP.replace('"09:00-17:00"}', f'"09:00-17:00"}}, holidays: [{holidays}]')
    said = why("{measure: utilization, of: seller, at_most: 1%}", text)
    assert said == "nobody of `seller` works in the measured time"


def test_a_sample_has_a_part_of_each_replication() -> None:
    sample = measured(BUSY, PROCESS.objectives["ended"]).sample
    assert sample is not None
    assert sample.parts == (4.5, 3.5) * 8


def test_no_interval_is_no_verdict() -> None:
    assert verdict_on(bound("at_most", 1.0), Estimate(0.5, nan, nan)) == "unsure"
