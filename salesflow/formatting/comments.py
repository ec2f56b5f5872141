"""The comments of a text, where they stand."""

import re
from collections import deque
from collections.abc import Iterator
from typing import Any, NamedTuple

from salesflow.source.located import Map, Seq, entries


class Comment(NamedTuple):
    """A comment: its offset and column, from 0, and whether it has a line for itself."""

    start: int
    column: int
    alone: bool
    text: str


def comments(text: str, data: Map) -> list[Comment]:
    """The comments of a document, in the order written."""
    scalars = deque(sorted(_scalars_with_hash(text, data)))
    found = []
    for match in re.finditer(r"(?:^|(?<=[ \t\n]))#[^\n]*", text):
        while scalars and scalars[0][1] <= match.start():
            scalars.popleft()
        if scalars and scalars[0][0] <= match.start():
            continue
        first = text.rfind("\n", 0, match.start()) + 1
        before = text[first : match.start()]
        row = Comment(match.start(), len(before), not before.strip(), match[0].rstrip())
        found.append(row)
    return found


def _scalars_with_hash(text: str, data: Map) -> Iterator[tuple[int, int]]:
    """Where keys and values stand in which a `#` is part of the text."""
    waiting: list[Any] = [data]
    while waiting:
        for entry in entries(waiting.pop()):
            if entry.begin < entry.key_end and "#" in text[entry.begin : entry.key_end]:
                yield entry.begin, entry.key_end
            if isinstance(entry.value, Map | Seq):
                waiting.append(entry.value)
            elif "#" in text[entry.start : entry.end]:
                yield entry.start, entry.end
