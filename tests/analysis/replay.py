"""Whether a witness is a run: every fault is played again in the token game."""

from collections.abc import Iterator

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
)
from salesflow.process import choices
from salesflow.process.net import EXPIRE, Move, Net, State
from salesflow.process.places import FROM
from salesflow.process.places import STUCK as STUCK_AT

FLAGS = {
    TWICE: choices.TWICE,
    PILE: choices.PILE,
    UNFINISHED: choices.UNFINISHED,
    UNHANDLED: choices.UNHANDLED,
    UNFILLED: choices.UNFILLED,
}
MOST_STATES = 20_000


def replayed(net: Net, fault: Fault) -> int | None:
    """How many moves it takes at least to play a witness up to its fault; None: it is no run.

    A run begins at the witness's source, takes exactly the results that the witness names and then
    shows the fault. Where that goes wrong within a move, the witness may end there and not tell
    what else the move takes. Where the fault is ``sure``, no move may be one that need not be real.
    """
    source, *told = fault.witness
    whole = tuple(told)
    ways = {whole}
    if whole and whole[-1] == fault.node:
        ways.add(whole[:-1])  # the last is where the deal is, not what it took
    if fault.kind not in (UNFINISHED, UNHANDLED):
        assert fault.witness[-1] == fault.node, fault
    lengths = [_played(net, fault, source, way) for way in ways]
    return min((length for length in lengths if length is not None), default=None)


def _played(net: Net, fault: Fault, source: str, way: tuple[str, ...]) -> int | None:
    """The number of moves of the shortest run that takes exactly the results of a way."""
    layer = list(_next(fault, (m for m in net.starts() if m.node == source), way, 0))
    seen: set[tuple[State, int]] = set()
    moves = 1
    while layer:
        if any(done >= len(way) and _shows(net, fault, move) for move, done in layer):
            return moves
        assert len(seen) < MOST_STATES, "too many ways to play it"
        on = [(move.state, done) for move, done in layer if not move.cut and done <= len(way)]
        behind = set(on) - seen
        seen |= behind
        layer = [
            step for state, done in behind for step in _next(fault, net.each_move(state), way, done)
        ]
        moves += 1
    return None


def _next(
    fault: Fault, moves: Iterator[Move], way: tuple[str, ...], done: int
) -> Iterator[tuple[Move, int]]:
    """The moves that go on with a way, with how far they come."""
    for move in moves:
        after = done + len(move.taken)
        fits = way[done:after] == move.taken
        if fault.kind in FLAGS and after > len(way):  # the rest of a move in which it goes wrong
            fits = way[done:] == move.taken[: len(way) - done]
        if fits and not (fault.sure and move.approximate):
            yield move, after


def _shows(net: Net, fault: Fault, move: Move) -> bool:
    """Whether a fault shows in a move or in the state behind it."""
    if fault.kind in FLAGS:
        return choices.Flag(FLAGS[fault.kind], fault.node, fault.field) in move.flags
    if move.cut or net.is_final(move.state):
        return False
    places = [net.layout.places[place] for place in move.state.marking]
    kinds = {following.kind for following in net.each_move(move.state)}
    if fault.kind == WAITS:
        waiting = net.layout.nodes[fault.node].waiting
        arrived = {
            place.other for place in places if (place.kind, place.node) == (FROM, fault.node)
        }
        return not kinds and bool(arrived) and set(fault.missing) == waiting.keys() - arrived
    if fault.kind in (STUCK, TIMED):
        held = (STUCK_AT, fault.node) in {(place.kind, place.node) for place in places}
        return held and kinds == ({EXPIRE} if fault.kind == TIMED else set())
    assert fault.kind == TRAPPED
    return fault.node in {place.node for place in places} and _goes_on_for_ever(net, move.state)


def _goes_on_for_ever(net: Net, state: State) -> bool:
    """Whether neither an end nor a standstill nor a cut is ever reached from a state."""
    waiting, known = [state], {state}
    while waiting:
        here = waiting.pop()
        if net.is_final(here):
            return False
        moves = list(net.each_move(here))
        if not moves or any(move.cut for move in moves):
            return False
        fresh = {move.state for move in moves} - known
        known |= fresh
        waiting.extend(fresh)
        assert len(known) < MOST_STATES, "too many states to see that it goes on for ever"
    return True
