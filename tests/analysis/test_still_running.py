"""What still runs, or waits, where a deal, a run or a branch ends too soon: told by the witness."""

import pytest

from salesflow.analysis.behave import behaviour
from salesflow.analysis.replay import replayed, still_running
from salesflow.analysis.verdict import UNFINISHED, Fault
from salesflow.process.net import Net
from tests.process.written import process_of

INNER = (
    "salesflow: 1\nprocess: inner\nsources: {in: {start: look}}\nsteps:\n"
    "  look: {next: {both: {to: [one, two]}}}\n  one: {next: agreed}\n  two: {next: refused}\n"
    "outcomes: {agreed: {kind: done}, refused: {kind: failed}}\n"
)
HEAD = "salesflow: 1\nprocess: p\nUSEsources: {web: {start: a}}\nsteps:\n"
ENDS = "outcomes: {won: {kind: won}, lost: {kind: lost}}\n"


def told(steps: str, *, use: bool = False) -> dict[str, tuple[str, ...]]:
    text = HEAD.replace("USE", "use: [inner.yaml]\n" if use else "") + steps + ENDS
    process = process_of(text, **({"inner": INNER} if use else {}))
    net = Net(process)
    faults = behaviour(process).faults
    return {f.node: still_running(net, f) for f in faults if f.kind == UNFINISHED}


SPLIT = "  a: {next: {both: {to: [b, c]}}}\n"
MEETING = "  d: {next: k}\n  k: {next: m}\n  m: {wait_for: [c, k], next: lost}\n"


@pytest.mark.parametrize(
    ("steps", "running"),
    [
        (SPLIT + "  b: {next: won}\n  c: {next: lost}\n", {"won": ("c",)}),
        # who has arrived waits for somebody who will not come
        (
            "  a: {next: {all_of: {to: [b, c, d]}}}\n  b: {next: won}\n  c: {next: m}\n" + MEETING,
            {"won": ("c", "d")},
        ),
        # a block is told by what runs in it
        (
            SPLIT + "  b: {next: won}\n"
            "  c: {parallel: {one: {steps: {s: {next: done}}}, two: {steps: {t: {next: done}}}}, next: lost}\n",
            {"won": ("c", "c.one.s", "c.two.t")},
        ),
        # a branch that is done while another thread of it runs
        (
            "  a: {parallel: {one: {start: s, steps: {s: {next: {both: {to: [t, u]}}}, t: {next: done}, "
            "u: {next: v}, v: {next: done}}}}, next: won}\n",
            {"a.one": ("a.one.u",)},
        ),
    ],
)
def test_what_runs_where_it_ends(steps: str, running: dict[str, tuple[str, ...]]) -> None:
    found = told(steps)
    assert found.keys() == running.keys()
    for node, names in running.items():
        assert set(found[node]) <= set(names)
        assert found[node]


def test_what_runs_in_a_run_that_ends() -> None:
    found = told("  a: {run: inner, next: {agreed: won, refused: lost}}\n", use=True)
    assert found == {"a.agreed": ("a.two",), "a.refused": ("a.one",)}
    beside = told(
        SPLIT + "  b: {run: inner, next: {agreed: m, refused: m}}\n  c: {next: m}\n"
        "  m: {wait_for: [b, c], next: won}\n",
        use=True,
    )
    assert beside["b.agreed"] == ("b.two",)  # what runs beside the run is no matter


def test_a_witness_too_long_or_of_something_else_tells_nothing() -> None:
    process = process_of(
        HEAD.replace("USE", "") + SPLIT + "  b: {next: won}\n  c: {next: lost}\n" + ENDS
    )
    net = Net(process)
    (fault,) = (f for f in behaviour(process).faults if f.kind == UNFINISHED)
    assert still_running(net, fault) == ("c",)
    assert still_running(net, fault, budget=1) == ()
    assert still_running(net, fault._replace(witness=("web", "a.both"))) == ()
    assert still_running(net, fault._replace(witness=())) == ()
    assert still_running(net, Fault(UNFINISHED, "lost", fault.witness)) == ()


def test_a_witness_is_played_move_by_move() -> None:
    process = process_of(
        HEAD.replace("USE", "") + "  a: {next: {x: b, z: lost}}\n  b: {next: won}\n" + ENDS
    )
    net = Net(process)
    played = [*replayed(net, ("web", "a.x", "b.done", "won"))]
    assert [(step.before is None, step.move.taken, step.done) for step in played] == [
        (True, (), 1),
        (False, ("a.x",), 2),
        (False, ("b.done",), 3),
    ]
    assert len([*replayed(net, ("web", "a.x", "b.done", "won"), budget=2)]) == 2
    assert [*replayed(net, ("fair", "a.x"))] == []
