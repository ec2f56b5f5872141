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
_WHO = "conditions or data that decide have changed"
_OTHER_DEALS = "Conditions or data that decide have changed too: other deals take the ways."
_SAME_WAYS = "Deals can take the same ways as before"
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
        also = "" if behaviour.same_deals else f" {_OTHER_DEALS}"
        return f"{_VERDICTS[behaviour.verdict]}{also}"
    edits = tuple(edits)
    counts = _counts(edits)
    if not behaviour.same_deals:
        also = f" They also count otherwise: {counts} now." if counts else ""
        return f"{_SAME_WAYS}, but not the same deals take them: {_WHO}.{also}"
    if counts:
        return f"{_SAME_WAYS}, but they count otherwise: {counts} now."
    if behaviour.statements:
        return f"{_SAME_WAYS}. This is different about them:"
    return _VERDICTS["same"]


def kept(
    behaviour: Behaviour | None, edits: Iterable[Edit], left: Iterable[Edit]
) -> Behaviour | None:
    """The behaviour for a report of what is ``left`` of the edits: the others still qualify it."""
    left = frozenset(left)
    if behaviour is None or behaviour.verdict != "same":
        return behaviour
    others = [edit for edit in edits if edit not in left]
    if not (counts := _counts(others)) or _counts(left):
        return behaviour
    said = f"They count otherwise: {counts} now."
    return behaviour.replace(statements=(*behaviour.statements, said))


def _counts(edits: Iterable[Edit]) -> str:
    """What counts as something else: "`lost` is `disqualified`", "" for nothing."""
    return sentence([f"`{last_id(e.path)}` is `{e.new}`" for e in edits if _recounts(e)])


def _recounts(edit: Edit) -> bool:
    """Whether deals that end the same way count as something else."""
    return (edit.kind, edit.what, edit.field) == ("changed", "outcome", "kind")


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
