"""How far a process is opened in a picture: its blocks, and the processes that its steps run."""

from collections.abc import Iterator
from typing import NamedTuple

from salesflow.process.model import Process
from salesflow.process.steps import DONE, LEAVE, Block, Run, Step


class Part(NamedTuple):
    """A process as it stands in a picture, ``depth`` levels of it opened.

    0 closes blocks and runs, 1 opens all blocks, 2 also the processes that are run, 3 those that
    they run. ``node`` and ``path`` stand in front of the nodes and paths of a process that is run.
    """

    process: Process
    depth: int
    node: str = ""
    path: str = ""

    @property
    def frame(self) -> str:
        """The node of the run around it, "" for the process itself."""
        return self.node.removesuffix(".")

    def steps(self) -> Iterator[Step]:
        """The steps that are drawn, in the order written."""
        for step in self.process.nodes.values():
            if self.depth or not step.scope:
                yield step

    def opens(self, step: Step) -> bool:
        """Whether a step is drawn as a fork and a join with what it holds between them."""
        return (isinstance(step, Block) and self.depth > 0) or self.inner(step) is not None

    def inner(self, step: Step) -> "Part | None":
        """The process that a step runs, if it is drawn open."""
        if not isinstance(step, Run) or self.depth < 2 or step.process not in self.process.runs:
            return None
        run = self.process.runs[step.process]
        return Part(run, self.depth - 1, f"{self.id_of(step)}.", f"{self.path}{step.path}.")

    def id_of(self, step: Step) -> str:
        """The node of a step in the picture."""
        return self.node + step.node

    def around(self, step: Step) -> str:
        """The frame that a step lies in, "" where there is none."""
        block = step.scope.rpartition(".")[0]
        return self.node + block if block else self.frame

    def leads_to(self, step: Step, target: str) -> str:
        """The node where a result's target lies in the picture."""
        if target in (DONE, LEAVE):
            return f"{self.around(step)}.join"
        if self.node and target in self.process.outcomes:
            return f"{self.frame}.join"
        return self.node + target
