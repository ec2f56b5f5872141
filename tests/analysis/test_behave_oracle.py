"""The verdict on behaviour against one that knows only the rules of the game and tries everything.

Equal means: the same faults (kind, node, field), the same results never taken and nodes never
entered. ``trapped`` is reported where deals can go on for ever, each at a node that such a deal
is at; which of these nodes is the engine's choice. Every witness replays, with no move more than
needed in a process where a deal is in one place at a time.
"""

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from salesflow.analysis.behave import behaviour
from salesflow.analysis.verdict import TRAPPED, Verdict
from salesflow.process.model import Process
from salesflow.process.net import Net
from salesflow.process.steps import Block
from salesflow.testing import families, processes
from tests.analysis import shapes
from tests.analysis.exhaustive import Truth, truth
from tests.analysis.replay import replayed
from tests.mutation.fewer import all_are_tried
from tests.process.written import process_of

MOST_STATES = 200  # of one example; larger ones are not compared
BUDGET = 100_000

without_shrinking = settings(  # a failing example takes minutes to shrink: add Phase.shrink by hand
    suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)

Files = dict[str, dict[str, Any]]


def alone(data: dict[str, Any]) -> Files:
    return {"main.salesflow.yaml": data}


# name -> strategy, examples, how many of them must be small enough, what must be among them
STRATEGIES: dict[str, tuple[st.SearchStrategy[Files], int, int, str]] = {
    "small": (processes(steps=3, depth=1).map(alone), 260, 240, "stuck trapped unfilled twice"),
    "larger": (processes(steps=5, depth=1).map(alone), 200, 160, "stuck waits twice unfilled"),
    "deep": (processes(steps=3, depth=3).map(alone), 200, 160, "unfinished twice trapped waits"),
    "families": (families(steps=3), 200, 160, "trapped twice unfilled stuck"),
    "livelocks": (shapes.livelocks(), 200, 160, "trapped stuck unfinished dead"),
    "correlated": (shapes.correlated(), 240, 200, "stuck unfilled dead"),
    "unfinished": (shapes.unfinished(), 200, 160, "unfinished waits twice pile"),
    "loops": (shapes.loops_through_splits(), 240, 200, "waits pile twice trapped"),
    "blocks": (shapes.blocks(), 240, 165, "stuck unhandled trapped timed"),
    "runs": (shapes.runs(), 200, 160, "unfinished stuck twice dead"),
    "sources": (shapes.sources(), 200, 180, "trapped unfilled stuck dead"),
    "captures": (shapes.parallel_captures(), 200, 180, "unfilled stuck dead"),
}


def test_at_least_two_thousand_are_compared() -> None:
    assert sum(least for _, _, least, _ in STRATEGIES.values()) >= 2_000


@pytest.mark.parametrize("name", STRATEGIES)
def test_the_verdict_is_the_truth(name: str) -> None:
    strategy, examples, least, kinds = STRATEGIES[name]
    seen: Counter[str] = Counter()

    @settings(without_shrinking, max_examples=examples)
    @given(strategy)
    def compare(files: Files) -> None:
        process = loaded(files)
        known = truth(process, most=MOST_STATES)
        if known.complete:
            compared(process, known)
            seen.update({"compared", *(kind for kind, _, _ in known.faults)})
            seen.update({"trapped"} if known.trapped else ())
            seen.update({"dead"} if known.never_taken else ())

    compare()
    if all_are_tried():
        assert seen["compared"] >= least, seen
        assert {kind for kind in kinds.split() if seen[kind] < 3} == set(), seen


def loaded(files: Files) -> Process:
    texts = {name.removesuffix(".yaml"): json.dumps(data) for name, data in files.items()}
    return process_of(texts.pop("main.salesflow"), **texts)


def compared(process: Process, known: Truth) -> None:
    """The verdict as it is given, and as the engine finds it without a walk for shortest runs."""
    net = Net(process)
    quick = behaviour(process, budget=BUDGET, shortest=0)
    same(quick, known)
    for fault in quick.faults:
        assert replayed(net, fault) is not None, fault
    whole = behaviour(process, budget=BUDGET)
    same(whole, known)
    for fault in whole.faults:
        assert fault.sure
        moves = replayed(net, fault)
        assert moves is not None, fault
        shortest = known.faults.get((fault.kind, fault.node, fault.field), moves)
        assert moves == shortest or not one_place(process), (fault, moves, shortest)


def same(found: Verdict, known: Truth) -> None:
    assert found.decided
    faults = {(fault.kind, fault.node, fault.field) for fault in found.faults}
    trapped = {node for kind, node, _ in faults if kind == TRAPPED}
    assert {fault for fault in faults if fault[0] != TRAPPED} == known.faults.keys()
    assert trapped <= known.trapped
    assert bool(trapped) == bool(known.trapped)
    assert found.never_taken == known.never_taken
    assert found.never_entered == known.never_entered


def one_place(process: Process) -> bool:
    """Whether a deal is in one place at a time: no blocks, nothing with several targets."""
    steps = [s for each in (process, *process.runs.values()) for s in each.nodes.values()]
    return not any(
        isinstance(step, Block) or any(len(result.targets) > 1 for result in step.next.values())
        for step in steps
    )


def test_what_is_sure_is_real_in_exact_arithmetic_and_what_is_real_is_found() -> None:
    seen: Counter[str] = Counter()

    @settings(without_shrinking, max_examples=200)
    @given(shapes.correlated().map(growing))
    def compare(files: Files) -> None:
        process = loaded(files)
        real = truth(process, most=MOST_STATES, exact=True)
        found = behaviour(process, budget=BUDGET)
        if not found.decided:
            return
        faults = {(fault.kind, fault.node, fault.field): fault for fault in found.faults}
        assert real.faults.keys() <= faults.keys()
        net = Net(process)
        assert all(replayed(net, fault) is not None for fault in found.faults)
        if not real.complete:
            return
        sure = {key for key, fault in faults.items() if fault.sure and fault.kind != TRAPPED}
        assert sure <= real.faults.keys()
        if not real.cut:
            assert set(found.never_taken) <= set(real.never_taken)
            assert set(found.never_entered) <= set(real.never_entered)
        worked_out = '"amount": "amount ' in json.dumps(files)
        seen.update(["compared", *(["worked out"] if worked_out and faults else ())])

    compare()
    if all_are_tried():
        assert seen["compared"] >= 100, seen
        assert seen["worked out"] >= 10, seen


def growing(files: Files) -> Files:
    """The same with amounts that are worked out, not given."""
    text = json.dumps(files)
    text = text.replace('"amount": 50', '"amount": "amount * 1.5"')
    changed: Files = json.loads(text.replace('"vip": true}', '"amount": "amount - 60"}'))
    return changed
