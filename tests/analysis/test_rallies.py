"""Rounds in which two departments return a deal to each other, and what ends them."""

import pytest

from salesflow import api
from salesflow.analysis.handoffs import Threads
from salesflow.analysis.rallies import rallies

HEAD = """salesflow: 1
process: deal
departments: {sales: {}, legal: {}, ops: {}, buyer: {external: true}}
data: {vip: {type: yes_no}}
sources: {inbound: {start: a}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
steps:
"""


def found(steps: str) -> list[tuple[str, str, str, str]]:
    process = api.loads(HEAD + steps)
    return [(r.first, r.second, r.there.node, r.back.node) for r in rallies(Threads(process))]


PAIR = """  a: {by: sales, next: {go: b, stop: lost}}
  b: {by: legal, next: {signed: won, back: a}}
"""


@pytest.mark.parametrize(
    ("steps", "rounds"),
    [
        (PAIR, [("sales", "legal", "a.go", "b.back")]),
        # who has nothing else to do than to hand on is the first: the other one's result is limited
        (
            "  a: {by: sales, next: {go: b, stop: lost}}\n  b: {by: legal, next: a}\n",
            [("legal", "sales", "b.done", "a.go")],
        ),
        (
            "  a: {by: sales, next: b}\n  b: {by: legal, next: {signed: won, back: a}}\n",
            [("sales", "legal", "a.done", "b.back")],
        ),
        (PAIR.replace("back: a", "back: {to: a, at_most: 2}"), []),
        (PAIR.replace("go: b", "go: {to: b, at_most: 2}"), []),
        (PAIR.replace("by: legal, ", "by: legal, timeout: {after: 2d, result: signed}, "), []),
        (PAIR.replace("by: legal", "by: sales"), []),  # within a department
        (PAIR.replace("by: legal", "by: buyer"), []),
        # another way to go round is no limit
        (
            PAIR.replace("back: a", "back: {to: a, at_most: 2}, return_it: a"),
            [("sales", "legal", "a.go", "b.return_it")],
        ),
        # the buyer and steps of nobody are looked through
        (
            "  a: {by: sales, next: {go: x, stop: lost}}\n  x: {by: buyer, next: free}\n"
            "  free: {next: b}\n  b: {by: legal, next: {signed: won, back: a}}\n",
            [("sales", "legal", "a.go", "b.back")],
        ),
        # three in a ring hand on and return nothing
        (
            "  a: {by: sales, next: {go: b, stop: lost}}\n  b: {by: legal, next: c}\n"
            "  c: {by: ops, next: {ok: won, again: a}}\n",
            [],
        ),
        # of three that all can return it each two are told, in the order of their names
        (
            "  a: {by: sales, next: {go: b, ask: c, stop: lost}}\n"
            "  b: {by: legal, next: {back: a, on_to: c, signed: won}}\n"
            "  c: {by: ops, next: {back: a, up: b, fine: won}}\n",
            [
                ("ops", "legal", "c.up", "b.on_to"),
                ("sales", "legal", "a.go", "b.back"),
                ("sales", "ops", "a.ask", "c.back"),
            ],
        ),
        # a place that no deal comes to has no rounds
        (
            "  a: {by: sales, next: won}\n  b: {by: sales, next: {go: c, stop: lost}}\n"
            "  c: {by: legal, next: {back: b, signed: won}}\n",
            [],
        ),
        # two rounds apart, the one that a deal comes to first is told first
        (
            PAIR.replace("signed: won", "signed: c")
            + "  c: {by: ops, next: {go: d, fine: won}}\n  d: {by: legal, next: {back: c, over: won}}\n",
            [("sales", "legal", "a.go", "b.back"), ("ops", "legal", "c.go", "d.back")],
        ),
        # more steps of each within the round
        (
            "  a: {by: sales, next: a2}\n  a2: {by: sales, next: {go: b, stop: lost}}\n"
            "  b: {by: legal, next: {draft: b2, signed: won}}\n  b2: {by: legal, next: a}\n",
            [("legal", "sales", "b2.done", "a2.go")],
        ),
    ],
)
def test_rounds(steps: str, rounds: list[tuple[str, str, str, str]]) -> None:
    assert found(steps) == rounds
