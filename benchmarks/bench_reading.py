"""Reading with every place, beside PyYAML's C loader on the same text, which keeps none.

Run with ``pytest -n 0 benchmarks/bench_reading.py``. As fast as the yardstick at 1,000 steps,
twice as fast at 10,000; at most 10 MB of memory per 1,000 steps (``peak_mb``, by tracemalloc).
"""

import tracemalloc
from typing import Any

import pytest
import yaml
from written import process

from salesflow.source.read import read


@pytest.mark.parametrize("steps", [1_000, 10_000])
@pytest.mark.parametrize("reader", ["salesflow", "pyyaml"])
def test_reading(benchmark: Any, steps: int, reader: str) -> None:
    """The same text by both."""
    benchmark.group = f"reading {steps:,} steps"
    text = process(steps)

    def salesflow() -> Any:
        return read(text, "big.salesflow.yaml").data

    def pyyaml() -> Any:
        return yaml.load(text, Loader=yaml.CLoader)

    call = salesflow if reader == "salesflow" else pyyaml
    tracemalloc.start()
    data = call()
    benchmark.extra_info["peak_mb"] = round(tracemalloc.get_traced_memory()[1] / 1e6, 1)
    tracemalloc.stop()
    assert len(data["steps"]) == steps
    del data
    benchmark.pedantic(call, rounds=3, warmup_rounds=1)
