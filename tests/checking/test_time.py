"""What the rules on times and objectives say, where, and what must raise no alarm."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow import api
from salesflow.checking.run import run_checks
from salesflow.findings import Finding
from salesflow.testing import processes

RULES = (
    "sla-unattainable",
    "timeout-always",
    "timeout-never",
    "dead-escalation",
    "sla-chain",
    "no-time-limit",
    "no-accept-time",
    "escalates-to-itself",
    "objective-unreachable",
)
HEAD = """salesflow: 1
process: deal
calendars:
  office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}
  york: {timezone: America/New_York, hours: {mon-fri: "09:00-17:00"}}
  late: {timezone: Europe/Berlin, hours: {mon-fri: "17:00-20:00"}}
departments:
  marketing: {calendar: office, roles: {sdr: {}}}
  sales: {calendar: office, roles: {seller: {}, half: {available: 50%}, boss: {people: 1}, nobody: {people: 0}}}
  legal: {calendar: york, roles: {counsel: {}}}
  night: {calendar: late, roles: {owl: {}}}
  anytime: {}
  buyer: {external: true, roles: {customer: {}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
ARRIVING = "sources: {inbound: {start: a, department: marketing, arrivals: 30 per week}}\n"


def found(text: str, *rules: str) -> list[Finding]:
    head = HEAD if "sources:" in text else HEAD + ARRIVING
    return run_checks(api.loads(head + text), select=rules or RULES, preset="all")  # type: ignore[return-value]


def said(text: str, *rules: str) -> list[str]:
    return [f"{f.rule} [{f.path}] {f.message}" for f in found(text, *rules)]


# -------------------------------------------------------------------------- sla-unattainable


def step(spec: str, **sources: str) -> str:
    return f"steps:\n  a: {{by: seller, {spec}, next: {{good: won, bad: lost}}}}\n"


def test_the_best_possible_share_is_said_with_what_would_do() -> None:
    (one,) = found(step("effort: 2min, sla: {within: 5min, target: 90%}"))
    assert (one.rule, one.severity, one.path) == ("sla-unattainable", "error", "steps.a")
    assert one.message == (
        "`a` is to be done within 5min in 90% of the cases, but at best 23.8% can make it: "
        "deals come at any hour, and `seller` works 40 of 168 hours a week."
    )
    assert one.help == (
        "Promise at least `within: 1bh` (open time), "
        "or promise at least `within: 48h` (elapsed time), "
        "or lower the target to 23.8% at most."
    )
    assert one.witness == ("inbound", "a")


@pytest.mark.parametrize(
    "spec",
    [
        "effort: 2min, sla: {within: 5min, target: 23%}",
        "effort: 2min, sla: {within: 5min}",
        "effort: 2min, sla: {within: 1bh, target: 100%}",
        "effort: 8h, sla: {within: 1bd, target: 100%}",
        "effort: 2min, sla: {within: 65h, target: 100%}",
        "effort: 1h, wait: {median: 3d, p90: 10d}, sla: {within: 10d, target: 89%}",
        "wait: {min: 0bd, max: 10bd}, sla: {within: 40h, target: 20%}",  # two days of the office
        "wait: {min: 0bd, max: 10bd}, sla: {within: 10bd, target: 100%}",
        "wait: {min: 0bd, max: 10bd}, sla: {within: 3bd, target: 30%}",
        "sla: {within: 5min, target: 90%}",  # no effort: nobody has to be there
        "effort: 2h, sla: {within: 1h, target: 90%}, timeout: {after: 50min, result: bad}",
    ],
)
def test_a_promise_that_can_be_kept_is_none_of_its_business(spec: str) -> None:
    assert said(step(spec), "sla-unattainable") == []


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        (
            "effort: 20min, sla: {within: 5min}",
            "`a` is to be done within 5min, but it never can: the work takes at least 20min",
        ),
        (
            "effort: 9h, sla: {within: 10h, target: 1%}",
            "`a` is to be done within 10h in 1% of the cases, but it never can: "
            "the work takes at least 25h",
        ),
        (
            "wait: 3d, sla: {within: 2d, target: 50%}",
            "`a` is to be done within 2d in 50% of the cases, but it never can: "
            "the wait takes at least 3d",
        ),
        (
            "effort: 8h, wait: 1h, sla: {within: 1bd, target: 80%}",
            "`a` is to be done within 1bd in 80% of the cases, but it never can: "
            "work and wait take at least 9h",
        ),
        (
            "wait: {median: 3d, p90: 10d}, sla: {within: 3d, target: 60%}",
            "`a` is to be done within 3d in 60% of the cases, but at best 50% can make it: "
            "the wait takes longer in the others",
        ),
        (
            "wait: {min: 0bh, max: 40bh}, sla: {within: 20h, target: 60%}",
            "`a` is to be done within 20h in 60% of the cases, but at best 20% can make it: "
            "the wait takes longer in the others",
        ),
        (
            "effort: 1h, wait: {min: 0bd, max: 10bd}, sla: {within: 41h, target: 60%}",
            "`a` is to be done within 41h in 60% of the cases, but at best 20% can make it: "
            "work and wait take longer in the others",
        ),
        (
            "wait: {min: 0bd, max: 10bd}, sla: {within: 3bd, target: 40%}",
            "`a` is to be done within 3bd in 40% of the cases, but at best 30% can make it: "
            "the wait takes longer in the others",
        ),
        (
            "effort: {min: 1h, max: 3h}, sla: {within: 2bh, target: 60%}",
            "`a` is to be done within 2bh in 60% of the cases, but at best 50% can make it: "
            "the work takes longer in the others",
        ),
        (
            "effort: 1h, with: [counsel], sla: {within: 1bh, target: 60%}",
            "`a` is to be done within 1bh in 60% of the cases, but at best ",
        ),
    ],
)
def test_why_it_cannot_be_kept(spec: str, why: str) -> None:
    (one,) = found(step(spec), "sla-unattainable")
    assert one.message.startswith(why)


def test_with_half_of_their_time_people_take_twice_as_long() -> None:
    half = step("effort: 1h, sla: {within: 2bh, target: 100%}").replace("seller", "half")
    assert said(half) == []
    half = step("effort: 61min, sla: {within: 2bh, target: 100%}").replace("seller", "half")
    assert len(said(half, "sla-unattainable")) == 1


def test_who_it_is_escalated_to_may_be_in_time() -> None:
    spec = "effort: 1h, sla: {within: 14h, target: 50%}, escalate: {after: 1h, by: anytime}"
    assert said(step(spec)) == []
    spec = "effort: 1h, sla: {within: 14h, target: 60%}"
    assert len(said(step(spec), "sla-unattainable")) == 1


def test_deals_that_come_while_it_is_open_can_be_answered_at_once() -> None:
    source = "sources: {inbound: {start: a, arrivals: {rate: 30 per week, calendar: CAL}}}\n"
    text = step("effort: 2min, sla: {within: 5min, target: 90%}")
    assert said(source.replace("CAL", "office") + text) == []
    (one,) = found(source.replace("CAL", "york") + text)
    assert "at best 25" in one.message or "at best 26" in one.message
    assert "deals come while the office is closed" in one.message


@pytest.mark.parametrize(
    "arrivals", ["", ", arrivals: {every: 13w, batch: 80}"], ids=["unknown", "batch"]
)
def test_when_nobody_knows_when_deals_come_it_may_suit(arrivals: str) -> None:
    source = f"sources: {{inbound: {{start: a{arrivals}}}}}\n"
    assert said(source + step("effort: 2min, sla: {within: 5min, target: 90%}")) == []
    assert len(said(source + step("effort: 7min, sla: {within: 5min, target: 90%}"))) == 1


def test_two_sources_are_weighed_by_their_rates() -> None:
    sources = """sources:
  web: {start: a, arrivals: 10 per week}
  phone: {start: a, arrivals: {rate: 30 per week, calendar: office}}
"""
    (one,) = found(sources + step("effort: 2min, sla: {within: 5min, target: 90%}"))
    # (10 x 23.86% + 30 x 99.58%) / 40
    assert "at best 80.6% can make it" in one.message
    text = step("effort: 2min, sla: {within: 5min, target: 80%}")
    assert said(sources + text) == []


def test_what_comes_back_counts_no_more_than_its_limits_allow() -> None:
    steps = """steps:
  a: {by: seller, effort: 2min, sla: {within: 5min, target: TARGET}, next: {good: won, later: {to: b, at_most: 9}}}
  b: {by: seller, effort: 1h, wait: 30d, next: {awake: {to: a, at_most: 2}, asleep: {to: lost, otherwise: true}}}
"""
    (one,) = found(steps.replace("TARGET", "80%"), "sla-unattainable")
    assert "at best 74.6% can make it" in one.message  # (23.86% + 2) / 3
    assert said(steps.replace("TARGET", "74%"), "sla-unattainable") == []
    endless = steps.replace("{to: a, at_most: 2}", "a").replace(", otherwise: true", "")
    assert said(endless.replace("TARGET", "80%"), "sla-unattainable") == []


def test_what_a_colleague_hands_over_may_come_when_it_suits() -> None:
    steps = """steps:
  a: {by: seller, effort: 1h, next: {good: b, bad: lost}}
  b: {by: BY, effort: 2min, sla: {within: LIMIT, target: 90%}, next: won}
"""
    assert said(steps.replace("BY", "seller").replace("LIMIT", "5min")) == []
    assert said(steps.replace("BY", "owl").replace("LIMIT", "5min")) == []  # at 17:00 sharp
    (one,) = found(
        steps.replace("by: seller", "by: sdr").replace("BY", "owl").replace("LIMIT", "1min")
    )
    assert "it never can" in one.message


def test_a_wait_or_a_limit_brings_deals_at_any_instant() -> None:
    for spec in ("wait: {min: 1h, max: 9h}", "timeout: {after: 3h, result: bad}"):
        steps = f"""steps:
  a: {{by: owl, effort: 1h, {spec}, next: {{good: b, bad: b}}}}
  b: {{by: seller, effort: 2min, sla: {{within: 5min, target: 90%}}, next: {{x1: won, x2: lost}}}}
"""
        assert said(steps, "sla-unattainable") == []
    steps = """steps:
  a: {by: owl, effort: 1h, next: b}
  b: {by: seller, effort: 2min, sla: {within: 5min, target: 90%}, next: {x1: won, x2: lost}}
"""
    assert len(said(steps, "sla-unattainable")) == 1


def test_steps_without_time_and_the_start_of_a_block_are_looked_through() -> None:
    steps = """data: {vip: {type: yes_no}}
steps:
  a: {next: {x1: {to: b, when: vip}, x2: {to: b, otherwise: true}}}
  b:
    parallel:
      one: {steps: {s: {by: seller, effort: 2min, sla: {within: 5min, target: 90%}, next: done}}}
      two: {steps: {s: {by: seller, effort: 2min, sla: {within: 5min, target: 20%}, next: done}}}
    next: {done: c}
  c: {by: seller, effort: 2min, sla: {within: 5min, target: 90%}, next: won}
"""
    assert [f.path for f in found(steps, "sla-unattainable")] == ["steps.b.parallel.one.steps.s"]


def test_holidays_of_the_year_count() -> None:
    text = step("effort: 1h, sla: {within: 66h, target: 100%}")
    assert said(text) == []
    closed = HEAD.replace('"09:00-17:00"}}', '"09:00-17:00"}, holidays: [2026-04-06]}', 1)
    (one,) = run_checks(api.loads(closed + ARRIVING + text), select=("sla-unattainable",))
    assert "at best 99.7% can make it" in one.message  # 24 of 8,736 hours
    lower = text.replace("100%", "99.7%")
    assert run_checks(api.loads(closed + ARRIVING + lower), select=("sla-unattainable",)) == ()


def test_people_who_never_meet_are_told_by_another_rule() -> None:
    text = step(
        "effort: 1h, with: [owl], sla: {within: 5h, target: 90%}, timeout: {after: 6h, result: bad}"
    )
    assert said(text) == []


def test_a_touchpoint_is_about_the_start_of_work() -> None:
    steps = """steps:
  a: {by: seller, effort: 9h, next: {good: b, bad: lost}}
  b: {by: counsel, effort: 1h, next: won}
touchpoints:
  leads: {from: marketing, to: sales, accept_within: LIMIT, target: 90%}
  papers: {from: sales, to: legal, accept_within: 1min, target: 90%}
"""
    (one,) = found(steps.replace("LIMIT", "5min"))
    assert (one.rule, one.path) == ("sla-unattainable", "touchpoints.leads")
    assert one.message == (
        "`sales` is to begin within 5min in 90% of the cases (`leads`), but at best 24% can make it: "
        "deals come at any hour, and `seller` works 40 of 168 hours a week."
    )
    assert [r.path for r in one.related] == ["steps.a"]
    assert said(steps.replace("LIMIT", "1bh")) == []
    assert said(steps.replace("LIMIT", "64h")) == []


def test_a_touchpoint_with_one_way_that_can_is_not_lost() -> None:
    steps = """sources:
  web: {start: a, department: marketing, arrivals: 9 per week}
  fair: {start: b, department: marketing, arrivals: {every: 13w, batch: 80}}
steps:
  a: {by: seller, effort: 1h, next: {good: b, bad: lost}}
  b: {by: seller, effort: 1h, next: {good: won, bad: lost}}
touchpoints: {leads: {from: marketing, to: sales, accept_within: 5min, target: 90%}}
"""
    assert said(steps) == []
    assert len(said(steps.replace("leads: {", "leads: {at: a, "))) == 1


def test_a_touchpoint_that_nobody_can_keep() -> None:
    source = "sources: {in: {start: a, department: marketing, arrivals: {rate: 9 per week, calendar: late}}}\n"
    text = """steps:
  a: {by: seller, effort: 1h, sla: {within: 9h, target: 10%}, next: {good: won, bad: lost}}
touchpoints:
  leads: {from: marketing, to: sales, accept_within: 9h}
  never: {from: legal, to: marketing, accept_within: 1min}
objectives:
  kept: {measure: attainment, of: leads, at_least: 99%}
  every: {measure: attainment, of: b, at_least: 99%}
  none: {measure: attainment, of: never, at_least: 99%}
"""
    own, leads = found(source + text.replace("of: b", "of: a"), "sla-unattainable")
    assert own.message == (
        "`a` is to be done within 9h in 10% of the cases, but it never can: "
        "the office is closed when deals come, `seller` works 40 of 168 hours a week."
    )
    assert leads.message == (
        "`sales` is to begin within 9h (`leads`), but it never can: "
        "the office is closed when deals come, `seller` works 40 of 168 hours a week."
    )


def test_holidays_far_below_the_target_decide_nothing() -> None:
    closed = HEAD.replace('"09:00-17:00"}}', '"09:00-17:00"}, holidays: [2026-04-06]}', 1)
    text = ARRIVING + step(
        "effort: 2h, sla: {within: 65h, target: 90%}, timeout: {after: 66h, result: bad}"
    )
    assert run_checks(api.loads(closed + text), select=RULES) == ()
    text = text.replace("2h", "9h").replace("66h", "24h").replace("65h", "2d")
    rules = [f.rule for f in run_checks(api.loads(closed + text), select=RULES)]
    assert rules == ["timeout-always"]


def test_a_limit_in_other_hours_may_end_a_visit_before_the_promise() -> None:
    text = step("effort: 3h, sla: {within: 2h, target: 90%}, timeout: {after: 1bd, result: bad}")
    assert len(said(text, "sla-unattainable")) == 1
    text = step("effort: 3h, sla: {within: 8h, target: 90%}, timeout: {after: 1bd, result: bad}")
    assert said(text, "sla-unattainable") == []


INNER = """salesflow: 1
process: check
departments: {sales: {}, buyer: {external: true, roles: {customer: {}}}}
sources: {begin: {start: look}}
steps:
  look: {by: sales, timeout: {after: 9d, result: dear}, next: {fine: think, dear: refused}}
  think: {by: customer, wait: 4d, next: agreed}
outcomes: {agreed: {kind: done}, refused: {kind: failed}}
"""


def test_a_process_that_is_run(tmp_path: Any) -> None:
    outer = """salesflow: 1
process: deal
use: [inner.yaml]
departments: {marketing: {}, sales: {}, buyer: {external: true, roles: {customer: {}}}}
sources: {inbound: {start: a, department: marketing, arrivals: 9 per week}}
steps:
  a: {run: check, timeout: {after: LIMIT, result: late}, next: {agreed: won, refused: lost, late: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
touchpoints: {leads: {from: marketing, to: sales, accept_within: 1min, target: 99%}}
"""
    (tmp_path / "inner.yaml").write_text(INNER.replace("after: 9d", "after: 5d"), encoding="utf-8")

    def rules(limit: str) -> list[tuple[str, str]]:
        (tmp_path / "deal.yaml").write_text(outer.replace("LIMIT", limit), encoding="utf-8")
        process = sf.load(tmp_path / "deal.yaml")
        return [(f.rule, f.message) for f in run_checks(process, select=RULES, preset="all")]

    assert rules("8d") == []
    assert [rule for rule, _ in rules("9d")] == ["timeout-never"]
    inner = INNER.replace("{fine: think, dear: refused}", "{fine: think, dear: think}")
    (tmp_path / "inner.yaml").write_text(inner, encoding="utf-8")
    ((rule, message),) = [found for found in rules("3d") if found[0] != "unused"]
    assert rule == "timeout-always"
    assert "the process that is run takes at least 4d" in message


# ------------------------------------------------------------------ timeout-always and -never


@pytest.mark.parametrize(
    ("spec", "least"),
    [
        ("effort: 3h, timeout: {after: 2h, result: bad}", "the work takes at least 3h"),
        ("effort: 9h, timeout: {after: 20h, result: bad}", "the work takes at least 25h"),
        ("effort: 9h, timeout: {after: 1bd, result: bad}", "the work takes at least 25h"),
        (
            "wait: {min: 50h, max: 60h}, timeout: {after: 2d, result: bad}",
            "the wait takes at least 2.1d",
        ),
        (
            "effort: 1h, wait: 1h, timeout: {after: 1h, result: bad}",
            "work and wait take at least 2h",
        ),
    ],
)
def test_a_limit_that_is_always_over_first(spec: str, least: str) -> None:
    (one,) = found(step(spec))
    assert one.rule == "timeout-always"
    assert one.message.startswith("`a` always ends with `bad`: its time limit of ")
    assert one.message.endswith(f" is over before anything else can be, for {least}.")


@pytest.mark.parametrize(
    "spec",
    [
        "effort: 3h, timeout: {after: 3h, result: bad}",  # a step that ends at the limit ends
        "effort: 8h, timeout: {after: 1bd, result: bad}",
        "effort: {min: 0h, max: 50h}, timeout: {after: 1h, result: bad}",
        "effort: 9h, timeout: {after: 25h, result: bad}",
        "effort: 9h, escalate: {after: 1h, by: anytime}, timeout: {after: 10h, result: bad}",
        "wait: {median: 9d, p90: 30d}, timeout: {after: 1min, result: bad}",
        "timeout: {after: 1min, result: bad}",
    ],
)
def test_a_limit_that_may_be_met(spec: str) -> None:
    assert said(step(spec)) == []


def test_a_block_and_its_limit() -> None:
    text = """steps:
  a:
    timeout: {after: LIMIT, result: late}
    parallel:
      one: {start: s, steps: {s: {by: seller, effort: 2h, next: t}, t: {by: customer, wait: {min: 3d, max: 5d}, next: done}}}
      two: {steps: {s: {by: customer, wait: {min: 1d, max: 9d}, next: done}}}
    join: JOIN
    next: {done: won, late: lost}
"""
    (one,) = found(text.replace("LIMIT", "3d").replace("JOIN", "all"), "timeout-always")
    assert "the shortest way through it takes at least 3.1d" in one.message
    assert said(text.replace("LIMIT", "3d").replace("JOIN", "any")) == []
    assert said(text.replace("LIMIT", "30d").replace("JOIN", "all")) == []  # a seller may be busy
    free = text.replace("by: seller, effort: 2h", "by: customer, effort: 2h")
    (one,) = found(free.replace("LIMIT", "9d").replace("JOIN", "all"))
    assert (one.rule, one.path) == ("timeout-never", "steps.a")


def test_a_limit_that_never_comes() -> None:
    text = step("wait: {min: 1d, max: 9d}, timeout: {after: 9d, result: bad}")
    (one,) = found(text)
    assert one.message == "The time limit of `a` (9d) never ends it: the wait takes 9d at most."
    assert one.help == "Set a limit below 9d, or remove it together with `bad`."
    assert said(text.replace("after: 9d", "after: 8.9d")) == []
    # with every condition false it stays, and only the limit ends it
    guarded = """data: {vip: {type: yes_no}}
steps:
  a: {wait: 1h, timeout: {after: 2d, result: bad}, next: {good: {to: won, when: vip}, bad: lost}}
"""
    assert said(guarded) == []


def test_a_meeting_point_does_not_limit_the_waiting_for_it() -> None:
    text = """steps:
  a: {by: seller, next: {go: {to: [b, c]}, stop: lost}}
  b: {by: seller, next: d}
  c: {by: seller, next: d}
  d: {wait_for: [b, c], timeout: {after: 10d, result: late}, next: {met: won, late: lost}}
"""
    (one,) = found(text)
    assert one.message == (
        "The time limit of `d` (10d) never ends it: it takes no time. "
        "It begins when the last of `b` and `c` has arrived."
    )
    assert one.help == "Put the limit on `b` and `c`, or on a block around them."
    assert said(text.replace("d: {", "d: {by: seller, ")) == []  # nobody says how long it takes


# ----------------------------------------------------------------------------- escalations


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        (
            "effort: 1h, escalate: {after: 5d, by: boss}, timeout: {after: 5d, result: bad}",
            "`a` escalates to `boss` after 5d, but after 5d its time limit has ended it.",
        ),
        (
            "effort: 1h, escalate: {after: 5bd, by: boss}, timeout: {after: 4d, result: bad}",
            "`a` escalates to `boss` after 5bd, but after 4d its time limit has ended it.",
        ),
        (
            "effort: 1h, escalate: {after: 6bd, by: boss}, sla: {within: 5bd, target: 80%}",
            "`a` escalates to `boss` after 6bd, but it is to be done within 5bd: by then that is broken.",
        ),
        (
            "wait: 2d, escalate: {after: 1d, by: boss}",
            "`a` escalates to `boss` after 1d, but there is no effort to take over: the wait begins at once.",
        ),
        (
            "escalate: {after: 1d, by: nobody}",
            "`a` escalates to `nobody`, a role with nobody in it.",
        ),
        ("escalate: {after: 1d, by: customer}", "`a` escalates to `customer`, who is external."),
    ],
)
def test_an_escalation_that_cannot_help(spec: str, why: str) -> None:
    assert said(step(spec)) == [f"dead-escalation [steps.a] {why}"]


@pytest.mark.parametrize(
    "spec",
    [
        "escalate: {after: 5d, by: boss}",
        "effort: 1h, escalate: {after: 5bd, by: boss}, timeout: {after: 5d, result: bad}",
        "effort: 1h, escalate: {after: 5bd, by: boss}, sla: {within: 5bd, target: 80%}",
        "effort: 1h, escalate: {after: 4d, by: boss}, timeout: {after: 5d, result: bad}",
    ],
)
def test_an_escalation_that_may_help(spec: str) -> None:
    assert said(step(spec)) == []


def test_an_escalation_to_whoever_does_it_is_one_finding() -> None:
    text = step("effort: 1h, escalate: {after: 5d, by: seller}, timeout: {after: 5d, result: bad}")
    assert said(text) == [
        "escalates-to-itself [steps.a] `a` escalates to `seller`, who does it anyway."
    ]
    text = step("effort: 1h, with: [boss], escalate: {after: 1d, by: boss}")
    assert said(text) == [
        "escalates-to-itself [steps.a] `a` escalates to `boss`, who takes part in it anyway."
    ]


# ------------------------------------------------------------------- what is not limited at all


def test_a_limit_around_the_step_is_a_limit() -> None:
    text = """steps:
  a: {by: seller, sla: {within: 3d}, next: {good: b, bad: lost}}
  b:
    LIMIT
    parallel: {one: {steps: {s: {by: customer, wait: {mean: 3d}, next: done}}}}
    next: {done: won, late: lost}
"""
    assert said(text.replace("LIMIT", "timeout: {after: 30d, result: late}")) == []
    open_ = text.replace("    LIMIT\n", "").replace(", late: lost", "")
    assert said(open_) == [
        "no-time-limit [steps.b.parallel.one.steps.s] "
        "`b.one.s` waits for `customer`, and nothing limits how long."
    ]
    assert said(open_.replace("sla: {within: 3d}, ", "")) == []  # no limits anywhere: not asked


def test_a_run_that_waits_outside_needs_a_limit(tmp_path: Any) -> None:
    outer = """salesflow: 1
process: deal
use: [inner.yaml]
departments: {sales: {}, buyer: {external: true, roles: {customer: {}}}}
sources: {inbound: {start: a}}
steps:
  a: {by: sales, sla: {within: 9d}, next: {good: b, bad: lost}}
  b: {run: check, next: {agreed: won, refused: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
    (tmp_path / "inner.yaml").write_text(INNER, encoding="utf-8")
    (tmp_path / "deal.yaml").write_text(outer, encoding="utf-8")
    (one,) = run_checks(sf.load(tmp_path / "deal.yaml"), select=("no-time-limit",), preset="all")
    assert one.path == "steps.b"
    assert one.message == "`b` waits for `customer`, and nothing limits how long."
    assert [(r.path, r.message) for r in one.related] == [
        ("steps.think", "it waits here (`think`)")
    ]
    limited = INNER.replace("wait: 4d", "wait: 4d, sla: {within: 9d}")
    (tmp_path / "inner.yaml").write_text(limited, encoding="utf-8")
    assert run_checks(sf.load(tmp_path / "deal.yaml"), select=RULES, preset="all") == ()


def test_accept_times_are_asked_for_where_deals_do_pass() -> None:
    text = """steps:
  a: {by: seller, next: {good: b, bad: lost}}
  b: {by: counsel, next: won}
touchpoints:
  leads: {from: marketing, to: sales, accept_within: 2bd}
  papers: {from: sales, to: legal}
  unused: {from: legal, to: marketing}
"""
    (one,) = found(text)
    assert one.message == "`papers` does not say by when `legal` has to begin."
    assert one.help == "Agree on a time with `legal`: `accept_within: 2bd`."
    assert said(text.replace(", accept_within: 2bd", "")) == []


# ------------------------------------------------------------------------------- objectives

CHAIN = """steps:
  a: {by: seller, effort: 2h, sla: {within: 5d}, next: {good: b, bad: lost}}
  b: {by: customer, wait: {min: 10d, max: 20d}, sla: {within: 20d}, next: {good: won, bad: lost}}
objectives: {quick: {measure: time, STAT at_most: LIMIT}}
"""


@pytest.mark.parametrize(
    ("stat", "limit", "rule", "message"),
    [
        ("to: won,", "10d", "objective-unreachable", "the mean is at least 15.1d: `b` 15d, `a` 2h."),
        ("to: won,", "15d", "objective-unreachable", "the mean is at least 15.1d: `b` 15d, `a` 2h."),
        ("to: won,", "16d", "sla-chain", "adds up to 25d on the quickest way: `b` 20d, `a` 5d."),
        ("to: won,", "25d", "", ""),
        ("to: won, statistic: p90,", "19d", "objective-unreachable", "the p90 is at least 19.1d: `b` 19d, `a` 2h."),
        ("to: won, statistic: p90,", "20d", "sla-chain", "adds up to 25d on the quickest way: `b` 20d, `a` 5d."),
        ("to: won, statistic: median,", "15d", "objective-unreachable", "the median is at least 15.1d: `b` 15d, `a` 2h."),
        ("from: b, to: won, statistic: p95,", "19d", "objective-unreachable", "the p95 is at least 19.5d: `b` 19.5d."),
        ("from: b, to: won,", "20d", "", ""),
        ("", "1h", "objective-unreachable", "no deal takes less than 2h: `a` 2h."),
        ("", "3h", "sla-chain", "adds up to 5d on the quickest way: `a` 5d."),
        ("to: b,", "1h", "objective-unreachable", "no deal takes less than 2h: `a` 2h."),
        ("to: a.good,", "1h", "objective-unreachable", "no deal takes less than 2h: `a` 2h."),
    ],
)  # fmt: skip
def test_the_time_of_a_deal(stat: str, limit: str, rule: str, message: str) -> None:
    text = CHAIN.replace("STAT", stat).replace("LIMIT", limit)
    findings = found(text)
    assert [f.rule for f in findings] == [rule] * bool(rule)
    assert all(f.message.endswith(message) and f.path == "objectives.quick" for f in findings)


def test_no_deal_is_quicker_than_the_least() -> None:
    text = CHAIN.replace("good: b, bad: lost}", "good: {to: [b, c]}}").replace(
        "objectives", "  c: {by: customer, wait: {min: 1d, max: 50d}, next: lost}\nobjectives"
    )
    text = text.replace("STAT", "to: won, statistic: p90,")
    (one,) = found(text.replace("LIMIT", "10d"), "objective-unreachable")
    assert one.message == (
        "A deal to `won` (p90) is to take 10d at most, but no deal takes less than 10.1d: "
        "`b` 10d, `a` 2h."
    )
    # with two threads at once the one that wins may be quick, for the slow ones are lost
    assert said(text.replace("LIMIT", "11d"), "objective-unreachable") == []


def test_from_where_threads_may_be_about_nothing_is_said() -> None:
    text = """steps:
  a: {by: seller, next: {go: {to: [b, c]}, stop: lost}}
  b: {by: customer, wait: 9d, next: d}
  c: {by: customer, wait: 1d, next: d}
  d: {wait_for: [b, c], next: won}
objectives: {quick: {measure: time, from: START, to: won, at_most: 3d}}
"""
    assert said(text.replace("START", "c"), "objective-unreachable") == []
    assert said(text.replace("START", "b"), "objective-unreachable") == []
    assert len(said(text.replace("START", "a"), "objective-unreachable")) == 1
    assert len(said(text.replace("from: START, ", ""), "objective-unreachable")) == 1


def test_a_block_with_less_time_than_its_steps() -> None:
    text = """steps:
  a:
    sla: {within: LIMIT}
    parallel:
      one: {start: s, steps: {s: {by: seller, sla: {within: 4d}, next: t}, t: {by: customer, wait: 3d, next: done}}}
      two: {steps: {s: {by: customer, wait: {min: 1d, max: 9d}, next: done}}}
    next: {done: won}
"""
    (one,) = found(text.replace("LIMIT", "5d"))
    assert (one.rule, one.path) == ("sla-chain", "steps.a")
    assert one.message == (
        "`a` is to be done within 5d, but the shortest way through it takes 7d "
        "if every step in it takes what it may."
    )
    assert said(text.replace("LIMIT", "7d")) == []


@pytest.mark.parametrize(
    ("objective", "message"),
    [
        ("measure: selling_time, of: half, at_least: 60%", "`selling_time` of `half` is to be 60% at least, but cannot be above 50%: `half` gives this process 50% of its time."),
        ("measure: selling_time, of: half, at_least: 50%", ""),
        ("measure: selling_time, of: boss, at_least: 5%", "`selling_time` of `boss` is to be 5% at least, but cannot be above 0%: `boss` has no hands-on work on a step with `facing: customer`."),
        ("measure: throughput, at_least: 31", "`throughput` is to be 31 at least, but cannot be above 30: no more deals than that arrive."),
        ("measure: throughput, at_least: 30", ""),
        ("measure: attainment, of: a, at_least: 30%", "`attainment` of `a` is to be 30% at least, but cannot be above 23.7%: of what can be in time at all."),
        ("measure: attainment, of: a, at_least: 23%", ""),
        ("measure: attainment, of: leads, at_least: 30%", "`attainment` of `leads` is to be 30% at least, but cannot be above 24.3%: of what can be in time at all."),
        ("measure: win_rate, at_least: 100%", ""),
        ("measure: rework, at_least: 3", ""),
        ("measure: selling_time, of: a, at_least: 99%", ""),
        ("measure: attainment, of: half, at_least: 99%", ""),
        ("measure: time, to: nowhere.good, at_most: 1s", ""),
    ],
)  # fmt: skip
def test_other_objectives(objective: str, message: str) -> None:
    text = """steps:
  a: {by: half, facing: customer, effort: 3min, sla: {within: 10min, target: 20%}, next: {good: won, bad: lost}}
  nowhere: {by: half, next: {good: won, bad: lost}}
touchpoints: {leads: {from: marketing, to: sales, accept_within: 10min}}
"""
    findings = found(f"{text}objectives: {{goal: {{{objective}}}}}\n")
    assert [f.message for f in findings] == [message] * bool(message)


def test_a_win_rate_above_what_the_shares_give() -> None:
    text = """steps:
  a: {by: boss, effort: 1h, next: {good: {to: won, share: 30%}, bad: {to: lost, share: rest}}}
objectives: {wins: {measure: win_rate, at_least: LIMIT}}
"""
    (one,) = found(text.replace("LIMIT", "31%"), "objective-unreachable")
    assert one.message == (
        "`win_rate` is to be 31% at least, but cannot be above 30%: that is what the shares give."
    )
    assert said(text.replace("LIMIT", "30%"), "objective-unreachable") == []
    unsaid = text.replace(", share: 30%", "").replace(", share: rest", "")
    assert said(unsaid.replace("LIMIT", "31%"), "objective-unreachable") == []
    below = text.replace("at_least: LIMIT", "at_most: 5%")
    assert said(below, "objective-unreachable") == []


@pytest.mark.parametrize(
    ("within", "after", "found_"),
    [("1bd", "2bd", True), ("1bd", "1bd", False), ("2bd", "1bd", False), ("9h", "10h", True), ("9h", "9h", False)],
)  # fmt: skip
def test_a_limit_that_ends_a_visit_first_leaves_nothing_to_promise(
    within: str, after: str, found_: bool
) -> None:
    spec = f"effort: 30h, sla: {{within: {within}, target: 90%}}, timeout: {{after: {after}, result: bad}}"
    assert bool(said(step(spec), "sla-unattainable")) == found_


def test_a_load_below_what_is_asked_for() -> None:
    text = """sources: {inbound: {start: a, arrivals: 20 per week}}
steps:
  a: {by: boss, effort: 1h, next: {good: {to: won, share: 30%}, bad: {to: lost, share: rest}}}
objectives: {load: {measure: utilization, of: boss, at_most: LIMIT}}
"""
    (one,) = found(text.replace("LIMIT", "40%"))
    assert one.message == (
        "`utilization` of `boss` is to be 40% at most, but cannot be below 50%: "
        "that is what the arriving deals ask for."
    )
    assert one.help == "Set `at_most` to 50% or more, or change what it depends on."
    assert said(text.replace("LIMIT", "50%")) == []
    tight = text.replace("20 per week", "36 per week").replace("LIMIT", "80%")
    assert said(tight) == []  # told of the role
    limited = text.replace("effort: 1h", "effort: 1h, timeout: {after: 90d, result: bad}")
    assert said(limited.replace("LIMIT", "40%")) == []  # who gives up asks for less


def test_deals_that_nobody_counts_limit_nothing() -> None:
    text = """sources: {inbound: {start: a}}
steps:
  a: {by: customer, effort: 3h, next: {good: won, bad: lost}}
objectives: {many: {measure: throughput, at_least: 999}, soon: {measure: time, at_most: 2h}}
"""
    assert said(text) == [
        "objective-unreachable [objectives.soon] A deal to its end is to take 2h at most, "
        "but no deal takes less than 3h: `a` 3h."
    ]


def test_a_promise_is_found_broken_only_once() -> None:
    text = """steps:
  a: {by: seller, effort: 3min, sla: {within: 10min, target: 90%}, next: {good: won, bad: lost}}
objectives: {kept: {measure: attainment, of: a, at_least: 90%}}
"""
    assert [f.rule for f in found(text)] == ["sla-unattainable"]


# ----------------------------------------------------------------------------- whatever comes

_TIMES = ("1min", "2h", "3d", "1w", "4bh", "2bd")
_SPREADS: tuple[Any, ...] = (
    "0h",
    "2h",
    {"mean": "3h"},
    {"median": "1h", "p90": "30h"},
    {"min": "1h", "usual": "2h", "max": "8h"},
    {"min": "0h", "max": "9h"},
    {"any_of": {"1h": "50%", "70h": "rest"}},
)
_ROLES = ("seller", "half", "boss", "nobody", "counsel", "owl", "anytime", "customer", "sdr")


@st.composite
def timed(draw: Any) -> dict[str, Any]:
    """A generated process whose steps have people, times and limits of every kind."""
    data = draw(processes(steps=4, depth=1))
    data.update(_organization())
    pending = [data["steps"]]
    while pending:
        for spec in pending.pop().values():
            block = "parallel" in spec
            pending += [branch["steps"] for branch in spec.get("parallel", {}).values()]
            _decorate(draw, spec, block=block)
    for source in data["sources"].values():
        source["arrivals"] = draw(
            st.sampled_from(["30 per week", {"rate": "2 per day", "calendar": "york"}])
        )
    at_most = draw(st.sampled_from(["1h", "3d", "90d"]))
    statistic = draw(st.sampled_from(["mean", "median", "p90"]))
    data["objectives"] = {
        "quick": {"measure": "time", "statistic": statistic, "at_most": at_most},
        "selling": {"measure": "selling_time", "of": "half", "at_least": "60%"},
        "many": {"measure": "throughput", "at_least": 40},
    }
    return data


def _organization() -> dict[str, Any]:
    hours = {"mon-fri": "09:00-17:00"}
    return {
        "calendars": {
            "office": {"timezone": "Europe/Berlin", "hours": hours, "holidays": ["2026-05-01"]},
            "york": {"timezone": "America/New_York", "hours": hours},
            "late": {"timezone": "Europe/Berlin", "hours": {"mon-fri": "17:00-20:00"}},
        },
        "departments": {
            "marketing": {"calendar": "office", "roles": {"sdr": {}}},
            "sales": {
                "calendar": "office",
                "roles": {
                    "seller": {},
                    "half": {"available": "50%"},
                    "boss": {"people": 1},
                    "nobody": {"people": 0},
                },
            },
            "legal": {"calendar": "york", "roles": {"counsel": {}}},
            "night": {"calendar": "late", "roles": {"owl": {}}},
            "anytime": {},
            "buyer": {"external": True, "roles": {"customer": {}}},
        },
    }


def _decorate(draw: Any, spec: dict[str, Any], *, block: bool) -> None:
    def some(values: Any) -> Any:
        return draw(st.one_of(st.none(), st.sampled_from(values)))

    by = None if block else some(_ROLES)
    office = by not in (None, "anytime", "customer")
    times = _TIMES if office else _TIMES[:4]
    wanted = {"by": by, "effort": some(_SPREADS[:6]), "wait": some(_SPREADS)} if not block else {}
    spec.update({key: value for key, value in wanted.items() if value is not None})
    if within := some(times):
        spec["sla"] = {"within": within, "target": draw(st.sampled_from(["1%", "60%", "100%"]))}
    if "timeout" in spec:
        spec["timeout"]["after"] = draw(st.sampled_from(times))
    if by is not None and (after := some(times)):
        spec["escalate"] = {"after": after, "by": draw(st.sampled_from(_ROLES))}


@settings(max_examples=40, deadline=None)
@given(timed())
def test_rules_on_times_never_fall_over(data: dict[str, Any]) -> None:
    for finding in run_checks(sf.load(data), select=RULES, preset="all"):
        assert finding.rule in RULES
        assert "nan" not in finding.message
        assert "inf" not in finding.message.replace("infinite", "")


@settings(max_examples=30, deadline=None)
@given(processes())
def test_processes_without_times_are_left_alone(data: dict[str, Any]) -> None:
    process = sf.load(data)
    if not any(step.timeout for step in process.nodes.values()):
        assert run_checks(process, select=RULES, preset="all") == ()
