"""Which branches come to ``done``, and what ends them otherwise: what blocks come to by drawing."""

from functools import cached_property

from salesflow.analysis.flow import Flow
from salesflow.process.model import Process
from salesflow.process.steps import DONE, LEAVE, Block, Branch, Run, Step


class Finishing:
    """The blocks of a process; conditions, limits and meeting points are not judged."""

    def __init__(self, process: Process, flow: Flow) -> None:
        """Nothing is worked out yet."""
        self.process = process
        self.flow = flow

    @cached_property
    def blocks(self) -> dict[str, Block]:
        """Node -> block, at every depth."""
        nodes = self.process.nodes
        return {node: step for node, step in nodes.items() if isinstance(step, Block)}

    def finishes(self, branch: Branch) -> bool:
        """Whether some way through a branch leads to ``done``."""
        seen = [branch.start]
        known = {branch.start, DONE}
        for node in seen:  # grows while it is walked
            step = branch.steps.get(node.rpartition(".")[2])
            for result in step.next.values() if step is not None else ():
                if DONE in result.targets:
                    return True
                fresh = [target for target in result.targets if target not in known]
                known.update(fresh)
                seen.extend(fresh)
        return False

    def can_finish(self, block: Block) -> bool:
        """Whether enough branches can come to ``done`` for the block's join.

        The best case: branches with a condition run only where they finish. None running is done.
        """
        always = [branch for branch in block.branches.values() if branch.when is None]
        if not always:
            return True
        finishing = [branch for branch in block.branches.values() if self.finishes(branch)]
        running = len(always) + sum(branch.when is not None for branch in finishing)
        need = {"all": running, "any": 1}.get(block.join, block.need)
        return len(finishing) >= min(need, running)

    def withdrawn(self, scope: str) -> bool:
        """Whether something outside a branch, or a time limit, can end what runs in it."""
        while scope:
            block = self.blocks[scope.rpartition(".")[0]]
            if block.timeout is not None or block.join != "all":
                return True
            if any(_leaves(branch) for branch in block.branches.values() if branch.node != scope):
                return True
            scope = block.scope
        return False

    @cached_property
    def faulty(self) -> set[str]:
        """Blocks and branches with a step in them that is unreached or traps deals."""
        found: set[str] = set()
        for node, step in self.process.nodes.items():
            trap = not any(result.targets for result in step.next.values())
            if not trap and node not in self.flow.ending:
                trap = not self.withdrawn(step.scope)
            if trap or node not in self.flow.arrival:
                above = step.scope
                while above and above not in found:
                    found.add(above)
                    above = above.rpartition(".")[0]
        return found


def endings(process: Process, step: Step) -> set[str]:
    """The results with which a block or a run can end by drawing, its time limit included.

    For any other step, and a run of what is not known, those that it names.
    """
    timed = {step.timeout.result} if step.timeout is not None else set()
    if isinstance(step, Run) and step.process in process.runs:
        return {*process.runs[step.process].outcomes} | timed
    if not isinstance(step, Block):
        return {*step.next}
    left = {
        result.id
        for branch in step.branches.values()
        for inner in branch.steps.values()
        for result in inner.next.values()
        if LEAVE in result.targets
    }
    return left | timed | {DONE}


def _leaves(branch: Branch) -> bool:
    """Whether some step of a branch abandons the block."""
    return any(
        LEAVE in result.targets for step in branch.steps.values() for result in step.next.values()
    )
