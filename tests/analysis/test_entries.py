"""When deals come into a step: evenly, while somebody works, or who knows when."""

from typing import Any

import pytest

from salesflow import api
from salesflow.analysis.entries import Entries
from salesflow.analysis.flow import Flow
from salesflow.analysis.schedules import Schedules

HEAD = """salesflow: 1
process: deal
calendars:
  office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}
  late: {timezone: Europe/Berlin, hours: {mon-fri: "17:00-20:00"}}
departments:
  sales: {calendar: office, roles: {seller: {}, owl: {calendar: late}}}
  buyer: {external: true, roles: {customer: {}}}
data: {vip: {type: yes_no}}
SOURCES
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
RATE = "sources: {inbound: {start: a, arrivals: 168 per week}}"


def into(node: str, steps: str, sources: str = RATE) -> list[tuple[Any, ...]]:
    process = api.loads(f"{HEAD.replace('SOURCES', sources)}steps:\n{steps}")
    found = Entries(Flow(process), Schedules(process)).into(node)
    return [(e.origin, " ".join(sorted(e.hours)), e.even, e.rate, e.via, e.most) for e in found]


@pytest.mark.parametrize(
    ("arrivals", "entry"),
    [
        ("", ("inbound", "", False, None, "", None)),
        (", arrivals: 336 per week", ("inbound", "", True, 2.0, "", None)),
        (", arrivals: {rate: 84 per week, calendar: office}", ("inbound", "office", True, 0.5, "", None)),
        (", arrivals: {every: 1w, batch: 9}", ("inbound", "", False, None, "", None)),
    ],
)  # fmt: skip
def test_from_a_source(arrivals: str, entry: object) -> None:
    sources = f"sources: {{inbound: {{start: a{arrivals}}}}}"
    assert into("a", "  a: {next: won}\n", sources) == [entry]


def test_what_is_looked_through_comes_evenly_still_but_at_no_known_rate() -> None:
    steps = "  a: {next: {x: {to: b, when: vip}, z: {to: c, otherwise: true}}}\n  b: {next: c}\n  c: {next: won}\n"
    assert into("c", steps) == [("inbound", "", True, None, "", None)]
    both = "sources: {inbound: {start: a, arrivals: 168 per week}, fair: {start: c, arrivals: 336 per week}}"
    assert into("c", steps, both) == [
        ("fair", "", True, 2.0, "", None),
        ("inbound", "", True, None, "", None),
    ]


@pytest.mark.parametrize(
    ("step", "entry"),
    [
        ("by: seller, effort: 1h", ("a", "office", False, None, "", None)),
        ("by: owl, effort: 1h", ("a", "late", False, None, "", None)),
        ("by: seller, effort: 1h, wait: 1h", ("a", "", False, None, "", None)),
        ("by: seller, effort: 1h, wait: 0h", ("a", "office", False, None, "", None)),
        ("by: customer, effort: 1h", ("a", "", False, None, "", None)),
        ("by: seller", ("a", "", False, None, "", None)),  # nobody says how long it takes
        ("wait: 1h", ("a", "", False, None, "", None)),
        ("by: seller, effort: 1h, escalate: {after: 2h, by: owl}", ("a", "", False, None, "", None)),
        ("by: seller, effort: 1h, escalate: {after: 2h, by: seller}", ("a", "office", False, None, "", None)),
    ],
)  # fmt: skip
def test_from_a_step(step: str, entry: object) -> None:
    assert into("b", f"  a: {{{step}, next: b}}\n  b: {{next: won}}\n") == [entry]


def test_a_time_limit_brings_deals_at_any_instant() -> None:
    steps = "  a: {by: seller, effort: 1h, timeout: {after: 2d, result: late}, next: {ok: b, late: WHERE}}\n  b: {next: won}\n"
    assert into("b", steps.replace("WHERE", "lost")) == [("a", "office", False, None, "", None)]
    assert into("b", steps.replace("WHERE", "b")) == [
        ("a", "", False, None, "", None),
        ("a", "office", False, None, "", None),
    ]


def test_how_often_a_deal_can_come_by_a_limited_result() -> None:
    steps = "  a: {by: seller, effort: 1h, next: {ok: {to: b, at_most: 3}, bad: lost}}\n  b: {next: {on_to: c}}\n  c: {next: won}\n"
    assert into("b", steps) == [("a", "office", False, None, "a.ok", 3)]
    assert into("c", steps) == [("a", "office", False, None, "", None)]


BLOCK = """  a:
    TIMEOUT
    parallel:
      one: {steps: {s: {by: seller, effort: 1h, next: done}}}
      two: {steps: {t: {by: owl, effort: 1h, next: {ok: done, out: leave}}}}
    next: {done: b, out: lost, late: LATE}
  b: {next: won}
"""


def test_blocks_are_looked_through_at_their_start_and_end() -> None:
    plain = BLOCK.replace("    TIMEOUT\n", "").replace(", late: LATE", "")
    assert into("a.one.s", plain) == [("inbound", "", True, None, "", None)]
    assert into("b", plain) == [
        ("a.one.s", "office", False, None, "", None),
        ("a.two.t", "late", False, None, "", None),
    ]
    timed = BLOCK.replace("TIMEOUT", "timeout: {after: 9d, result: late}")
    assert into("b", timed.replace("LATE", "lost")) == into("b", plain)
    assert ("a", "", False, None, "", None) in into("b", timed.replace("LATE", "b"))


def test_a_step_that_no_deal_comes_to_has_no_way_in() -> None:
    steps = "  a: {next: won}\n  b: {by: seller, effort: 1h, next: c}\n  c: {next: lost}\n"
    assert into("b", steps) == []
    assert into("c", steps) == []
