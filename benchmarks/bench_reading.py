"""Reading with every place, beside PyYAML's C loader on the same text, which keeps none.

Run with ``pytest benchmarks/bench_reading.py``. Goals: as fast as the yardstick at 1,000 steps,
twice as fast at 10,000; at most 10 MB of memory per 1,000 steps (``peak_mb``, by tracemalloc).
"""

import tracemalloc
from typing import Any

import pytest
import yaml

from salesflow.source.read import read

STEP = """\
  step_{0}:
    name: Technical validation {0}
    by: sales_engineer
    with: [account_executive]
    requires: [metrics, champion]
    captures: [success_criteria]
    effort: {{min: 6h, usual: 16h, max: 60h}}
    wait: {{median: 10d, p90: 30d}}
    timeout: {{after: 45d, result: stalled}}
    next:
      criteria_met: {{to: step_{1}, share: 60%}}
      stalled:      {{to: lost, share: rest, set: {{loss_reason: no_decision}}}}
"""


def process(steps: int) -> str:
    """A process file of so many steps, twelve lines each."""
    head = "salesflow: 1\nprocess: big\nsources: {inbound: {start: step_0}}\nsteps:\n"
    return head + "".join(STEP.format(i, (i + 1) % steps) for i in range(steps))


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
