"""What a planted fault is, and the lines of the pumps process in which many are planted."""

from typing import NamedTuple

Change = tuple[str, str]  # a text that occurs once in one of the files, and what stands there then


class Fault(NamedTuple):
    """A planted fault.

    ``plant`` are changes of the sound files, ``at`` is how the one line begins (without its
    indentation) that is reported, ``repair`` are changes of the files with the fault, as the help
    text says. ``told`` is a part of that help text. ``text`` is a file of its own, for what the
    pumps process cannot show.
    """

    rule: str
    plant: tuple[Change, ...]
    at: str
    told: str
    repair: tuple[Change, ...]
    text: str = ""


GONE = "      gone: {to: lost, share: rest, set: {loss_reason: no_decision}}\n"
BOOK = "  book_order:\n    by: pricing\n"
PLANNED = "      planned: {to: installation, share: 90%}\n"
UNCLEAR = "      unclear: {to: ask_ward, share: rest, at_most: 2}\n"
FINE = "      fine: {to: price_settled, when: discount <= 10%}\n"
DEEP = "      too_deep: {to: approve, when: discount > 10%}\n"
ASK = "    effort: 1h\n    next: roll_out\n"
TRAINED = "    effort: {min: 3h, usual: 6h, max: 16h}\n    next: live\n"
DRAFTED = "            captures: [contract]\n            next: their_lawyer\n"
ANSWERED = "    wait: {median: 12d, p90: 35d}\n    timeout: {after: 60d, result: silent}\n"
FIELD = "  test_protocol: {type: document, master: quality}\n"


def added(line: str, *more: str) -> Change:
    """A change that puts lines behind a line."""
    return line, line + "".join(more)
