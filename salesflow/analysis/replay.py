"""A witness played again in the token game, to see what else was going on."""

from salesflow.analysis.verdict import Fault
from salesflow.process.net import Net, State
from salesflow.process.places import AT, FROM, STUCK

BUDGET = 5_000  # moves tried


def still_running(net: Net, fault: Fault, *, budget: int = BUDGET) -> tuple[str, ...]:
    """The steps that run, or wait, while a deal, a run or a branch ends, in the order written.

    For faults of kind ``unfinished``. Empty where the witness is too long to play again.
    """
    found = _before(net, fault, budget)
    if found is None:
        return ()
    state, taken = found
    layout = net.layout
    first, last = 0, len(layout.places)
    lane, run = layout.lanes.get(fault.node), layout.nodes.get(fault.node.rpartition(".")[0])
    if lane is not None:
        first, last = lane.first, lane.last
    elif run is not None:
        first, last = run.first, run.last
    ended = [layout.nodes[path.rpartition(".")[0]] for path in taken]
    ended = [node for node in ended if first <= node.first and node.last <= last]
    running = []
    for number in state.marking:
        place = layout.places[number]
        over = any(node.first <= number < node.last for node in ended)
        if first <= number < last and not over and place.kind in (AT, FROM, STUCK):
            running.append(place.other if place.kind == FROM else place.node)
    return tuple(dict.fromkeys(running))


def _before(net: Net, fault: Fault, budget: int) -> tuple[State, tuple[str, ...]] | None:
    """The state before the last move of a witness, and what that move takes."""
    source, *told = fault.witness
    layer = [(state, 0) for name, state in net.initial() if name == source]
    seen = set(layer)
    for state, done in layer:  # grows while it is walked: breadth first
        for move in net.each_move(state):
            budget -= 1
            if budget < 0:
                return None
            after = done + len(move.taken)
            if tuple(told[done:after]) != move.taken:
                continue
            if after == len(told) and move.cut and any(f.node == fault.node for f in move.flags):
                return state, move.taken
            step = (move.state, after)
            if not move.cut and step not in seen:
                seen.add(step)
                layer.append(step)
    return None
