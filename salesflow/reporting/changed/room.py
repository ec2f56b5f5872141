"""As much of a report as there is room for: what matters most is let in first."""

import re
from collections.abc import Sequence

from salesflow.nouns import Noun
from salesflow.reporting.words import sentence

_NOTE = 160  # characters kept for saying what is left out


class Block(Noun):
    """A piece of a report: ``rows`` between ``before`` and ``after``; rows can be left out.

    ``rank`` says how soon it is let in, 0 first; it stands where it stands all the same.
    ``noun`` is what a row is ("" where all or nothing is shown).
    """

    name: str
    rows: tuple[str, ...]
    rank: int = 0
    before: str = ""
    after: str = ""
    noun: str = ""


def laid_out(parts: Sequence[Block], room: int) -> str:
    """The blocks in their order, at most ``room`` characters, with a note on what is left out."""
    left = room - _NOTE
    shown: dict[int, str] = {}
    missing = []
    for place in sorted(range(len(parts)), key=lambda place: parts[place].rank):
        text = _fitting(parts[place], left)
        if text:
            shown[place] = text
            left -= len(text) + 1
        else:
            missing.append(parts[place].name)
    told = [shown[place] for place in sorted(shown)]
    if missing:
        told.append(f"Left out for lack of space: {sentence(missing)}.\n")
    return re.sub("\n{3,}", "\n\n", "\n".join(told))


def _fitting(block: Block, room: int) -> str:
    """The block with as many rows as fit, "" if not even one does."""
    left = room - len(block.before) - len(block.after) - 80
    kept = 0
    for row in block.rows:
        left -= len(row) + 1
        if left < 0:
            break
        kept += 1
    if not kept or (kept < len(block.rows) and not block.noun):
        return ""
    rows = "\n".join(block.rows[:kept])
    cut = len(block.rows) - kept
    more = f"\nAnd {cut:,} more {block.noun} (<code>--format json</code> has all).\n" if cut else ""
    return f"{block.before}{rows}\n{more}{block.after}"
