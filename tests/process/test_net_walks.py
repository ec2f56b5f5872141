"""Deals with real values, walked at random: whatever they do, the game can do."""

import json
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesflow.process.net import Net, State
from salesflow.testing import processes
from tests.process.naive_game import Deal, NaiveGame
from tests.process.test_net_oracle import MOST_STATES, projected, shown
from tests.process.written import process_of

LONGEST = 30


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(processes(arithmetic=True), st.integers(0, 1000))
def test_a_deal_with_real_values_walks_inside_the_net(data: dict[str, Any], seed: int) -> None:
    process = process_of(json.dumps(data))
    net, naive, random = Net(process), NaiveGame(process, exact=True), Random(seed)
    moves: list[tuple[str, str, Deal]] = [("START", q, deal) for q, deal in naive.starts()]
    states: set[State] = set()
    for step in range(LONGEST):
        if not moves or len(states) > MOST_STATES:
            return
        kind, node, deal = random.choice(moves)
        ours = net.starts() if step == 0 else (m for s in states for m in net.each_move(s))
        same = [
            move
            for move in ours
            if (move.kind, move.node) == (kind, node)
            and shown(net, move.state) == projected(deal, net)
        ]
        assert same, (kind, node, projected(deal, net))
        assert any(set(deal["flags"]) <= set(move.flags) for move in same)
        if any(flag[0] != "UNFILLED" for flag in deal["flags"]):
            return
        states = {move.state for move in same}
        moves = list(naive.moves(deal))
