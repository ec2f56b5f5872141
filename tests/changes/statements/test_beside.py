"""Which steps may be open at once, against every state that the token game comes to."""

from itertools import combinations
from random import Random
from typing import Any

import pytest

import salesflow as sf
from salesflow.changes.statements.beside import side_by_side
from salesflow.changes.statements.chart import Chart
from salesflow.process.model import Process
from salesflow.process.steps import Block, Branch, Run
from tests.changes.running.test_verdicts import running
from tests.changes.statements.arranged import arranged
from tests.changes.statements.oracle import Oracle
from tests.changes.statements.test_statements import Data, block, flow, told

Pairs = set[frozenset[str]]


def may_be(process: Process) -> Pairs:
    """The pairs of plain steps that may be open beside each other, the same from both sides."""
    chart = Chart(process)
    found = side_by_side(chart, [1 << number for number in range(len(chart.spots))])
    assert found is not None
    for one, bits in enumerate(found):
        assert not bits >> one & 1
        assert all(found[other] >> one & 1 for other in range(len(found)) if bits >> other & 1)
    leaves = [n for n, s in enumerate(chart.spots) if not isinstance(s.thing, Block | Branch | Run)]
    return {
        frozenset({chart.spots[one].path, chart.spots[other].path})
        for one, other in combinations(leaves, 2)
        if found[one] >> other & 1
    }


def are(process: Process) -> Pairs:
    """The same, as the token game is played to the last state."""
    oracle = Oracle(process)
    open_at = {node.active: path for path, node in oracle.net.layout.nodes.items()}
    found: Pairs = set()

    def seen(_: Any, state: Any) -> bool:
        here = {open_at[place] for place in state.marking if place in open_at}
        found.update(map(frozenset, combinations(sorted(here), 2)))
        return False

    oracle.some(lambda _, __: 1, seen)
    plain = {s.path for s in Chart(process).spots if not isinstance(s.thing, Block | Branch | Run)}
    return {pair for pair in found if pair <= plain}


def beside_call(name: str, step: Data, **more: Any) -> Data:
    """A step of any kind in one thread, two steps one after the other in the other one."""
    step = {
        **step,
        "next": {**(step["next"] if isinstance(step["next"], dict) else {}), "done": "meet"},
    }
    return flow(
        {
            "start": {"next": {"go": {"to": [name, "call"]}}},
            name: step,
            "call": {"next": "recap"},
            "recap": {"next": "meet"},
            "meet": {"wait_for": [name, "recap"], "next": "won"},
            **more,
        }
    )


DEEP: Data = {
    "parallel": {
        "deep": {"steps": {"audit": {**block("law", "tech"), "next": {"done": "done"}}}},
        "bank": {"steps": {"bank_it": {"next": "done"}}},
    },
    "next": {"done": "won"},
}


@pytest.mark.parametrize("name", ["audit", "closing", "papers", "zeal"])
@pytest.mark.parametrize(("step", "pairs"), [(block("law", "tech"), 5), (DEEP, 9)])
def test_what_lies_in_a_block_is_beside_the_other_thread(name: str, step: Data, pairs: int) -> None:
    """Whatever the block is called: it may be the first of all steps, or the last."""
    process = sf.load(beside_call(name, step))
    assert may_be(process) == are(process)
    assert len(may_be(process)) == pairs


@pytest.mark.parametrize("name", ["audit", "papers"])
def test_it_is_said_of_all_that_lies_in_the_block(name: str) -> None:
    old, new = beside_call(name, block("law", "tech")), beside_call(name, block("law", "tech"))
    new["steps"]["start"]["next"] = "call"
    new["steps"]["recap"]["next"] = name
    del new["steps"]["meet"]["wait_for"]
    inner = f"`{name}.law.law_it` and `{name}.tech.tech_it`"
    assert told(old, new) == (
        f"`call` and `recap` no longer run in parallel with {inner}: the former come first.",
    )
    assert told(new, old) == (
        f"`call` and `recap` now run in parallel with {inner}; the former used to come first.",
    )


@pytest.mark.parametrize("name", ["audit", "papers"])
def test_what_a_run_opens_is_beside_the_other_thread(name: str) -> None:
    inner = "{ask: {next: {fine: rate, gone: bad}}, rate: {next: good}}"
    steps = (
        f"{{call: {{next: {{go: {{to: [{name}, offer]}}}}}}, "
        f"{name}: {{run: credit, next: {{good: sign, bad: sign}}}}, "
        f"offer: {{next: sign}}, sign: {{wait_for: [{name}, offer], next: won}}}}"
    )
    process = running(inner, steps)
    assert may_be(process) == are(process)
    assert may_be(process) == {frozenset({"offer", f"{name}.{each}"}) for each in ("ask", "rate")}


@pytest.mark.parametrize("seed", range(24))
def test_all_that_can_be_open_at_once_is_among_what_may_be(seed: int) -> None:
    """Steps arranged by chance; that more is among it where a meeting ends threads is no harm."""
    random = Random(seed)
    names = [f"{random.choice('az')}{number}" for number in range(random.randint(3, 6))]
    process = sf.load(arranged(names, random))
    assert are(process) <= may_be(process)


def test_one_step_after_the_other_is_never_beside() -> None:
    row = flow({"call": {"next": {"go": "demo", "again": "call"}}, "demo": {"next": "won"}})
    assert may_be(sf.load(row)) == are(sf.load(row)) == set()


@pytest.mark.parametrize(("more", "said"), [(0, True), (1, False)])
def test_too_many_threads_to_say(more: int, said: bool) -> None:
    """The widest result counts: 125 threads among 160 steps are looked at, no step more."""
    names = [f"s{number}" for number in range(125)]
    row = [f"r{number}" for number in range(29 + more)]
    steps: Data = {"start": {"next": {"go": {"to": [*names]}}}}
    steps |= {name: {"next": "meet"} for name in names}
    steps["meet"] = {"wait_for": names, "next": {"go": {"to": ["one", "other"]}}}
    steps |= {"one": {"next": "end"}, "other": {"next": "end"}}
    steps["end"] = {"wait_for": ["one", "other"], "next": row[0]}
    steps |= {name: {"next": to} for name, to in zip(row, [*row[1:], "won"], strict=True)}
    assert len(steps) == 159 + more
    steps["last"] = block("law", "tech")  # what lies in it is no step beside them
    chart = Chart(sf.load(flow(steps)))
    found = side_by_side(chart, [1 << number for number in range(len(chart.spots))])
    assert (found is not None) == said
