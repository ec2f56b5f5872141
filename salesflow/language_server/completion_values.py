"""Values that may be written at a place: words of the language, times, files."""

import os
from collections.abc import Iterator

from salesflow.language_server.completion_keys import path_keys
from salesflow.language_server.keys import options, shapes_at
from salesflow.language_server.meanings import Meanings
from salesflow.language_server.mention import FILES
from salesflow.language_server.offer import Offer
from salesflow.language_server.probe import PROBE, Probed
from salesflow.schema.shapes import Shape, Text, Word, YesNo

_PATHS = ("locked", "remove")
_KINDS = {"use": ("organization", "process", "variant"), "of": ("process", "variant")}
_UNITS = {
    "duration": ("30min", "2h", "1d", "1w", "4bh", "2bd"),
    "effort": ("15min", "30min", "1h", "4h"),
    "share": ("10%", "50%", "rest"),
}


def values(place: Probed) -> Iterator[Offer]:
    """The words that the shape of the place allows, and what its units look like."""
    sheet, last = place.sheet, str(place.chain[-1].value)
    if place.path[0] in _PATHS and len(place.path) == 2:
        yield from path_keys(last.split(".")[: last[: last.index(PROBE)].count(".")])
        return
    if last != PROBE:
        return
    path = place.path
    for shape in shapes_at(sheet.data, sheet.kind, path):
        for option in options(shape, PROBE):
            yield from _of(option)


def files(meanings: Meanings, place: Probed) -> Iterator[Offer]:
    """Files that may be named, relative to this one."""
    notes = [mention.note for mention in place.mentions if mention.name.space == FILES]
    wanted = place.chain[-1]
    if not notes:
        notes = [one.note for one in place.sheet.references if one.start == wanted.start]
    if not notes:
        return
    folder = os.path.dirname(os.path.abspath(place.sheet.file))
    there = {str(value) for value in place.holder} if isinstance(place.holder, list) else set()
    for real, sheet in sorted(meanings.sheets.items()):
        if sheet.kind in _KINDS.get(notes[0], ()) and real != place.sheet.real:
            name = os.path.relpath(os.path.abspath(sheet.file), folder).replace(os.sep, "/")
            if name not in there:
                yield Offer(name, "file", name, f"{sheet.kind} {sheet.id}")


def _of(shape: Shape) -> Iterator[Offer]:
    if isinstance(shape, Word):
        yield from (Offer(word, "word", word) for word in shape.words)
    elif isinstance(shape, YesNo):
        words = ("true", "false") if shape.only is None else (str(shape.only).lower(),)
        yield from (Offer(word, "word", word) for word in words)
    elif isinstance(shape, Text):
        unit = _UNITS.get(shape.unit, ())
        for example in unit or tuple(map(str, shape.examples if shape.unit else ())):
            yield Offer(example, "value", example, shape.expected)
