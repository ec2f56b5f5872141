"""Faults sorted by whose they are: the process's own, or brought about in a process that it runs.

A process that is run is checked by itself as well. What goes wrong there by itself is told there;
what only the deals of this process bring about is told here, at the step that runs it.
"""

from collections.abc import Callable, Iterator

from salesflow.analysis.verdict import STUCK, TIMED, UNHANDLED, Fault, Verdict
from salesflow.process.model import Process
from salesflow.process.steps import Run

Judge = Callable[[Process], Verdict]


def own_faults(process: Process, verdict: Verdict, judge: Judge) -> Iterator[Fault]:
    """The faults to tell of a process, in the order of the verdict.

    ``judge`` gives the verdict on a process that is run.
    """
    verdicts: dict[str, Verdict] = {}
    for fault in verdict.faults:
        run = run_around(process, fault.node)
        result_of = fault.node.rpartition(".")[0] if fault.kind == UNHANDLED else ""
        if run is None or run.node == result_of:
            yield fault
            continue
        inner = process.runs[run.process]
        if inner.id not in verdicts:
            verdicts[inner.id] = judge(inner)
        known = verdicts[inner.id]
        within = fault.node.removeprefix(f"{run.node}.")
        # what stands for good by itself may here be ended by a time limit around it
        kinds = {fault.kind} | ({STUCK} if fault.kind == TIMED else set())
        told = any(other.node == within and other.kind in kinds for other in known.faults)
        if not told and known.decided:
            yield fault


def run_around(process: Process, node: str) -> Run | None:
    """The step of a process that runs what a node lies in, None for its own nodes."""
    above = node
    while above and above not in process.nodes:
        above = above.rpartition(".")[0]
    step = process.nodes.get(above)
    return step if isinstance(step, Run) and above != node else None
