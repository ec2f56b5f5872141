"""Queues: work of a role in the order in which its people take it."""

from heapq import heappop
from math import inf, isnan
from typing import Any, TypeAlias

from salesflow.simulation.engine_python.state import QUEUED, Visit
from salesflow.simulation.program import LARGEST, NEWEST, OLDEST, Crew

Entry: TypeAlias = tuple[Any, ...]  # what comes first in the role's order is least; ends in visit


class Line:
    """Work in a role's queue that needs the same people: one crew, and one keeper or (-1) any."""

    __slots__ = ("apart", "crew", "entries", "keeper", "keeping")

    def __init__(self, crew: Crew, keeper: int, keeping: int, *, apart: bool) -> None:
        """An empty one; ``keeping`` is the role's number among those that keep deals, or -1.

        ``apart``: somebody else than the keeper may have to do it.
        """
        self.crew = crew
        self.apart = apart
        self.keeper = keeper
        self.keeping = keeping
        self.entries: list[Entry] = []

    def head(self) -> Entry | None:
        """The first entry that still waits in this line."""
        entries = self.entries
        while entries:
            visit: Visit = entries[0][-1]
            if visit.state == QUEUED and (
                self.keeping < 0 or self.keeper >= 0 or visit.deal.keepers[self.keeping] < 0
            ):
                return entries[0]
            heappop(entries)
        return None


def entry_of(visit: Visit, order: int, escalated: int) -> Entry:
    """A visit as it stands in the queue of a role that takes work in an order."""
    ready = visit.entered
    rest = (visit.deal.number, visit.at, visit.number, escalated, visit)
    if order == OLDEST:
        return (ready, *rest)
    if order == NEWEST:
        return (-ready, *rest)
    if order == LARGEST:
        return (inf if isnan(visit.worth) else -visit.worth, ready, *rest)
    return (visit.deadline, ready, *rest)
