"""How steps end in the terms of BPMN, and what meets where."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from salesflow.process.model import Process
from salesflow.process.steps import DONE, LEAVE, Block, Result, Run, Step, Work

CHOSEN, TIMED, LEFT, OVER = (
    "chosen",  # at the end of a step, by a gateway if there are several
    "timed",  # by a timer on its border
    "left",  # by a step inside a block that abandons it
    "over",  # the branches of a block are done
)


class Exits:
    """The ways out of the steps of one process."""

    def __init__(self, process: Process) -> None:
        """Take the process."""
        self.process = process

    @cached_property
    def of(self) -> dict[str, tuple[tuple[Result, str], ...]]:
        """Node -> its results with how each comes about; one may come about in two ways."""
        return {node: tuple(self._of(step)) for node, step in self.process.nodes.items()}

    def _of(self, step: Step) -> Iterator[tuple[Result, str]]:
        for result in step.next.values():
            timed = step.timeout is not None and step.timeout.result == result.id
            if isinstance(step, Block):
                if result.id == DONE:
                    yield result, OVER
                elif result.id in self.left.get(step.node, ()) or not timed:
                    yield result, LEFT
            elif not timed or result.share is not None or self._outcome(step, result.id):
                yield result, CHOSEN
            if timed:
                yield result, TIMED

    def _outcome(self, step: Step, name: str) -> bool:
        """Whether a run may end so."""
        inner = self.process.runs.get(step.process) if isinstance(step, Run) else None
        return inner is not None and name in inner.outcomes

    def chosen(self, step: Step) -> tuple[Result, ...]:
        """What it may choose at its end."""
        return tuple(result for result, how in self.of[step.node] if how == CHOSEN)

    @cached_property
    def left(self) -> dict[str, dict[str, Result]]:
        """Block -> the results by which it is abandoned from inside, with one that does."""
        found: dict[str, dict[str, Result]] = {}
        for step in self.process.nodes.values():
            for result in step.next.values():
                if LEAVE in result.targets:
                    found.setdefault(block_around(step), {}).setdefault(result.id, result)
        return found

    @cached_property
    def arriving(self) -> Counter[tuple[str, str]]:
        """How many ways lead from one node to another, or from a branch to its end."""
        ways: Counter[tuple[str, str]] = Counter()
        for step in self.process.nodes.values():
            for result, _ in self.of[step.node]:
                for target in result.targets:
                    ways[step.scope if target == DONE else step.node, target] += 1
        return ways

    def gate(self, step: Step) -> str:
        """The gateway that a step is which takes no time: it decides, or things meet there."""
        if not isinstance(step, Work) or step.by or step.effort or step.wait or step.timeout:
            return ""
        chosen = self.chosen(step)
        if len(chosen) > 1:
            return "exclusiveGateway"
        free = all(result.when is None and not result.otherwise for result in chosen)
        return "parallelGateway" if step.wait_for and chosen and free else ""


def block_around(step: Step) -> str:
    """The innermost block that a step lies in, or ""."""
    return step.scope.rpartition(".")[0]
