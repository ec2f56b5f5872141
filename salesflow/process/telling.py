"""States and runs of the token game in the user's ids."""

from collections.abc import Iterable, Iterator

from salesflow.process.net import EXPIRE, FINISH, START, SYNC, Move, Net, State
from salesflow.process.places import AT, END, FINISHED, FROM, OPEN, STUCK


def witness(moves: Iterable[Move], *, at: str = "") -> tuple[str, ...]:
    """A run as people read it: ``("inbound", "call.interested", "demo")``.

    The source, then every result taken, then the node where the deal is: ``at``, or the one where
    the last move ended without a result.
    """
    told: list[str] = []
    here = at
    for move in moves:
        if move.kind == START:
            told.append(move.node)
        told.extend(move.taken)
        stays = move.kind in (FINISH, EXPIRE, SYNC) and not move.taken
        here = at or (move.node if stays else "")
    if here and (not told or told[-1] != here):
        told.append(here)
    return tuple(told)


def told(net: Net, state: State) -> str:
    """A state in words: ``at demo; amount over 100000; took nurture.re_engaged once``."""
    parts = [*_where(net, state), *_known(net, state)]
    return "; ".join(parts) or "nowhere"


def _where(net: Net, state: State) -> Iterator[str]:
    words = {
        AT: "at",
        STUCK: "stuck at",
        OPEN: "in",
        FINISHED: "done with",
        END: "ended",
    }
    for number in state.marking:
        place = net.layout.places[number]
        if place.kind == FROM:
            yield f"from {place.other} before {place.node}"
        elif place.kind in words:
            yield f"{words[place.kind]} {place.node}"


def _known(net: Net, state: State) -> Iterator[str]:
    from salesflow.expressions.examples import described  # only messages need it

    memory = net.memory
    for at, name in enumerate(memory.fields):
        cell = memory.cell(at, state.data.fields)
        if cell is not None:
            words = described(cell, memory.types[name])
            yield f"{name} filled" if words == "any value" else f"{name} {words}"
    for name, count in zip(memory.counts, state.data.counts, strict=True):
        if count:
            yield f"took {name} {'once' if count == 1 else f'{count} times'}"
    for at, name in enumerate(memory.visits):
        if state.data.visits >> at & 1:
            yield f"visited {name}"
