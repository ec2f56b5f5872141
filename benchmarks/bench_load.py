"""All of ``load`` (read, judge, compile) and all of ``check``, beside PyYAML's C loader alone.

Run with ``pytest -n 0 benchmarks/bench_load.py``. Goals: loading at most six times the yardstick at
10,000 steps and at most 40 MB per 1,000 steps (``peak_mb``, by tracemalloc); all rules at most
100 ms on 1,000 steps.
"""

import tracemalloc
from typing import Any

import pytest
import yaml
from written import process

from salesflow import api


@pytest.mark.parametrize("steps", [1_000, 10_000])
@pytest.mark.parametrize("loader", ["salesflow", "pyyaml"])
def test_loading(benchmark: Any, steps: int, loader: str) -> None:
    """The same text: a whole process by us, plain data by the yardstick."""
    benchmark.group = f"loading {steps:,} steps"
    text = process(steps)

    def salesflow() -> Any:
        return api.loads(text).steps

    def pyyaml() -> Any:
        return yaml.load(text, Loader=yaml.CLoader)["steps"]

    call = salesflow if loader == "salesflow" else pyyaml
    tracemalloc.start()
    found = call()
    benchmark.extra_info["peak_mb"] = round(tracemalloc.get_traced_memory()[1] / 1e6, 1)
    tracemalloc.stop()
    assert len(found) == steps
    del found
    benchmark.pedantic(call, rounds=3)


@pytest.mark.parametrize("steps", [100, 1_000, 10_000])
def test_checking(benchmark: Any, steps: int) -> None:
    """All rules on a process that is loaded already."""
    benchmark.group = "checking"
    loaded = api.loads(process(steps))
    assert api.check(loaded) == ()
    benchmark.pedantic(lambda: api.check(loaded), rounds=5)
