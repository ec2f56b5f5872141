"""Policies that hold whatever conditions decide: the drawing alone proves it, in linear time.

For ``precedence`` the drawing is followed from the sources without passing ``a``. A step that waits
for several is reached when all of them are, a block whose branches must all finish when all that
always run are. What is not reached so cannot happen before ``a`` in any run, because every event in
a run has a chain of events before it that the drawing shows. The other kinds are judged so only
where a deal is never in two places at once.
"""

from collections.abc import Collection, Iterable, Iterator

from salesflow.analysis.events import Event, event
from salesflow.analysis.flow import Edge, Flow
from salesflow.analysis.graphs import reached
from salesflow.process.model import Policy, Process
from salesflow.process.steps import DONE, Block


def foregone(policy: Policy, process: Process, flow: Flow) -> bool:
    """Whether the drawing proves a policy, its condition not even looked at."""
    events = [event(process, name) for name in policy.events]
    if policy.kind == "precedence":
        first, then = events
        return not _comes_first(then, first, _without(first, process, flow), process)
    if not all(any(flow.reachable(_place(p, process)) for p in e.paths) for e in events):
        return policy.kind != "response" or not _reachable(events[0], process, flow)
    if policy.kind == "never" or not sequential(process):
        return False
    return _foregone_alone(policy.kind, events, process, flow)


def sequential(process: Process) -> bool:
    """Whether a deal is never in two places at once: no block, no split."""
    return not any(isinstance(step, Block) or step.splits for step in process.nodes.values())


def _foregone_alone(kind: str, events: list[Event], process: Process, flow: Flow) -> bool:
    """The same for a deal that is in one place only."""
    first, last = events[0], events[-1]
    if kind == "response":
        if first.name == last.name:
            return False
        met = {p for p, rank in first.paths.items() if last.paths.get(p, rank) > rank}
        after = _after(set(first.paths) - met, flow, process, avoiding=_surely(last))
        return after.isdisjoint(process.outcomes)
    again = _after(first.paths, flow, process)
    if kind == "at_most_once":
        return again.isdisjoint(_place(path, process) for path in first.paths)
    if first.paths.keys() & last.paths.keys():
        return False
    back = _after(last.paths, flow, process)
    return again.isdisjoint(_place(p, process) for p in last.paths) and back.isdisjoint(
        _place(p, process) for p in first.paths
    )


def _reachable(one: Event, process: Process, flow: Flow) -> bool:
    return any(flow.reachable(_place(path, process)) for path in one.paths)


def _place(path: str, process: Process) -> str:
    """Where a deal is when it takes a result, as places of the flow are called."""
    node = path.rpartition(".")[0]
    return path if isinstance(process.nodes.get(node), Block) else node


def _surely(one: Event) -> Collection[str]:
    """The results with which an event happens whoever takes them."""
    return one.paths.keys() - one.timed


def _after(
    paths: Iterable[str], flow: Flow, process: Process, *, avoiding: Collection[str] = ()
) -> set[str]:
    """The places a deal can come to after one of the results, from then on avoiding others."""
    starts = [
        edge.end
        for path in paths
        for edge in flow.edges.get(_place(path, process), ())
        if edge.via == path
    ]
    if not avoiding:
        return reached(starts, flow.successors)
    left = {
        place: [edge.end for edge in edges if edge.via not in avoiding]
        for place, edges in flow.edges.items()
    }
    return reached(starts, left)


def _comes_first(then: Event, first: Event, free: Collection[str], process: Process) -> bool:
    """Whether ``then`` can happen at a place that is reached without ``first``."""
    for path, rank in then.paths.items():
        met = path in _surely(first) and first.paths[path] < rank
        if not met and _place(path, process) in free:
            return True
    return False


def _without(first: Event, process: Process, flow: Flow) -> set[str]:
    """All places that a deal can be at before ``first`` has happened."""
    return _Reach(process, flow, _surely(first)).places


class _Reach:
    """Places reached without taking some results; where many must arrive, all of them must."""

    def __init__(self, process: Process, flow: Flow, avoided: Collection[str]) -> None:
        self.process = process
        self.avoided = avoided
        self.places: set[str] = set()
        self.missing: dict[str, set[str]] = {}  # place -> who must still arrive
        waiting = [*process.sources]
        while waiting:
            place = waiting.pop()
            if place in self.places:
                continue
            self.places.add(place)
            free = [edge for edge in flow.edges.get(place, ()) if edge.via not in avoided]
            waiting.extend(edge.end for edge in free if self.arrives(place, edge))

    def arrives(self, place: str, edge: Edge) -> bool:
        """Whether with this arrival all that must arrive has."""
        missing = self.missing.get(edge.end)
        if missing is None:
            missing = self.missing[edge.end] = set(self.needed(edge.end))
            if not missing:
                self.missing[edge.end] = missing
        if not missing:
            return True
        if edge.via == "":
            missing.clear()  # no branch runs, or the block's time is up
        node, _, result = edge.via.rpartition(".")
        missing.discard(self.arriving(edge, node) if result else place)
        return not missing

    def arriving(self, edge: Edge, node: str) -> str:
        """Who arrives: the branch where it is done, else the step."""
        step = self.process.nodes.get(node)
        if (
            step is not None
            and edge.end.endswith(f".{DONE}")
            and edge.end not in self.process.nodes
        ):
            return step.scope
        return node

    def needed(self, place: str) -> Iterator[str]:
        """Who must all arrive at a place; nobody in particular where one arrival is enough."""
        step = self.process.nodes.get(place)
        if step is not None:
            yield from step.wait_for
            return
        block = self.process.nodes.get(place.rpartition(".")[0])
        if isinstance(block, Block) and place.endswith(f".{DONE}") and block.join == "all":
            yield from (b.node for b in block.branches.values() if b.when is None)
