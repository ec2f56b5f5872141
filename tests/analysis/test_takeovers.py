"""Departments that take over after the sale, and the shortest real run that is won past them."""

import pytest

from salesflow import api
from salesflow.analysis.handoffs import Threads
from salesflow.analysis.takeovers import skipped

HEAD = """salesflow: 1
process: deal
departments: {sales: {}, legal: {}, success: {}, ops: {}, buyer: {external: true}}
data: {vip: {type: yes_no}}
sources: {inbound: {start: a, department: sales, gives: {vip: 50%}}}
outcomes: {won: {kind: won}, big: {kind: won}, lost: {kind: lost}}
"""
PROMISED = "touchpoints: {t: {from: sales, to: success}}\n"
STEPS = """  a: {by: sales, next: {go: b, direct: won, bad: lost}}
  b: {by: success, next: c}
  c: {by: success, next: won}
"""


def found(steps: str, more: str = PROMISED) -> list[tuple[str, tuple[str, ...], str, str]]:
    process = api.loads(f"{HEAD}steps:\n{steps}{more}")
    return [
        (s.department, s.steps, s.outcome, " ".join(s.witness)) for s in skipped(Threads(process))
    ]


PAST = [("success", ("b", "c"), "won", "inbound a.direct won")]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (STEPS, PAST),
        (STEPS.replace("direct: won, ", ""), []),  # every way leads by it
        (STEPS.replace("direct: won", "direct: lost"), []),
        (STEPS.replace("direct: won", "direct: big"), [("success", ("b", "c"), "big", "inbound a.direct big")]),
        # who hands on is in the middle, not at the end
        (STEPS.replace("next: c", "next: {on_to: c, back: a}"), []),
        (STEPS.replace("next: c", "next: {on_to: c, up: d}") + "  d: {by: ops, next: won}\n", []),
        # not all that it gets is won: it is for some deals only
        (STEPS.replace("c: {by: success, next: won}", "c: {by: success, next: lost}"), []),
        # the buyer between is looked through
        (STEPS.replace("direct: won", "direct: d") + "  d: {by: buyer, next: won}\n", [("success", ("b", "c"), "won", "inbound a.direct d.done won")]),
        # what no deal can do is no way past
        (
            STEPS.replace("go: b, direct: won", "go: {to: b, when: vip or not vip}, direct: {to: d, otherwise: true}")
            + "  d: {by: sales, next: won}\n",
            [],
        ),
    ],
)  # fmt: skip
def test_deals_that_are_won_past_a_department(steps: str, told: list[object]) -> None:
    assert found(steps) == told


def test_only_departments_that_a_touchpoint_promises_deals_to_are_judged() -> None:
    assert found(STEPS, "") == []
    assert found(STEPS, "touchpoints: {t: {from: sales, to: legal}}\n") == []
    assert found(STEPS, "touchpoints: {t: {from: legal, to: success}}\n") == PAST


def test_a_step_that_no_deal_comes_to_is_none_of_its_steps() -> None:
    assert found(STEPS + "  x: {by: success, next: won}\n") == PAST


def test_the_shortest_run_is_told_and_each_department_by_its_name() -> None:
    steps = """  a: {by: sales, next: {go: b, ask: x, bad: lost}}
  x: {by: sales, next: {last: y2, more: lost}}
  y2: {by: sales, next: big}
  b: {by: success, next: won}
  k: {by: ops, next: won}
"""
    more = "touchpoints: {t: {from: sales, to: success}, u: {from: sales, to: ops}}\n"
    told = found(steps.replace("more: lost", "rare: k"), more)
    assert [(department, way) for department, _, _, way in told] == [
        ("ops", "inbound a.go b.done won"),
        ("success", "inbound a.ask x.last y2.done big"),
    ]
