"""Where everything of a BPMN process stands, taken from the scene it was laid out as."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from salesflow.drawing.bpmn.docking import Box
from salesflow.drawing.bpmn.going import Going, going
from salesflow.drawing.bpmn.parts import Part, Parts
from salesflow.drawing.bpmn.sketch import size_of
from salesflow.drawing.bpmn.words import below, words
from salesflow.drawing.scene import Scene, Shape

POOL = 30.0  # the strip with the name of the pool


class Standing(NamedTuple):
    """A part with its place; an outcome may stand several times, each with its own key."""

    key: str
    part: Part
    box: Box
    words: Box | None


class Seated(NamedTuple):
    """An event on a border, and its name."""

    box: Box
    words: Box


class Places(NamedTuple):
    """All places of one process, by XML id without prefix.

    ``lane_of`` says in which lane each flow node lies; without lanes it is empty.
    """

    pool: Box
    lanes: Mapping[str, Box]
    lane_of: Mapping[str, str]
    standing: tuple[Standing, ...]
    blocks: Mapping[str, Box]
    seated: Mapping[str, Seated]
    going: tuple[Going, ...]


def places(parts: Parts, scene: Scene) -> Places:
    """The places of the parts of a scene that is not wrapped."""
    lanes = _lanes(scene)
    known = {part.id: part for part in parts.parts}
    standing = {
        place: _standing(shape, known[shape.node.id])
        for place, shape in enumerate(scene.shapes)
        if shape.node.id in known
    }
    frames = {each.frame.id: Box(each.x, each.y, each.width, each.height) for each in scene.borders}
    blocks = {block.key: frames[block.id] for block in parts.blocks}
    boxes = {place: (one.key, one.box) for place, one in standing.items()}
    ways = going(parts, scene, boxes, blocks)
    gateways = {
        one.key: (one.box, one.part.label)
        for one in standing.values()
        if one.part.kind.endswith("Gateway") and one.part.label
    }
    others = [one.box for one in standing.values()]
    others.extend(one.words for one in standing.values() if one.words is not None)
    told = words(parts, gateways, ways.seated, others, ways.going)
    lane_of = {shape.node.id: shape.node.lane for shape in scene.shapes if shape.node.lane}
    stands = tuple(one._replace(words=told.get(one.key, one.words)) for one in standing.values())
    seated = {key: Seated(seat.box, told[key]) for key, seat in ways.seated.items()}
    return Places(
        pool=_pool(scene, lanes),
        lanes=lanes,
        lane_of=_lanes_of(stands, parts, blocks, lanes, lane_of),
        standing=stands,
        blocks=blocks,
        seated=seated,
        going=ways.going,
    )


def _lanes(scene: Scene) -> dict[str, Box]:
    """Lanes fill the pool: each goes down to where the next begins."""
    bands = sorted(scene.bands, key=lambda band: band.y)
    ends = [*(band.y for band in bands[1:]), *(band.y + band.height for band in bands[-1:])]
    return {
        band.lane.id: Box(band.x, band.y, band.width, end - band.y)
        for band, end in zip(bands, ends, strict=True)
    }


def _pool(scene: Scene, lanes: Mapping[str, Box]) -> Box:
    boxes = [*lanes.values()] or [Box(0.0, 0.0, scene.width, scene.height)]
    top, bottom = boxes[0].y, boxes[-1].y + boxes[-1].height
    return Box(boxes[0].x - POOL, top, boxes[0].width + POOL, bottom - top)


def _standing(shape: Shape, part: Part) -> Standing:
    box = Box(shape.x, shape.y, shape.width, shape.height)
    name = None
    if part.kind.endswith(("Event", "Gateway")):
        # The layout may have made room for many flows: events and gateways keep their form.
        size = size_of(shape.node)
        x, y = box.middle
        box = Box(x - size.width / 2, y - size.height / 2, size.width, size.height)
    if part.kind.endswith("Event") and part.label:
        name = below(box, shape.node.label)
    key = f"{part.key}-{shape.copy + 1}" if shape.copy else part.key
    return Standing(key, part, box, name)


def _lanes_of(
    standing: Sequence[Standing],
    parts: Parts,
    blocks: Mapping[str, Box],
    lanes: Mapping[str, Box],
    known: Mapping[str, str],
) -> dict[str, str]:
    """Key -> lane, that of the department or else the one it was put into."""
    if not lanes:
        return {}
    found = {}
    for one in standing:
        found[one.key] = known.get(one.part.id) or _nearest(one.box, lanes)
    for block in parts.blocks:
        found[block.key] = known.get(block.id) or _nearest(blocks[block.key], lanes)
    for event in parts.boundaries:
        found[event.key] = found[event.host]
    return found


def _nearest(box: Box, lanes: Mapping[str, Box]) -> str:
    y = box.middle[1]
    return min(lanes, key=lambda name: abs(lanes[name].middle[1] - y) - lanes[name].height / 2)
