"""The picture of a BPMN process: a shape or an edge for each of its elements."""

from collections.abc import Iterator

from salesflow.drawing.bpmn.docking import Box
from salesflow.drawing.bpmn.going import Going
from salesflow.drawing.bpmn.parts import Parts
from salesflow.drawing.bpmn.places import Places
from salesflow.drawing.bpmn.xml import Tag
from salesflow.process.model import Process

_MARGIN = 20.0
_SLACK = 12.0  # modellers set letters a little wider than we reckon


def diagram_of(process: Process, parts: Parts, stands: Places) -> Tag:
    """The diagram of the pool, a little right of and below the origin."""
    drawer = _Drawer(process.id, _MARGIN - stands.pool.x, _MARGIN - stands.pool.y)
    plane = {"id": f"{process.id}-plane", "bpmnElement": f"{process.id}-collaboration"}
    inside = (*_shapes(drawer, parts, stands), *(drawer.edge(one) for one in stands.going))
    name = {"id": f"{process.id}-diagram"}
    return Tag("bpmndi:BPMNDiagram", name, (Tag("bpmndi:BPMNPlane", plane, inside),))


def _shapes(drawer: "_Drawer", parts: Parts, stands: Places) -> Iterator[Tag]:
    yield drawer.shape("-pool", stands.pool, flat=True)
    for name, box in stands.lanes.items():
        yield drawer.shape(f".departments.{name}", box, flat=True)
    for block in parts.blocks:  # outer before inner: what comes later is drawn above
        yield drawer.shape(f".{block.key}", stands.blocks[block.key], is_open=True)
    for one in stands.standing:
        yield drawer.shape(
            f".{one.key}", one.box, words=one.words, marked=one.part.kind == "exclusiveGateway"
        )
    for event in parts.boundaries:
        seat = stands.seated[event.key]
        yield drawer.shape(f".{event.key}", seat.box, words=seat.words)


class _Drawer:
    """Draws what stands in one process, moved by ``dx`` and ``dy``."""

    def __init__(self, process: str, dx: float, dy: float) -> None:
        self.process = process
        self.dx = dx
        self.dy = dy

    def shape(
        self,
        key: str,
        box: Box,
        *,
        words: Box | None = None,
        flat: bool = False,
        is_open: bool = False,
        marked: bool = False,
    ) -> Tag:
        """A shape with its bounds and those of its label."""
        name = f"{self.process}{key}"
        attributes = {"id": f"{name}-shape", "bpmnElement": name}
        if flat:
            attributes["isHorizontal"] = "true"
        if is_open:
            attributes["isExpanded"] = "true"
        if marked:
            attributes["isMarkerVisible"] = "true"
        return Tag("bpmndi:BPMNShape", attributes, (self._bounds(box), *self._label(words)))

    def edge(self, one: Going) -> Tag:
        """An edge with its corners."""
        name = f"{self.process}.{one.flow.key}"
        corners = tuple(
            Tag("di:waypoint", {"x": str(round(x + self.dx)), "y": str(round(y + self.dy))})
            for x, y in one.points
        )
        attributes = {"id": f"{name}-edge", "bpmnElement": name}
        return Tag("bpmndi:BPMNEdge", attributes, (*corners, *self._label(one.words)))

    def _label(self, words: Box | None) -> Iterator[Tag]:
        if words is not None:
            x, wide = words.x - _SLACK / 2, words.width + _SLACK
            words = words._replace(x=x, width=wide)
            yield Tag("bpmndi:BPMNLabel", inside=(self._bounds(words),))

    def _bounds(self, box: Box) -> Tag:
        """Whole pixels, as modellers have them; what touches goes on touching."""
        x, y = round(box.x + self.dx), round(box.y + self.dy)
        right, bottom = round(box.x + self.dx + box.width), round(box.y + self.dy + box.height)
        return Tag(
            "dc:Bounds",
            {"x": str(x), "y": str(y), "width": str(right - x), "height": str(bottom - y)},
        )
