"""Every measure, worked out by hand from two replications of a small shop (``made.busy``)."""

from itertools import pairwise
from typing import Any

import pytest

from salesflow.nouns import FrozenMap
from salesflow.simulation.measures.people import open_until
from salesflow.simulation.measures.seen import Seen, View, seen_of
from salesflow.simulation.program import Table
from salesflow.simulation.result import Estimate, PartResult, SimulationResult
from salesflow.simulation.results import result_of
from salesflow.simulation.tally import Tally
from tests.simulation.made import HOUR, SHOP, blank, busy, changed, program, shop, spread

PROCESS = shop()
PROGRAM = program(PROCESS)
T1 = 12.706204736174694  # 95%, one degree of freedom


def result(*tallies: Tally) -> SimulationResult:
    return result_of(PROGRAM, [PROCESS], tallies, seed=1, duration="2w", warmup="1w")


RESULT = result(*busy(PROGRAM))
PART: PartResult = RESULT.process


def mean(estimate: Estimate | None) -> float | None:
    return None if estimate is None else estimate.mean


def test_deals_are_counted_by_what_became_of_them() -> None:
    assert {kind: estimate.mean for kind, estimate in PART.deals.items()} == {
        "arrived": 8.0,
        "won": 2.0,
        "lost": 5.0,
        "disqualified": 0.0,
        "done": 0.0,
        "failed": 0.0,
        "open": 0.5,
        "stuck": 0.5,
    }


@pytest.mark.parametrize(
    ("kpi", "value"),
    [
        ("win_rate", 4 / 14),
        ("wins", (4 + 1) / 2 / 2),
        ("win_value", (4400 + 1600) / 2 / 2),
        ("value_per_won", 5000 / 4),
        ("throughput", (9 + 7) / 2 / 2),
        ("cycle_time", (280 + 120) / 14),
        ("cycle_time_won", (90 + 30) / 4),
        ("cost_per_won", (16 * 50 + 10 * 20 + 4 * 50 + 5 * 20) / 5),
        ("rework", 5 / 14),
        ("open_deals", (672 + 336) / 2 / 336),
        ("stuck", 1 / 16),
    ],
)
def test_kpis(kpi: str, value: float) -> None:
    assert mean(PART.kpis[kpi]) == pytest.approx(value)


def test_there_is_a_test_for_every_kpi_in_the_order_of_the_page() -> None:
    assert [*PART.kpis] == [
        "win_rate", "wins", "win_value", "value_per_won", "throughput", "cycle_time",
        "cycle_time_won", "cost_per_won", "rework", "open_deals", "stuck",
    ]  # fmt: skip


def test_figures_beside_the_kpis() -> None:
    assert mean(PART.win_rate_by_value) == pytest.approx(5000 / 15000)
    assert mean(PART.flow_efficiency) == pytest.approx(20 / 400)
    assert mean(PART.unfinished) == 0.5


def test_an_interval_is_that_over_the_replications() -> None:
    half = T1 * (4.5 - 3.5) / 2
    throughput = PART.kpis["throughput"]
    assert throughput == pytest.approx((4.0, 0.0, 4 + half))
    value = PART.kpis["win_value"]
    assert value == pytest.approx((1500, 1500 - T1 * 700, 1500 + T1 * 700))


def test_times_from_arrival_to_end() -> None:
    assert mean(PART.cycle_time.mean) == pytest.approx(400 / 14)
    assert PART.cycle_time_won.p90 is None  # two replications cannot tell how sure it is
    many = [busy(PROGRAM)[0]._replace(replication=number) for number in range(4)]
    times = result(*many).cycle_time_won
    assert mean(times.mean) == pytest.approx(30.0)
    assert mean(times.median) == pytest.approx(30.0, rel=1 / 256)
    assert mean(times.p90) == pytest.approx(40.0, rel=1 / 256)
    assert times.mean == pytest.approx((30.0, 30.0, 30.0))


def test_the_distribution_holds_every_won_deal_once() -> None:
    bars = PART.distribution
    assert sum(count for _, _, count in bars) == 4
    for hours, number in ((20, 1), (30, 2), (40, 1)):
        assert [count for low, high, count in bars if low <= hours < high] == [number]
    for (_, end, _), (start, _, _) in pairwise(bars):
        assert end <= start


def test_bars_are_a_sixteenth_of_their_value_wide_and_short_times_lie_in_one() -> None:
    first = busy(PROGRAM)[0]
    probe = first.probes[0]._replace(won_time=spread(0, 0.00005, 0.0001, 1, 1.01, 1000))
    bars = result(
        first._replace(probes=(probe, *first.probes[1:])), blank(PROGRAM, 1)
    ).process.distribution
    low, high, count = bars[0]
    assert (low, count) == (0.0, 2)
    assert high * HOUR == pytest.approx(256)
    assert [count for *_, count in bars] == [2, 1, 2, 1]
    assert all(high - low <= low / 16 * 1.0001 for low, high, _ in bars[1:])


def test_steps() -> None:
    call = PART.steps["call"]
    assert call.title == "call"
    assert call.department == "sales"
    assert mean(call.visits) == 10
    assert mean(call.waiting) == pytest.approx(45 / 15)
    assert mean(call.effort) == pytest.approx(18 / 14)
    assert mean(call.elapsed) == pytest.approx(140 / 14)
    assert {way: share.mean for way, share in call.results.items()} == pytest.approx(
        {"fit": 9 / 12, "unfit": 3 / 12}
    )
    assert mean(call.attainment) == pytest.approx(12 / 16)
    assert mean(call.stuck) == 0.5
    assert call.missing is None  # it requires nothing
    assert mean(call.withdrawn_effort) == 1.0


def test_a_step_with_requirements_and_without_sla() -> None:
    draft = PART.steps["draft"]
    assert draft.title == "Draft the contract"
    assert draft.department == "legal"
    assert mean(draft.missing) == pytest.approx(2 / 5)
    assert draft.attainment is None


def test_flow_is_how_often_each_result_is_taken() -> None:
    assert {way: estimate.mean for way, estimate in PART.flow.items()} == {
        "call.fit": 4.5,
        "call.unfit": 1.5,
        "draft.done": 2.5,
    }


def test_roles() -> None:
    seller = RESULT.roles["seller"]
    assert (seller.title, seller.department, seller.people) == ("Seller", "sales", 2)
    assert mean(seller.utilization) == pytest.approx((120 + 40) / 2 / 160)
    assert mean(seller.selling_time) == pytest.approx((16 + 8) / 2 / 160)
    assert mean(seller.waiting) == pytest.approx(3.0)
    assert mean(seller.queue) == pytest.approx(168 / 336 / 2)
    assert mean(seller.withdrawn_effort) == 1.5
    assert seller.offered is None
    assert seller.week == (0.0,) * 9 + (1.0,) * 8 + (0.0,) * 151


def test_a_role_that_is_always_there() -> None:
    lawyer = RESULT.roles["lawyer"]
    assert mean(lawyer.utilization) == pytest.approx(84 / 336 / 2)
    assert lawyer.waiting is None  # nobody waited for the lawyer


def test_touchpoints() -> None:
    papers = PART.touchpoints["papers"]
    assert papers.title == "papers"
    assert mean(papers.crossings) == 2.5
    assert mean(papers.accept_time) == pytest.approx(15 / 5)
    assert mean(papers.attainment) == pytest.approx(4 / 5)
    assert mean(papers.missing) == pytest.approx(1 / 5)


def test_stages() -> None:
    talk, paper = PART.stages["talk"], PART.stages["paper"]
    assert [*PART.stages] == ["talk", "paper"]  # as written
    assert mean(talk.time) == pytest.approx(200 / 10)
    assert mean(talk.beyond) == pytest.approx(2 / 12)
    assert paper.time is None
    assert paper.beyond is None  # it has no max_age


def test_what_happened_nowhere_has_no_figure_but_counts() -> None:
    empty = result(blank(PROGRAM, 0), blank(PROGRAM, 1))
    assert empty.kpis["throughput"] == (0.0, 0.0, 0.0)
    for kpi in ("win_rate", "value_per_won", "cycle_time", "cost_per_won", "rework", "stuck"):
        assert empty.kpis[kpi] is None
    assert empty.steps["call"].results == FrozenMap()
    assert empty.roles["lawyer"].utilization == (0.0, 0.0, 0.0)
    assert empty.process.distribution == ()
    assert empty.process.win_rate_by_value is None


def test_the_order_in_which_tallies_come_does_not_matter() -> None:
    first, second = busy(PROGRAM)
    assert result(second, first) == result(first, second)


def test_hours_of_the_week_that_were_never_looked_at_are_empty() -> None:
    first, second = (tally._replace(week=(0,) * 168) for tally in busy(PROGRAM))
    assert result(first, second).roles["seller"].week == (0.0,) * 168


def test_a_process_without_worth_or_costs_has_none_of_the_figures_in_money() -> None:
    text = SHOP.replace("value: amount\n", "").replace(", cost_per_hour: 50", "")
    text = text.replace("cost: 20, ", "")
    plain = shop(text)
    of = program(plain)
    found = result_of(of, [plain], busy(of), seed=1, duration="2w", warmup="1w").process
    for kpi in ("win_value", "value_per_won", "cost_per_won"):
        assert found.kpis[kpi] is None
    assert found.win_rate_by_value is None
    assert found.kpis["win_rate"] == PART.kpis["win_rate"]


def test_people_who_are_never_there_have_no_share_of_their_time() -> None:
    holidays = ", ".join(f"2026-01-{day:02d}" for day in range(1, 32))
    text = SHOP.replace('"09:00-17:00"}', f'"09:00-17:00"}}, holidays: [{holidays}]')
    away = shop(text)
    of = program(away)
    seller = result_of(of, [away], busy(of), seed=1, duration="2w", warmup="1w").roles["seller"]
    assert seller.utilization is None
    assert seller.selling_time is None


def test_open_time_before_an_instant() -> None:
    table = Table(opens=(10, 30), closes=(20, 35), passed=(0, 10))
    assert [open_until(table, at) for at in (0, 10, 15, 20, 25, 32, 35, 99)] == [
        0, 0, 5, 10, 10, 12, 15, 15,
    ]  # fmt: skip


# Processes that are run: their steps and touchpoints stand behind the run.

OUTER = """
salesflow: 1
process: outer
departments: {sales: {people: 1}, legal: {people: 1}}
use: [inner.salesflow.yaml]
sources: {web: {start: call, arrivals: 5 per week}}
steps:
  call: {by: sales, effort: 1h, next: check}
  check: {name: The check, run: inner, next: {good: won, bad: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
touchpoints: {over: {from: sales, to: legal, accept_within: 1d}}
"""
INNER = """
salesflow: 1
process: inner
departments: {sales: {people: 1}, legal: {people: 1}}
sources: {asked: {start: look}}
steps:
  look: {name: Have a look, by: legal, effort: 1h, next: {fine: {to: again, share: 50%}, poor: {to: bad, share: rest}}}
  again: {by: sales, effort: 1h, next: good}
outcomes: {good: {kind: done}, bad: {kind: failed}}
touchpoints: {back: {name: Way back, from: legal, to: sales, accept_within: 1d}}
"""


@pytest.fixture
def outer(tmp_path: Any) -> Any:
    import salesflow as sf

    (tmp_path / "salesflow.toml").write_text("")
    (tmp_path / "inner.salesflow.yaml").write_text(INNER)
    (tmp_path / "outer.salesflow.yaml").write_text(OUTER)
    return sf.load(tmp_path / "outer.salesflow.yaml")


def test_what_is_run_stands_behind_its_run(outer: Any) -> None:
    of = program(outer)
    found = result_of(of, [outer], [blank(of, 0), blank(of, 1)], seed=1, duration="2w", warmup="1w")
    assert [*found.steps] == ["call", "check", "check.look", "check.again"]
    assert [step.title for step in found.steps.values()] == [
        "call",
        "The check",
        "Have a look",
        "again",
    ]
    assert [step.department for step in found.steps.values()] == ["sales", None, "legal", "sales"]
    assert {name: one.title for name, one in found.touchpoints.items()} == {
        "over": "over",
        "check.back": "Way back",
    }


def test_names_are_those_of_users() -> None:
    seen: Seen = seen_of(PROGRAM, [PROCESS], busy(PROGRAM))
    view: View = next(seen.parts())
    assert view.name("shop:call.fit") == "call.fit"
    assert [path for path, _, _ in view.steps()] == ["call", "draft"]


def test_hand_made_rows_change_one_row_only() -> None:
    rows = blank(PROGRAM, 0).nodes
    assert [row.visits for row in changed(rows, 1, visits=3)] == [0, 3]
