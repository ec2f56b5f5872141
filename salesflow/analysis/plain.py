"""Processes that need no game to be judged: what can be drawn there can happen, and nothing else.

Without conditions, meeting points and several targets a deal is at one step at a time, and so is
each branch of a block. Limits do no harm where the step has another result that is always there. So
no deal is stuck if every place has a way out without them, as the flow says; and what is reached
can be reached by taking each result once at most, so that no limit stands in the way.
"""

from salesflow.analysis.finishing import Finishing
from salesflow.analysis.flow import Flow
from salesflow.analysis.graphs import reached
from salesflow.analysis.runs import inner_first
from salesflow.process.model import Process
from salesflow.process.steps import Block, Run, Step


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
    if not _all_end(process, flow):
        return False
    finishes = Finishing(process, flow).finishes
    blocks = (step for step in steps if isinstance(step, Block))
    return all(finishes(branch) for block in blocks for branch in block.branches.values())


def _all_end(process: Process, flow: Flow) -> bool:
    """Whether every place has a way to an outcome on which no limit can be spent."""
    steps = process.nodes.values()
    limited = {r.node for s in steps for r in s.next.values() if r.at_most is not None}
    if not limited:
        return all(place in flow.ending for place in flow.arrival)
    before: dict[str, list[str]] = {}
    for place, edges in flow.edges.items():
        for edge in edges:
            if edge.via not in limited:
                before.setdefault(edge.end, []).append(place)
    ending = reached(process.outcomes, before)
    return all(place in ending for place in flow.arrival)


def _plain(step: Step) -> bool:
    """Whether a step's results can all be taken, any time or at least once."""
    if step.wait_for or not step.next:
        return False
    for result in step.next.values():
        if result.when is not None or result.otherwise or len(result.targets) != 1:
            return False
    if isinstance(step, Block):
        return all(branch.when is None for branch in step.branches.values())
    return isinstance(step, Run) or any(result.at_most is None for result in step.chosen())
