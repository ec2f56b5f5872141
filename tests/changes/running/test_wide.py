"""Blocks so wide that their states cannot be listed."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings

from salesflow.analysis.forget import spared_limits
from salesflow.changes.running.bridge import Bridge
from salesflow.changes.running.budgets import Budget, SpentError
from salesflow.changes.running.naming import Spot
from salesflow.changes.running.onward import Onward
from salesflow.changes.running.reach import Reach
from salesflow.changes.running.relaxed import blocked
from salesflow.changes.running.side import Given, Look
from salesflow.changes.running.turns import Turns
from salesflow.changes.running.verdicts import judged as judge
from salesflow.process.model import Process
from salesflow.process.net import Net
from salesflow.testing import processes
from tests.changes.running.pairs import at, judged, matched, process, told
from tests.process.written import process_of


def wide(*branches: str, join: str = "all") -> Process:
    """A block of branches, each the steps behind its first."""
    parallel = ", ".join(
        f"b{n}: {{start: s0, steps: {{s0: {{next: s1}}, {steps}}}}}"
        for n, steps in enumerate(branches)
    )
    return process(
        f"{{call: {{next: big}}, big: {{parallel: {{{parallel}}}, join: {join}, next: sign}}, "
        "sign: {next: won}}",
        data="{vip: {type: yes_no}}",
    )


PLAIN = "s1: {next: done}"
LONG = "s1: {next: s2}, s2: {next: done}"
LOST = "s1: {next: s1}"
ASKS = "s1: {next: {ok: {to: done, when: vip}}}"


def verdicts(old: Process, new: Process, places: list[str], *, turns: bool) -> list[str]:
    matching = matched(old, new)
    bridge = Bridge(old, new, matching)
    net = bridge.old.sparing(spared_limits(bridge.old))
    turn = Turns(net, frozenset()) if turns else None
    look = Look(bridge, net, matching, 50_000, turn)
    onward = Onward(bridge.new, bridge.spared, Budget(200_000))
    assert look.standing.complete
    found = []
    for place in places:
        kind = "branch" if place in net.layout.lanes else "node"
        spots = (Spot(kind, place),)  # type: ignore[arg-type]
        found.append(judge(look.cases([spots], Given({}, {}), onward)).verdict)
    return found


def test_branches_that_take_turns_give_the_verdicts_of_all_states() -> None:
    old = wide(LONG, PLAIN, LONG, PLAIN)
    news = [
        old,
        wide(LONG, PLAIN, LONG, PLAIN, join="any"),
        wide(PLAIN, PLAIN, LONG, PLAIN),
        wide(LONG, LOST, LONG, PLAIN),
        wide(LONG, PLAIN, LONG, ASKS),
        wide(LONG, LOST, PLAIN, ASKS),
        wide(LONG, LOST, LONG, LOST, join="{at_least: 2}"),
    ]
    places = [path for path in Net(old).layout.nodes if path.startswith("big")]
    places += [*Net(old).layout.lanes, "call", "sign"]
    seen = set()
    for new in news:
        every = verdicts(old, new, places, turns=False)
        assert verdicts(old, new, places, turns=True) == every
        seen.update(every)
    assert {"fine", "stranded", "ambiguous"} <= seen


def test_a_very_wide_block_is_decided() -> None:
    old = wide(*[LONG] * 14)
    new = wide(*[LONG] * 13, "s1: {next: s2}, s2: {next: {ok: {to: done, when: vip}}}")
    assert at(old, old, "big.b3.s1").verdict == "fine"
    assert at(old, old, "big.b3.s1", "big.b7.s2").verdict == "fine"
    assert told(at(old, new, "big.b13.s2")) == (
        "stranded / Deals get stuck at `big.b13.s2`, where they can take no result: "
        "`vip` is not filled. / Fill in `vip` for them before the new version goes live."
    )
    text = "deal,at\nA,call\nB,sign\nC,big.b2.s1\n"
    assert [(g.at, g.verdict) for g in judged(old, new, text).groups] == [
        (("call",), "stranded"),
        (("big.b2.s1",), "ambiguous"),
        (("sign",), "fine"),
    ]


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(processes(steps=4, depth=1))
def test_what_is_proved_out_of_reach_is_never_reached(data: Any) -> None:
    net = Net(process_of(json.dumps(data)))
    reach = Reach(net, Budget(3_000), approximate=True)
    seen = {state for _, state in net.initial()}
    waiting = list(seen)
    try:
        while waiting and len(seen) < 60:
            state = waiting.pop()
            assert blocked(net, state) is None or not reach.ends(state)
            fresh = {move.state for move in net.moves(state) if not move.cut} - seen
            seen |= fresh
            waiting.extend(sorted(fresh))
    except SpentError:
        return


def test_a_proof_says_what_keeps_a_deal() -> None:
    asks = process(
        "{call: {next: ask}, ask: {next: {ok: {to: won, when: vip}}}}", data="{vip: {type: yes_no}}"
    )
    net = Net(asks)
    ((_, start),) = net.initial()
    what = blocked(net, start)
    assert what is not None
    assert what.stuck == ("ask",)
    meets = process(
        "{call: {next: {a: {to: [one, two]}, b: one}}, one: {next: meet}, two: {next: meet}, "
        "meet: {wait_for: [one, two], next: won}}"
    )
    net = Net(meets)
    ((_, start),) = net.initial()
    assert blocked(net, start) is None
    (alone,) = [move.state for move in net.moves(start) if move.result == "b"]
    what = blocked(net, alone)
    assert what is not None
    assert (what.stuck, what.waits, what.lacking) == ((), ("meet",), ("two",))
