"""Which very wide blocks may be walked branch by branch, and whose turn it is."""

import pytest

from salesflow.changes.running.turns import Turns
from salesflow.process.model import Process
from salesflow.process.net import Net
from tests.changes.running.pairs import process

DATA = "{vip: {type: yes_no}, amount: {type: money}}"
PLAIN = "{next: b}, b: {next: done}"


def wide(*firsts: str, then: str = "won") -> Process:
    """A block of branches of two steps, of which the first of each is written so."""
    parallel = ", ".join(
        f"n{number}: {{start: a, steps: {{a: {first}}}}}" for number, first in enumerate(firsts)
    )
    return process(
        f"{{call: {{next: big}}, big: {{parallel: {{{parallel}}}, next: sign}}, "
        f"sign: {{next: {{ok: {{to: {then}}}, back: call}}}}}}",
        data=DATA,
    )


def takes_turns(version: Process, *together: str, states: int = 50) -> bool:
    return Turns(Net(version), frozenset(together)).needed(states)


def test_few_branches_may_as_well_run_side_by_side() -> None:
    assert takes_turns(wide(*[PLAIN] * 4))
    assert not takes_turns(wide(*[PLAIN] * 3), states=2)


def test_turns_are_taken_only_where_there_are_too_many_states_to_list() -> None:
    """Four branches at two steps, done or not begun: no more than 4 times 4 times 4 times 4."""
    assert takes_turns(wide(*[PLAIN] * 4), states=80)
    assert not takes_turns(wide(*[PLAIN] * 4), states=256)


def test_branches_that_a_file_names_together_are_left_alone() -> None:
    assert not takes_turns(wide(*[PLAIN] * 4), "big.n0", states=2)
    assert takes_turns(wide(*[PLAIN] * 5), "big.n0")


@pytest.mark.parametrize(
    ("first", "asked"),
    [
        (PLAIN, "won, when: visited(big.n0.a)"),
        ("{captures: [vip], next: b}, b: {next: done}", "won, when: vip"),
        ("{next: {ok: {to: b, captures: [vip]}}}, b: {next: done}", "won, when: vip"),
        ("{next: {ok: {to: b, set: {vip: true}}}}, b: {next: done}", "won, when: vip"),
        ("{next: {ok: {to: b, at_most: 1}, slow: b}}, b: {next: done}", "won"),
        ("{next: {ok: b}}, b: {next: done}", "won, when: times(big.n0.a.ok) < 2"),
    ],
)
def test_a_block_in_which_something_is_written_that_matters_is_walked_in_every_order(
    first: str, asked: str
) -> None:
    assert not takes_turns(wide(first, *[PLAIN] * 4, then=asked), states=2)


@pytest.mark.parametrize(
    ("first", "asked"),
    [
        ("{captures: [amount], next: b}, b: {next: done}", "won, when: vip"),
        (PLAIN, "won, when: visited(call)"),
        (PLAIN, "won, when: visited(big)"),  # known before any branch begins
        (PLAIN, "won, when: times(sign.back) < 2"),
    ],
)
def test_what_nobody_asks_for_and_what_is_asked_elsewhere_hinders_no_turns(
    first: str, asked: str
) -> None:
    assert takes_turns(wide(first, *[PLAIN] * 4, then=asked))


def resting(version: Process, **standing: str) -> set[str]:
    """Which branches rest; ``standing`` says of each how far it is: a step, or ``done``."""
    net = Net(version)
    nodes, lanes = net.layout.nodes, net.layout.lanes
    marking = {nodes["big"].active}
    for name, place in standing.items():
        lane = lanes[f"big.{name}"]
        marking.add(lane.runs)
        marking.add(lane.finished if place == "done" else nodes[f"{lane.path}.{place}"].active)
    found = Turns(net, frozenset()).resting(tuple(sorted(marking)))
    return {lane.path.removeprefix("big.") for lane in found}


@pytest.mark.parametrize(
    ("places", "rest"),
    [
        ("aaaa", "2"),  # forward, backward, or forward with the first one left out
        ("baaa", "123"),  # one that has begun goes on alone
        ("aaba", "013"),
        ("bbaa", "23"),
        ("daaa", "3"),  # forward, or with the second one left out
        ("dbad", "2"),
        ("ddaa", ""),
        ("adaa", "03"),  # the first one is left out until the end
        ("adda", "0"),
        ("addd", ""),
        ("dada", "1"),
        ("ddad", ""),
        ("aaad", "01"),  # backward
        ("aadd", "0"),
        ("dddd", ""),
    ],
)
def test_whose_turn_it_is(places: str, rest: str) -> None:
    words = {"a": "a", "b": "b", "d": "done"}
    standing = {f"n{number}": words[place] for number, place in enumerate(places)}
    assert resting(wide(*[PLAIN] * 4), **standing) == {f"n{number}" for number in rest}


def test_a_branch_that_begins_with_a_block_has_not_begun_before_one_of_its_steps_has_ended() -> (
    None
):
    inner = "{parallel: {x: {steps: {one: {next: two}, two: {next: done}}, start: one}}, next: b}"
    version = wide(f"{inner}, b: {{next: done}}", *[PLAIN] * 3)
    net = Net(version)
    nodes, lanes = net.layout.nodes, net.layout.lanes
    running = {nodes["big"].active, *(lanes[f"big.n{number}"].runs for number in range(4))}
    running |= {nodes[f"big.n{number}.a"].active for number in range(4)}
    block = {lanes["big.n0.a.x"].runs}
    turns = Turns(net, frozenset())
    for step, rest in (("one", {"big.n2"}), ("two", {"big.n1", "big.n2", "big.n3"})):
        here = running | block | {nodes[f"big.n0.a.x.{step}"].active}
        assert {lane.path for lane in turns.resting(tuple(sorted(here)))} == rest


def test_where_nobody_is_in_the_block_nobody_rests() -> None:
    net = Net(wide(*[PLAIN] * 4))
    assert Turns(net, frozenset()).resting((net.layout.nodes["call"].active,)) == []
