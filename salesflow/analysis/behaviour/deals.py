"""The deal that gets stuck: what it could still do but for limits, and what it looks like."""

from salesflow.analysis.verdict import Fault
from salesflow.expressions.exact import exact
from salesflow.expressions.examples import example, written
from salesflow.expressions.types import NUMERIC
from salesflow.process.net import Net, State
from salesflow.process.telling import told


def about(net: Net, fault: Fault, state: State) -> Fault:
    """A fault with what is known of its deal."""
    node = net.layout.nodes.get(fault.node)
    stuck = node is not None and node.stuck in state.marking
    return fault._replace(
        deal=told(net, state),
        values=values_of(net, state),
        spent=_spent(net, fault.node, state) if stuck else (),
    )


def missing_at(net: Net, node: str, state: State) -> tuple[str, ...]:
    """The steps that a step waits for and that have not arrived in a state."""
    waiting = sorted(net.layout.nodes[node].waiting.items())
    return tuple(name for name, place in waiting if place not in state.marking)


def values_of(net: Net, state: State) -> tuple[tuple[str, str], ...]:
    """An example for each field known in a state: a value that is drawn for it, if there is one."""
    memory = net.memory
    values = []
    for at, name in enumerate(memory.fields):
        cell = memory.cell(at, state.data.fields)
        if cell is not None:
            kind = memory.types[name]
            drawn = (exact(v) if kind.kind in NUMERIC else v for v in memory.drawn.get(at, ()))
            value = next((value for value in drawn if cell.holds(value)), None)
            known = example(cell, kind) if value is None else value
            values.append((name, written(known, kind)))
    return tuple(values)


def _spent(net: Net, node: str, state: State) -> tuple[str, ...]:
    """The results of a step that only their limit forbids."""
    memory = net.memory
    spent = []
    for way in net.layout.nodes[node].chosen:
        limit = memory.limit(way)
        if limit is None or state.data.counts[memory.count_at[way.path]] < limit:
            continue
        guard = memory.guards.get(way.path)
        if guard is None or True in guard.judge(state.data).outcomes:
            spent.append(way.path)
    return tuple(spent)
