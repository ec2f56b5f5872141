"""What deals can do now and could before, in words."""

from collections.abc import Iterable, Iterator

from salesflow.changes.behaviour.nouns import Behaviour
from salesflow.changes.edit import Edit

_VERDICTS = {
    "same": "Deals can do exactly what they could before.",
    "more": "Deals can do all that they could before, and more.",
    "less": "Deals can do less than before: some ways are gone, and none is new.",
    "different": "Some ways that deals could take are gone, and others are new.",
    "unknown": "Whether deals can do the same as before is not known: there are too many ways to "
    "compare them all. Take it for a change.",
}
_OTHER_DEALS = (
    "Deals can take the same ways as before, but not the same deals take them: conditions or data "
    "that decide have changed."
)
_DECIDE = frozenset({"when", "set", "captures", "gives"})  # what a deal's data has to do with
_LONGEST = 16  # places of a way that are shown
_ENDS = (4, 10)


def verdict(behaviour: Behaviour, edits: Iterable[Edit] = ()) -> str:
    """The verdict as a sentence; where ways are the same, ``edits`` may be of who takes them."""
    if behaviour.verdict == "same" and any(_decides(edit) for edit in edits):
        return _OTHER_DEALS
    return _VERDICTS[behaviour.verdict]


def _decides(edit: Edit) -> bool:
    """Whether it changes by what deals are told apart, and not only who notes it down."""
    key = edit.field.partition(".")[0]
    drawn = edit.old not in (None, "filled") or edit.new not in (None, "filled")
    return key in _DECIDE and (key == "when" or drawn)


def witnesses(behaviour: Behaviour) -> Iterator[tuple[str, str]]:
    """Ways that only one version has, each with that version's name."""
    for run in behaviour.only_old:
        yield "only the old version", shown(run)
    for run in behaviour.only_new:
        yield "only the new version", shown(run)


def shown(run: tuple[str, ...]) -> str:
    """A way for reading; a long one is cut in the middle, as its end tells most."""
    if not run:
        return "a deal that never moves"
    if len(run) > _LONGEST:
        first, last = _ENDS
        run = (*run[:first], "…", *run[-last:])
    return " → ".join(run)  # as statements and changes write them
