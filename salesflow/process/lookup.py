"""Where the elements stand that a witness names."""

from collections.abc import Mapping

from salesflow.process.model import Process
from salesflow.process.steps import Block, Run
from salesflow.spans import NOWHERE, Span


class Lookup:
    """The places of a process by node: ``call``, ``call.fit``, ``papers.legal``, ``won``.

    What lies in a run has the run's node in front: ``credit.check.bureau.good``.
    """

    def __init__(self, process: Process) -> None:
        """Write down the places; those of runs when first asked for."""
        self._process = process
        self._runs: dict[str, Lookup] = {}
        self.spans = _spans(process)

    def span(self, name: str) -> Span | None:
        """Where a node or result stands, None where that is unknown."""
        lookup: Lookup | None = self
        rest = name
        while lookup is not None:
            found = lookup.spans.get(rest)
            if found is not None:
                return None if found == NOWHERE else found
            lookup, rest = lookup.within(rest)
        return None

    def within(self, name: str) -> "tuple[Lookup | None, str]":
        """The lookup of the process whose run a name lies in, and the name there."""
        nodes = self._process.nodes
        dot = name.find(".")
        while dot >= 0:
            step = nodes.get(name[:dot])
            if isinstance(step, Run):
                inner = self._process.runs.get(step.process)
                if inner is None:
                    break
                if inner.id not in self._runs:
                    self._runs[inner.id] = Lookup(inner)
                return self._runs[inner.id], name[dot + 1 :]
            dot = name.find(".", dot + 1)
        return None, name


def _spans(process: Process) -> Mapping[str, Span]:
    spans = {source.node: source.span for source in process.sources.values()}
    spans.update((outcome.node, outcome.span) for outcome in process.outcomes.values())
    for step in process.nodes.values():
        spans[step.node] = step.span
        spans.update((result.node, result.span) for result in step.next.values())
        if isinstance(step, Block):
            spans.update((branch.node, branch.span) for branch in step.branches.values())
    return spans
