"""What a rename changes: every place that names a thing, in all files, and nothing else.

A rename is refused, with a reason, where the new id is none, is taken, or where afterwards anything
would stand for something else than before: the files are read again, as they would be, and every
mention in them is compared.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from salesflow.language_server.meanings import Meanings, Point, Where, by_file
from salesflow.language_server.mention import CHOICES, DATA, FILES, Mention, Name
from salesflow.language_server.sheets import Sheet
from salesflow.names import listed
from salesflow.schema.language_values import choice_value, new_id
from salesflow.schema.shapes import RESERVED

_WORDS = frozenset({"done", "leave"})  # results and targets of the language itself


class Refusal(Exception):
    """Why something is not renamed, for people."""


class Replaced(NamedTuple):
    """A stretch of a text, by offsets, and what stands there afterwards."""

    start: int
    end: int
    text: str


Edits: TypeAlias = Mapping[Sheet, tuple[Replaced, ...]]


def renamable(meanings: Meanings, sheet: Sheet, offset: int) -> Mention:
    """The id at a place that can be renamed. Refusal where there is none, or it cannot."""
    mention = sheet.mentions.at(offset)
    if mention is None or not mention.name.id or mention.name.space == FILES:
        raise Refusal("There is no id here that could be renamed.")
    name = meanings.meant(sheet, mention)
    if name.id in _WORDS or name == Name(DATA, ("source",)):
        raise Refusal(f"`{name.id}` is a word of the language.")
    if not meanings.defined(sheet, name) and name not in meanings.known(sheet):
        raise Refusal(f"`{name.id}` stands for nothing here: nothing can be renamed.")
    return mention


def rename(meanings: Meanings, sheet: Sheet, offset: int, new: str) -> Edits:
    """The edits that rename what stands at a place, by file. Refusal where it cannot be."""
    mention = renamable(meanings, sheet, offset)
    name = meanings.meant(sheet, mention)
    if new == name.id:
        return {}
    _judge_id(name, new)
    places = meanings.alike(sheet, name)
    unread = [one.file for one in by_file(places) if one.reading.findings and not _reads(one)]
    if unread:
        shown = listed([_short(file) for file in unread])
        raise Refusal(f"{shown} cannot be read as it is: mend it first, then rename.")
    points = frozenset(meanings.points(sheet, name))
    _judge_taken(meanings, points, new)
    edits = {
        one: tuple(dict.fromkeys(Replaced(m.start, m.end, new) for m in found))
        for one, found in by_file(places).items()
    }
    _judge_kept(meanings, points, edits, new)
    return edits


def replaced(text: str, edits: tuple[Replaced, ...]) -> str:
    """A text with stretches of it replaced."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def changed(old: str, new: str) -> Replaced | None:
    """The lines in which two texts differ, None where they are equal."""
    if old == new:
        return None
    before, after = old.split("\n"), new.split("\n")
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    begin = sum(len(row) + 1 for row in before[:start])
    left = sum(len(row) + 1 for row in before[len(before) - end :])
    if not end or start + end in (len(before), len(after)):
        return Replaced(0, len(old), new)  # a line break more or less: not worth the thought
    last = len(new) - left
    return Replaced(begin, len(old) - left, new[begin:last])


def _alike(one: list[str], other: list[str]) -> int:
    """How many rows two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _reads(sheet: Sheet) -> bool:
    return sheet.data is sheet.reading.data


def _short(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2]


def _judge_id(name: Name, new: str) -> None:
    if new in RESERVED:
        raise Refusal(f"`{new}` is a word of the language: it cannot be an id.")
    shape = choice_value() if name.space == CHOICES else new_id()
    if re.fullmatch(shape.pattern, new) is None:
        raise Refusal(f"`{new}` cannot be its name: it must be {shape.expected}.")


def _judge_taken(meanings: Meanings, points: frozenset[Point], new: str) -> None:
    for real, name in sorted(points):
        wanted = Name(name.space, (*name.path[:-1], new))
        for heir in meanings.heirs([real]):
            if wanted in meanings.known(heir):
                found = meanings.definitions(heir).get(wanted)
                where = f": {_told(found)}" if found is not None else ""
                raise Refusal(f"`{new}` is taken{where}.")


def _told(where: Where) -> str:
    line = where.sheet.ruler.line_of(where.mention.start) + 1
    what = where.mention.what
    article = "an" if what[0] in "aeiou" else "a"
    return f"{article} {what} of this name stands in {_short(where.sheet.file)}, line {line}"


def _judge_kept(meanings: Meanings, points: frozenset[Point], edits: Edits, new: str) -> None:
    """Refuse where a mention would afterwards stand for something else."""
    sheets = dict(meanings.sheets)
    for sheet, own in edits.items():
        sheets[sheet.real] = Sheet(sheet.real, sheet.file, replaced(sheet.text, own))
    after = Meanings(sheets)
    for real, sheet in meanings.sheets.items():
        pairs = zip(sheet.mentions.all, sheets[real].mentions.all, strict=False)
        same = len(sheet.mentions.all) == len(sheets[real].mentions.all)
        for before, later in pairs:
            wanted = _translated(real, meanings.meant(sheet, before), points, new)
            if not same or after.meant(sheets[real], later) != wanted:
                line = sheet.ruler.line_of(before.start) + 1
                raise Refusal(
                    f"`{new}` would be read as something else in {_short(sheet.file)}, line {line}."
                )


def _translated(real: str, name: Name, points: frozenset[Point], new: str) -> Name:
    """What a name is called once the thing is renamed."""
    path = list(name.path)
    for at in range(len(path)):
        space = DATA if name.space == CHOICES and at == 0 else name.space
        if (real, Name(space, name.path[: at + 1])) in points:
            path[at] = new
    return Name(name.space, tuple(path))
