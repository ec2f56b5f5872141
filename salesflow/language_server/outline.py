"""What a file holds, as an outline, and every element of a workspace by name."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from salesflow.language_server.entries import entries
from salesflow.language_server.meanings import Meanings, Where
from salesflow.language_server.mention import CHOICES, Mention
from salesflow.language_server.mentions import value_of
from salesflow.language_server.sheets import Sheet

SECTION = "section"


class Symbol(NamedTuple):
    """An element: offsets of its id, where it ends, and what lies in it."""

    name: str
    what: str
    about: str
    start: int
    end: int
    whole: int
    inner: tuple["Symbol", ...]


def outline(sheet: Sheet) -> tuple[Symbol, ...]:
    """The sections of a file with the elements in them, as they lie in each other."""
    defines = [one for one in sheet.mentions.all if one.defines and one.name.space != CHOICES]
    found = []
    for entry in entries(sheet.data):
        inside = [one for one in defines if entry.start <= one.start < entry.end]
        if entry.begin < entry.key_end and inside and entry.key != sheet.kind:
            end = max(entry.end, entry.key_end)
            symbol = Symbol(
                entry.key, SECTION, "", entry.begin, entry.key_end, end, _nested(inside)
            )
            found.append(symbol)
    return tuple(found)


def found_by(meanings: Meanings, query: str, *, most: int = 200) -> tuple[Where, ...]:
    """The elements of all files whose id or name has the letters of a query, in order."""
    wanted = query.lower()
    found = []
    for _, sheet in sorted(meanings.sheets.items()):
        for mention in sheet.mentions.all:
            if mention.defines and mention.name.space != CHOICES:
                text = f"{mention.name.id} {_about(mention)}".lower()
                if _has(text, wanted) and not meanings.inherited(sheet, mention):
                    found.append(Where(sheet, mention))
    return tuple(found[:most])


def _nested(mentions: Sequence[Mention]) -> tuple[Symbol, ...]:
    """Mentions, by place, as they lie in each other."""
    found = []
    at = 0
    while at < len(mentions):
        first = mentions[at]
        at, begin = at + 1, at + 1
        while at < len(mentions) and mentions[at].start < first.whole:
            at += 1
        found.append(
            Symbol(
                first.name.id,
                first.what,
                _about(first),
                first.start,
                first.end,
                max(first.whole, first.end),
                _nested(mentions[begin:at]),
            )
        )
    return tuple(found)


def _about(mention: Mention) -> str:
    called = value_of(mention.value, "name")
    return called if isinstance(called, str) else ""


def _has(text: str, letters: str) -> bool:
    """Whether letters stand in a text in their order."""
    rest: Iterator[str] = iter(text)
    return all(letter in rest for letter in letters)
