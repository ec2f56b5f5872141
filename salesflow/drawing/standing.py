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
    arrived = arriving(process)
    return {
        node: frozenset({stage}) if stage else frozenset(map(_stage, arrived[node]))
        for node, stage in ((step.node, step.stage) for step in process.nodes.values())
        if node in arrived
    }


def arriving(process: Process) -> dict[str, frozenset[str]]:
    """Node or outcome -> paths of the stages of deals that come there, of a source before any."""
    beside = _beside(process)
    found: dict[str, set[str]] = {}
    waiting = [(source.start, {source.path}) for source in process.sources.values()]
    while waiting:
        node, stages = waiting.pop()
        known = found.get(node)
        stages = stages | beside.get(node, frozenset())
        if known is not None and stages <= known:
            continue
        found[node] = stages | (known or set())
        step = process.nodes.get(node)
        if step is not None and (known is None or not step.stage):
            goes = {f"stages.{step.stage}"} if step.stage else found[node]
            waiting.extend((target, goes) for target in ahead(step))
    return {node: frozenset(stages) for node, stages in found.items()}


def _stage(path: str) -> str:
    return path.removeprefix("stages.") if path.startswith("stages.") else ""


def ahead(step: Step) -> Iterator[str]:
    """The nodes and outcomes that a step leads to; of a block also where its branches start."""
    if isinstance(step, Block):
        for branch in step.branches.values():
            yield branch.start
    for result in step.next.values():
        yield from result.targets


def _beside(process: Process) -> dict[str, frozenset[str]]:
    """Node -> paths of the stages that threads set which run beside a thread there."""
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
    told = [
        {f"stages.{nodes[node].stage}" for node in thread if nodes[node].stage}
        for thread in threads
    ]
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
