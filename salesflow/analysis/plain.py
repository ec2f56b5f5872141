"""Processes that need no game to be judged: what can be drawn there can happen, and nothing else.

Without conditions, limits, meeting points and several targets a deal is at one step at a time, and
so is each branch of a block. Then no deal is stuck if every place has a way out, as the flow says.
"""

from salesflow.analysis.finishing import Finishing
from salesflow.analysis.flow import Flow
from salesflow.analysis.runs import inner_first
from salesflow.process.model import Process
from salesflow.process.steps import Block, Step


def plainly_sound(process: Process, flow: Flow) -> bool:
    """Whether the flow proves that no deal ever gets stuck, and every way drawn is possible.

    False says nothing.
    """
    if not _sound(process, flow):
        return False
    for inner in inner_first(process):
        if inner is not process:
            flow = Flow(inner)
            if not _sound(inner, flow) or not all(map(flow.reachable, inner.outcomes)):
                return False
    return True


def _sound(process: Process, flow: Flow) -> bool:
    """Whether that is so for a process if it is so for all that it runs."""
    steps = process.nodes.values()
    if not all(map(_plain, steps)) or flow.unhandled:
        return False
    if any(place not in flow.ending for place in flow.arrival):
        return False
    finishes = Finishing(process, flow).finishes
    blocks = (step for step in steps if isinstance(step, Block))
    return all(finishes(branch) for block in blocks for branch in block.branches.values())


def _plain(step: Step) -> bool:
    """Whether a step's results can all be taken, any time."""
    if step.wait_for or not step.next:
        return False
    for result in step.next.values():
        if result.when is not None or result.at_most is not None or result.otherwise:
            return False
        if len(result.targets) != 1:
            return False
    if isinstance(step, Block):
        return all(branch.when is None for branch in step.branches.values())
    return any(True for _ in step.chosen())
