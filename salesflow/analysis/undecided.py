"""Questions that were given up, since there were too many ways to look through."""

from typing import NamedTuple

from salesflow.process.people import Element


class Undecided(NamedTuple):
    """One such question: ``whether`` is a clause, ``tried`` says what was looked through.

    ``element`` is what it is about, None for the process as a whole.
    """

    whether: str
    tried: str
    element: Element | None = None
