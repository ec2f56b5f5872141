"""A block as an open sub-process: its branches between a first and a last event."""

from salesflow.drawing.bpmn.data import Data
from salesflow.drawing.bpmn.draft import Draft
from salesflow.drawing.bpmn.events import caught, expression
from salesflow.drawing.bpmn.exits import block_around
from salesflow.drawing.bpmn.parts import Part, Thrown
from salesflow.drawing.bpmn.xml import Tag
from salesflow.process.steps import DONE, Block, Branch

_TERMINATE = Tag("bpmn:terminateEventDefinition")


def translate_block(draft: Draft, data: Data, block: Block) -> None:
    """The sub-process of a block, but for what the steps in it are."""
    node, path = block.node, block.path
    around = block_around(block)
    shell = Part(
        id=node,
        key=path,
        kind="subProcess",
        drawn="",
        label=block.heading,
        around=around,
        told=data.of("step", block),
    )
    draft.blocks.append(shell)
    # The first branch that is done ends the others, unless all are needed.
    ends = () if block.join == "all" else (_TERMINATE,)
    for name, kind, inside in (("begin", "startEvent", ()), ("end", "endEvent", ends)):
        each = f"{node}-{name}"
        key = draft.key(each)
        event = Part(id=each, key=key, kind=kind, drawn="gateway", around=node, inside=inside)
        draft.parts.append(event)
    _branches(draft, data, block)
    _ends_of_branches(draft, block)
    _leaving(draft, block)


def _branches(draft: Draft, data: Data, block: Block) -> None:
    node = block.node
    branches = [*block.branches.values()]
    conditions = [branch for branch in branches if branch.when is not None]
    start = f"{node}-begin"
    if len(branches) > 1 or conditions:
        start = f"{node}-fork"
        kind = "inclusiveGateway" if conditions else "parallelGateway"
        draft.gateway(start, "exclusiveGateway" if len(branches) == 1 else kind, node)
        draft.link(f"{node}-begin", start, node)
    for branch in branches:
        _branch(draft, data, start, branch)
    if len(conditions) == len(branches):  # nothing to do for this deal
        flow = draft.flow(f"{block.path}-none", start, _end(block), node)
        draft.flows.append(flow.replace(default=True))


def _branch(draft: Draft, data: Data, start: str, branch: Branch) -> None:
    end = draft.entry(branch.start, "")
    flow = draft.flow(branch.path, start, end, branch.block)
    told = flow.replace(
        label=branch.title,
        condition=str(branch.when) if branch.when is not None else "",
        told=data.of("branch", branch),
    )
    draft.flows.append(told)


def _end(block: Block) -> str:
    return f"{block.node}-join" if len(block.branches) > 1 else f"{block.node}-end"


def _ends_of_branches(draft: Draft, block: Block) -> None:
    node = block.node
    join = _end(block)
    if len(block.branches) > 1:
        draft.gateway(join, _join_kind(block), node, inside=_enough(block))
        draft.link(join, f"{node}-end", node)
    for branch in block.branches.values():
        end = draft.end_of_branch(branch.node)
        if end != join and draft.exits.arriving[branch.node, DONE]:
            draft.gateway(end, "exclusiveGateway", node)
            draft.link(end, join, node)


def _join_kind(block: Block) -> str:
    if block.join == "any":
        return "exclusiveGateway"
    if block.join == "at_least":
        return "complexGateway"
    conditions = any(branch.when is not None for branch in block.branches.values())
    return "inclusiveGateway" if conditions else "parallelGateway"


def _enough(block: Block) -> tuple[Tag, ...]:
    if block.join != "at_least":
        return ()
    enough = f"activationCount >= {block.need}"
    return (expression("bpmn:activationCondition", enough, ours=True),)


def _leaving(draft: Draft, block: Block) -> None:
    """What is thrown inside to abandon the block."""
    path = block.path
    for name, result in draft.exits.left.get(block.node, {}).items():
        key = draft.error(path, name)
        known = block.next.get(name)
        title = known.title if known is not None else result.title
        draft.errors.append(Thrown(id=key, name=title, code=name))
        node = f"{block.node}-leave.{name}"
        event = Part(
            id=node,
            key=draft.key(node),
            kind="endEvent",
            drawn="gateway",
            label=title,
            around=block.node,
            inside=(caught(key),),
        )
        draft.parts.append(event)
