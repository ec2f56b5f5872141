"""The walk through all states: shortest ways, honest about what it did not see."""

from salesflow.analysis.explore import explore
from salesflow.process.choices import TWICE, UNFINISHED, Flag
from salesflow.process.net import Net
from salesflow.process.telling import told, witness
from tests.process.written import smb_like


def test_ways_are_shortest() -> None:
    net = Net(
        smb_like("{a: {next: {x: b, z: c}}, b: {next: c}, c: {next: d}, d: {next: {r: won, s: a}}}")
    )
    found = explore(net)
    ways = {told(net, state): witness(found.way_to(n)) for n, state in enumerate(found.states)}
    assert ways["at c"] == ("inbound", "a.z")
    assert ways["ended won"] == ("inbound", "a.z", "c.done", "d.r")
    assert found.conclusive


def test_a_spent_budget_says_nothing() -> None:
    net = Net(smb_like("{a: {next: {x: a, z: b}}, b: {next: b}, c: {next: won}}"))
    found = explore(net, budget=2)
    assert not found.complete
    assert (found.never_taken, found.never_entered, found.trapped) == ([], [], [])
    assert explore(net, budget=1).states == explore(net).states[:1]


def test_the_budget_is_a_count_of_moves_and_just_enough_is_enough() -> None:
    net = Net(smb_like("{a: {next: {x: a, z: b}}, b: {next: won}}"))
    moves = explore(net).moves
    assert moves == 4  # the start, two from `a`, one from `b`
    assert explore(net, budget=moves).complete
    assert not explore(net, budget=moves - 1).complete


def test_what_no_run_takes_or_enters() -> None:
    net = Net(smb_like("{a: {next: {x: won, z: {to: lost, otherwise: true}}}, b: {next: won}}"))
    found = explore(net)
    assert found.never_taken == ["a.z", "b.done"]
    assert found.never_entered == ["b"]


def test_behind_a_cut_nothing_is_called_dead() -> None:
    net = Net(
        smb_like(
            "{a: {next: {r: {to: [b, c]}}}, b: {next: d}, c: {next: d}, d: {next: e}, e: {next: won}}"
        )
    )
    found = explore(net)
    assert set(found.faults) == {Flag(TWICE, "d"), Flag(TWICE, "e"), Flag(UNFINISHED, "won")}
    assert not found.conclusive
    assert found.never_taken == []


def test_a_meeting_that_nobody_comes_to() -> None:
    net = Net(
        smb_like(
            """{a: {next: {x: b, z: c}}, b: {next: d}, c: {next: d},
              d: {wait_for: [b, c], next: won}}"""
        )
    )
    found = explore(net)
    assert [[str(place) for place in found.stuck_at(n)] for n in found.idle] == [
        ["from(b, d)"],
        ["from(c, d)"],
    ]
    assert [witness(found.way_to(n), at="d") for n in found.idle] == [
        ("inbound", "a.x", "b.done", "d"),
        ("inbound", "a.z", "c.done", "d"),
    ]
    assert found.trapped == []  # a standstill is no trap


def test_a_way_without_approximation_is_preferred_to_a_shorter_one_with() -> None:
    net = Net(
        smb_like(
            """{a: {next: {
                guess: {to: c, set: {amount: amount * 2}},
                b: b}},
              b: {next: {
                sure: {to: c, set: {amount: 500}}}},
              c: {next: {
                large: {to: d, when: amount > 100}, small: {to: lost, otherwise: true}}},
              d: {next: won}}""",
            data="{amount: {type: money}}",
            gives=", gives: {amount: {min: 10, max: 90}}",
        )
    )
    found = explore(net)
    at_d = next(n for n, state in enumerate(found.states) if told(net, state).startswith("at d"))
    assert witness(found.way_to(at_d)) == ("inbound", "a.b", "b.sure", "c.large")
    assert not any(move.approximate for move in found.way_to(at_d))


def test_thousands_of_branches_need_no_more_than_their_places() -> None:
    branches = ", ".join(f"b{n}: {{steps: {{s: {{next: done}}}}}}" for n in range(1000))
    net = Net(smb_like(f"{{p: {{parallel: {{{branches}}}, join: any, next: {{done: won}}}}}}"))
    found = explore(net)
    assert found.complete
    assert len(found.states) == 2
