"""The compiled engine plays what the readable one plays: every count, every event in order."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any, TypeAlias, TypeVar

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.errors import UsageError
from salesflow.simulation import engine_numba
from salesflow.simulation.compile import program_of
from salesflow.simulation.engine_numba import jit
from salesflow.simulation.engine_numba.kernel import play_on
from salesflow.simulation.engine_numba.playing import play_with
from salesflow.simulation.engine_python.loop import play as play_readable
from salesflow.simulation.gauges import Probe, WaitProbe
from salesflow.simulation.program import (
    Bridge,
    Node,
    Program,
    Span,
    Touchpoint,
)
from salesflow.simulation.tally import Tally
from tests.simulation.simulable import DAY, Data, program_of_files, simulated, simulated_soundly
from tests.simulation.small import program as small_program

Words: TypeAlias = Any
T = TypeVar("T")

HOUR = 3_600_000
ENTERPRISE = "examples/enterprise/enterprise.salesflow.yaml"
SMB = "examples/smb/smb.salesflow.yaml"
MOST_PULSES = 5  # some 20,000 instants: wild processes may split a deal again and again


class Long(Exception):
    """A replication is too long to be played by the readable engine too."""


def readable(program: Program, seed: int, replication: int) -> Tally:
    pulses: Iterator[int] = iter(range(MOST_PULSES))

    def pulse(_: int) -> None:
        if next(pulses, None) is None:
            raise Long

    return play_readable(program, seed, replication, pulse=pulse, traced=True)


def plain(words: Words, floats: Words, budget: int) -> int:
    """The loop as it stands in Python."""
    return play_on(memoryview(words), memoryview(floats), budget)


def watched(program: Program) -> Program:
    """A program with all that can be counted of it: touchpoints everywhere, promises, probes."""
    tables = cycle([-1, *range(len(program.tables))])
    spans = cycle([Span(2 * HOUR), Span(HOUR, next(tables)), None, Span(9 * HOUR, next(tables))])
    fields = range(len(program.fields))
    touchpoints = tuple(
        Touchpoint(f"t{giver}", 0, tuple(fields)[giver:], next(spans))
        for giver in range(len(program.departments))
    )
    bridges = tuple(Bridge(giver, giver) for giver in range(len(touchpoints)))

    def seen(node: Node) -> Node:
        return node._replace(
            sla=node.sla or next(spans), bridges=bridges, requires=node.requires or tuple(fields)
        )

    marks = range(-1, program.marks)
    return program.replace(
        nodes=tuple(seen(node) for node in program.nodes),
        touchpoints=touchpoints,
        probes=tuple(Probe(0, start, end) for start in marks for end in marks),
        wait_probes=(
            *(WaitProbe(node=number) for number in range(len(program.nodes))),
            *(WaitProbe(role=number) for number in range(len(program.roles))),
        ),
    )


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(files=st.one_of(simulated(), simulated_soundly()), seed=st.integers(0, (1 << 32) - 1))
def test_both_engines_count_the_same_of_any_process(files: dict[str, Data], seed: int) -> None:
    program = watched(program_of_files(files))
    try:
        expected = readable(program, seed, 1)
    except Long:
        assume(False)
    assert engine_numba.play(program, seed, 1, traced=True) == expected


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(files=st.one_of(simulated(), simulated_soundly()))
def test_compiled_it_does_what_it_says_in_python(files: dict[str, Data]) -> None:
    program = watched(program_of_files(files, days=4, warmup=1))
    expected = engine_numba.play(program, 1, 1, traced=True)
    assume(expected.events < 3_000)
    assert play_with(plain, program, 1, 1, traced=True) == expected


@pytest.mark.parametrize("files", [[ENTERPRISE], [SMB], [ENTERPRISE, SMB]])
@pytest.mark.parametrize("replication", [0, 7])
def test_both_engines_count_the_same_of_examples(files: list[str], replication: int) -> None:
    processes = [sf.load(file) for file in files]
    program = program_of(processes, duration=150 * DAY, warmup=40 * DAY)
    expected = play_readable(program, 3, replication, traced=True)
    assert expected.events > 500
    assert engine_numba.play(program, 3, replication, traced=True) == expected


def test_a_trace_is_made_only_where_it_is_asked_for() -> None:
    program = small_program()
    traced = engine_numba.play(program, 1, 0, traced=True)
    assert traced.trace != 0
    assert engine_numba.play(program, 1, 0) == traced._replace(trace=0)


def test_memory_follows_what_is_open() -> None:
    """A day with a hundred thousand deals at once: memory grows in between, nothing is lost."""
    program = small_program()
    source = program.sources[0]._replace(gap=-1, every=20 * DAY, batch=3_000)
    program = program.replace(sources=(source,))
    assert engine_numba.play(program, 1, 0, traced=True) == play_readable(
        program, 1, 0, traced=True
    )


def test_the_pulse_tells_how_far_it_is_and_can_stop() -> None:
    program = small_program(weeks=400)
    seen: list[int] = []
    engine_numba.play(program, 1, 0, pulse=seen.append)
    assert seen == sorted(seen)
    assert 0 < seen[0] < seen[-1] <= program.end

    class Stop(Exception):
        pass

    def stop(_: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        engine_numba.play(program, 1, 0, pulse=stop)


def test_more_departments_than_a_word_has_bits() -> None:
    program = small_program().replace(departments=tuple(f"d{n}" for n in range(64)))
    with pytest.raises(UsageError, match=r"63 departments.*64.*engine python"):
        engine_numba.play(program, 1, 0)


def test_numba_is_imported_by_the_first_replication() -> None:
    code = "import sys, salesflow.simulation.engine_numba.kernel; assert 'numba' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_a_place_for_a_cache_it_is_compiled_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[bool] = []

    def njit(_: object, *, nogil: bool, cache: bool = False) -> Callable[[T], T]:
        asked.append(cache)
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: function

    monkeypatch.setattr(jit, "njit", njit)
    assert callable(jit.kernel("sources"))
    assert asked == [True, False]
