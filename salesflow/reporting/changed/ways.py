"""What deals can do now and could before, in words."""

from collections.abc import Iterable
from typing import NamedTuple

from salesflow.changes.behaviour.nouns import Behaviour
from salesflow.changes.edit import Edit
from salesflow.changes.sheet import last_id
from salesflow.reporting.words import sentence, way

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
_SAME_WAYS = "Deals can take the same ways as before"
_DECIDE = frozenset({"when", "set", "captures", "gives"})  # what a deal's data has to do with
_LONGEST = 16  # places of a way that are shown
_ENDS = (4, 10)


class Witness(NamedTuple):
    """A way that only one ``version`` has."""

    version: str
    way: str


def verdict(behaviour: Behaviour, edits: Iterable[Edit] = ()) -> str:
    """The verdict as a sentence; where ways are the same, ``edits`` may be of who takes them.

    It never says "exactly" where the statements below it say what is not as it was.
    """
    if behaviour.verdict != "same":
        return _VERDICTS[behaviour.verdict]
    edits = tuple(edits)
    counts = sentence([f"`{last_id(e.path)}` is `{e.new}`" for e in edits if _recounts(e)])
    if any(_decides(edit) for edit in edits):
        return (
            f"{_OTHER_DEALS} They also count otherwise: {counts} now." if counts else _OTHER_DEALS
        )
    if counts:
        return f"{_SAME_WAYS}, but they count otherwise: {counts} now."
    if behaviour.statements:
        return f"{_SAME_WAYS}. This is different about them:"
    return _VERDICTS["same"]


def _recounts(edit: Edit) -> bool:
    """Whether deals that end the same way count as something else."""
    return (edit.kind, edit.what, edit.field) == ("changed", "outcome", "kind")


def _decides(edit: Edit) -> bool:
    """Whether it changes by what deals are told apart, and not only who notes it down."""
    key = edit.field.partition(".")[0]
    drawn = edit.old not in (None, "filled") or edit.new not in (None, "filled")
    return key in _DECIDE and (key == "when" or drawn)


def witnesses(behaviour: Behaviour) -> tuple[tuple[Witness, ...], tuple[Witness, ...]]:
    """Ways that only one version has: those to show, and those to fold away.

    Where statements say it already, one of each version is enough.
    """
    most = 1 if behaviour.statements else None
    found = [
        [Witness(f"Only the {version} version", shown(run)) for run in runs]
        for version, runs in (("old", behaviour.only_old), ("new", behaviour.only_new))
    ]
    first = tuple(each for ways in found for each in ways[:most])
    return first, tuple(each for ways in found for each in ways if each not in first)


def shown(run: tuple[str, ...]) -> str:
    """A way for reading; a long one is cut in the middle, as its end tells most."""
    if not run:
        return "a deal that never moves"
    if len(run) > _LONGEST:
        first, last = _ENDS
        run = (*run[:first], "…", *run[-last:])
    return way(run)
