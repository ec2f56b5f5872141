"""All rules on processes of the shapes that are hard to prove right, beside networkx in one run.

Run with ``pytest -n 0 benchmarks/bench_check.py``. After loading: 1,000 tasks in nested blocks
(1,828 nodes) at most 100 ms and at most ten times the yardstick; 1,000 parallel branches at most
50 ms and in proportion to their number; 64 parallel branches with a choice each at most 20 ms;
10,000 steps in sequence at most 1 s. Peers on the same models: ``compare_check.py``.
"""

from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from shaped import branches, nested, sequence, threads

from salesflow import api
from salesflow.checking.run import run_checks
from salesflow.process.model import Process

ENTERPRISE = Path(__file__).parent.parent / "examples" / "enterprise"
SHAPES = {"block": branches, "threads": threads}


def checked(benchmark: Any, process: Process, *, rounds: int = 5) -> None:
    """All rules; none may find an error."""

    def check() -> Any:
        return run_checks(process, preset="all")

    found = benchmark.pedantic(check, rounds=rounds, warmup_rounds=1)
    assert not [finding for finding in found if finding.severity == "error"]
    benchmark.extra_info["nodes"] = process.graph.number_of_nodes()


@pytest.mark.parametrize("tool", ["salesflow", "networkx"])
def test_nested_blocks(benchmark: Any, tool: str) -> None:
    """1,000 tasks; the yardstick is strong components plus one call for descendants."""
    benchmark.group = "1,000 tasks in nested blocks"
    process = api.load(nested(1_000))
    if tool == "salesflow":
        checked(benchmark, process)
        return
    graph = process.graph

    def yardstick() -> int:
        components = list(nx.strongly_connected_components(graph))
        return len(components) + len(nx.descendants(graph, "inbound"))

    assert benchmark.pedantic(yardstick, rounds=5, warmup_rounds=1) > 0


@pytest.mark.parametrize("count", [250, 500, 1_000, 2_000])
@pytest.mark.parametrize("shape", SHAPES)
def test_parallel_branches(benchmark: Any, shape: str, count: int) -> None:
    """Growth with the number of branches, as one block and as targets that meet again."""
    benchmark.group = f"parallel branches: {shape}"
    checked(benchmark, api.load(SHAPES[shape](count)), rounds=3)


@pytest.mark.parametrize("count", [16, 32, 64])
@pytest.mark.parametrize("shape", SHAPES)
def test_parallel_choices(benchmark: Any, shape: str, count: int) -> None:
    """Every branch decides: 5 states each, 5^n for all of them together."""
    benchmark.group = f"parallel branches with a choice each: {shape}"
    checked(benchmark, api.load(SHAPES[shape](count, choice=True)))


@pytest.mark.parametrize("count", [1_000, 10_000])
def test_a_sequence(benchmark: Any, count: int) -> None:
    """Steps in a row, each of which may also end lost."""
    benchmark.group = "steps in sequence"
    checked(benchmark, api.load(sequence(count)), rounds=3)


def test_the_enterprise_example(benchmark: Any) -> None:
    """What a whole department would write."""
    benchmark.group = "the enterprise example"
    process = api.load(ENTERPRISE / "enterprise.salesflow.yaml")
    benchmark.pedantic(lambda: run_checks(process, preset="all"), rounds=5, warmup_rounds=1)
