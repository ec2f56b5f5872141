"""Queues: work of a role in the order in which its people take it."""

from heapq import heappop
from math import inf, isnan

from salesflow.simulation.engine_python.people import Entry, Line
from salesflow.simulation.engine_python.state import QUEUED, Visit
from salesflow.simulation.program import LARGEST, NEWEST, OLDEST


def head_of(line: Line) -> Entry | None:
    """The first entry that still waits in a line."""
    entries, keeping = line.entries, line.keeping
    while entries:
        visit: Visit = entries[0][-1]
        if visit.state == QUEUED and (
            keeping < 0 or line.keeper >= 0 or visit.deal.keepers[keeping] < 0
        ):
            return entries[0]
        heappop(entries)
    return None


def entry_of(visit: Visit, order: int, escalated: int) -> Entry:
    """A visit as it stands in the queue of a role that takes work in an order."""
    ready = visit.entered
    if order == OLDEST:
        return (ready, visit.deal.number, visit.at, visit.number, escalated, visit)
    rest = (visit.deal.number, visit.at, visit.number, escalated, visit)
    if order == NEWEST:
        return (-ready, *rest)
    if order == LARGEST:
        return (inf if isnan(visit.worth) else -visit.worth, ready, *rest)
    return (visit.deadline, ready, *rest)
