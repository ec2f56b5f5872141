"""The results of a step as flows: out of a gateway, an event on its border or a sub-process."""

from salesflow.drawing.bpmn.data import Data, described
from salesflow.drawing.bpmn.draft import Draft
from salesflow.drawing.bpmn.events import caught, once
from salesflow.drawing.bpmn.exits import CHOSEN, LEFT, OVER, TIMED, block_around
from salesflow.drawing.bpmn.parts import Boundary, Flow
from salesflow.drawing.ways import share_of
from salesflow.process.steps import DONE, Block, Result, Step
from salesflow.quantities import Duration

_SPLITS = {CHOSEN: "split", OVER: "over", LEFT: "left", TIMED: "late"}


def translate_results(draft: Draft, data: Data, step: Step) -> None:
    """The ways out of a step, with the gateways and border events where they begin."""
    chosen = draft.exits.chosen(step)
    around = block_around(step)
    start = step.node
    if len(chosen) > 1 and draft.exits.gate(step) != "exclusiveGateway":
        start = f"{step.node}-choose"
        draft.gateway(start, "exclusiveGateway", around)
        draft.link(step.node, start, around)
    told: set[str] = set()
    for result, how in draft.exits.of[step.node]:
        if how == CHOSEN:
            flow = _to(draft, step, result, how, start)
            when = str(result.when) if result.when is not None else ""
            flow = flow.replace(condition=when, default=result.otherwise, kind="flow")
        elif how == OVER:
            flow = _to(draft, step, result, how, step.node)
        elif how == LEFT:
            flow = _left(draft, step, result)
        elif step.timeout is not None:
            flow = _late(draft, step, result, step.timeout.after)
        if result.id in told:  # it comes about in two ways: told once, named the second time
            named = described({}, result.id)
            draft.flows.append(flow.replace(key=f"{result.path}-late", told=named))
        else:
            draft.flows.append(flow.replace(told=data.of("result", result)))
        told.add(result.id)


def _to(draft: Draft, step: Step, result: Result, how: str, start: str) -> Flow:
    """The flow from where a result begins, and the flows behind a split."""
    around = block_around(step)
    ends = [draft.target(step, result, target) for target in result.targets]
    end = ends[0]
    if len(ends) > 1:
        end = f"{step.node}-{_SPLITS[how]}.{result.id}"
        draft.gateway(end, "parallelGateway", around)
        for each in ends:
            draft.link(end, each, around)
    flow = draft.flow(result.path, start, end, around)
    usual = result.id == DONE and not result.name and (how == OVER or len(step.next) == 1)
    told = "" if usual or how == LEFT else result.title
    return flow.replace(label=told, share=share_of(step, result))


def _left(draft: Draft, block: Step, result: Result) -> Flow:
    """A block is abandoned from inside: what is thrown there is caught on its border."""
    node = f"{block.node}-caught.{result.id}"
    known = result.id in draft.exits.left.get(block.node, ())
    event = Boundary(
        key=draft.key(node),
        host=block.path,
        around=block_around(block),
        label=result.title,
        told=(),
        definition=caught(draft.error(block.path, result.id) if known else ""),
        id=node,
        thrown=f"{block.node}-leave.{result.id}" if known else f"{block.node}-end",
    )
    draft.boundaries.append(event)
    return _to(draft, block, result, LEFT, node).replace(kind="leave")


def _late(draft: Draft, step: Step, result: Result, after: Duration) -> Flow:
    """The timer of a step or block fires."""
    node, block = f"{step.node}-timer", isinstance(step, Block)
    event = Boundary(
        key=draft.key(node),
        host=step.path,
        around=block_around(step),
        label=f"after {after}",
        told=described({"after": str(after)}, result.id),
        definition=once(after),
        id=node if block else "",
        thrown=f"{step.node}-end" if block else "",
    )
    draft.boundaries.append(event)
    flow = _to(draft, step, result, TIMED, node if block else step.node)
    return flow.replace(start_key=event.key, kind="timeout")
