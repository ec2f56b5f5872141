"""What deals can do now and could before, in words."""

from collections.abc import Iterator

from salesflow.changes.behaviour.nouns import Behaviour

_VERDICTS = {
    "same": "Deals can do exactly what they could before.",
    "more": "Deals can do all that they could before, and more.",
    "less": "Deals can do less than before: some ways are gone, and none is new.",
    "different": "Some ways that deals could take are gone, and others are new.",
    "unknown": "Whether deals can do the same as before is not known: there are too many ways to "
    "compare them all. Take it for a change.",
}
_LONGEST = 16  # places of a way that are shown
_ENDS = (4, 10)


def verdict(behaviour: Behaviour) -> str:
    """The verdict as a sentence."""
    return _VERDICTS[behaviour.verdict]


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
