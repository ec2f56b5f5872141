"""``python -m tests.fuzz.soak --minutes N [--seed N]``: all verbs on generated processes, for long.

Each item is a process as ``salesflow.testing`` writes them, with people and times. It is written and
read again, checked twice, every witness played again, drawn in each format, sent to BPMN and back,
compared with the item before, and simulated with both engines under the laws of conservation.
Prints, for each tenth of the time, items, the slowest item and the memory that is held.
"""

import argparse
import gc
import resource
import sys
import time
from collections.abc import Callable

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.analysis.behave import behaviour
from salesflow.changes.apply import apply
from salesflow.drawing.bpmn.export import bpmn
from salesflow.errors import SalesflowError, UsageError
from salesflow.importing.bpmn import import_bpmn
from salesflow.process.net import Net
from salesflow.simulation import engine_numba
from salesflow.simulation.engine_python.loop import play
from tests.analysis.replay import replayed
from tests.fuzz.harmless import harmless, in_time
from tests.simulation.simulable import (
    Data,
    process_of,
    program_of_files,
    simulated,
    simulated_soundly,
)
from tests.simulation.test_conservation import held

BATCH = 10  # items that hypothesis draws in a row
MOST_EVENTS = 3_000
FORMATS = ("svg", "mermaid", "dot", "html", "bpmn")
VIEWS = ("flow", "stages", "departments")


class Soak:
    """What was done so far, and the version to compare the next one with."""

    def __init__(self) -> None:
        self.items = self.findings = self.played = self.replayed = 0
        self.slowest = 0.0
        self.last: sf.Process | None = None

    def item(self, files: dict[str, Data]) -> None:
        began = time.process_time()
        with in_time(60):
            process = process_of(files)
            self._read_again(process)
            self._checked(process)
            _drawn(process)
            self._compared(process)
            self._simulated(files)
        self.items += 1
        self.slowest = max(self.slowest, time.process_time() - began)

    def _read_again(self, process: sf.Process) -> None:
        if not process.runs:  # whose files are gone by now
            assert sf.loads(sf.dumps(process)) == process
            assert import_bpmn(bpmn(process).encode(), "x.bpmn").documents

    def _checked(self, process: sf.Process) -> None:
        found = sf.check(process)
        assert sf.check(process.replace()) == found
        self.findings += len(found)
        net = Net(process)
        for fault in behaviour(process, budget=3_000, shortest=1_000).faults:
            assert replayed(net, fault) is not None, fault
            self.replayed += 1

    def _compared(self, process: sf.Process) -> None:
        if self.last is not None:
            diff = sf.diff(self.last, process)
            assert apply(diff.edits, self.last) == process
        assert not sf.diff(process, process).edits
        self.last = process

    def _simulated(self, files: dict[str, Data]) -> None:
        try:
            program = program_of_files(files)
        except SalesflowError:
            return  # it does not say enough to be played, and says so
        if held(program, most=MOST_EVENTS) is not None:
            told = play(program, 1, 0, traced=True)
            assert engine_numba.play(program, 1, 0, traced=True) == told
            self.played += 1


def _drawn(process: sf.Process) -> None:
    for view in VIEWS:
        for form in FORMATS if view == "flow" else FORMATS[:1]:
            try:
                text = str(sf.draw(process, form, view=view))
            except UsageError as problem:
                if view != "stages":  # not every process has them
                    raise AssertionError(problem) from None
            else:
                harmless(text)


def resident() -> float:
    """MB of memory that this process holds now."""
    gc.collect()
    with open("/proc/self/statm", encoding="ascii") as stream:
        return int(stream.read().split()[1]) * resource.getpagesize() / 2**20


def _batch(number: int, item: Callable[[dict[str, Data]], None]) -> None:
    """Let hypothesis draw some items; it makes what fails small."""
    loose = settings(
        max_examples=BATCH, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    drawn = given(st.one_of(simulated(), simulated_soundly()))
    seed(number)(loose(drawn(_taking(item))))()


def _taking(item: Callable[[dict[str, Data]], None]) -> Callable[[dict[str, Data]], None]:
    def of(files: dict[str, Data]) -> None:  # hypothesis wants a function, not a method
        item(files)

    return of


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    soak, number = Soak(), asked.seed
    began = told = time.monotonic()
    while (now := time.monotonic()) < began + 60 * asked.minutes:
        _batch(number, soak.item)
        number += 1
        if now - told >= 6 * asked.minutes or number == asked.seed + 1:
            told = now
            print(
                f"{(now - began) / 60:5.1f} min {soak.items:6} items {resident():7.1f} MB",
                flush=True,
            )
    print(
        f"{soak.items} processes, {soak.findings} findings, {soak.replayed} witnesses played again, "
        f"{soak.played} played by both engines, the slowest {soak.slowest:.1f} s; "
        f"{resident():.1f} MB held at the end"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
