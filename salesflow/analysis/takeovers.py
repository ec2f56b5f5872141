"""Departments that take over after the sale, and deals that are won past them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from salesflow.analysis.flow import Flow
from salesflow.analysis.graphs import reached, reached_anew
from salesflow.analysis.handoffs import Threads

BUDGET = 10_000  # moves tried for one department
MOST_DEPARTMENTS = 10


class Skipped(NamedTuple):
    """A deal that reaches ``outcome`` by ``witness`` and none of a department's ``steps``."""

    department: str
    steps: tuple[str, ...]
    outcome: str
    witness: tuple[str, ...]


def skipped(threads: Threads) -> Iterator[Skipped]:
    """One for each department that takes over some of the deals that are won, and not all."""
    flow = threads.flow
    won = sorted(o.id for o in flow.process.outcomes.values() if o.kind == "won")
    for number, (department, steps) in enumerate(_taking_over(threads, won)):
        if number == MOST_DEPARTMENTS:
            return
        past = reached_anew(flow.process.sources, flow.successors, {*steps})
        if not past.isdisjoint(won):  # else every way leads by it
            found = _played(flow, {*steps}, won)
            if found:
                yield Skipped(department, steps, found[-1], found)


def _taking_over(threads: Threads, won: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Departments that get deals, hand them to nobody, and have nothing but the end before them.

    Only those count that a touchpoint promises deals to: others may be for some deals only.
    """
    flow = threads.flow
    steps: dict[str, list[str]] = {}
    for step in flow.process.nodes.values():
        department = threads.ours(step)
        if department is not None and flow.reachable(step.node):
            steps.setdefault(department, []).append(step.node)
    bits = 0
    for receiver in threads.receivers:
        bits |= receiver.givers
    giving = {name for name, mask in threads.departments.items() if bits & mask}
    before = reached(won, flow.predecessors)
    receiving = {receiver.department for receiver in threads.receivers}
    promised = {touchpoint.receiver for touchpoint in flow.process.touchpoints.values()}
    for department in sorted((receiving & promised) - giving):
        nodes = sorted(steps.get(department, ()), key=flow.distance.__getitem__)
        if nodes and before.issuperset(nodes):
            yield department, tuple(nodes)


def _played(flow: Flow, steps: set[str], won: list[str]) -> tuple[str, ...]:
    """The shortest real run to a won outcome that comes to none of some steps."""
    from salesflow.analysis.pursue import pursue  # the token game is slow to import
    from salesflow.process.net import Net
    from salesflow.process.telling import witness

    net = Net(flow.process)
    places = {net.layout.nodes[node].active for node in steps}
    ends = {net.layout.ends[outcome]: outcome for outcome in won}

    def step(memo: bool, move: Any) -> bool | None:
        return None if memo or not places.isdisjoint(move.state.marking) else memo

    def wanted(_memo: bool, move: Any) -> bool:
        return not move.cut and any(place in ends for place in move.state.marking)

    found = pursue(net, False, step, wanted, budget=BUDGET)
    if found.way is None or found.approximate:
        return ()
    outcome = next(ends[p] for p in found.way[-1].state.marking if p in ends)
    return (*witness(found.way), outcome)
