"""The parts of a BPMN process as a diagram, and how large the standard draws them."""

from salesflow.drawing.bpmn.parts import Boundary, Flow, Part, Parts
from salesflow.drawing.diagram import Diagram, Edge, Figure, Frame, Lane, Node
from salesflow.drawing.lanes import in_lanes, outside
from salesflow.drawing.layout.sizes import Size
from salesflow.drawing.lettering import width, wrap
from salesflow.process.model import Process
from salesflow.visible import visible

EVENT, GATEWAY = 36.0, 50.0
LETTERS, SMALL = 12.0, 11.0  # font sizes, in a task and beside an event
_HIGH = 80.0
_WIDTHS = (100.0, 120.0, 150.0)
_MOST = 4  # lines in a task
_BESIDE = 90.0  # as wide as modellers set the names of events and gateways
_LINE = 1.25
_POINT = 4.0


def sketch(process: Process, parts: Parts) -> Diagram:
    """The diagram to lay out. Nodes keep the ids of the parts; an edge's path is its flow's key."""
    events = {event.key: event for event in parts.boundaries}
    edges = [_edge(flow, events.get(flow.start_key)) for flow in parts.flows]
    drawn = [_node(part) for part in parts.parts]
    for event in parts.boundaries:
        if event.id:
            edges.append(_link(event))
            drawn.append(_event(event))
    left = {flow.start for flow in parts.flows}
    for block in parts.blocks:
        exit_ = f"{block.id}.join"
        if exit_ in left:
            edges.append(Edge(start=f"{block.id}-end", end=exit_, path=block.key, share=1.0))
            drawn.append(Node(id=exit_, path=block.key, kind="join", label="", frame=block.id))
    nodes = in_lanes(drawn, edges, outside(process))
    used = dict.fromkeys(node.lane for node in nodes)
    lanes = [
        Lane(id=name, label=visible(process.departments[name].heading))
        for name in used
        if name in process.departments
    ]
    frames = [
        Frame(id=b.id, path=b.key, kind="block", label=visible(b.label), frame=b.around)
        for b in parts.blocks
    ]
    return Diagram(
        title=visible(process.name or process.id),
        lanes=tuple(lanes),
        nodes=tuple(nodes),
        edges=tuple(edges),
        frames=tuple(frames),
    )


def _edge(flow: Flow, event: Boundary | None) -> Edge:
    """A flow out of an event on a step needs room for the event's name too."""
    figure = None
    if event is not None and not event.id:
        figure = Figure(text=visible(event.label), level=0.0)
    return Edge(
        start=flow.start,
        end=flow.end,
        path=flow.key,
        label=visible(flow.label),
        kind=flow.kind,
        share=flow.share,
        figure=figure,
    )


def _link(event: Boundary) -> Edge:
    """To an event on the border of a sub-process; it is part of the way of the flow from there."""
    kind = "timeout" if event.thrown.endswith("-end") else "leave"
    return Edge(start=event.thrown, end=event.id, path=event.key, kind=kind)


def _event(event: Boundary) -> Node:
    """An event on the border of a sub-process, which is moved there from beside it."""
    return Node(
        id=event.id,
        path=event.key,
        kind="gateway",
        label=visible(event.label),
        detail="boundaryEvent",
        frame=event.around,
    )


def _node(part: Part) -> Node:
    detail = part.kind  # tells `size_of` what to draw
    return Node(
        id=part.id,
        path=part.key,
        kind=part.drawn,
        label=visible(part.label),
        detail=detail,
        lane=part.lane,
        tone=part.tone,
        frame=part.around,
    )


def size_of(node: Node) -> Size:
    """Events and gateways have their name below, activities inside; a block is left at a point."""
    if node.kind == "join":
        return Size(_POINT, _POINT)
    if node.detail.endswith(("Event", "Gateway")):
        side = EVENT if node.detail.endswith("Event") else GATEWAY
        wide, high = beside(node.label)
        return Size(side, side, below=high + 4 if high else 0.0, beneath=wide)
    for wide in _WIDTHS:
        lines = wrap(node.label, LETTERS, wide - 16, _MOST)
        if len(lines) < _MOST or wide == _WIDTHS[-1]:
            return Size(wide, _HIGH, lines)
    raise AssertionError(node.label)


def beside(label: str) -> tuple[float, float]:
    """Width and height of a name beside an event or a gateway."""
    lines = wrap(label, SMALL, _BESIDE, _MOST)
    return max((width(line, SMALL) for line in lines), default=0.0), len(lines) * SMALL * _LINE
