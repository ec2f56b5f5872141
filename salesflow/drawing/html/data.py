"""What the script of a page reads: everything once, texts as places in one list of words."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from salesflow.drawing.diagram import Mark
from salesflow.drawing.html.nouns import Line, Page, Remark, Section, Versions, View
from salesflow.drawing.scene import Band, Border, Route, Shape, Text
from salesflow.visible import visible

Data: TypeAlias = "int | float | str | list[Data] | dict[str, Data] | None"
Word: TypeAlias = Callable[[str], int]


def data(page: Page) -> str:
    """JSON that can stand inside a script element; ``data.js`` reads it, place by place."""
    from json import dumps

    places: dict[str, int] = {}

    def word(text: str) -> int:
        return places.setdefault(visible(text), len(places))

    told = _page(page, word)
    told["words"] = [*places]
    text = dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c")


def _page(page: Page, word: Word) -> dict[str, Data]:
    return {
        "title": word(page.title),
        "views": [_view(view, word) for view in page.views],
        "about": _sections(page.about, word),
        "cards": [
            [word(card.path), word(card.lead), _sections(card.sections, word)]
            for card in page.cards
        ],
        "stages": [[word(stage.id), word(stage.label)] for stage in page.stages],
        "heats": [
            [
                word(heat.id),
                word(heat.label),
                [
                    [word(path), word(figure.text), _number(figure.level)]
                    for path, figure in heat.figures.items()
                ],
            ]
            for heat in page.heats
        ],
        "remarks": [_remark(remark, word) for remark in page.remarks],
        "rates": [
            [word(path), _number(rate.week), _number(rate.hours), _number(rate.waiting)]
            for path, rate in page.rates.items()
        ],
        "rated": word(page.rated),
        "versions": None if page.versions is None else _versions(page.versions, word),
    }


def _sections(sections: Iterable[Section], word: Word) -> list[Data]:
    return [[word(section.title), _lines(section.lines, word)] for section in sections]


def _lines(lines: Iterable[Line], word: Word) -> list[Data]:
    return [_words((line.text, line.value, line.to, line.tone), word) for line in lines]


def _words(texts: Iterable[str], word: Word) -> list[Data]:
    return [word(text) for text in texts]


def _remark(remark: Remark, word: Word) -> list[Data]:
    return [
        *_words((remark.path, remark.severity, remark.rule, remark.text, remark.help), word),
        _lines(remark.related, word),
        _words(remark.way, word),
        word(remark.place),
    ]


def _versions(versions: Versions, word: Word) -> list[Data]:
    edits: list[Data] = [
        [*_words((edit.path, edit.kind, edit.text, edit.level), word), _words(edit.audience, word)]
        for edit in versions.edits
    ]
    return [*_words((versions.old, versions.new, versions.verdict), word), edits]


def _view(view: View, word: Word) -> dict[str, Data]:
    scene = view.scene
    lanes = {lane.id: place for place, lane in enumerate(scene.diagram.lanes)}
    return {
        "id": word(view.id),
        "label": word(view.label),
        "size": [_number(scene.width, 1), _number(scene.height, 1)],
        "closed": _words(view.closed, word),
        "notes": _words(scene.diagram.notes, word),
        "lanes": [
            [word(lane.id), word(lane.label), int(lane.external)] for lane in scene.diagram.lanes
        ],
        "nodes": [_shape(shape, lanes, word) for shape in scene.shapes],
        "edges": [_route(route, word) for route in scene.routes],
        "frames": [_border(border, word) for border in scene.borders],
        "bands": [_band(band, lanes) for band in scene.bands],
    }


def _shape(shape: Shape, lanes: dict[str, int], word: Word) -> list[Data]:
    node = shape.node
    return [
        *_words((node.id, node.kind, node.label, node.detail, node.tone), word),
        lanes.get(node.lane, -1),
        *_words((node.frame, node.stage), word),
        shape.copy,
        *_box(shape),
        _words(node.facts, word),
        _marks(node.marks, word),
    ]


def _marks(marks: Iterable[Mark], word: Word) -> list[Data]:
    return [_words((mark.kind, mark.text), word) for mark in marks]


def _route(route: Route, word: Word) -> list[Data]:
    edge = route.edge
    return [
        *_words((edge.kind, edge.label), word),
        None if edge.share is None else _number(edge.share),
        route.start,
        route.end,
        int(route.main) + 2 * int(route.back),
        [] if route.label is None else _box(route.label),
        _marks(edge.marks, word),
    ]


def _border(border: Border, word: Word) -> list[Data]:
    frame = border.frame
    return [*_words((frame.id, frame.kind, frame.label, frame.frame), word), *_box(border)]


def _band(band: Band, lanes: dict[str, int]) -> list[Data]:
    return [lanes.get(band.lane.id, -1), band.row, *_box(band)]


def _box(placed: Shape | Band | Border | Text) -> list[Data]:
    """Tenths of a pixel are enough."""
    lengths = (placed.x, placed.y, placed.width, placed.height)
    return [_number(length, 1) for length in lengths]


def _number(value: float, digits: int = 4) -> int | float:
    short = round(value, digits)
    return int(short) if short == int(short) else short
