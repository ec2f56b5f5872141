"""Files that need not be understood to be known as the same in both versions."""

import re
from collections.abc import Mapping

from salesflow.changes.named import Opened, Place

_IS_PROCESS = re.compile(rb"^process:", re.MULTILINE)
# The word `use` may name other files, which may differ; a backslash may hide it.
_MAY_DRAW_ON_OTHERS = re.compile(rb"\buse\b|\\")


def untouched(
    old: Mapping[str, Place], new: Mapping[str, Place], before: Opened, after: Opened
) -> dict[str, Place]:
    """The processes that stand alone and whose files say the same byte by byte, as they are now.

    Most files of a large project are such, and reading is most of the work.
    """
    found = {}
    for key, place in new.items():
        content = after.content(place) if key in old else None
        if content is None or not _IS_PROCESS.search(content):
            continue
        if not _MAY_DRAW_ON_OTHERS.search(content) and content == before.content(old[key]):
            found[key] = place
    return found
