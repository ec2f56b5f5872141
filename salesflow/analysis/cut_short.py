"""Visits that end before a promise is broken, because what lies around them ends first.

Such a visit neither kept the promise nor broke it, and it is the slow ones that are cut short: all
that are left may be in time. Only the entry of a block is known well enough to say that its time
limit comes too late for that.
"""

from salesflow.analysis.schedules import Schedules
from salesflow.process.model import Process
from salesflow.process.steps import DONE, Block, Branch, Work
from salesflow.quantities import Duration


def may_be_cut_short(
    process: Process, schedules: Schedules, work: Work, limit: Duration, *, own: bool
) -> bool:
    """Whether a visit may end before its limit by a block around it or, if ``own``, its timeout."""
    latest = schedules.latest(work, limit)
    own_limit = work.timeout if own else None
    if own_limit is not None and schedules.least_elapsed(work, own_limit.after) <= latest:
        return True
    node, at_once = work.node, True
    while True:
        path, _, name = process.nodes[node].scope.rpartition(".")
        block = process.nodes.get(path)
        if not isinstance(block, Block):
            return False
        branch = block.branches[name]
        at_once = at_once and _only_at_start(branch, node)
        if _may_leave(block, branch):
            return True
        after = block.timeout.after if block.timeout is not None else None
        if after is not None and not (at_once and schedules.least_elapsed(None, after) > latest):
            return True
        node = path


def _only_at_start(branch: Branch, node: str) -> bool:
    """Whether a step is entered with its branch and never again."""
    results = (result for step in branch.steps.values() for result in step.next.values())
    return node == branch.start and not any(node in result.targets for result in results)


def _may_leave(block: Block, own: Branch) -> bool:
    """Whether another thread than the one in a branch may end the block."""
    if block.join != "all" and len(block.branches) > 1:
        return True
    for branch in block.branches.values():
        inside = {step.node for step in branch.steps.values()} | {DONE}
        ends = [result.targets for step in branch.steps.values() for result in step.next.values()]
        alone = branch is own and all(len(targets) <= 1 for targets in ends)
        if not alone and any(target not in inside for targets in ends for target in targets):
            return True
    return False
