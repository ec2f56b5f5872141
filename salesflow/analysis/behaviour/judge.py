"""The verdict on a process: explored apart first, then with all limits, then for the shortest runs.

First the parts of the process are explored apart, and threads one by one (``engine``); limits that
can be spared are not counted. What comes out clean is proved; what does not is played again with
all limits, and if it cannot be, all is explored again with them. Then the whole game is walked as
well, as far as that can be done quickly, as it finds the shortest runs.
"""

from collections.abc import Collection, Iterable, Iterator
from math import prod

from salesflow.analysis.behaviour.confirm import confirmed
from salesflow.analysis.behaviour.deals import about, missing_at
from salesflow.analysis.behaviour.engine import Engine
from salesflow.analysis.behaviour.flags import FLAGS
from salesflow.analysis.behaviour.interior import Interior
from salesflow.analysis.behaviour.telling import faults
from salesflow.analysis.behaviour.walk import OutOfBudgetError
from salesflow.analysis.circling import goes_round, place_of_round
from salesflow.analysis.explore import Exploration, explore
from salesflow.analysis.forget import Forgetting, spared_limits
from salesflow.analysis.verdict import (
    STUCK,
    TIMED,
    TRAPPED,
    UNFINISHED,
    UNHANDLED,
    WAITS,
    Fault,
    Verdict,
)
from salesflow.process.model import Process
from salesflow.process.net import Net
from salesflow.process.places import FROM, Place
from salesflow.process.telling import witness

MOST_COUNTS = 4_000  # ways in which limits can be spent, up to which it is looked into:
UNUSED = 3_000  # moves tried to find results that are never taken because of limits


def judged(process: Process, *, budget: int, shortest: int) -> Verdict:
    """All that goes wrong in any run of a process.

    ``budget`` is the number of moves to try in each pass, ``shortest`` that for a walk through the
    whole game once something is wrong (0: runs need not be the shortest).
    """
    net = Net(process)
    spared = spared_limits(net)
    loose = net.sparing(spared) if spared else net
    verdict = _explored(loose, budget)
    if spared and not all(confirmed(net, fault) for fault in verdict.faults):
        verdict = _joined(_explored(net, budget), verdict)
    elif spared and verdict.decided and _hangs_on_limits(net, spared, verdict):
        strict = _explored(net, min(budget, UNUSED))
        verdict = _joined(strict, verdict) if strict.decided else verdict
    if verdict.faults or not verdict.decided:
        verdict = _shortened(net, verdict, shortest)
    return verdict


def _joined(strict: Verdict, loose: Verdict) -> Verdict:
    """What is known with all limits counted, and from before."""
    moves = strict.moves + loose.moves
    if strict.decided:
        return strict._replace(moves=moves)
    return strict._replace(
        moves=moves, never_taken=loose.never_taken, never_entered=loose.never_entered
    )


def _hangs_on_limits(net: Net, spared: Collection[str], verdict: Verdict) -> bool:
    """Whether something was taken, maybe, only because a limit could be spent any time.

    With many limits that is not looked into: what was not taken is sure all the same.
    """
    counts = prod(1 + (way.result.at_most or 0) for way in net.layout.ways())
    if counts > MOST_COUNTS:
        return False
    never = {*verdict.never_taken}
    return any(
        node.otherwise is not None
        and node.otherwise.path not in never
        and any(way.path in spared for way in node.chosen)
        for node in net.layout.nodes.values()
    )


def _explored(net: Net, budget: int) -> Verdict:
    """What the engine finds in a net, steps passed first where nothing can happen."""
    verdict = _found(net, budget, contract=True)
    if not verdict.faults:
        return verdict
    whole = _found(net, budget, contract=False)
    return whole._replace(moves=whole.moves + verdict.moves)


def _found(net: Net, budget: int, *, contract: bool) -> Verdict:
    engine = Engine(net, budget, contract=contract)
    try:
        deal = engine.explore()
    except OutOfBudgetError:
        return Verdict(decided=False, moves=budget)
    inner = [known for known in engine.known.values() if isinstance(known, Interior)]
    interiors = [deal, *inner]
    troubled = any(i.faults or i.idle or i.timed or i.dead for i in inner)
    conclusive = not any(interior.cuts for interior in interiors)
    taken = {path for interior in interiors for path in interior.taken}
    return Verdict(
        faults=_unique(faults(net, deal, troubled=troubled)),
        never_taken=_not_taken(net, taken) if conclusive else (),
        never_entered=_not_entered(net, taken, interiors) if conclusive else (),
        moves=budget - engine.ground.budget[0],
    )


def _not_taken(net: Net, taken: set[str]) -> tuple[str, ...]:
    return tuple(sorted(way.path for way in net.layout.ways() if way.path not in taken))


def _not_entered(net: Net, taken: set[str], interiors: list[Interior]) -> tuple[str, ...]:
    left = {path.rpartition(".")[0] for path in taken}
    missing = {node.active: path for path, node in net.layout.nodes.items() if path not in left}
    for interior in interiors if missing else ():
        for state in interior.states:
            for place in state.marking:
                missing.pop(place, None)
    return tuple(sorted(missing.values()))


def _unique(found: Iterable[Fault]) -> tuple[Fault, ...]:
    """The first fault of each kind at each node, sorted; what is sure comes before what is not."""
    first: dict[tuple[str, str, str], Fault] = {}
    for fault in found:
        key = (fault.kind, fault.node, fault.field)
        if key not in first or (fault.sure and not first[key].sure):
            first[key] = fault
    return tuple(first[key] for key in sorted(first))


def _shortened(net: Net, verdict: Verdict, budget: int) -> Verdict:
    """The verdict with the shortest runs, where a walk through the whole game finds them."""
    if not budget:
        return verdict
    found = explore(net, budget=budget, forget=Forgetting(net))
    shortest = _unique(_faults(found))
    moves = verdict.moves + found.moves
    if found.complete:
        return Verdict(
            faults=shortest,
            never_taken=tuple(sorted(found.never_taken)),
            never_entered=tuple(sorted(found.never_entered)),
            moves=moves,
        )
    known = verdict._replace(moves=moves)
    sure = (fault for fault in shortest if fault.kind not in (TIMED, TRAPPED))
    return known._replace(faults=_unique([*sure, *verdict.faults]))


def _faults(found: Exploration) -> Iterator[Fault]:
    """What a walk through the whole game found."""
    for flag, step in found.faults.items():
        way = found.way_of(step)
        kind = FLAGS[flag.kind]
        fault = Fault(
            kind=kind,
            node=flag.node,
            witness=witness(way, at="" if kind in (UNFINISHED, UNHANDLED) else flag.node),
            sure=not any(move.approximate for move in way),
            field=flag.field,
        )
        yield about(found.net, fault, step.move.state)
    for number in found.idle:
        for place in found.stuck_at(number):
            yield _standing(found, number, place, WAITS if place.kind == FROM else STUCK)
    for number in found.timed:
        for place in found.stuck_at(number):
            if place.kind != FROM:
                yield _standing(found, number, place, TIMED)
    if found.trapped:
        number, members = goes_round(found.trapped, found.follow)
        place = place_of_round(found.net, found.states, number, members)
        yield _standing(found, number, place, TRAPPED)


def _standing(found: Exploration, number: int, place: Place, kind: str) -> Fault:
    """A state in which a deal stays."""
    net, state, way = found.net, found.states[number], found.way_to(number)
    fault = Fault(
        kind=kind,
        node=place.node,
        witness=witness(way, at=place.node),
        sure=not any(move.approximate for move in way),
        missing=missing_at(net, place.node, state) if kind == WAITS else (),
    )
    return about(net, fault, state)
