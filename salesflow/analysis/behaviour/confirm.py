"""Whether a run that was found without counting some limits is one of the process as it is."""

from salesflow.analysis.behaviour.flags import FLAGS
from salesflow.analysis.replay import Replayed, replayed
from salesflow.analysis.verdict import STUCK, TIMED, WAITS, Fault
from salesflow.process.net import EXPIRE, Net
from salesflow.process.places import FROM
from salesflow.process.places import STUCK as STANDS


def confirmed(net: Net, fault: Fault) -> bool:
    """Whether the witness of a fault can be played in a net and the fault is there at its end.

    False where that cannot be told from one run: that deals go round for ever.
    """
    return any(_there(net, fault, step) for step in replayed(net, fault.witness))


def _there(net: Net, fault: Fault, step: Replayed) -> bool:
    """Whether a run has come to its end, and the fault with it."""
    move = step.move
    if step.done < len(fault.witness) - 1:
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
