"""Every way that is shown to a fault is a run of the token game that ends in it."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.analysis.behave import behaviour
from salesflow.analysis.runs import inner_first
from salesflow.analysis.verdict import STUCK, UNHANDLED, WAITS, Fault
from salesflow.process.model import Process
from salesflow.process.net import Net
from salesflow.testing import families, processes
from tests.analysis.replay import replayed
from tests.mutation.fewer import all_are_tried
from tests.process.written import process_of, smb_like
from tests.test_laws import FILES

Files = dict[str, dict[str, Any]]
MAIN = "main.salesflow"
anything = st.one_of(
    processes(steps=6, depth=1).map(lambda data: {f"{MAIN}.yaml": data}),
    processes(steps=4, depth=2, arithmetic=True).map(lambda data: {f"{MAIN}.yaml": data}),
    families(steps=4),
)


def played(process: Process, *, budget: int = 20_000, shortest: int = 20_000) -> int:
    """How many witnesses a verdict shows; each replays."""
    net = Net(process)
    found = behaviour(process, budget=budget, shortest=shortest)
    for fault in found.faults:
        assert replayed(net, fault) is not None, fault
    return len(found.faults)


def test_generated_witnesses_replay() -> None:
    counts: list[int] = []

    @settings(max_examples=100, suppress_health_check=list(HealthCheck))
    @given(anything)
    def play(files: Files) -> None:
        texts = {name.removesuffix(".yaml"): json.dumps(data) for name, data in files.items()}
        counts.append(played(process_of(texts.pop(MAIN), **texts), budget=3_000, shortest=1_000))

    play()
    assert sum(counts) >= 300 or not all_are_tried()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.partition(".")[0])
def test_the_witnesses_of_the_examples_replay(file: Path) -> None:
    for part in inner_first(sf.load(file)):
        played(part)


def test_a_replay_refuses_what_is_no_run() -> None:
    net = Net(
        smb_like(
            """{a: {next: {x: b, z: c}}, b: {next: d}, c: {next: d},
              d: {wait_for: [b, c], next: won}}"""
        )
    )
    waits = Fault(WAITS, "d", ("inbound", "a.x", "b.done", "d"), missing=("c",))
    assert replayed(net, waits) == 3
    wrong = (
        waits._replace(witness=("inbound", "a.z", "c.done", "d")),  # then it is b that is missing
        waits._replace(missing=()),
        waits._replace(witness=("inbound", "a.x", "d")),  # b has not ended
        waits._replace(witness=("inbound", "b.done", "d")),
        waits._replace(kind=STUCK),
        Fault(UNHANDLED, "a.y", ("inbound", "a.x", "b.done")),
    )
    assert [replayed(net, fault) for fault in wrong] == [None] * len(wrong)
