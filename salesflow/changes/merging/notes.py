"""The comments of a text, counted, and which of them a merged text must still have."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import Any

from salesflow.source.located import Map, Seq, entries

_SIGN = re.compile(r"(?:^|(?<=[ \t\n]))#")


def comments(text: str, data: Map) -> Counter[str]:
    """How often each comment stands in a text with LF line breaks; ``data`` is what it says."""
    scalars = sorted(_quoted(text, data))
    starts = [start for start, _ in scalars]
    found: Counter[str] = Counter()
    done = 0
    for match in _SIGN.finditer(text):
        start = match.start()
        before = bisect_right(starts, start) - 1
        if start < done or (before >= 0 and start < scalars[before][1]):
            continue
        done = text.find("\n", start)
        done = len(text) if done < 0 else done
        found[text[start:done].rstrip()] += 1
    return found


def lost(
    base: Counter[str], ours: Counter[str], theirs: Counter[str], merged: Counter[str]
) -> list[str]:
    """The comments that a merged text should have and has not, in order.

    What one side deleted may go; what both added, perhaps the same, stands there at least once.
    """
    missing = []
    for comment in sorted(ours.keys() | theirs.keys()):
        old, mine, other = base[comment], ours[comment], theirs[comment]
        added = mine >= old and other >= old
        least = max(mine, other) if added else mine + other - old
        if merged[comment] < least:
            missing.append(comment)
    return missing


def _quoted(text: str, data: Map) -> Iterator[tuple[int, int]]:
    """The offsets of scalars in which a ``#`` starts no comment."""
    waiting: list[Any] = [data]
    for holder in waiting:  # grows while it is walked
        for entry in entries(holder):
            if text[entry.begin : entry.begin + 1] in ("'", '"') and isinstance(holder, Map):
                yield entry.begin, entry.key_end
            if isinstance(entry.value, Map | Seq):
                waiting.append(entry.value)
                continue
            first = text[entry.start : entry.start + 1]
            if first in ("'", '"'):
                yield entry.start, entry.end
            elif first in ("|", ">"):  # a comment may stand behind the sign
                line = text.find("\n", entry.start)
                if 0 <= line < entry.end:
                    yield line, entry.end
