"""Where the names of events and gateways stand: where they cover nothing."""

from collections.abc import Iterable, Mapping

from salesflow.drawing.bpmn.borders import Perch, names_beside
from salesflow.drawing.bpmn.docking import Box, Points
from salesflow.drawing.bpmn.going import Going
from salesflow.drawing.bpmn.parts import Parts
from salesflow.drawing.bpmn.sketch import beside

_GAP = 4.0  # from an event or gateway to its name


def below(box: Box, label: str) -> Box:
    """The usual place of a name."""
    wide, high = beside(label)
    return Box(box.middle[0] - wide / 2, box.y + box.height + _GAP, wide, high)


def words(
    parts: Parts,
    gateways: Mapping[str, tuple[Box, str]],
    seated: Mapping[str, Perch],
    others: Iterable[Box],
    ways: Iterable[Going],
) -> dict[str, Box]:
    """The places of the names of gateways (box and label by key) and of events on borders.

    ``others`` are places where something stands already. Where no spot is free, the usual one.
    """
    going = [*ways]
    spans = [(_span(one.points), one.points) for one in going]
    taken = [*others, *(one.words for one in going if one.words is not None)]
    taken.extend(seat.box for seat in seated.values())
    found = {}
    for key, spots in _wanted(parts, gateways, seated):
        free = (
            spot
            for spot in spots
            if not any(spot.meets(span) and spot.crossed(points) for span, points in spans)
            and not any(spot.meets(box) for box in taken)
        )
        found[key] = next(free, spots[0])
        taken.append(found[key])
    return found


def _span(points: Points) -> Box:
    """The box around a way, a little larger than nothing."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top = min(xs) - 1, min(ys) - 1
    return Box(left, top, max(xs) + 1 - left, max(ys) + 1 - top)


def _wanted(
    parts: Parts, gateways: Mapping[str, tuple[Box, str]], seated: Mapping[str, Perch]
) -> Iterable[tuple[str, tuple[Box, ...]]]:
    for key, (box, label) in gateways.items():
        yield key, _around(box, label)
    for event in parts.boundaries:
        yield event.key, names_beside(seated[event.key], beside(event.label))


def _around(box: Box, label: str) -> tuple[Box, ...]:
    """Spots for the name of a gateway: below, above, beside its lower and upper corners."""
    usual = below(box, label)
    wide, high = usual.width, usual.height
    x, above = box.middle[0], box.y - _GAP - high
    left, right = x - _GAP - wide, x + _GAP
    low = usual.y - box.height / 4
    high_up = above + box.height / 4
    spots = [(left, low), (right, low), (left, high_up), (right, high_up)]
    return (
        usual,
        usual._replace(y=above),
        *(usual._replace(x=at, y=y) for at, y in spots),
    )
