"""What policies speak of: with which results an event comes, and in which order within one move."""

from typing import Any

import pytest

from salesflow.analysis.events import BEHIND, ENDS, TAKES, Happenings, event, result_at
from salesflow.process.net import EXPIRE, FINISH, Net
from tests.process.written import process_of

INNER = (
    "salesflow: 1\nprocess: inner\nsources: {in: {start: look}}\n"
    "steps: {look: {next: {fine: agreed, dear: refused}}}\n"
    "outcomes: {agreed: {kind: done}, refused: {kind: failed}}\n"
)
PROCESS = process_of(
    """salesflow: 1
process: p
use: [inner.yaml]
sources: {web: {start: a}}
steps:
  a: {timeout: {after: 2d, result: late}, next: {go: p, late: lost}}
  p:
    timeout: {after: 9d, result: slow}
    parallel:
      one: {steps: {s: {next: {ok: done, out: leave}}}}
      two: {steps: {t: {next: done}}}
    next: {done: r, out: lost, slow: lost}
  r: {run: inner, timeout: {after: 9d, result: agreed}, next: {agreed: won, refused: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
""",
    inner=INNER,
)


@pytest.mark.parametrize(
    ("name", "paths", "timed"),
    [
        ("a", {"a.go": ENDS, "a.late": ENDS}, set()),  # a step that is timed out has happened
        ("a.late", {"a.late": TAKES}, set()),
        ("p", {"p.done": ENDS}, set()),  # a block that is left or late is not done
        ("p.one", {"p.one.s.ok": BEHIND}, set()),
        ("p.two", {"p.two.t.done": BEHIND}, set()),
        ("p.one.s", {"p.one.s.ok": ENDS, "p.one.s.out": ENDS}, set()),
        ("p.out", {"p.out": TAKES}, set()),
        ("r", {"r.agreed": ENDS, "r.refused": ENDS}, {"r.agreed"}),  # the timer may take it too
        ("won", {"r.agreed": BEHIND}, set()),
        ("lost", {"a.late": BEHIND, "p.out": BEHIND, "p.slow": BEHIND, "r.refused": BEHIND}, set()),
    ],
)
def test_an_event_comes_with_results(name: str, paths: dict[str, int], timed: set[str]) -> None:
    found = event(PROCESS, name)
    assert (found.name, dict(found.paths), found.timed) == (name, paths, timed)


def test_a_result_is_found_by_its_path() -> None:
    assert result_at(PROCESS, "p.one.s.out").id == "out"
    with pytest.raises(KeyError):
        result_at(PROCESS, "p.one.s.nothing")


def moves(net: Net) -> list[Any]:
    """All moves from all states, each once."""
    states = [move.state for move in net.starts()]
    seen = set(states)
    found = []
    for state in states:
        if net.is_final(state):
            continue
        for move in net.each_move(state):
            found.append(move)
            if move.state not in seen:
                seen.add(move.state)
                states.append(move.state)
    return found


def test_what_comes_in_one_move_is_told_in_order() -> None:
    names = ("won", "r", "r.agreed", "p.two", "p", "p.two.t", "a")
    happenings = Happenings(tuple(event(PROCESS, name) for name in names))
    told = {
        (move.kind, move.taken): [[names[n] for n in numbers] for numbers in happenings.of(move)]
        for move in moves(Net(PROCESS))
    }
    assert told[FINISH, ("r.look.fine", "r.agreed")] == [["r"], ["r.agreed"], ["won"]]
    assert told[EXPIRE, ("r.agreed",)] == [
        ["r.agreed"],
        ["won"],
    ]  # its time is up: it is not done
    assert told[FINISH, ("p.two.t.done", "p.done")] == [["p.two.t"], ["p.two"], ["p"]]
    assert told[FINISH, ("p.two.t.done",)] == [["p.two.t"], ["p.two"]]
    assert told[EXPIRE, ("a.late",)] == [["a"]]
    assert told[EXPIRE, ("p.slow",)] == []


def test_two_names_of_one_moment_come_together() -> None:
    happenings = Happenings((event(PROCESS, "a"), event(PROCESS, "won"), event(PROCESS, "a")))
    (move,) = (m for m in moves(Net(PROCESS)) if m.taken == ("a.go",))
    assert [*happenings.of(move)] == [[0, 2]]
