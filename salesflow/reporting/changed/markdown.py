"""The report as Markdown: a comment on a pull request, which a later one can find and replace."""

from collections.abc import Sequence

from salesflow.changes.difference import Diff
from salesflow.changes.edit import worst
from salesflow.reporting.changed.blocks import MARKS, blocks
from salesflow.reporting.changed.repeats import Telling, tellings
from salesflow.reporting.changed.room import Block, laid_out
from salesflow.reporting.changed.verdict import (
    alarm,
    headline,
    of_several,
)
from salesflow.reporting.markdown import escaped, prose

MARKER = "<!-- salesflow diff -->"  # whoever posts the comment finds the last one by it
MOST = 60_000  # characters; a comment on GitHub has at most 65,536
_LEAST = 700  # characters that a process needs to say anything
_MOST_NAMED = 40


def markdown(diffs: Sequence[Diff]) -> str:
    """Verdict, a table for whom something changes, what deals can do, a picture, and details.

    At most ``MOST`` characters: what is left out is said.
    """
    told, others = tellings(diffs)
    if len(told) == 1 and not others:
        return f"{MARKER}\n{_process(told[0], MOST - len(MARKER) - 1)}"
    mark = MARKS[worst([alarm(one.diff) for one in told])] if told else ""
    head = [MARKER, f"## {mark}{escaped(of_several([one.diff for one in told], others))}", ""]
    if others:
        names = ", ".join(f"<code>{escaped(diff.id)}</code>" for diff in others[:_MOST_NAMED])
        more = f" and {len(others) - _MOST_NAMED:,} more" if len(others) > _MOST_NAMED else ""
        head += [f"Unchanged: {names}{more}.", ""] if told else []
    text = "\n".join(head)
    shown = [one for one in told if not one.folded]
    for number, one in enumerate(shown):
        left = len(shown) - number
        room = (MOST - len(text)) // left
        if room < _LEAST:
            text += f"\nFor lack of space {left:,} processes are left out.\n"
            break
        text += "\n" + _process(one, room - 1)
    return text


def _process(telling: Telling, room: int) -> str:
    mark = MARKS[alarm(telling.diff)]
    about = [prose(sentence) for sentence in telling.about]
    head = [f"## {mark}{escaped(headline(telling.diff))}", "", " ".join(about), ""]
    first = Block(name="verdict", rows=("\n".join(head) if about else head[0] + "\n",))
    return laid_out((first, *blocks(telling.shown)), room)
