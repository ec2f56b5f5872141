"""Steps that wait for an arrival that never comes: where, for what, and what skipped it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from salesflow.analysis.flow import Flow
from salesflow.analysis.graphs import components, reached, reached_anew
from salesflow.analysis.verdict import STUCK, TRAPPED, WAITS, Fault

MOST_PAIRS = 200  # of waiting steps that are looked at for whether one waits for the other


class Standstill(NamedTuple):
    """One standstill. ``skipped`` is the result on the way that leads past what is missing.

    ``circle`` are the steps that wait for each other, the fault's own first; ``others`` further
    steps that wait when it stands still.
    """

    fault: Fault
    skipped: str = ""
    circle: tuple[str, ...] = ()
    others: tuple[Fault, ...] = ()


def standstills(faults: Iterable[Fault], flow: Flow) -> tuple[Standstill, ...]:
    """The faults of kind ``waits`` that nothing else explains, in the order of their nodes.

    A step that nobody comes to, a step that waits in vain further up, and whatever holds a deal up
    before it could arrive are told themselves.
    """
    faults = tuple(faults)
    waiting = {fault.node: fault for fault in faults if fault.kind == WAITS}
    if not waiting:
        return ()
    held = [fault.node for fault in faults if fault.kind in (STUCK, TRAPPED)]
    found: list[Standstill] = []
    unexplained: list[Fault] = []
    for fault in waiting.values():
        missing = [step for step in fault.missing if flow.reachable(step)]
        skipped = next(filter(None, (_skipping(fault, step, flow) for step in missing)), "")
        if skipped:
            if not _held_up(skipped, held, waiting, flow):
                found.append(Standstill(fault, skipped))
        elif missing or not fault.missing:
            unexplained.append(fault)
    found.extend(_circles(unexplained, waiting, held, flow))
    return tuple(_one_each(found))


def _skipping(fault: Fault, missing: str, flow: Flow) -> str:
    """The last result on the way after which the missing step can no longer be come to."""
    leading = reached_anew([missing], flow.predecessors, {fault.node})
    for name in reversed(fault.witness[:-1]):
        place = name if name in flow.edges else name.rpartition(".")[0]
        if place not in leading:
            continue
        taken = [edge.end for edge in flow.edges[place] if edge.via == name]
        if not any(end in leading for end in taken):
            return name
    return ""


def _held_up(skipped: str, held: Iterable[str], waiting: Iterable[str], flow: Flow) -> bool:
    """Whether what skipped a step did not go on to any step that waits, but is held elsewhere."""
    place = skipped if skipped in flow.edges else skipped.rpartition(".")[0]
    ends = [edge.end for edge in flow.edges[place] if edge.via == skipped]
    ahead = reached(ends, flow.successors)
    return not ahead.isdisjoint(held) and ahead.isdisjoint(waiting)


def _circles(
    faults: list[Fault], waiting: dict[str, Fault], held: list[str], flow: Flow
) -> Iterator[Standstill]:
    """Steps that wait for each other; those that wait for such a circle are told with it."""
    behind: dict[str, list[str]] = {}
    pairs = 0
    for fault in faults:
        behind[fault.node] = []
        for other in waiting:
            pairs += 1
            if pairs <= MOST_PAIRS and _only_behind(fault.missing, other, flow):
                behind[fault.node].append(other)
    known = {fault.node: fault for fault in faults}
    for component in components(known, behind):
        ends = {end for node in component for end in behind[node]}
        first = min(component)
        if not ends:
            if not any(_leads_to(node, known[first], flow) for node in held):
                yield Standstill(known[first])
        elif ends <= set(component):
            circle = (first, *sorted(set(component) - {first}))
            yield Standstill(known[first], circle=circle)


def _only_behind(missing: Iterable[str], other: str, flow: Flow) -> bool:
    """Whether a step is missing that no deal comes to but through another step."""
    come = reached_anew(flow.process.sources, flow.successors, {other})
    return any(step == other or step not in come for step in missing)


def _leads_to(node: str, fault: Fault, flow: Flow) -> bool:
    """Whether a deal held at a node was on its way to what a step waits for."""
    while node and node not in flow.edges:
        node = node.rpartition(".")[0]
    before = reached(fault.missing, flow.predecessors)
    return node in before


def _one_each(found: Iterable[Standstill]) -> Iterator[Standstill]:
    """One for each state in which nothing moves."""
    same: dict[tuple[str, ...], list[Standstill]] = {}
    for standstill in sorted(found, key=lambda one: (not one.skipped, one.fault.node)):
        same.setdefault(standstill.fault.witness[:-1], []).append(standstill)
    for first, *rest in same.values():
        yield first._replace(others=tuple(other.fault for other in rest))
