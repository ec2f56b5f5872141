"""Of many places where one fault shows the first is told: threads not joined, waits, dead ways."""

import pytest

from salesflow import api
from salesflow.analysis import standstills
from salesflow.analysis.behave import behaviour
from salesflow.analysis.flow import Flow
from salesflow.analysis.trouble import Trouble
from salesflow.analysis.unjoined import arrivals, splits
from salesflow.analysis.verdict import TRAPPED
from salesflow.process.model import Process

HEAD = """salesflow: 1
process: deal
data: {vip: {type: yes_no}, size: {type: number}}
sources: {inbound: {start: a, gives: {vip: 50%}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
steps:
"""


def trouble(steps: str) -> Trouble:
    process: Process = api.loads(HEAD + steps)
    flow = Flow(process)
    return Trouble(process, flow, behaviour(process, flow=flow))


def unjoined(steps: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(u.fault.kind, u.fault.node, u.running) for u in trouble(steps).unjoined]


SPLIT = "  a: {next: {both: {to: [b, c]}, stop: lost}}\n"


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        # what comes behind the missing meeting point is open twice as well: only the first is told
        (
            SPLIT + "  b: {next: d}\n  c: {next: d}\n  d: {next: e}\n  e: {next: won}\n",
            [("twice", "d", ())],
        ),
        # a second split behind it that is not joined either
        (
            SPLIT + "  b: {next: m}\n  c: {next: m}\n  m: {wait_for: [b, c], next: {two: {to: [x, z]}}}\n"
            "  x: {next: k}\n  z: {next: k}\n  k: {next: won}\n",
            [("twice", "k", ())],
        ),
        # the deal is won while the other thread runs; where it is lost all threads end with it
        (SPLIT + "  b: {next: won}\n  c: {next: lost}\n", [("unfinished", "won", ("c",))]),
        (
            SPLIT + "  b: {next: {ok: m, out: lost}}\n  c: {next: m}\n  m: {wait_for: [b, c], next: won}\n",
            [],
        ),
        # one arrives again before the other has come
        (
            SPLIT + "  b: {next: {ok: {to: [m, r]}}}\n  r: {next: b}\n  c: {next: m}\n"
            "  m: {wait_for: [b, c], next: won}\n",
            [("pile", "m", ())],
        ),
    ],
)  # fmt: skip
def test_threads_that_are_not_joined(
    steps: str, told: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    assert unjoined(steps) == told


def test_what_leads_to_a_step_on_a_way_and_where_it_was_split() -> None:
    process = api.loads(
        HEAD
        + SPLIT
        + "  b: {next: {ok: d, more: {to: [d, c]}}}\n  c: {next: d}\n  d: {next: {go: won, again: a}}\n"
    )
    way = ("inbound", "a.both", "b.more", "c.done", "d.again", "a.both", "b.ok", "d")
    assert arrivals(process, way, "d") == ("b.more", "c.done", "b.ok")
    assert arrivals(process, way, "a") == ("inbound", "d.again")
    assert arrivals(process, way, "lost") == ()
    assert splits(process, way) == ("a.both", "b.more")
    assert splits(process, ("inbound", "a.stop")) == ()


def waiting(steps: str) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    return [
        (s.fault.node, s.skipped, s.circle, tuple(f.node for f in s.others))
        for s in trouble(steps).standstills
    ]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        # a choice instead of a split: either way skips the other
        (
            "  a: {next: {one: b, other: c}}\n  b: {next: m}\n  c: {next: m}\n"
            "  m: {wait_for: [b, c], next: {w: won, l: lost}}\n",
            [("m", "a.one", (), ())],
        ),
        # a thread that leaves the way and comes no more
        (
            SPLIT + "  b: {next: {ok: m, skip: x}}\n  c: {next: m}\n  x: {next: k}\n"
            "  m: {wait_for: [b, c], next: k}\n  k: {wait_for: [x, m], next: won}\n",
            [("k", "b.skip", (), ("m",))],
        ),
        # two meeting points that wait for each other
        (
            SPLIT + "  b: {next: m}\n  c: {next: k}\n  m: {wait_for: [b, k], next: {go: k, w: won}}\n"
            "  k: {wait_for: [c, m], next: {go: m, w: won}}\n",
            [("k", "", ("k", "m"), ())],
        ),
        # a step that nobody comes to is told itself
        (
            SPLIT + "  b: {next: m}\n  c: {next: m}\n  x: {next: m}\n"
            "  m: {wait_for: [b, c, x], next: won}\n",
            [],
        ),
    ],
)  # fmt: skip
def test_steps_that_wait_for_ever(steps: str, told: list[object]) -> None:
    assert waiting(steps) == told


CIRCLE = (
    SPLIT + "  b: {next: m}\n  c: {next: k}\n  m: {wait_for: [b, k], next: {go: k, w: won}}\n"
    "  k: {wait_for: [c, m], next: {go: m, w: won}}\n"
)


@pytest.mark.parametrize(
    ("most", "told"),
    # the third pair is that `m` waits for `k`, as `k` does for `m`: without it nobody knows
    [(3, [("k", "", ("k", "m"), ())]), (2, [("m", "", (), ())])],
)
def test_so_many_pairs_are_looked_at(
    most: int, told: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standstills, "MOST_PAIRS", most)
    assert waiting(CIRCLE) == told


@pytest.mark.parametrize(
    ("steps", "node"),
    [
        (SPLIT + "  b: {next: m}\n  c: {next: d}\n  d: {next: c}\n"
         "  m: {wait_for: [b, k], next: won}\n  k: {next: m}\n", "c"),
        (SPLIT + "  b: {next: {x: {to: won, when: size > 3}}}\n  c: {next: d}\n  d: {next: c}\n", "c"),
        ("  a: {parallel: {one: {steps: {b: {next: {x: b}}}}, two: {steps: {c: {next: done}}}}, next: won}\n",
         "a.one.b"),
        ("  a: {parallel: {two: {steps: {c: {next: done}}}, one: {steps: {b: {next: {x: b}}}}}, next: won}\n",
         "a.one.b"),
        ("  a: {parallel: {two: {steps: {c: {next: {s: {to: done, when: vip}}}}}, one: {steps: {b: {next: {x: b}}}}}, next: won}\n",
         "a.one.b"),
        ("  a: {parallel: {one: {steps: {b: {parallel: {p: {steps: {q: {next: {x: q}}}}, r: {steps: {t: {next: done}}}}, next: done}}}}, next: won}\n",
         "a.one.b.p.q"),
    ],
)  # fmt: skip
def test_the_step_that_goes_round_is_told_not_one_beside_it(steps: str, node: str) -> None:
    """Also where the whole game is too large to be walked, as it is without any budget for it."""
    faults = behaviour(api.loads(HEAD + steps), shortest=0).faults
    (trapped,) = (fault for fault in faults if fault.kind == TRAPPED)
    assert trapped.node == trapped.witness[-1] == node


def dead(steps: str) -> tuple[list[tuple[tuple[str, ...], ...]], list[str]]:
    never = trouble(steps).never
    return [(d.steps, d.behind, d.by) for d in never.steps()], [r.node for r in never.alone()]


@pytest.mark.parametrize(
    ("steps", "parts", "alone"),
    [
        ("  a: {next: {x: {to: won, when: vip}, z: {to: lost, otherwise: true}}}\n", [], []),
        # decided twice alike: the second result, and all behind it, never happens
        (
            "  a: {next: {x: {to: b, when: vip}, z: {to: lost, otherwise: true}}}\n"
            "  b: {next: {x: {to: won, when: vip}, z: {to: c, otherwise: true}}}\n"
            "  c: {next: {go: d, stop: lost}}\n  d: {next: won}\n",
            [(("c",), ("d",), ("b.z",))],
            [],
        ),
        (
            "  a: {next: {x: {to: b, when: vip}, z: {to: lost, otherwise: true}}}\n"
            "  b: {next: {x: {to: won, when: vip}, z: {to: lost, otherwise: true}}}\n",
            [],
            ["b.z"],
        ),
        # a dead circle is one part
        (
            "  a: {next: {x: {to: b, when: vip}, z: {to: lost, otherwise: true}}}\n"
            "  b: {next: {x: {to: won, when: vip}, z: {to: c, otherwise: true}}}\n"
            "  c: {next: {go: d, stop: lost}}\n  d: {next: {back: c, on_to: won}}\n",
            [(("c", "d"), (), ("b.z",))],
            [],
        ),
        # two dead parts that lead to the same: it is named once
        (
            "  a: {next: {x: {to: b, when: vip}, z: {to: lost, otherwise: true}}}\n"
            "  b: {next: {x: {to: won, when: vip}, y2: {to: c, when: not vip}, z: {to: d, otherwise: true}}}\n"
            "  c: {next: e}\n  d: {next: e}\n  e: {next: {w: won, l: lost}}\n",
            [(("c",), ("e",), ("b.y2",)), (("d",), (), ("b.z",))],
            [],
        ),
        # a branch that never runs
        (
            "  a: {next: {x: {to: b, when: vip}, z: {to: lost, otherwise: true}}}\n"
            "  b: {parallel: {p: {steps: {s: {next: done}}}, q: {when: not vip, steps: {t: {next: u}, u: {next: done}}, start: t}}, next: won}\n",
            [(("b.q.t",), ("b.q.u",), ("b.q",))],
            [],
        ),
        # what deals do not come to since they are stuck before is told there
        (
            "  a: {next: {x: {to: b, when: size > 3}}}\n  b: {next: {w: won, l: lost}}\n",
            [],
            [],
        ),
        # what is behind a loop that nobody leaves is told there
        (
            "  a: {next: {x: {to: b, when: vip}, z: {to: lost, otherwise: true}}}\n"
            "  b: {next: {again: {to: b, when: vip}, out: {to: c, when: not vip}}}\n  c: {next: won}\n",
            [],
            [],
        ),
    ],
)  # fmt: skip
def test_what_is_drawn_and_never_happens(steps: str, parts: list[object], alone: list[str]) -> None:
    assert dead(steps) == (parts, alone)
