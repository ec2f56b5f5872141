"""The token game against a second one written from the same rules in another way."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings

from salesflow.process.net import Move, Net, State
from salesflow.testing import families
from tests.process.naive_game import Deal, NaiveGame
from tests.process.written import process_of

MOST_STATES = 250


@settings(max_examples=600, suppress_health_check=list(HealthCheck))
@given(families())
def test_both_games_make_the_same_moves(files: dict[str, Any]) -> None:
    main, inner = (json.dumps(data) for data in files.values())
    process = process_of(main, **{"inner.salesflow": inner})
    net = Net(process)
    ours = _our_moves(net)
    if ours is not None:
        assert _naive_moves(NaiveGame(process), net) == ours


def _our_moves(net: Net) -> set[Any] | None:
    """Every move that can happen, with the state before; None for large processes."""
    found = set()
    waiting: list[State] = []
    for move in net.starts():
        found.add(_ours(net, None, move))
        if not move.cut:
            waiting.append(move.state)
    known = set()
    while waiting:
        state = waiting.pop()
        if state in known:
            continue
        known.add(state)
        if len(known) > MOST_STATES:
            return None
        for move in net.moves(state):
            assert not move.approximate
            found.add(_ours(net, state, move))
            if not move.cut:
                waiting.append(move.state)
    return found


def _ours(net: Net, before: State | None, move: Move) -> Any:
    flags = frozenset(move.flags)
    start = shown(net, before) if before else None
    return start, move.kind, move.node, flags, None if move.cut else shown(net, move.state)


def shown(net: Net, state: State) -> Any:
    tokens = [net.layout.places[place] for place in state.marking]
    cells = (net.memory.cell(at, state.data.fields) for at in range(len(net.memory.fields)))
    visits = frozenset(v for at, v in enumerate(net.memory.visits) if state.data.visits >> at & 1)
    return tuple(sorted(map(str, tokens))), tuple(cells), state.data.counts, visits


def _naive_moves(naive: NaiveGame, net: Net) -> set[Any]:
    found = set()
    waiting = []

    def note(before: Deal | None, kind: str, node: str, after: Deal) -> None:
        flags = frozenset(after["flags"])
        cut = any(flag[0] != "UNFILLED" for flag in flags)
        start = projected(before, net) if before else None
        found.add((start, kind, node, flags, None if cut else projected(after, net)))
        if not cut:
            waiting.append(after)

    for source, deal in naive.starts():
        note(None, "START", source, deal)
    known = set()
    while waiting:
        deal = waiting.pop()
        key = (*sorted(deal["M"]), *deal["D"].items(), *sorted(deal["C"].items()), *deal["V"])
        if frozenset(key) in known:
            continue
        known.add(frozenset(key))
        for kind, node, after in naive.moves(deal):
            note(deal, kind, node, after)
    return found


def projected(deal: Deal, net: Net) -> Any:
    """A naive deal as a state of the net is shown."""
    memory = net.memory
    cells = []
    for at, name in enumerate(memory.fields):
        value = deal["D"].get(name)
        held = [cell for cell in memory.cells[at] if value is not None and cell.holds(value)]
        cells.append(held[0] if held else None)
    counts = tuple(min(deal["C"].get(name, 0), memory.caps[name]) for name in memory.counts)
    return tuple(sorted(map(_place, deal["M"]))), tuple(cells), counts, frozenset(deal["V"])


def _place(token: tuple[str, ...]) -> str:
    return f"{token[0]}({', '.join(token[1:])})"
