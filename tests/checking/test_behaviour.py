"""Rules about behaviour: one fault is one finding, with its run; what is right raises no alarm."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow import api
from salesflow.analysis.verdict import STUCK, WAITS, Fault, Verdict
from salesflow.checking.catalogue import FAMILIES, built_in
from salesflow.checking.facts import Facts
from salesflow.checking.manual import manual
from salesflow.checking.run import run_checks
from salesflow.findings import Finding
from salesflow.testing import processes

HEAD = """salesflow: 1
process: deal
sources: {inbound: {start: a}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def found(text: str, *, preset: str = "recommended") -> list[Finding]:
    """What is found in some steps."""
    return [*run_checks(api.loads(HEAD + text), preset=preset)]


def test_what_waits_behind_a_step_that_waits_in_vain_is_not_told_again() -> None:
    (one,) = found("""steps:
  a: {by: x, next: {short: b, long: {to: [b, c]}}}
  b: {by: x, next: d}
  c: {by: x, next: {fine: d, bad: lost}}
  d: {by: x, wait_for: [b, c], next: {go: {to: [e, f]}}}
  e: {by: x, next: g}
  f: {by: x, next: g}
  g: {by: x, wait_for: [e, f], next: won}
""")
    assert (one.rule, one.path) == ("deadlock", "steps.d")
    assert one.witness == ("inbound", "a.short", "b.done", "d")
    assert [other.path for other in one.related] == ["steps.a.next.short"]
    assert one.help.startswith("Lead `a.short` to `c` as well.")


def test_a_step_that_waits_for_what_comes_after_it() -> None:
    (one,) = found("""steps:
  a: {by: x, next: {go: b, stop: lost}}
  b: {by: x, wait_for: [a, c], next: c}
  c: {by: x, next: {again: b, fine: won}}
""")
    assert one.rule == "deadlock"
    assert "`b` waits for `c`, and that comes only after `b` itself" in one.message


def test_two_steps_that_skip_each_other_are_one_standstill() -> None:
    deadlocks = [
        f
        for f in found("""steps:
  a: {by: x, next: {go: {to: [b, c]}, stop: lost}}
  b: {by: x, next: {one: d, two: e}}
  c: {by: x, next: {one: d, two: e}}
  d: {by: x, wait_for: [b, c], next: won}
  e: {by: x, wait_for: [b, c], next: won}
""")
        if f.rule == "deadlock"
    ]
    assert len(deadlocks) == 1
    assert deadlocks[0].related[-1].message == "waits in vain as well"


def test_who_waits_behind_a_dead_end_is_no_finding_of_its_own() -> None:
    (one,) = found("""steps:
  a: {by: x, next: {go: {to: [b, c]}, stop: lost}}
  b: {by: x, next: {next_to: s}}
  s: {by: x, next: t}
  t: {by: x, next: {fine: u, odd: v}}
  u: {by: x, next: d}
  v: {by: x}
  c: {by: x, next: d}
  d: {by: x, wait_for: [u, c], next: won}
""")
    assert (one.rule, one.path) == ("dead-end", "steps.v")


def test_one_missing_meeting_point_is_one_finding() -> None:
    (one,) = found("""steps:
  a: {by: x, next: {go: {to: [b, c]}, stop: lost}}
  b: {by: x, next: d}
  c: {by: x, next: d}
  d: {by: x, next: e}
  e: {by: x, next: f}
  f: {by: x, next: won}
""")
    assert (one.rule, one.path) == ("twice-at-once", "steps.d")
    assert one.help.startswith("Let it wait for both: `wait_for: [b, c]`.")


def test_work_left_running_names_all_of_it() -> None:
    (one,) = found("""steps:
  a: {by: x, next: {go: {to: [b, c, d]}, stop: lost}}
  b: {by: x, next: won}
  c: {by: x, next: lost}
  d: {by: x, next: lost}
""")
    assert one.rule == "unfinished-work"
    assert one.message.startswith("`b` can end the deal as `won` while `c` and `d` still run.")
    assert one.witness == ("inbound", "a.go", "b.done", "won")


def test_a_lost_deal_withdraws_its_work() -> None:
    assert (
        found("""steps:
  a: {by: x, next: {go: {to: [b, c]}, stop: lost}}
  b: {by: x, next: {fine: d, bad: lost}}
  c: {by: x, next: {fine: d, bad: lost}}
  d: {by: x, wait_for: [b, c], next: won}
""")
        == []
    )


def finds(name: str, facts: Facts) -> list[Finding]:
    """What one rule finds."""
    rule = built_in(name)
    return [*rule.find(facts)] if rule.find is not None else []


AMOUNT = "data: {amount: {type: money}}\n"


def test_a_loop_that_some_deals_cannot_leave() -> None:
    (one,) = found(
        AMOUNT
        + """steps:
  a: {by: x, captures: [amount], next: {go: b, stop: lost}}
  b: {by: x, next: {out: {to: won, when: amount > 5}, round: {to: c, otherwise: true}}}
  c: {by: x, next: b}
"""
    )
    assert (one.rule, one.path) == ("trapped", "steps.b")
    assert "`b.out` is closed for it" in one.message


def test_an_endless_loop_is_not_told_as_trapped() -> None:
    (one,) = found("""steps:
  a: {by: x, next: {go: b, fine: won, stop: lost}}
  b: {by: x, next: c}
  c: {by: x, next: b}
""")
    assert one.rule == "endless-loop"


def test_everything_behind_a_dead_result_is_one_finding() -> None:
    (one,) = found("""steps:
  a: {by: x, next: {go: won, stop: lost, other: {to: b, otherwise: true}}}
  b: {by: x, next: {left: c, right: d}}
  c: {by: x, next: won}
  d: {by: x, next: {next_to: e}}
  e: {by: x, next: lost}
""")
    assert (one.rule, one.path) == ("dead-step", "steps.b")
    assert one.message.endswith("With it nobody comes to `c`, `d` and `e`.")


def test_what_is_dead_behind_a_deadlock_is_told_there() -> None:
    rules = [
        f.rule
        for f in found("""steps:
  a: {by: x, next: {go: b, stop: lost}}
  b: {by: x, wait_for: [a, c], next: c}
  c: {by: x, next: {again: b, fine: d}}
  d: {by: x, next: won}
""")
    ]
    assert rules == ["deadlock"]


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("{to: b, at_most: 2}", ["limits-exhausted"]),
        ("{to: b, at_most: 2}, out: {to: won, otherwise: true}", []),
        ("{to: b, at_most: 2}, out: won", []),
    ],
)
def test_limits(results: str, expected: list[str]) -> None:
    text = f"""steps:
  a: {{by: x, next: {{again: {results}}}}}
  b: {{by: x, next: {{more: a, fine: won, bad: lost}}}}
"""
    assert [f.rule for f in found(text)] == expected


def test_a_time_limit_alone_is_meant_as_the_way_on() -> None:
    assert (
        found("""steps:
  a: {wait: 2d, timeout: {after: 9d, result: late}, next: {late: b}}
  b: {by: x, next: {fine: won, bad: lost}}
""")
        == []
    )


def test_what_hangs_on_exact_values_is_only_possible() -> None:
    process = api.loads(HEAD + "steps:\n  a: {by: x, next: {fine: won, bad: lost}}\n")
    fault = Fault(WAITS, "a", ("inbound", "a"), sure=False)
    stuck = Fault(STUCK, "a", ("inbound", "a"), sure=False, spent=("a.fine",))
    facts = Facts(process)
    facts.__dict__["behaviour"] = Verdict((stuck, fault))
    (one,) = finds("possible-limits-exhausted", facts)
    assert (one.rule, one.severity, one.family) == (
        "possible-limits-exhausted",
        "warning",
        "behaviour",
    )
    assert "(possible: it hangs on the exact values)" in one.message


def test_what_is_only_possible_shares_the_manual_of_its_rule() -> None:
    assert manual("possible-deadlock") == manual("deadlock")
    assert "it is possible-deadlock, a warning" in manual("deadlock")
    text = "steps:\n  # salesflow: ignore[possible-deadlock] known\n  a: {by: x, next: won}\n"
    assert "unused-ignore" in [f.rule for f in found(text)]


def test_what_is_not_decided_is_an_error_that_says_what_was_tried() -> None:
    process = api.loads(HEAD + "steps:\n  a: {by: x, next: {fine: won, bad: lost}}\n")
    facts = Facts(process, patience=3)
    facts.__dict__["behaviour"] = Verdict(decided=False, moves=1_234_567)
    (one,) = finds("undecided", facts)
    assert (one.rule, one.severity, one.line) == ("undecided", "error", 2)
    assert "1,234,567 moves of deals were looked through" in one.message
    assert "`patience = 30`" in one.help


@given(mapping=processes(), data=st.data())
@settings(max_examples=40, deadline=None)
def test_no_rule_falls_over(mapping: Mapping[str, Any], data: st.DataObject) -> None:
    """Whatever verdict there is, real or not, rules word it and never raise."""
    process = api.load(mapping)
    facts = Facts(process)
    nodes = [*process.nodes]
    results = [r.node for step in process.nodes.values() for r in step.next.values()]
    names = st.sampled_from([*nodes, *results, *process.outcomes])
    kinds = ("stuck", "waits", "trapped", "timed", "twice", "pile")
    fault = st.builds(
        Fault,
        kind=st.sampled_from(kinds),
        node=st.sampled_from(nodes),
        witness=st.lists(names, min_size=1, max_size=5).map(tuple),
        sure=st.booleans(),
        missing=st.lists(st.sampled_from(nodes), max_size=2).map(tuple),
        spent=st.lists(st.sampled_from(results), max_size=2).map(tuple),
    )
    verdict = Verdict(
        faults=tuple(data.draw(st.lists(fault, max_size=4))),
        never_taken=tuple(data.draw(st.lists(st.sampled_from(results), max_size=4))),
        never_entered=tuple(data.draw(st.lists(st.sampled_from(nodes), max_size=3))),
    )
    if data.draw(st.booleans()):
        facts.__dict__["behaviour"] = verdict
    for family in ("behaviour", "bridges", "outcomes"):
        for name in FAMILIES[family]:
            assert all(finding.family == family for finding in finds(name, facts))


@given(mapping=processes())
@settings(max_examples=60, deadline=None)
def test_what_goes_wrong_in_a_run_is_never_silent(mapping: Mapping[str, Any]) -> None:
    """And what goes wrong in none is no error of behaviour."""
    process = api.load(mapping)
    facts = Facts(process)
    kinds = {"stuck", "waits", "trapped", "twice", "pile", "unfinished", "unhandled"}
    wrong = any(fault.kind in kinds for fault in facts.behaviour.faults)
    dead = any(facts.flow.reachable(node) for node in facts.behaviour.never_entered)
    told = [
        finding
        for family in ("structure", "behaviour", "guards", "data")
        for name in FAMILIES[family]
        for finding in finds(name, facts)
    ]
    if wrong or dead:
        assert any(f.severity == "error" or f.rule.startswith("possible-") for f in told)
    else:
        assert not [f for f in told if f.family == "behaviour" and f.severity == "error"]
