"""What may be written at a place: found by writing something there, and reading what it became.

A made-up word takes the place of the one under the cursor. The text with it is read as what it
seems to say; where the word turns up, as a key, a value or a name, is what is to be completed.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from salesflow.language_server.entries import entries
from salesflow.language_server.mention import Mention
from salesflow.language_server.sheets import Sheet, sheet_of
from salesflow.source.located import Entry, Map, Seq
from salesflow.source.read import Reading

PROBE = "zz_probe_zz"
_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_BEFORE_KEY = frozenset("{,")
_DOTTED = re.compile(r"[\w.]*$")  # what stands of a path before its last id


class Probed(NamedTuple):
    """A text with the probe in it: where the word it stands for lies in the text as it is.

    ``chain`` are the entries around the probe, the last one its own; ``as_key`` whether it became a
    key; ``mentions`` what it may name. ``flow``: it stands between brackets.
    """

    sheet: Sheet
    start: int
    end: int
    chain: tuple[Entry, ...]
    as_key: bool
    mentions: tuple[Mention, ...]
    flow: bool
    indent: int

    @property
    def path(self) -> tuple[str, ...]:
        """The keys down to the probe's own."""
        return tuple(entry.key for entry in self.chain)

    @property
    def holder(self) -> Any:
        """The map or list that it stands in."""
        return self.chain[-2].value if len(self.chain) > 1 else self.sheet.data


def probed(sheet: Sheet, offset: int) -> list[Probed]:
    """What a word at a place would be: as a value, as a key, or both where nobody can tell."""
    text = sheet.text
    start, end = _word(text, offset)
    if _in_comment(text, start):
        return []
    found = []
    first = _DOTTED.sub("", text[text.rfind("\n", 0, start) + 1 : start])
    fresh = not first.strip(" \r-") or first.rstrip(" ")[-1:] in _BEFORE_KEY
    if fresh and text[end : end + 1] != ":":
        found += _read(sheet, start, end, f"{PROBE}:" + (" " if text[end : end + 1] else ""))
    if found and len(found[0].holder) > 1:
        return found  # a key among others
    found += [one for one in _read(sheet, start, end, PROBE) if fresh or not one.as_key]
    return found if not any(one.as_key for one in found[1:]) else found[:1]


def _read(sheet: Sheet, start: int, end: int, word: str) -> list[Probed]:
    text = f"{sheet.text[:start]}{word}{sheet.text[end:]}"
    there = Sheet(sheet.real, sheet.file, text)
    found = _find(there.data, ())
    if found is None:  # the reader gives up a key without a value
        there = sheet_of(sheet.real, Reading(None, (), (), text, sheet.file))
        found = _find(there.data, ())
    if found is None:
        return []
    chain, as_key = found
    near = tuple(m for m in there.mentions.all if m.start == start and m.name.id == PROBE)
    opened = any(text[entry.start : entry.start + 1] in ("{", "[") for entry in chain[:-1])
    line = text.rfind("\n", 0, start) + 1
    indent = len(text[line:start]) - len(text[line:start].lstrip(" -"))
    return [Probed(there, start, end, chain, as_key, near, opened, indent)]


def _find(node: Any, chain: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], bool] | None:
    """The entries around the probe, and whether it is a key."""
    for entry in entries(node):
        if PROBE in entry.key:
            return (*chain, entry), True
        if isinstance(entry.value, Map | Seq):
            inner = _find(entry.value, (*chain, entry))
            if inner is not None:
                return inner
        elif isinstance(entry.value, str) and PROBE in entry.value:
            return (*chain, entry), False
    return None


def _word(text: str, offset: int) -> tuple[int, int]:
    start = end = offset
    while start > 0 and text[start - 1] in _WORD:
        start -= 1
    while end < len(text) and text[end] in _WORD:
        end += 1
    return start, end


def _in_comment(text: str, at: int) -> bool:
    """Whether a place lies behind a `#` that begins a comment; quotes are not looked at closely."""
    row = text[text.rfind("\n", 0, at) + 1 : at]
    return any(row[n] == "#" and (n == 0 or row[n - 1] in " \t") for n in _outside(row))


def _outside(row: str) -> Iterator[int]:
    mark = ""
    for at, letter in enumerate(row):
        if mark:
            mark = "" if letter == mark else mark
        elif letter in "\"'" and (at == 0 or row[at - 1] in " \t[{,:"):
            mark = letter
        else:
            yield at
