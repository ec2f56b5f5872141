"""Where what nobody does lies: with us, wherever it can."""

import pytest

from salesflow import api
from salesflow.drawing.extract import flow

FLOW = """
salesflow: 1
process: p
departments: {sales: {}, legal: {}, customer: {external: true}}
sources: {web: {start: first}}
steps:
  first: {by: %s, next: {ok: they}}
  they: {by: customer, next: {ok: both, bad: which}}
  which: {next: {here: both, there: then}}
  both:
    parallel: {one: {steps: {draft: {by: legal, next: done}}}}
    next: {done: then}
  then: {by: %s, next: {ok: won}}
outcomes: {won: {kind: won}}
"""


@pytest.mark.parametrize("depth", [0, 1])
@pytest.mark.parametrize(
    ("first", "then", "lane"),
    [
        pytest.param("sales", "legal", "sales", id="who of ours had the deal last"),
        pytest.param("customer", "sales", "sales", id="else who of ours has it next"),
    ],
)
def test_what_nobody_does_is_ours(first: str, then: str, lane: str, depth: int) -> None:
    nodes = flow(api.loads(FLOW % (first, then)), depth=depth).nodes
    lanes = {node.id: node.lane for node in nodes}
    assert lanes["they"] == "customer"
    assert lanes["which"] == lane
    assert lanes["both"] == (lane if depth == 0 or first == "sales" else lanes["both"])
    assert lanes["both"] != "customer"
    if depth:
        assert lanes["both.join"] == lanes["both"]


def test_what_only_others_have_stays_with_them() -> None:
    text = """
salesflow: 1
process: p
departments: {customer: {external: true}}
sources: {web: {start: a}}
steps: {a: {by: customer, next: {ok: b}}, b: {next: {over: won, again: a}}}
outcomes: {won: {kind: won}}
"""
    lanes = {node.id: node.lane for node in flow(api.loads(text)).nodes}
    assert lanes["b"] == "customer"
