"""How fast replications are played: ``python benchmarks/bench_simulation.py``.

Prints activity instances (visits of work that ended) per second of processor time: SimPy in the
same run, the python engine, the numba engine from 10,000 deals to 5 million, and how memory grows
meanwhile; the enterprise example, 30 replications of a year; and how long the first result takes in
a new process, with nothing on disk and with what numba keeps there. The funnel is in ``funnel.py``.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory

from funnel import WEEK, SimpyFunnel, program

import salesflow as sf
from salesflow.simulation import engine_numba
from salesflow.simulation.compile import program_of
from salesflow.simulation.engine_python.loop import play as play_readable
from salesflow.simulation.program import Program
from salesflow.simulation.tally import Tally

SIZES = (10_000, 100_000, 1_000_000, 5_000_000)
ENTERPRISE = Path(__file__).parents[1] / "examples" / "enterprise" / "enterprise.salesflow.yaml"
_FIRST = """
import sys
sys.path.insert(0, {folder!r})
from funnel import program
from salesflow.simulation.engines import play
play({engine!r}, program(3_500), 1, 0)
"""


def resident() -> float:
    """Megabytes of memory that this process has."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def best(rounds: int, run: Callable[[], int]) -> float:
    """The most instances in a second of several runs."""
    rates = []
    for _ in range(rounds):
        start = time.process_time()
        instances = run()
        rates.append(instances / (time.process_time() - start))
    return max(rates)


def ours(play: Callable[[Program, int, int], Tally], deals: int) -> Callable[[], int]:
    """Play the funnel, whose program is made before."""
    made = program(deals)
    return lambda: play(made, 1, 0).instances


def first(engine: str, cache: str) -> tuple[float, float]:
    """Seconds on the clock and of processor time until a new process has its first result."""
    code = _FIRST.format(folder=os.path.dirname(__file__), engine=engine)
    before, start = getrusage(RUSAGE_CHILDREN), time.perf_counter()
    environment = {**os.environ, "NUMBA_CACHE_DIR": cache}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    after = getrusage(RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, used


def main() -> None:
    yardstick = best(3, lambda: SimpyFunnel(20_000, 1).run())
    print(f"SimPy {'20,000 deals':>24} {yardstick:12,.0f} instances/s")
    rate = best(2, ours(play_readable, 10_000))
    print(f"python {'10,000 deals':>23} {rate:12,.0f} instances/s {rate / yardstick:6.1f} × SimPy")
    ours(engine_numba.play, 1_000)()  # compiled, or read from disk
    for deals in SIZES:
        run = ours(engine_numba.play, deals)
        before = resident()
        rate = best(3 if deals <= 1_000_000 else 1, run)
        print(
            f"numba {deals:18,} deals {rate:12,.0f} instances/s {rate / yardstick:6.1f} × SimPy, "
            f"{resident() - before:+.0f} MB of {resident():.0f}"
        )
    enterprise = program_of([sf.load(ENTERPRISE)], duration=52 * WEEK, warmup=8 * WEEK)
    start = time.process_time()
    for replication in range(30):
        engine_numba.play(enterprise, 1, replication)
    print(f"enterprise, 30 replications of a year: {time.process_time() - start:.2f} s")
    with TemporaryDirectory() as cache:
        for engine, what in (("numba", "cold"), ("numba", "kept"), ("python", "")):
            clock, used = first(engine, cache)
            print(f"first result, {engine:>6} {what:4}: {clock:.2f} s, {used:.2f} s of processor")


if __name__ == "__main__":
    main()
