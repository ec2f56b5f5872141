"""Parallel work that is not joined: steps begun twice, arrivals piled up, work left running.

One missing meeting point shows in many places: the step where the threads come together is open
twice, and so is every step behind it, and the deal ends while one thread still runs. Only the
first of these is told.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from salesflow.analysis.flow import Flow
from salesflow.analysis.graphs import reached
from salesflow.analysis.verdict import PILE, TWICE, UNFINISHED, Fault
from salesflow.process.model import Process

Running = Callable[[Fault], tuple[str, ...]]


class Unjoined(NamedTuple):
    """One such fault; ``running`` are the steps that still run where something ended."""

    fault: Fault
    running: tuple[str, ...] = ()


def unjoined(faults: Iterable[Fault], flow: Flow, running: Running) -> tuple[Unjoined, ...]:
    """The faults of kind ``twice``, ``pile`` and ``unfinished`` that no other one explains.

    ``running`` gives what still runs where one of kind ``unfinished`` shows.
    """
    kinds = (TWICE, PILE, UNFINISHED)
    mine = [fault for fault in faults if fault.kind in kinds]
    mine.sort(key=lambda fault: (fault.kind == UNFINISHED, len(fault.witness), fault.node))
    told: list[Unjoined] = []
    for fault in mine:
        found = Unjoined(fault, running(fault) if fault.kind == UNFINISHED else ())
        if not any(_explains(other.fault, found, flow) for other in told):
            told.append(found)
    return tuple(told)


def _explains(other: Fault, found: Unjoined, flow: Flow) -> bool:
    """Whether the threads of a fault are those that another one says are not joined."""
    fault, node = found.fault, other.node
    if other.kind == UNFINISHED or (fault.sure and not other.sure):
        return False
    passed = sum(name.rpartition(".")[0] == node for name in fault.witness)
    if fault.kind != UNFINISHED:
        return passed > 1
    if not passed or not found.running:
        return False
    before = reached([node], flow.predecessors)
    return all(step in before for step in found.running)


def arrivals(process: Process, witness: tuple[str, ...], node: str) -> tuple[str, ...]:
    """The sources and results of a witness that lead to a step, in order."""
    found = []
    for name in witness:
        source = process.sources.get(name)
        step = process.nodes.get(name.rpartition(".")[0])
        result = step.next.get(name.rpartition(".")[2]) if step is not None else None
        if (source is not None and source.start == node) or (
            result is not None and node in result.targets
        ):
            found.append(name)
    return tuple(found)


def splits(process: Process, witness: tuple[str, ...]) -> tuple[str, ...]:
    """The results of a witness that lead to several steps, in order, each once."""
    found = []
    for name in witness:
        step = process.nodes.get(name.rpartition(".")[0])
        result = step.next.get(name.rpartition(".")[2]) if step is not None else None
        if result is not None and len(result.targets) > 1:
            found.append(name)
    return tuple(dict.fromkeys(found))
