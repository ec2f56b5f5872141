"""The BPMN of a process without its picture: collaboration, lanes, flow nodes, flows."""

from collections.abc import Iterator, Mapping

from salesflow.drawing.bpmn.data import Data, described
from salesflow.drawing.bpmn.events import expression
from salesflow.drawing.bpmn.going import Going
from salesflow.drawing.bpmn.parts import Boundary, Part, Parts
from salesflow.drawing.bpmn.places import Places, Standing
from salesflow.drawing.bpmn.xml import Tag
from salesflow.process.model import Process
from salesflow.visible import visible


def structure(process: Process, data: Data, parts: Parts, stands: Places) -> Iterator[Tag]:
    """The root elements: what may be thrown, the pool, the process."""
    writer = _Writer(process, parts, stands)
    for error in parts.errors:
        yield Tag(
            "bpmn:error",
            {"id": error.id, "name": visible(error.name), "errorCode": error.code},
        )
    title = visible(process.name or process.id.replace("_", " "))
    pool = {"id": f"{process.id}-pool", "name": title, "processRef": process.id}
    yield Tag(
        "bpmn:collaboration",
        {"id": f"{process.id}-collaboration"},
        (Tag("bpmn:participant", pool),),
    )
    attributes = {"id": process.id, "name": title, "isExecutable": "false"}
    inside = (*data.of_process(), *writer.lanes(), *writer.within(""))
    yield Tag("bpmn:process", attributes, inside)


class _Writer:
    """Writes the elements of one process."""

    def __init__(self, process: Process, parts: Parts, stands: Places) -> None:
        self.process = process
        self.stands = stands
        self.outgoing: dict[str, list[str]] = {}
        self.incoming: dict[str, list[str]] = {}
        self.defaults: dict[str, str] = {}
        for one in stands.going:
            name = self.name(one.flow.key)
            self.outgoing.setdefault(one.start_key, []).append(name)
            self.incoming.setdefault(one.end_key, []).append(name)
            if one.flow.default:
                self.defaults[one.start_key] = name
        self.nodes: dict[str, list[Standing]] = {}
        for each in stands.standing:
            self.nodes.setdefault(each.part.around, []).append(each)
        self.blocks: dict[str, list[Part]] = {}
        for block in parts.blocks:
            self.blocks.setdefault(block.around, []).append(block)
        self.events: dict[str, list[Boundary]] = {}
        for event in parts.boundaries:
            self.events.setdefault(event.around, []).append(event)
        self.flows: dict[str, list[Going]] = {}
        for one in stands.going:
            self.flows.setdefault(one.flow.around, []).append(one)

    def name(self, key: str) -> str:
        """The XML id of a key."""
        return f"{self.process.id}.{key}"

    def lanes(self) -> Iterator[Tag]:
        """The lanes, each with the flow nodes in it, also those inside sub-processes."""
        if not self.stands.lanes:
            return
        held: Mapping[str, list[Tag]] = {name: [] for name in self.stands.lanes}
        for key, lane in self.stands.lane_of.items():
            held[lane].append(Tag("bpmn:flowNodeRef", text=self.name(key)))
        lanes = tuple(
            Tag("bpmn:lane", self._lane(name), (*described({}, name), *held[name]))
            for name in self.stands.lanes
        )
        yield Tag("bpmn:laneSet", {"id": f"{self.process.id}-lanes"}, lanes)

    def _lane(self, name: str) -> dict[str, str]:
        department = self.process.departments[name]
        return {"id": self.name(f"departments.{name}"), "name": visible(department.heading)}

    def within(self, around: str) -> Iterator[Tag]:
        """The flow elements of the process ("") or of a block's sub-process."""
        for standing in self.nodes.get(around, ()):
            yield self._node(standing.key, standing.part)
        for block in self.blocks.get(around, ()):
            yield self._node(block.key, block).holding(self.within(block.id))
        for event in self.events.get(around, ()):
            yield self._boundary(event)
        for one in self.flows.get(around, ()):
            yield self._flow(one)

    def _node(self, key: str, part: Part) -> Tag:
        attributes = {"id": self.name(key)}
        if part.label:
            attributes["name"] = visible(part.label)
        if key in self.defaults:
            attributes["default"] = self.defaults[key]
        if part.called:
            attributes["calledElement"] = part.called
        inside = (*part.told, *self._links(key), *part.inside)
        return Tag(f"bpmn:{part.kind}", attributes, inside)

    def _links(self, key: str) -> Iterator[Tag]:
        for name in self.incoming.get(key, ()):
            yield Tag("bpmn:incoming", text=name)
        for name in self.outgoing.get(key, ()):
            yield Tag("bpmn:outgoing", text=name)

    def _boundary(self, event: Boundary) -> Tag:
        attributes = {
            "id": self.name(event.key),
            "name": visible(event.label),
            "attachedToRef": self.name(event.host),
        }
        inside = (*event.told, *self._links(event.key), event.definition)
        return Tag("bpmn:boundaryEvent", attributes, inside)

    def _flow(self, one: Going) -> Tag:
        flow = one.flow
        attributes = {"id": self.name(flow.key)}
        if flow.label:
            attributes["name"] = visible(flow.label)
        attributes["sourceRef"] = self.name(one.start_key)
        attributes["targetRef"] = self.name(one.end_key)
        inside = flow.told
        if flow.condition:
            when = expression("bpmn:conditionExpression", flow.condition, ours=True)
            inside = (*inside, when)
        return Tag("bpmn:sequenceFlow", attributes, inside)
