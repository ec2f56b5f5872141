"""Cold starts, in turn with a bare Python: ``python benchmarks/bench_start.py [RUNS]``.

Run it with the Python of an environment where salesflow is installed (not editable: pip compiles
what it installs). Goals: ``salesflow check`` of a 100-step file within 8 times a bare Python,
``salesflow --version`` within 3 times.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from written import process


def seconds(command: list[str]) -> float:
    """Wall time of one run."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main(runs: int) -> None:
    """Print the medians and the medians of the ratios, pair by pair."""
    salesflow = str(Path(sys.executable).with_name("salesflow"))
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "big.salesflow.yaml")
        Path(file).write_text(process(100), encoding="utf-8")
        commands = {
            "salesflow --version": [salesflow, "--version"],
            "salesflow check, 100 steps": [salesflow, "check", file],
            "import click, yaml": [sys.executable, "-c", "import click, yaml"],
        }
        bare = [sys.executable, "-c", "pass"]
        for name, command in commands.items():
            pairs = [(seconds(command), seconds(bare)) for _ in range(runs + 1)][1:]
            ratio = median(ours / theirs for ours, theirs in pairs)
            ours, theirs = (median(column) * 1000 for column in zip(*pairs, strict=True))
            print(f"{name:28} {ours:6.0f} ms   bare Python {theirs:4.0f} ms   {ratio:5.2f} times")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
