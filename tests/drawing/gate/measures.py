"""How good a picture is to read, measured on the lines, boxes and letters that are drawn."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tests.drawing.gate.geometry import (
    Cells,
    Meeting,
    Stretch,
    corners,
    joined,
    meeting,
    stretches,
)
from tests.drawing.gate.reading import Box, Line, Picture, Point, Words

MARGIN = 3.0  # pixels: a line that passes nearer than that looks as if it led there
REACH = 10.0  # pixels between the end of a line and the border it means (the tip of a thick arrow)
DEEP = 4.0  # pixels that a line may reach into its own box


class Measures(NamedTuple):
    """What is wrong, each thing in words; ``bends`` are corners one can see, ``turns`` all."""

    crossings: list[str]
    bends: int
    turns: int
    through_nodes: list[str]
    struck_words: list[str]
    overlapping_nodes: list[str]
    overlapping_words: list[str]
    wide_words: list[str]
    outside: list[str]
    loose_ends: list[str]
    aspect: float

    @property
    def broken(self) -> list[str]:
        """What may not be in any picture."""
        hard = (self.through_nodes, self.overlapping_nodes, self.overlapping_words)
        return [what for group in (*hard, self.wide_words, self.outside) for what in group]


def measure(picture: Picture) -> Measures:
    wide, high = picture.view.right - picture.view.left, picture.view.bottom - picture.view.top
    ends = ends_of(picture)
    return Measures(
        crossings=[*crossings(picture, ends)],
        bends=len({_rounded(point) for line in picture.lines for point in _turns(line)}),
        turns=sum(len(_turns(line)) for line in picture.lines),
        through_nodes=[*through_nodes(picture, ends)],
        struck_words=[*struck_words(picture)],
        overlapping_nodes=[*overlapping_nodes(picture)],
        overlapping_words=[*overlapping_words(picture)],
        wide_words=[*wide_words(picture)],
        outside=[*outside(picture)],
        loose_ends=[line.path for line, of in zip(picture.lines, ends, strict=True) if None in of],
        aspect=max(wide / high, high / wide),
    )


Ends = tuple[int | None, int | None]


def ends_of(picture: Picture) -> list[Ends]:
    """The nodes, by number, at whose borders each line begins and ends."""
    cells = Cells()
    for number, node in enumerate(picture.nodes):
        cells.put(number, node.box.grown(REACH))

    def at(point: Point) -> int | None:
        near = cells.near(Box(*point, *point))
        away, number = min(((picture.nodes[n].box.away(point), n) for n in near), default=(99.0, 0))
        return number if away <= REACH else None

    return [(at(line.points[0]), at(line.points[-1])) for line in picture.lines]


def links(picture: Picture) -> Counter[tuple[str, str, str]]:
    """Which line leads from which node to which, by path; ``?`` where it hangs in the air."""
    paths = [node.path for node in picture.nodes]
    found = Counter[tuple[str, str, str]]()
    for line, ends in zip(picture.lines, ends_of(picture), strict=True):
        start, end = ("?" if n is None else paths[n] for n in ends)
        found[start, line.path, end] += 1
    return found


def _turns(line: Line) -> list[Point]:
    return corners(line.points)[1:-1]


def _rounded(point: Point) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def crossings(picture: Picture, ends: Sequence[Ends]) -> Iterator[str]:
    """Lines over each other, one entry for each place.

    Of lines that begin or end at the same shape only real crossings count: they may run together.
    Of all others every touch counts, and a stretch on which they lie on each other counts once.
    """
    parts = [(n, s) for n, line in enumerate(picture.lines) for s in stretches(line.points)]
    for (one, two), meetings in sorted(_meetings(parts).items()):
        related = one != two and _related(ends[one], ends[two])
        for met in joined(meetings):
            if related and not (met.crosses and met.until - met.since < 1):
                continue
            if one != two and _where_both_stand(met, picture, ends[one], ends[two]):
                continue
            x, y = _rounded(met.at)
            names = " and ".join(picture.lines[n].path for n in (one, two))
            yield f"{names} at {x}, {y}" + f" for {met.until - met.since:.0f} px" * (
                met.until - met.since > 1
            )


def _meetings(parts: Sequence[tuple[int, Stretch]]) -> dict[tuple[int, int], list[Meeting]]:
    cells = Cells()
    found: dict[tuple[int, int], list[Meeting]] = {}
    for number, (line, stretch) in enumerate(parts):
        for other in cells.near(stretch.box):
            first = parts[other][0]
            met = meeting(parts[other][1], stretch)
            turn = first == line and number - other == 1 and met and met.since == met.until
            if met and not turn:
                found.setdefault((first, line), []).append(met)
        cells.put(number, stretch.box)
    return found


def _related(one: Ends, two: Ends) -> bool:
    """Whether two lines begin at the same shape, or end there."""
    return any(a is not None and a == b for a, b in zip(one, two, strict=True))


def _where_both_stand(met: Meeting, picture: Picture, one: Ends, two: Ends) -> bool:
    """Whether they touch only at the border of a shape to which both belong."""
    shared = {n for n in one if n is not None} & {n for n in two if n is not None}
    point = met.until - met.since < 1
    return point and any(picture.nodes[n].box.away(met.at) <= DEEP for n in shared)


def through_nodes(picture: Picture, ends: Sequence[Ends]) -> Iterator[str]:
    """Lines that pass a node they do not belong to, or their own from inside."""
    cells = Cells()
    for number, node in enumerate(picture.nodes):
        cells.put(number, node.box.grown(MARGIN))
    for line, own in zip(picture.lines, ends, strict=True):
        near = {
            (number, stretch)
            for stretch in stretches(line.points)
            for number in cells.near(stretch.box)
        }
        hit = {n for n, stretch in near if _passes(stretch, picture.nodes[n].box, n in own)}
        yield from (f"{line.path} through {picture.nodes[n].path}" for n in sorted(hit))


def _passes(stretch: Stretch, box: Box, own: bool) -> bool:
    room = box.grown(-DEEP if own else MARGIN)
    return crosses_box(stretch, room)


def crosses_box(stretch: Stretch, box: Box) -> bool:
    """Whether a straight stretch runs through the inside of a box (Liang and Barsky)."""
    (x, y), (right, below) = stretch.start, stretch.end
    since, until = 0.0, 1.0
    for start, by, low, high in (
        (x, right - x, box.left, box.right),
        (y, below - y, box.top, box.bottom),
    ):
        if abs(by) < 1e-9:
            if not low < start < high:
                return False
            continue
        enter, leave = sorted(((low - start) / by, (high - start) / by))
        since, until = max(since, enter), min(until, leave)
    return until - since > 1e-6


def struck_words(picture: Picture) -> Iterator[str]:
    """Words that a line goes through which is not theirs."""
    cells = Cells()
    parts = [(line, s) for line in picture.lines for s in stretches(line.points)]
    for number, (_, stretch) in enumerate(parts):
        cells.put(number, stretch.box)
    for words in picture.words:
        box = words.box.grown(-1)
        through = {
            line.path
            for line, stretch in (parts[n] for n in cells.near(words.box))
            if crosses_box(stretch, box) and not (words.kind == "edge" and words.path == line.path)
        }
        yield from (f"{path} through “{words.text}” of {words.path}" for path in sorted(through))


def overlapping_nodes(picture: Picture) -> Iterator[str]:
    boxes = [node.box for node in picture.nodes]
    for one, two in _over_each_other(boxes):
        yield f"{picture.nodes[one].path} over {picture.nodes[two].path}"


def overlapping_words(picture: Picture) -> Iterator[str]:
    """Words over other words, or over a node that is not theirs."""
    boxes = [words.box for words in picture.words]
    for one, two in _over_each_other(boxes):
        yield " over ".join(_named(picture.words[n]) for n in (one, two))
    cells = Cells()
    for number, node in enumerate(picture.nodes):
        cells.put(number, node.box)
    for words in picture.words:
        for number in sorted(cells.near(words.box)):
            node = picture.nodes[number]
            own = words.kind == "node" and words.path == node.path
            if not own and words.box.meets(node.box):
                yield f"{_named(words)} over {node.path}"


def _named(words: Words) -> str:
    return f"“{words.text}” of {words.path or words.kind}"


def _over_each_other(boxes: Sequence[Box]) -> Iterator[tuple[int, int]]:
    cells = Cells()
    for number, box in enumerate(boxes):
        yield from ((n, number) for n in sorted(cells.near(box)) if boxes[n].meets(box))
        cells.put(number, box)


def wide_words(picture: Picture) -> Iterator[str]:
    """Words of a node that stick out of it (they may stand beside it)."""
    shapes: dict[str, list[Box]] = {}
    for node in picture.nodes:
        shapes.setdefault(node.path, []).append(node.box)
    for words in picture.words:
        own = shapes.get(words.path, []) if words.kind == "node" else []
        if any(words.box.meets(box) and not box.holds(words.box, 1) for box in own):
            yield f"{_named(words)} sticks out"


def outside(picture: Picture) -> Iterator[str]:
    view = picture.view
    yield from (f"{node.path} outside" for node in picture.nodes if not view.holds(node.box))
    yield from (f"{_named(words)} outside" for words in picture.words if not view.holds(words.box))
    for line in picture.lines:
        if not all(view.holds(Box(x, y, x, y)) for x, y in line.points):
            yield f"{line.path} outside"


def outside_lanes(picture: Picture, lane_of: Mapping[str, str]) -> Iterator[str]:
    """Nodes that are not wholly in a band of their lane."""
    for node in picture.nodes:
        lane = lane_of.get(node.path)
        bands = [area.box for area in picture.lanes if area.path == lane]
        if lane and not any(band.holds(node.box) for band in bands):
            yield f"{node.path} outside {lane}"


def wrong_frames(picture: Picture, inside: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Nodes that stick out of their frame, and others that stand in it, even in part."""
    drawn = {area.path for area in picture.frames}
    yield from (f"no frame {path}" for path in inside.keys() - drawn)
    for path in sorted(inside.keys() & drawn):
        boxes = [area.box for area in picture.frames if area.path == path]
        for node in picture.nodes:
            belongs = node.path in inside[path]
            held = any(box.holds(node.box) for box in boxes)
            touched = any(box.meets(node.box) for box in boxes)
            if belongs and not held:
                yield f"{node.path} sticks out of {path}"
            if not belongs and touched:
                yield f"{node.path} in {path}, where it does not belong"


def through_frames(picture: Picture) -> Iterator[str]:
    """Lines over the ground of a frame in which they neither begin nor end."""
    ends = ends_of(picture)
    for frame in picture.frames:
        inside = {n for n, node in enumerate(picture.nodes) if frame.box.meets(node.box)}
        around = {n for n, node in enumerate(picture.nodes) if node.path == frame.path}
        for line, own in zip(picture.lines, ends, strict=True):
            if {*own} & (inside | around):
                continue
            if any(crosses_box(s, frame.box.grown(-1)) for s in stretches(line.points)):
                yield f"{line.path} over the ground of {frame.path}"
