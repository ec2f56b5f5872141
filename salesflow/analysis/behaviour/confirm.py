"""Whether a run that was found without counting some limits is one of the process as it is."""

from collections.abc import Iterator

from salesflow.analysis.behaviour.flags import FLAGS
from salesflow.analysis.verdict import STUCK, TIMED, WAITS, Fault
from salesflow.process.choices import CUTS
from salesflow.process.net import EXPIRE, START, Move, Net, State
from salesflow.process.places import FROM
from salesflow.process.places import STUCK as STANDS

MOST_TRIED = 2_000  # moves tried to follow one run


def confirmed(net: Net, fault: Fault) -> bool:
    """Whether the witness of a fault can be played in a net and the fault is there at its end.

    False where that cannot be told from one run: that deals go round for ever.
    """
    told = fault.witness
    waiting = [(move, 0) for move in _starts(net, told)]
    seen: set[tuple[State, int]] = set()
    tried = 0
    while waiting and tried < MOST_TRIED:
        move, matched = waiting.pop()
        tried += 1
        matched += (move.kind == START) + len(move.taken)
        if _there(net, fault, move, matched):
            return True
        if any(flag.kind in CUTS for flag in move.flags) or (move.state, matched) in seen:
            continue
        seen.add((move.state, matched))
        following = [(m, matched) for m in net.each_move(move.state) if _follows(m, told, matched)]
        waiting.extend(reversed(following))
    return False


def _starts(net: Net, told: tuple[str, ...]) -> Iterator[Move]:
    for move in net.starts():
        taken = (move.node, *move.taken)
        if taken == told[: len(taken)]:
            yield move


def _follows(move: Move, told: tuple[str, ...], matched: int) -> bool:
    return told[matched : matched + len(move.taken)] == move.taken


def _there(net: Net, fault: Fault, move: Move, matched: int) -> bool:
    """Whether a run has come to its end, and the fault with it."""
    if matched < len(fault.witness) - 1:
        return False
    if any(
        FLAGS[flag.kind] == fault.kind and flag.node == fault.node and flag.field == fault.field
        for flag in move.flags
    ):
        return True
    if fault.kind not in (STUCK, WAITS, TIMED):
        return False
    kind = FROM if fault.kind == WAITS else STANDS
    places = [net.layout.places[place] for place in move.state.marking]
    if not any(place.kind == kind and place.node == fault.node for place in places):
        return False
    kinds = {after.kind for after in net.each_move(move.state)}
    return kinds == ({EXPIRE} if fault.kind == TIMED else set())
