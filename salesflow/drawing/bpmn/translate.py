"""From a process to the flow nodes and sequence flows of BPMN."""

from salesflow.drawing.bpmn.blocks import translate_block
from salesflow.drawing.bpmn.data import Data
from salesflow.drawing.bpmn.draft import Draft
from salesflow.drawing.bpmn.events import every
from salesflow.drawing.bpmn.exits import block_around
from salesflow.drawing.bpmn.parts import Part, Parts
from salesflow.drawing.bpmn.results import translate_results
from salesflow.drawing.bpmn.xml import Tag
from salesflow.drawing.lanes import lane_of
from salesflow.process.model import GONE, Outcome, Process, Source
from salesflow.process.steps import Block, Run, Step


def translate(process: Process, data: Data) -> Parts:
    """Everything that the BPMN process holds; ``data`` are those of the process."""
    draft = Draft(process)
    for source in process.sources.values():
        _source(draft, data, source)
    for step in process.nodes.values():
        if step.wait_for:
            _meeting(draft, step)
        if isinstance(step, Block):
            translate_block(draft, data, step)
        else:
            draft.parts.append(_activity(draft, data, step))
        translate_results(draft, data, step)
    for outcome in process.outcomes.values():
        draft.parts.append(_outcome(data, outcome))
    return draft.done()


def _source(draft: Draft, data: Data, source: Source) -> None:
    inside: tuple[Tag, ...] = ()
    if len(draft.process.sources) > 1:  # only one way to begin may go without a reason
        arrivals = source.arrivals
        timed = arrivals.every if arrivals is not None else None
        inside = (Tag("bpmn:messageEventDefinition") if timed is None else every(timed),)
    part = Part(
        id=source.node,
        key=source.path,
        kind="startEvent",
        drawn="source",
        label=source.heading,
        lane=source.department or "",
        told=data.of("source", source),
        inside=inside,
    )
    draft.parts.append(part)
    draft.link(source.node, draft.entry(source.start, ""), "")


def _meeting(draft: Draft, step: Step) -> None:
    """Where all that a step waits for comes together, in front of it."""
    around, meeting = block_around(step), draft.meeting(step)
    if meeting != step.node:
        draft.gateway(meeting, "parallelGateway", around)
        draft.link(meeting, step.node, around)
    for giver in step.wait_for:
        merge = draft.entry(step.node, giver)
        if merge != meeting:  # any of its results will do
            draft.gateway(merge, "exclusiveGateway", around)
            draft.link(merge, meeting, around)


def _activity(draft: Draft, data: Data, step: Step) -> Part:
    gate = draft.exits.gate(step)
    kind, called, drawn = gate or _task(draft.process, step), "", "step"
    if isinstance(step, Run):
        kind, called, drawn = "callActivity", step.process, "run"
    return Part(
        id=step.node,
        key=step.path,
        kind=kind,
        drawn="gateway" if gate else drawn,
        label=step.heading,
        lane=lane_of(draft.process, step),
        around=block_around(step),
        told=data.of("step", step),
        called=called,
    )


def _task(process: Process, step: Step) -> str:
    role = process.roles.get(getattr(step, "by", None) or "")
    if role is None:
        return "task"
    return "manualTask" if role.external else "userTask"


def _outcome(data: Data, outcome: Outcome) -> Part:
    """At the end of a deal that is given up, whatever still runs is withdrawn."""
    gone = outcome.kind in GONE
    return Part(
        id=outcome.node,
        key=outcome.path,
        kind="endEvent",
        drawn="outcome",
        label=outcome.heading,
        tone=outcome.kind,
        told=data.of("outcome", outcome),
        inside=(Tag("bpmn:terminateEventDefinition"),) if gone else (),
    )
