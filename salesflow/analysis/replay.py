"""A witness played again in the token game."""

from collections.abc import Iterator
from typing import NamedTuple

from salesflow.analysis.verdict import Fault
from salesflow.process.net import START, Move, Net, State
from salesflow.process.places import AT, FROM, STUCK

BUDGET = 5_000  # moves tried


class Replayed(NamedTuple):
    """A move of a run that fits a witness: the state before it, None where a deal begins.

    ``done`` is how many names of the witness are taken with it.
    """

    before: State | None
    move: Move
    done: int


def replayed(net: Net, told: tuple[str, ...], *, budget: int = BUDGET) -> Iterator[Replayed]:
    """All moves of runs that fit a witness, breadth first; it ends when ``budget`` is spent."""
    steps = [Replayed(None, move, 0) for move in net.starts()]
    seen: set[tuple[State, int]] = set()
    for before, move, told_before in steps:  # grows while it is walked
        budget -= 1
        if budget < 0:
            return
        names = ((move.node,) if move.kind == START else ()) + move.taken
        done = told_before + len(names)
        if told[told_before:done] != names:
            continue
        yield Replayed(before, move, done)
        if not move.cut and (move.state, done) not in seen:
            seen.add((move.state, done))
            steps.extend(Replayed(move.state, after, done) for after in net.each_move(move.state))


def still_running(net: Net, fault: Fault, *, budget: int = BUDGET) -> tuple[str, ...]:
    """The steps that run, or wait, while a deal, a run or a branch ends, in the order written.

    For faults of kind ``unfinished``. Empty where the witness is too long to play again.
    """
    found = _end(net, fault, budget)
    if found is None or found.before is None:
        return ()
    layout = net.layout
    first, last = 0, len(layout.places)
    lane, run = layout.lanes.get(fault.node), layout.nodes.get(fault.node.rpartition(".")[0])
    if lane is not None:
        first, last = lane.first, lane.last
    elif run is not None:
        first, last = run.first, run.last
    ended = [layout.nodes[path.rpartition(".")[0]] for path in found.move.taken]
    ended = [node for node in ended if node is not run]  # what runs in it is asked for
    ended = [node for node in ended if first <= node.first and node.last <= last]
    running = []
    for number in found.before.marking:
        place = layout.places[number]
        over = any(node.first <= number < node.last for node in ended)
        if first <= number < last and not over and place.kind in (AT, FROM, STUCK):
            running.append(place.other if place.kind == FROM else place.node)
    return tuple(dict.fromkeys(running))


def _end(net: Net, fault: Fault, budget: int) -> Replayed | None:
    """The last move of a witness, the one that goes wrong."""
    for step in replayed(net, fault.witness, budget=budget):
        wrong = step.move.cut and any(flag.node == fault.node for flag in step.move.flags)
        if wrong and step.done == len(fault.witness):
            return step
    return None
