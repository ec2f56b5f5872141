"""What a diagram can do and what the imported process can do: the same runs.

The diagram is played by ``token_game``, which knows BPMN and nothing of salesflow; the process by
the game of the language. A run is the order in which tasks are over, and how it ends.
"""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.process.net import FINISH, Net
from tests.importing.drawn import diagram
from tests.importing.imported import read
from tests.importing.token_game import parse, runs

LONGEST = 6


def runs_of(
    process: sf.Process, longest: int, most: int = 20_000
) -> set[tuple[tuple[str, ...], str]] | None:
    """The runs of a process, told like those of a diagram; steps that no task is are passed over."""
    net = Net(process)
    names = {step.node: step.id for step in process.nodes.values()}
    waiting: list[tuple[tuple[str, ...], Any]] = [((), state) for _, state in net.initial()]
    ends = {place: end for end, place in net.layout.ends.items()}
    seen, found = set(), set()
    while waiting:
        done, state = waiting.pop()
        if (done, state) in seen:
            continue
        seen.add((done, state))
        if len(seen) > most:
            return None
        if net.is_final(state):
            found.add((done, ends[state.marking[0]]))
            continue
        moved = net.moves(state)
        if not moved:
            found.add((done, "stuck"))
        silent = [move for move in moved if not is_task(names[move.node], move.kind)]
        for move in silent or moved:  # what takes no time happens before anything else does
            if move.cut:
                return None
            task = is_task(names[move.node], move.kind)
            if task and len(done) == longest:
                continue
            waiting.append(((*done, names[move.node]) if task else done, move.state))
    return found


def is_task(name: str, kind: str) -> bool:
    return kind == FINISH and re.fullmatch("t[0-9]+", name) is not None


def same_runs(raw: bytes) -> None:
    expected = runs(parse(raw), LONGEST)
    imported = read(raw)
    actual = runs_of(sf.load(imported.documents[0].data), LONGEST)
    assume(expected is not None and actual is not None)
    assert actual == expected


S, WON, LOST = (
    '<startEvent id="s"/>',
    '<endEvent id="won" name="won"/>',
    '<endEvent id="lost" name="lost"><terminateEventDefinition/></endEvent>',
)
GATES = [
    *(f'<exclusiveGateway id="x{n}"/>' for n in range(3)),
    *(f'<parallelGateway id="p{n}"/>' for n in range(4)),
]
TASKS = [f'<task id="t{n}" name="t{n}"/>' for n in range(6)]


@pytest.mark.parametrize(
    "flows",
    [
        ["s>t0", "t0>x0", "x0>t1", "x0>lost", "t1>won"],
        ["s>t0", "t0>x0", "x0>t1", "x0>won", "t1>t0"],
        ["s>p0", "p0>t0", "p0>t1", "t0>p1", "t1>p1", "p1>t2", "t2>won"],
        ["s>p0", "p0>t0", "p0>t1", "t0>x0", "x0>lost", "x0>p1", "t1>p1", "p1>won"],
        [
            "s>p0",
            "p0>t0",
            "p0>t1",
            "t0>p1",
            "p1>t2",
            "p1>p2",
            "t1>p2",
            "p2>t3",
            "t2>p3",
            "t3>p3",
            "p3>won",
        ],
        ["s>p0", "p0>t0", "p0>t1", "t0>x0", "x0>t0", "x0>p1", "t1>p1", "p1>won"],
        ["s>t0", "t0>t1", "t0>t2", "t1>won", "t2>won"],
        ["s>t0", "t0>t1", "t0>t2", "t1>p1", "t2>p1", "p1>won"],
        ["s>p0", "p0>p1", "p0>t0", "p1>t1", "p1>t2", "t1>p2", "t2>p2", "p2>p3", "t0>p3", "p3>won"],
        ["s>x0", "x0>t0", "x0>t1", "t0>x1", "t1>x1", "x1>t2", "t2>won"],
        ["s>p0", "p0>t0", "p0>t1", "t0>x0", "x0>p1", "x0>t2", "t2>p1", "t1>p1", "p1>won"],
    ],
)
def test_known_shapes(flows: list[str]) -> None:
    used = {end for flow in flows for end in flow.split(">")}
    elements = [e for e in (S, WON, LOST, *GATES, *TASKS) if e.split('"')[1] in used]
    raw = diagram(*elements, flows=flows)
    expected = runs(parse(raw), LONGEST)
    assert expected
    actual = runs_of(sf.load(read(raw).documents[0].data), LONGEST)
    assert actual == expected


class Grown:
    """Diagrams grown from whole parts: sequence, choice, loop, split; now and then a way out."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.elements = [S, WON]
        self.flows: list[str] = []
        self.count = 0

    def node(self, kind: str) -> str:
        self.count += 1
        key = f"{kind[0]}{self.count}"
        tag = {"task": "task", "x": "exclusiveGateway", "p": "parallelGateway"}[kind]
        self.elements.append(f'<{tag} id="{key}" name="{key if kind == "task" else ""}"/>')
        return key

    def part(self, depth: int) -> tuple[str, str]:
        """A part: its first and its last node."""
        kind = self.draw(st.integers(0, 4 if depth else 0))
        if kind == 0:
            task = self.node("task")
            return task, task
        if kind == 1:
            (a, b), (c, d) = self.part(depth - 1), self.part(depth - 1)
            self.flows.append(f"{b}>{c}")
            return a, d
        if kind in (2, 3):
            gate = "x" if kind == 2 else "p"
            first, last = self.node(gate), self.node(gate)
            for _ in range(2):
                a, b = self.part(depth - 1)
                self.flows += [f"{first}>{a}", f"{b}>{last}"]
            if kind == 2 and self.draw(st.booleans()):
                if LOST not in self.elements:
                    self.elements.append(LOST)
                self.flows.append(f"{first}>lost")
            return first, last
        a, b = self.part(depth - 1)
        first, last = self.node("x"), self.node("x")
        self.flows += [f"{first}>{a}", f"{b}>{last}", f"{last}>{first}"]
        return first, last


@st.composite
def grown(draw: st.DrawFn) -> bytes:
    grower = Grown(draw)
    first, last = grower.part(3)
    grower.flows += [f"s>{first}", f"{last}>won"]
    return diagram(*grower.elements, flows=grower.flows)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(raw=grown())
def test_grown_diagrams(raw: bytes) -> None:
    same_runs(raw)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    ways=st.lists(
        st.tuples(
            st.sampled_from(["t0", "t1", "t2", "x0", "x1", "p0", "p1"]),
            st.sampled_from(["t0", "t1", "t2", "x0", "x1", "p0", "p1", "won", "won"]),
        ),
        min_size=3,
        max_size=9,
        unique=True,
    )
)
def test_any_diagrams(ways: list[tuple[str, str]]) -> None:
    """Whatever is drawn: where neither game stops at a fault, both have the same runs."""
    ways = [("s", "t0"), *ways]
    for _ in range(8):  # what leads nowhere or comes from nowhere would have to be guessed
        ends = {start for start, _ in ways} | {"won"}
        begun = {end for _, end in ways} | {"s"}
        ways = [(a, b) for a, b in ways if b in ends and a in begun]
    assume(("s", "t0") in ways and any(b == "won" for _, b in ways))
    ends_of: dict[str, int] = {}
    for start, _ in ways:
        ends_of[start] = ends_of.get(start, 0) + 1
    splits = any(n > 1 and not start.startswith("x") for start, n in ends_of.items())
    assume(not splits)  # the end of a thread is not that of the deal here: told, and not the same
    used = {end for way in ways for end in way}
    elements = [e for e in (S, WON, *GATES, *TASKS) if e.split('"')[1] in used]
    same_runs(diagram(*elements, flows=[f"{a}>{b}" for a, b in ways]))
