"""Questions that were given up, since there were too many ways to look through."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from salesflow.analysis.lack import Breach, Lack
from salesflow.process.model import Process
from salesflow.process.people import Element


class Undecided(NamedTuple):
    """One such question: ``whether`` is a clause, ``tried`` says what was looked through.

    ``element`` is what it is about, None for the process as a whole.
    """

    whether: str
    tried: str
    element: Element | None = None


def open_questions(
    process: Process, lacks: "Iterable[Lack]", breaches: "Iterable[Breach]"
) -> Iterator[Undecided]:
    """Fields of which it is not known whether they are filled where they are required."""
    tried = "too many ways were looked through"
    for lack in lacks:
        if not lack.decided:
            needing = process.nodes.get(lack.place) or process.outcomes[lack.place]
            whether = f"whether every deal comes to `{lack.place}` with `{lack.field}`"
            yield Undecided(whether, tried, needing)
    for breach in breaches:
        if not breach.decided and breach.how == "requires":
            touchpoint = process.touchpoints[breach.touchpoint]
            whether = f"whether `{breach.field}` is filled at each handoff of `{touchpoint.id}`"
            yield Undecided(whether, tried, touchpoint)
