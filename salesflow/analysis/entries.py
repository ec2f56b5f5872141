"""When deals enter a step: at any hour, while an office is open, or who knows when.

A source with a ``rate`` brings deals evenly over all time, or over the open time of its calendar.
What a step of ours hands on at the end of hands-on work comes in that work's open time, but nobody
knows when in it; what a wait, a time limit or a batch brings may come at any instant. Steps that
take no time, and the beginnings of blocks, are looked through.
"""

from salesflow.analysis.broken import Entry
from salesflow.analysis.flow import Flow
from salesflow.analysis.schedules import ALWAYS, Schedules
from salesflow.process.model import Source
from salesflow.process.steps import Block, Step, Work


class Entries:
    """How deals come into the steps of one process."""

    def __init__(self, flow: Flow, schedules: Schedules) -> None:
        """Turn the edges of the flow round."""
        self.process = flow.process
        self.schedules = schedules
        self._incoming: dict[str, list[tuple[str, str]]] = {}  # place -> (place before, via)
        for place, edges in flow.edges.items():
            if flow.reachable(place):
                for via, end in edges:
                    self._incoming.setdefault(end, []).append((place, via))

    def into(self, node: str) -> list[Entry]:
        """Every way in, sorted; none for a step that no deal comes to."""
        found: set[Entry] = set()
        seen = {node}
        waiting = [(node, True)]
        while waiting:
            place, straight = waiting.pop()
            for before, via in self._incoming.get(place, ()):
                entry = self._entry(before, via, place, straight=straight)
                if entry is not None:
                    found.add(self._limited(entry, via) if straight else entry)
                elif before not in seen:
                    seen.add(before)
                    waiting.append((before, False))
        return sorted(found, key=lambda e: (e.origin, e.via, sorted(e.hours), e.even))

    def _limited(self, entry: Entry, via: str) -> Entry:
        """The entry with how often a deal can come by it, where its result has a limit."""
        step, _, name = via.rpartition(".")
        known = self.process.nodes.get(step)
        result = known.next.get(name) if known is not None else None
        if result is None or result.at_most is None:
            return entry
        return entry._replace(via=via, most=result.at_most)

    def _entry(self, place: str, via: str, end: str, *, straight: bool) -> Entry | None:
        """What comes along an edge; None where it only passes through ``place``."""
        source = self.process.sources.get(place)
        if source is not None:
            return self._arrivals(source, straight=straight)
        step = self.process.nodes.get(place)
        if isinstance(step, Work):
            return self._worked(step, via)
        if step is None:  # the end of a block
            return None
        if not isinstance(step, Block) or end == _by_timeout(step):
            return Entry(ALWAYS, even=False, origin=place)
        return None

    def _arrivals(self, source: Source, *, straight: bool) -> Entry:
        arrivals = source.arrivals
        if arrivals is None or arrivals.rate is None:
            return Entry(ALWAYS, even=False, origin=source.node)
        known = arrivals.calendar in self.schedules.calendars
        hours = frozenset({arrivals.calendar or ""}) if known else ALWAYS
        rate = arrivals.rate.per_hour if straight else None
        return Entry(hours, even=True, origin=source.node, rate=rate)

    def _worked(self, work: Work, via: str) -> Entry | None:
        if via == _by_timeout(work):
            return Entry(ALWAYS, even=False, origin=work.node)
        if work.effort is None and work.wait is None:
            return Entry(ALWAYS, even=False, origin=work.node) if work.by else None
        parties = self.schedules.parties(work)
        hours = {party.hours for party in parties}
        if work.effort is None or self.schedules.most_wait(work) or len(hours) > 1:
            return Entry(ALWAYS, even=False, origin=work.node)
        return Entry(parties[0].hours, even=False, origin=work.node)


def _by_timeout(step: Step) -> str:
    """The node of the result that a step's time limit takes."""
    return f"{step.node}.{step.timeout.result}" if step.timeout else ""
