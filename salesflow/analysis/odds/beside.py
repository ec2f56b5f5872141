"""What the chain cannot follow exactly where work runs side by side, whichever goes first."""

from collections.abc import Iterator

from salesflow.analysis.data_use import filled_by
from salesflow.process.model import Process
from salesflow.process.steps import DONE, LEAVE, Block, Result, Step


def rough(process: Process) -> Iterator[str]:
    """Notes on threads that can end the others, or change the deal's worth beside them."""
    for step in process.nodes.values():
        for result in step.next.values():
            if len(result.targets) > 1:
                yield from _threads(process, result)
        if isinstance(step, Block) and process.value is not None:
            writing = [
                branch
                for branch in step.branches.values()
                if any(
                    _fills(inner, process.value)
                    for inner in process.nodes.values()
                    if inner.node.startswith(f"{branch.node}.")
                )
            ]
            if len(writing) > 1:
                yield f"branches of `{step.node}` change the worth of a deal side by side"


def _threads(process: Process, split: Result) -> Iterator[str]:
    """What the threads of a split do to each other before they meet."""
    writing = 0
    for target in split.targets:
        thread = _until_they_meet(process, target)
        for step in thread:
            for result in step.next.values():
                for end in result.targets:
                    if end not in process.nodes and end not in (DONE, LEAVE):
                        yield f"`{end}` can end what still runs beside it"
        writing += any(_fills(step, process.value) for step in thread)
    if writing > 1 and process.value is not None:
        yield f"threads of `{split.node}` change the worth of a deal side by side"


def _until_they_meet(process: Process, start: str) -> list[Step]:
    """The steps of a thread up to where it waits for others."""
    waiting = [start]
    seen = {start}
    found = []
    while waiting:
        step = process.nodes[waiting.pop()]
        if step.wait_for:
            continue
        found.append(step)
        for result in step.next.values():
            new = [t for t in result.targets if t in process.nodes and t not in seen]
            seen.update(new)
            waiting.extend(new)
    return found


def _fills(step: Step, field: str | None) -> bool:
    """Whether a step or one of its results fills or changes a field."""
    return any(use.field == field for use in filled_by(step))
