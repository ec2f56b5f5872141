"""Deals that conditions leave out, or let go two ways: each comes by a run, and none is missed."""

from collections.abc import Callable

from hypothesis import given, settings

import salesflow as sf
from salesflow.analysis.guard_cases import Met
from salesflow.analysis.verdict import STUCK
from salesflow.checking.facts import Facts
from salesflow.process.model import Process
from salesflow.process.net import FINISH, Move, Net, State
from salesflow.process.steps import Work
from salesflow.testing import processes
from tests.analysis.exhaustive import truth

MOST_STATES = 20_000

Ends = Callable[[State], bool]


def comes(net: Net, witness: tuple[str, ...], ends: Ends) -> bool:
    """Whether a deal that takes exactly the results of a witness can come to such a state."""
    source, *taken = witness[:-1]
    layer = [(move, 0) for move in net.starts() if move.node == source]
    seen: set[tuple[State, int]] = set()
    while layer:
        behind = []
        for move, before in layer:
            done = before + len(move.taken)
            if taken[before:done] != list(move.taken) or move.cut:
                continue
            if done == len(taken) and ends(move.state):
                return True
            if (move.state, done) not in seen:
                seen.add((move.state, done))
                assert len(seen) < MOST_STATES
                behind.append((move.state, done))
        layer = [(move, done) for state, done in behind for move in net.each_move(state)]
    return False


def left_out(net: Net, node: str) -> Ends:
    """States in which a visit of a step can end without any way on."""

    def ends(state: State) -> bool:
        return any(m.kind == FINISH and m.node == node and not m.taken for m in each(net, state))

    return ends


def each(net: Net, state: State) -> list[Move]:
    return [*net.each_move(state)]


def allowed(net: Net, pair: Met) -> Ends:
    """States in which a visit of a step can end by either of two results."""
    step = pair.overlap.step
    both = {pair.overlap.one.id, pair.overlap.other.id}

    def ends(state: State) -> bool:
        found = {m.result for m in each(net, state) if m.kind == FINISH and m.node == step.node}
        return both <= found

    return ends


def missed(process: Process, facts: Facts, told: set[str]) -> set[str]:
    """Steps where the verdict knows of a deal that no condition fits, and nothing is told."""
    known = facts.mentions.filled
    found = set()
    for fault in facts.behaviour.faults:
        step = process.nodes.get(fault.node)
        if fault.kind != STUCK or fault.spent or not fault.sure or not isinstance(step, Work):
            continue
        whens = [result.when for result in step.next.values() if result.when is not None]
        reads = {name for when in whens for name in when.mentions}
        if whens and reads <= known and step.node not in told:
            found.add(step.node)
    return found


@settings(max_examples=150)
@given(processes(steps=4, depth=1))
def test_what_is_left_out_is_stuck_and_nothing_is_missed(data: dict[str, object]) -> None:
    process = sf.load(data)
    facts = Facts(process)
    net = Net(process)
    for gap in facts.stranded:
        assert gap.witness
        if gap.sure:
            assert comes(net, gap.witness, left_out(net, gap.node)), gap
    assert not missed(process, facts, {gap.node for gap in facts.stranded})
    exact = truth(process)
    if exact.complete:
        stuck = {node for kind, node, _ in exact.faults if kind == STUCK}
        assert {gap.node for gap in facts.stranded if gap.sure} <= stuck


@settings(max_examples=150)
@given(processes(steps=4, depth=1))
def test_what_may_go_two_ways_comes_by_its_run(data: dict[str, object]) -> None:
    process = sf.load(data)
    facts = Facts(process)
    net = Net(process)
    for group in facts.met:
        for pair in group:
            if pair.witness:
                assert comes(net, pair.witness, allowed(net, pair)), pair
