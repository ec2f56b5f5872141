"""The ways of flows: docked on shapes, cut at sub-processes, begun at events on borders."""

from collections.abc import Mapping
from typing import NamedTuple

from salesflow.drawing.bpmn.borders import Perch, ahead, leaving, perch
from salesflow.drawing.bpmn.docking import Box, Point, Points, around, cut, docked, tidy
from salesflow.drawing.bpmn.parts import Flow, Parts
from salesflow.drawing.bpmn.sketch import beside
from salesflow.drawing.scene import Route, Scene


class Going(NamedTuple):
    """A flow with its way, and the XML ids (without prefix) that it connects."""

    flow: Flow
    start_key: str
    end_key: str
    points: Points
    words: Box | None


class Ways(NamedTuple):
    """All flows with their ways, and where the events sit at which some begin."""

    going: tuple[Going, ...]
    seated: Mapping[str, Perch]


def going(
    parts: Parts,
    scene: Scene,
    stands: Mapping[int, tuple[str, Box]],
    blocks: Mapping[str, Box],
) -> Ways:
    """The ways of all flows; ``stands`` are key and box of the scene's shapes by their place."""
    finder = _Finder(parts, scene, stands, blocks)
    plain = [finder.way(flow) for flow in parts.flows]
    seats = _Seats(finder, plain)
    return Ways(tuple(seats.begun(one) for one in plain), seats.seats)


class _Finder:
    """Finds the way of each flow in the scene."""

    def __init__(
        self,
        parts: Parts,
        scene: Scene,
        stands: Mapping[int, tuple[str, Box]],
        blocks: Mapping[str, Box],
    ) -> None:
        self.routes = {route.edge.path: route for route in scene.routes}
        self.stands = stands
        self.blocks = blocks
        self.events = {event.key: event for event in parts.boundaries}
        self.kinds = {part.id: part.kind for part in parts.parts}
        self.shapes = scene.shapes
        self.boxes = {**dict(stands.values()), **blocks}

    def way(self, flow: Flow) -> Going:
        """The way of a flow, with the outcome's copy that it leads to."""
        route = self.routes[flow.key]
        end_key, points = self._ended(flow, route)
        event = self.events.get(flow.start_key)
        start = self.blocks.get(flow.start_key)
        if event is not None and event.id:
            points = cut(self._linked(event.key, route, points), self.blocks[event.host])
        elif start is not None and end_key == flow.start_key:
            points = around(start)
        elif start is not None:
            points = cut(self._linked(flow.start_key, route, points), start)
        elif event is None:
            points = docked(points, self.stands[route.start][1], self._kind(route.start))
        words = route.label
        told = Box(words.x, words.y, words.width, words.height) if words is not None else None
        return Going(flow, flow.start_key, end_key, points, told)

    def _ended(self, flow: Flow, route: Route) -> tuple[str, Points]:
        points = tidy(route.points)[::-1]
        block = self.blocks.get(flow.end_key)
        if block is not None:
            return flow.end_key, cut(points, block)[::-1]
        end_key, box = self.stands[route.end]
        return end_key, docked(points, box, self._kind(route.end))[::-1]

    def _kind(self, place: int) -> str:
        return self.kinds.get(self.shapes[place].node.id, "")

    def _linked(self, link_key: str, route: Route, points: Points) -> Points:
        """From inside a sub-process, through what stands for the event outside, to the end."""
        link = self.routes[link_key].points
        shape = self.shapes[route.start]
        (x, y), (u, v) = link[-1], points[0]
        if len(points) > 1 and points[1][0] == u:  # on upwards or downwards
            return tidy((*link, (u, y), *points))
        if len(link) > 1 and link[-2][1] == y and abs(y - v) < shape.height / 2:
            return tidy((*link[:-2], (link[-2][0], v), (x, v), *points))
        middle = shape.x + shape.width / 2
        return tidy((*link, (middle, y), (middle, v), *points))


class _Seats:
    """Seats the events on the borders, one after the other."""

    def __init__(self, finder: _Finder, plain: list[Going]) -> None:
        self.finder = finder
        self.seats: dict[str, Perch] = {}
        self.there: dict[str, list[Perch]] = {}
        self.ends: dict[str, list[Point]] = {}
        for one in plain:
            if one.start_key not in finder.events:
                self.ends.setdefault(one.start_key, []).append(one.points[0])
            self.ends.setdefault(one.end_key, []).append(one.points[-1])

    def begun(self, one: Going) -> Going:
        """The flow as it begins at its event, if it does."""
        event = self.finder.events.get(one.start_key)
        if event is None:
            return one
        others, ends = self.there.setdefault(event.host, []), self.ends.get(event.host, [])
        seat = perch(one.points[0], self.finder.boxes[event.host], others, ends)
        others.append(seat)
        points = leaving(one.points, seat)
        self.seats[event.key] = seat
        if event.id or not one.flow.label:
            return one._replace(points=points)
        return one._replace(points=points, words=ahead(points, beside(one.flow.label)))
