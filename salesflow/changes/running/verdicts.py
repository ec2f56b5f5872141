"""From what may become of a deal to one verdict."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from salesflow.changes.running.nouns import Verdict
from salesflow.changes.running.onward import Fate
from salesflow.changes.running.side import Case


class Judged(NamedTuple):
    """A verdict and the cases it stands on: those that can go on, and the others with a fate."""

    verdict: Verdict
    fine: tuple[Case, ...]
    bad: tuple[tuple[Case, Fate], ...]


def judged(cases: Sequence[Case]) -> Judged:
    """The verdict on deals that may be in any of some states.

    Fine, stranded or waiting only where all agree. Where something can go wrong it is ambiguous.
    """
    fine = tuple(case for case in cases if any(fate.kind == "fine" for fate in case.fates))
    bad = tuple((case, fate) for case in cases for fate in case.fates if fate.kind != "fine")
    if not bad:
        return Judged("fine", fine, bad)
    kinds = {fate.kind for _, fate in bad}
    if fine or not kinds.isdisjoint(("unsure", "fault")):
        return Judged("ambiguous", fine, bad)
    return Judged("waiting" if kinds == {"waits"} else "stranded", fine, bad)


def all_fine(cases: Iterable[Case]) -> bool:
    """Whether deals can go on from every one of some states."""
    return all(fate.kind == "fine" for case in cases for fate in case.fates)
