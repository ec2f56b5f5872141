"""Where the places of a witness stand, for formats that link to them."""

from collections.abc import Iterable, Iterator

from salesflow.analysis.runs import inner_first
from salesflow.findings import Finding
from salesflow.process.lookup import Lookup
from salesflow.process.model import Process
from salesflow.spans import Span

Way = tuple[Span | None, ...]  # one for each part of the witness; None where it is unknown


def ways(process: Process, findings: Iterable[Finding]) -> Iterator[tuple[Finding, Way]]:
    """Each finding that has a witness, with the places of it.

    A finding does not say in which of the processes that are run it was made: it is the one that
    knows most of the witness.
    """
    lookups: list[Lookup] = []
    for finding in findings:
        if not finding.witness:
            continue
        lookups = lookups or [Lookup(part) for part in (*inner_first(process),)[::-1]]
        told = [tuple(map(lookup.span, finding.witness)) for lookup in lookups]
        yield finding, max(told, key=lambda way: sum(place is not None for place in way))
