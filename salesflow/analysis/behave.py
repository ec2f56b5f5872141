"""How a process behaves: every way in which a deal can get stuck, proved or with a run."""

from collections.abc import Iterator

from salesflow.analysis.explore import BUDGET, Exploration, search
from salesflow.analysis.verdict import (
    PILE,
    STUCK,
    TIMED,
    TRAPPED,
    TWICE,
    UNFILLED,
    UNFINISHED,
    UNHANDLED,
    WAITS,
    Fault,
    Verdict,
)
from salesflow.process import choices
from salesflow.process.model import Process
from salesflow.process.places import FROM, Place
from salesflow.process.telling import told, witness

_KINDS = {
    choices.TWICE: TWICE,
    choices.PILE: PILE,
    choices.UNFINISHED: UNFINISHED,
    choices.UNHANDLED: UNHANDLED,
    choices.UNFILLED: UNFILLED,
}


def behaviour(process: Process, *, budget: int = BUDGET) -> Verdict:
    """All that goes wrong in any run of a process; ``budget`` is the number of moves to try."""
    found = search(process, budget=budget)
    last = found.second or found.first
    faults: dict[tuple[str, str, str], Fault] = {}
    for fault in _faults(last):
        faults.setdefault((fault.kind, fault.node, fault.field), fault)
    return Verdict(
        faults=tuple(faults[key] for key in sorted(faults)),
        decided=found.complete,
        never_taken=tuple(sorted(last.never_taken)),
        never_entered=tuple(sorted(last.never_entered)),
        moves=found.first.moves + (found.second.moves if found.second else 0),
    )


def _faults(found: Exploration) -> Iterator[Fault]:
    for flag, step in found.faults.items():
        way = found.way_of(step)
        at = "" if flag.kind in (choices.UNFINISHED, choices.UNHANDLED) else flag.node
        yield Fault(
            kind=_KINDS[flag.kind],
            node=flag.node,
            witness=witness(way, at=at),
            sure=not any(move.approximate for move in way),
            field=flag.field,
            deal=told(found.net, step.move.state),
        )
    for number in found.idle:
        for place in found.stuck_at(number):
            yield _standstill(found, number, place, timed=False)
    for number in found.timed:
        for place in found.stuck_at(number):
            if place.kind != FROM:
                yield _standstill(found, number, place, timed=True)
    if found.trapped:
        yield _trapped(found, found.trapped[0])


def _standstill(found: Exploration, number: int, place: Place, *, timed: bool) -> Fault:
    way = found.way_to(number)
    net = found.net
    missing: tuple[str, ...] = ()
    if place.kind == FROM:
        arrived = {net.layout.places[p] for p in found.states[number].marking}
        waiting = net.layout.nodes[place.node].waiting
        missing = tuple(
            name for name, p in sorted(waiting.items()) if net.layout.places[p] not in arrived
        )
    kind = WAITS if place.kind == FROM else TIMED if timed else STUCK
    return Fault(
        kind=kind,
        node=place.node,
        witness=witness(way, at=place.node),
        sure=not any(move.approximate for move in way),
        missing=missing,
        deal=told(net, found.states[number]),
    )


def _trapped(found: Exploration, number: int) -> Fault:
    way = found.way_to(number)
    net = found.net
    place = net.layout.places[found.states[number].marking[0]]
    return Fault(
        kind=TRAPPED,
        node=place.node,
        witness=witness(way, at=place.node),
        sure=not any(move.approximate for move in way),
        deal=told(net, found.states[number]),
    )
