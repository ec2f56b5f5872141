"""The handoffs that deals make are those that the check finds."""

import random

import salesflow as sf
from salesflow.analysis.handoffs import handoffs
from salesflow.deals.board import Board
from salesflow.deals.going import Event, taking
from salesflow.deals.playing import Play
from salesflow.deals.values import read_values
from tests.deals.walking import begun, steps

ENTERPRISE = "examples/enterprise/enterprise.salesflow.yaml"


def crossings(board: Board, play: Play) -> set[tuple[str, str, str]]:
    """Giver, receiver and step of the handoffs in a move."""
    found = set()
    for coming in play.comings:
        for hold in coming.holds:
            if coming.lane is None and board.takes_over(coming.node, hold):
                receiver = board.holders.department[coming.node.path]
                found.add((hold.department, receiver, coming.node.path))
    return found


def test_the_handoffs_of_the_enterprise_example() -> None:
    process, chance = sf.load(ENTERPRISE), random.Random(7)
    board = Board(process)
    seen: set[tuple[str, str, str]] = set()
    for number in range(200):
        gives_up = (0.02, 0.5)[number % 2]
        deal = begun(process, chance)
        assert deal is not None
        for before, way, given, _ in steps(deal, chance, most=80, gives_up=gives_up):
            values = read_values(given, board.fields, process.id)
            event = Event("take", given=values, lenient=True)
            for play in taking(board, before.life, way, event).plays:
                seen |= crossings(board, play)
    runs = tuple(f"{node.path}." for node in board.nodes.values() if node.start is not None)
    outside = {each for each in seen if not each[2].startswith(runs)}
    table = {(h.giver, h.receiver, h.at) for h in handoffs(process)}
    known = {each for each in table if not each[2].startswith(runs)}
    assert outside <= known
    assert len(outside) >= 0.9 * len(known)  # some need a chain of unlucky deals


def test_what_was_crossed_is_told_with_the_visit() -> None:
    process = sf.load(ENTERPRISE)
    deal = sf.Deal.start(process, "website", {"company": "A", "amount": 1})
    deal = deal.take("meeting_booked", {"contact": "B"})
    assert [(v.path, v.department, v.crossed) for v in deal.visits()] == [
        ("discovery", "sales", ("leads",))
    ]
