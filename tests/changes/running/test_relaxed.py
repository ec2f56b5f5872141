"""What keeps a deal from all outcomes, seen without playing: each way on that there may be."""

import pytest

from salesflow.changes.running.relaxed import Blocked, blocked
from salesflow.process.model import Process
from salesflow.process.net import Net
from tests.changes.running.pairs import process
from tests.changes.running.test_verdicts import RUN, running

DATA = "{vip: {type: yes_no}, amount: {type: money}}"
NEVER = "{next: {ok: {to: %s, when: vip}}}"  # nobody fills it


def at_first(version: Process) -> Blocked | None:
    """For a deal that has just come."""
    net = Net(version)
    ((_, state),) = net.initial()
    return blocked(net, state)


def flow(steps: str) -> Process:
    return process(f"{{{steps}}}", data=DATA)


def block(*firsts: str, more: str = "join: all", then: str = "next: won") -> Process:
    """A block of branches of one step each, behind a call."""
    parallel = ", ".join(f"n{at}: {{steps: {{a: {first}}}}}" for at, first in enumerate(firsts))
    return flow(f"call: {{next: big}}, big: {{parallel: {{{parallel}}}, {more}, {then}}}")


DONE = "{next: done}"
STUCK = NEVER % "done"


@pytest.mark.parametrize(
    "steps",
    [
        "call: {next: won}",
        "call: {next: {yes_go: {to: won, otherwise: true}, big: {to: lost, when: vip}}}",
        "call: {timeout: {after: 1d, result: late}, next: {late: won}}",
        "call: {captures: [vip], next: {ok: {to: won, when: vip}}}",
        "call: {next: ask}, ask: {next: {ok: {to: won, when: not filled(vip)}}}",
        "call: {next: {fill: {to: ask, set: {vip: true}}}}, ask: {next: {ok: {to: won, when: vip}}}",
        "call: {next: {fill: {to: ask, captures: [vip]}}}, ask: {next: {ok: {to: won, when: vip}}}",
        "call: {next: ask}, ask: {next: {ok: {to: won, when: visited(ask)}}}",
        "call: {next: {go: ask}}, ask: {next: {ok: {to: won, when: times(call.go) >= 1}}}",
        "call: {next: {again: {to: call, at_most: 1}, go: ask}}, ask: {next: {ok: {to: won, when: times(call.again) < 1}}}",
        "call: {next: {go: {to: [one, two]}}}, one: {next: meet}, two: {next: meet}, meet: {wait_for: [one, two], next: won}",
    ],
)  # fmt: skip
def test_what_may_come_to_an_end_is_not_held_back(steps: str) -> None:
    assert at_first(flow(steps)) is None


@pytest.mark.parametrize(
    ("steps", "stuck"),
    [
        ("call: " + NEVER % "won", ("call",)),
        ("call: {next: ask}, ask: " + NEVER % "won", ("ask",)),
        ("call: {captures: [amount], next: ask}, ask: " + NEVER % "won", ("ask",)),
        ("call: {next: ask}, ask: {next: {ok: {to: won, when: not visited(call)}}}", ("ask",)),
        ("call: {next: ask}, ask: {next: {ok: {to: won, when: visited(far)}}}, far: {next: ask}", ("ask",)),
        ("call: {next: {go: {to: ask, set: {amount: 5}}}}, ask: " + NEVER % "won", ("ask",)),
        ("call: {next: {go: {to: [one, two]}}}, one: {next: lost}, two: " + NEVER % "won", None),
        ("call: {next: {go: {to: [one, two]}}}, one: " + NEVER % "meet" + ", two: {next: meet}, meet: {wait_for: [one, two], next: won}", ("one",)),
        ("call: {next: {round: call}}", ()),
    ],
)  # fmt: skip
def test_where_a_deal_is_held_for_ever_is_told(steps: str, stuck: tuple[str, ...] | None) -> None:
    found = at_first(flow(steps))
    assert (found.stuck if found is not None else None) == stuck


@pytest.mark.parametrize(
    ("version", "stuck"),
    [
        (block(DONE, DONE), None),
        (block(STUCK, DONE), ("big.n0.a",)),
        (block(STUCK, DONE, more="join: any"), None),
        (block(STUCK, STUCK, more="join: any"), ("big.n0.a", "big.n1.a")),
        (block(STUCK, DONE, DONE, more="join: {at_least: 2}"), None),
        (block(STUCK, STUCK, DONE, more="join: {at_least: 2}"), ("big.n0.a", "big.n1.a")),
        (block(STUCK, STUCK, DONE, more="join: {at_least: 1}"), None),
        (block(STUCK, "{next: {dropped: leave}}", then="next: {done: won, dropped: lost}"), None),
        (block(STUCK, "{next: {dropped: leave}}", then="next: {done: won, dropped: big}"), ("big.n0.a",)),
        (block(STUCK, DONE, more="timeout: {after: 3d, result: late}", then="next: {done: won, late: lost}"), None),
        (block(STUCK, DONE, then="next: {done: won}, wait_for: [call]"), ("big.n0.a",)),
    ],
)  # fmt: skip
def test_a_block_is_passed_where_enough_of_its_branches_may_be_done(
    version: Process, stuck: tuple[str, ...] | None
) -> None:
    found = at_first(version)
    assert (found.stuck if found is not None else None) == stuck


def test_a_branch_that_need_not_run_holds_nobody() -> None:
    steps = "{x: {when: %s, steps: {a: " + STUCK + "}}, z: {steps: {b: {next: done}}}}"
    for asked, stuck in (("amount > 5", None), ("not filled(amount)", None)):
        version = flow(f"call: {{next: big}}, big: {{parallel: {steps % asked}, next: won}}")
        assert at_first(version) is stuck


def test_a_process_that_is_run_holds_a_deal_where_none_of_its_ends_is_reached() -> None:
    assert at_first(running("{ask: {next: good}}", RUN)) is None
    lost = RUN.replace("good: won, bad: lost", "good: check, bad: lost")
    assert at_first(running("{ask: {next: good}}", lost)) == Blocked()
    assert at_first(running("{ask: {next: {fine: good, poor: bad}}}", lost)) is None
    inner = "{ask: {next: {ok: {to: good, when: visited(far)}}}, far: {next: good}}"
    assert at_first(running(inner, RUN)) == Blocked(stuck=("check.ask",))


def test_who_is_in_a_block_already_waits_for_the_branches_that_run() -> None:
    """Another branch might run for a deal that comes; for this one none does."""
    steps = "{x: {when: filled(vip), steps: {a: {next: done}}}, z: {steps: {b: " + STUCK + "}}}"
    version = flow(f"call: {{next: big}}, big: {{parallel: {steps}, join: any, next: won}}")
    net = Net(version)
    ((_, start),) = net.initial()
    (inside,) = [move.state for move in net.moves(start)]
    found = blocked(net, inside)
    assert found is not None
    assert found.stuck == ("big.z.b",)
