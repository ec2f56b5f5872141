"""Which stage of the CRM a deal stands in at each step, where that is certain."""

from collections.abc import Iterable, Iterator, Mapping

from salesflow.process.model import Process
from salesflow.process.steps import Block, Step


def standing(process: Process) -> dict[str, frozenset[str]]:
    """Node -> the stages that a deal can stand in while it is there; "" is none yet.

    A step without a stage keeps the deal's. Where threads run side by side, what one of them sets
    can show at the others.
    """
    if not process.stages:
        return {node: frozenset({""}) for node in process.nodes}
    found: dict[str, frozenset[str]] = {}
    beside = _beside(process)
    waiting = [(source.start, frozenset({""})) for source in process.sources.values()]
    while waiting:
        node, stages = waiting.pop()
        step = process.nodes.get(node)
        if step is None:
            continue
        known = found.get(node)
        own = frozenset({step.stage}) if step.stage else stages | beside.get(node, frozenset())
        if known is not None and own <= known:
            continue
        found[node] = own | (known or frozenset())
        waiting.extend((target, found[node]) for target in ahead(step))
    return found


def ahead(step: Step) -> Iterator[str]:
    """The nodes and outcomes that a step leads to; of a block also where its branches start."""
    if isinstance(step, Block):
        for branch in step.branches.values():
            yield branch.start
    for result in step.next.values():
        yield from result.targets


def _beside(process: Process) -> dict[str, frozenset[str]]:
    """Node -> the stages that are set while a thread is there by threads that run beside it."""
    found: dict[str, set[str]] = {}
    for step in process.nodes.values():
        for result in step.next.values():
            if len(result.targets) > 1:
                threads = [_reached(process, target, ()) for target in result.targets]
                common = set.intersection(*threads)
                meetings = {node for node in common if process.nodes[node].wait_for}
                threads = [_reached(process, target, meetings) for target in result.targets]
                _share(process.nodes, threads, found)
    return {node: frozenset(stages) for node, stages in found.items()}


def _share(nodes: Mapping[str, Step], threads: list[set[str]], found: dict[str, set[str]]) -> None:
    told = [{nodes[node].stage or "" for node in thread} - {""} for thread in threads]
    for place, thread in enumerate(threads):
        others = set().union(*(told[:place] + told[place + 1 :]))
        if others:
            for node in thread:
                found.setdefault(node, set()).update(others)


def _reached(process: Process, start: str, ends: Iterable[str]) -> set[str]:
    """The nodes that a thread can come to from a place, without passing some."""
    seen: set[str] = set(ends)
    ends = set(seen)
    waiting = [start]
    while waiting:
        node = waiting.pop()
        if node in process.nodes and node not in seen:
            seen.add(node)
            waiting.extend(ahead(process.nodes[node]))
    return seen - ends
