"""What the rules about data and contracts say where it is not plain, and where they keep silent."""

import pytest

from salesflow import api
from salesflow.checking.run import run_checks
from salesflow.findings import Finding

HEAD = """salesflow: 1
process: deal
departments: {sales: {}, legal: {}, security: {}, buyer: {external: true}}
data: {f: {type: text}, g: {type: money}, cloud: {type: yes_no}}
"""
ENDS = "outcomes: {won: {kind: won}, lost: {kind: lost}}\n"
RULES = [
    "missing-data",
    "outcome-data-missing",
    "handoff-data-missing",
    "promise-not-kept",
    "lost-update",
    "parallel-write",
    "captured-twice",
    "captured-late",
]


def found(steps: str, more: str = "", *, gives: str = "{}") -> list[Finding]:
    text = f"{HEAD}sources: {{in: {{start: a, gives: {gives}}}}}\nsteps:\n{steps}{ENDS}{more}"
    text = text.replace("{in:", "{inbound:")
    return [*run_checks(api.loads(text), select=RULES)]


def ways(steps: str, more: str = "", *, gives: str = "{}") -> list[tuple[str, str]]:
    return [(f.rule, " ".join(f.witness)) for f in found(steps, more, gives=gives)]


MISSED: dict[str, tuple[str, str]] = {
    "a timeout ends a step without its captures": (
        "  a: {by: sales, captures: [f], timeout: {after: 2d, result: late}, next: {ok: b, late: b}}\n"
        "  b: {by: sales, requires: [f], next: {good: won, bad: lost}}\n",
        "inbound a.late b",
    ),
    "leave withdraws the other branch": (
        "  a:\n    parallel:\n"
        "      one: {steps: {x: {by: sales, captures: [f], next: done}}}\n"
        "      two: {steps: {k: {by: legal, next: {ok: done, stop: leave}}}}\n"
        "    next: {done: b, stop: b}\n"
        "  b: {by: sales, requires: [f], next: {good: won, bad: lost}}\n",
        "inbound a.two a.two.k.stop a.stop b",
    ),
    "a branch with a condition may not run": (
        "  a:\n    parallel:\n"
        "      one: {when: cloud, steps: {x: {by: sales, captures: [f], next: done}}}\n"
        "      two: {steps: {k: {by: legal, next: done}}}\n"
        "    next: {done: b}\n"
        "  b: {by: sales, requires: [f], next: {good: won, bad: lost}}\n",
        "inbound a.two.k.done a.done b",
    ),
    "the first branch to finish withdraws the other": (
        "  a:\n    join: any\n    parallel:\n"
        "      one: {steps: {x: {by: sales, captures: [f], next: done}}}\n"
        "      two: {steps: {k: {by: legal, next: done}}}\n"
        "    next: {done: b}\n"
        "  b: {by: sales, requires: [f], next: {good: won, bad: lost}}\n",
        "inbound a.two a.two.k.done a.done b",
    ),
}


@pytest.mark.parametrize("name", MISSED)
def test_a_field_is_missing(name: str) -> None:
    steps, way = MISSED[name]
    assert ways(steps, gives="{cloud: 50%}") == [("missing-data", way)]


SOUND: dict[str, str] = {
    "two of three branches give it and two must finish": (
        "  a:\n    join: {at_least: 2}\n    parallel:\n"
        "      one: {steps: {x: {by: sales, captures: [f], next: done}}}\n"
        "      two: {steps: {k: {by: sales, requires: [g], captures: [g], next: done}}}\n"
        "      three: {steps: {z: {by: sales, next: {got: {to: done, captures: [f]}}}}}\n"
        "    next: {done: b}\n"
        "  b: {by: sales, requires: [f], next: {good: won, bad: lost}}\n"
    ),
    "the same condition decides twice": (
        "  a: {next: {good: {to: c, when: cloud}, bad: {to: b, otherwise: true}}}\n"
        "  c: {by: sales, captures: [f], next: b}\n"
        "  b: {next: {good: {to: d, when: cloud}, bad: {to: lost, otherwise: true}}}\n"
        "  d: {by: sales, requires: [f], next: {good: won, bad: lost}}\n"
    ),
    "it is asked whether it is filled": (
        "  a: {by: sales, next: {got: {to: b, captures: [f]}, not_yet: b}}\n"
        "  b: {next: {good: {to: d, when: filled(f)}, bad: {to: lost, otherwise: true}}}\n"
        "  d: {by: sales, requires: [f], next: {good: won, bad: lost}}\n"
    ),
    "a loop goes round with it": (
        "  a: {by: sales, captures: [f], next: b}\n"
        "  b: {by: sales, requires: [f], next: {again: b, back: a, good: won, bad: lost}}\n"
    ),
    "either thread of a meeting point fills it": (
        "  a: {by: sales, next: {both: {to: [x, k]}}}\n"
        "  x: {by: sales, captures: [f], next: b}\n"
        "  k: {by: sales, next: b}\n"
        "  b: {by: sales, wait_for: [x, k], requires: [f], next: {good: won, bad: lost}}\n"
    ),
}


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_missing(name: str) -> None:
    found = ways(SOUND[name], gives="{cloud: 50%, g: filled}")
    assert [way for rule, way in found if rule == "missing-data"] == []


def test_what_is_missed_is_told_once_on_a_way() -> None:
    steps = (
        "  a: {by: sales, next: {skip: b, take: c, bad: lost}}\n"
        "  c: {by: sales, captures: [f], next: b}\n"
        "  b: {by: sales, requires: [f], next: d}\n"
        "  d: {by: sales, requires: [f], next: {good: won, bad: lost}}\n"
    )
    (one,) = found(steps)
    assert one.path == "steps.b"
    assert one.message == (
        "`b` requires `f`, and a deal can come there without it. "
        "A deal gets there by inbound → a (skip)."
    )


def test_only_handoffs_of_the_contract_are_judged() -> None:
    steps = (
        "  a: {by: sales, next: {to_security: s, to_legal: l, bad: lost}}\n"
        "  s: {by: security, next: {back: l, bad: lost}}\n"
        "  l: {by: legal, captures: [f], next: {good: won, bad: lost}}\n"
    )
    touch = "touchpoints: {t: {from: security, to: legal, requires: [f], accept_within: 2d}}\n"
    assert ways(steps, touch) == [("handoff-data-missing", "inbound a.to_security s.back l")]
    filled = steps.replace("s: {by: security,", "s: {by: security, captures: [f],")
    filled = filled.replace("l: {by: legal, captures: [f],", "l: {by: legal,")
    assert ways(filled, touch) == []


def test_the_buyer_is_looked_through() -> None:
    steps = (
        "  a: {by: sales, next: {ask: b, bad: lost}}\n"
        "  b: {by: buyer, next: {good: l, bad: lost}}\n"
        "  l: {by: legal, captures: [f], next: {good: won, bad: lost}}\n"
    )
    touch = "touchpoints: {t: {from: sales, to: legal, requires: [f], accept_within: 2d}}\n"
    assert ways(steps, touch) == [("handoff-data-missing", "inbound a.ask b.good l")]
    assert ways(steps.replace("by: buyer,", "by: buyer, captures: [f],"), touch) == []


def test_a_contract_is_kept_where_the_same_condition_decides() -> None:
    steps = (
        "  a: {by: sales, next: {good: {to: c, when: cloud}, bad: {to: b, otherwise: true}}}\n"
        "  c: {by: sales, captures: [f], next: b}\n"
        "  b: {by: sales, next: {good: {to: l, when: cloud}, bad: {to: lost, otherwise: true}}}\n"
        "  l: {by: legal, next: {good: won, bad: lost}}\n"
    )
    touch = "touchpoints: {t: {from: sales, to: legal, requires: [f], accept_within: 2d}}\n"
    assert ways(steps, touch, gives="{cloud: 50%}") == []
    other = steps.replace(
        "bad: {to: lost, otherwise: true}}}\n  l", "bad: {to: l, otherwise: true}}}\n  l"
    )
    assert ways(other, touch, gives="{cloud: 50%}") == [
        ("handoff-data-missing", "inbound a.bad b.bad l")
    ]


def test_a_promise_is_judged_at_the_end_of_the_branch() -> None:
    steps = (
        "  a: {by: sales, next: {go: p, bad: lost}}\n"
        "  p:\n    parallel:\n"
        "      one: {start: x, steps: {x: {by: security, next: {ok: done, ask: k}}, "
        "k: {by: security, captures: [f], next: done}}}\n"
        "      two: {steps: {z: {by: sales, next: done}}}\n"
        "    next: {done: w}\n"
        "  w: {by: sales, next: {good: won, bad: lost}}\n"
    )
    touch = "touchpoints: {t: {from: sales, to: security, returns: [f], accept_within: 2d}}\n"
    assert ways(steps, touch) == [("promise-not-kept", "inbound a.go p.one p.one.x.ok p.done")]


def test_a_promise_is_not_judged_where_the_deal_is_lost() -> None:
    steps = (
        "  a: {by: sales, next: {go: x, bad: lost}}\n"
        "  x: {by: security, next: {ok: {to: w, captures: [f]}, refused: call}}\n"
        "  call: {by: sales, next: lost}\n"
        "  w: {by: sales, next: {good: won, bad: lost}}\n"
    )
    touch = "touchpoints: {t: {from: sales, to: security, returns: [f], accept_within: 2d}}\n"
    assert ways(steps, touch) == []
