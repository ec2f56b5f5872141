"""The token game is the judge: what a real deal does is a way through ``Net``, and it may do all
that the game can."""

import json
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.deals.board import Board
from salesflow.deals.deal import Deal
from salesflow.deals.going import Event, taking
from salesflow.deals.nouns import Past, Standing
from salesflow.deals.options import open_ways
from salesflow.deals.playing import Play
from salesflow.process.memory import Data, Memory
from salesflow.process.net import EXPIRE, FINISH, Net, State
from salesflow.process.places import Way
from salesflow.testing import processes, sound_processes
from tests.deals.walking import begun, given_by, steps

SEEDS = st.integers(0, 2**32)
FEWER = settings(max_examples=40)  # each walks through a process


def seen_by_the_game(memory: Memory, past: Past) -> Data:
    """What states of the game keep of a deal: the cells of its values, capped counts, visits."""
    fields = tuple(
        0
        if past.values.get(name) is None
        else 1
        if len(memory.cells[at]) == 1
        else memory.number(at, past.values[name])
        for at, name in enumerate(memory.fields)
    )
    counts = tuple(min(past.counts.get(name, 0), memory.caps[name]) for name in memory.counts)
    visits = sum(1 << at for name, at in memory.visit_at.items() if name in past.visited)
    return Data(fields, counts, visits)


def state(net: Net, standing: Standing) -> State:
    return State(standing.marking, seen_by_the_game(net.memory, standing.past))


def in_the_game(net: Net, play: Play, behind: Standing) -> bool:
    """Whether a move of a deal is one of the game's from the same state."""
    wanted = play.move._replace(state=state(net, behind), approximate=False, flags=())
    return any(
        move._replace(approximate=False, flags=()) == wanted
        for move in net.each_move(state(net, play.before))
    )


@FEWER
@given(st.one_of(processes(arithmetic=True), sound_processes()), SEEDS)
def test_every_move_of_a_deal_is_a_move_of_the_game(data: dict[str, Any], seed: int) -> None:
    process, chance = sf.load(data), random.Random(seed)
    deal = begun(process, chance)
    if deal is None:
        return
    net = Net(process)
    for before, way, known, _ in steps(deal, chance, most=12):
        event = Event("take", given=_exact(before._board, known))
        for play in taking(before._board, before.life, way, event).plays:
            own = play._replace(before=_as_the_game_has_it(play, before, way))
            assert in_the_game(net, own, play.after)


def _exact(board: Board, given: dict[str, Any]) -> dict[str, Any]:
    from salesflow.deals.values import read_values

    return read_values(given, board.fields, "x")


def _as_the_game_has_it(play: Play, before: Deal, way: Way) -> Standing:
    """In the game a step fills its captures within the move, not before it."""
    first = play.move.kind in (FINISH, EXPIRE) and play.move.node == way.node.path
    return before.life.standing if first else play.before


@FEWER
@given(st.one_of(processes(), sound_processes()), SEEDS)
def test_a_deal_may_take_whatever_the_game_lets_it_take(data: dict[str, Any], seed: int) -> None:
    process, chance = sf.load(data), random.Random(seed)
    deal = begun(process, chance)
    if deal is None:
        return
    net = Net(process)
    for before, _, _, _ in steps(deal, chance, most=8):
        possible = {
            f"{move.node}.{move.result}"
            for move in net.each_move(state(net, before.life.standing))
            if move.kind in (FINISH, EXPIRE) and move.result and not move.cut
        }
        assert _takes(before, seed) == possible


def _takes(deal: Deal, seed: int) -> set[str]:
    """The results that a deal may take with some values of what its steps fill."""
    board, found = deal._board, set()
    for way in open_ways(board, deal.life):
        for attempt in range(60):
            values = _exact(board, given_by(board, way, random.Random(seed + attempt)))
            if not taking(
                board, deal.life, way, Event("take", given=values, lenient=True)
            ).forbidden:
                found.add(way.path)
                break
    return found


@FEWER
@given(st.one_of(processes(arithmetic=True), sound_processes()), SEEDS)
def test_a_record_gives_an_equal_deal(data: dict[str, Any], seed: int) -> None:
    process, chance = sf.load(data), random.Random(seed)
    deal = begun(process, chance)
    if deal is None:
        return
    for _, _, _, deal in steps(deal, chance):  # noqa: B020 - the deal that walks on
        record = json.loads(json.dumps(deal.to_dict()))
        again = Deal.from_dict(process, record)
        assert again == deal
        assert again.to_dict() == deal.to_dict()
        assert again.options() == deal.options()


@FEWER
@given(sound_processes(), SEEDS)
def test_in_a_sound_process_a_deal_is_never_stuck(data: dict[str, Any], seed: int) -> None:
    process, chance = sf.load(data), random.Random(seed)
    deal = begun(process, chance)
    assert deal is not None
    for _, _, _, deal in steps(deal, chance):  # noqa: B020
        assert deal.ended or _takes(deal, seed)
