"""How a budget is spent: worked out by hand."""

from salesflow.simulation.improving.rounds import Halving


def _spend(candidates: int, wanted: int, budget: int) -> tuple[list[tuple[int, int]], Halving]:
    halving, rounds = Halving(candidates, wanted, budget), []
    left = candidates
    while halving.more(left + 1):
        rounds.append((left, halving.played))
        left = halving.survivors(left)
        if left >= candidates and len(rounds) > 10:
            break
    return rounds, halving


def test_each_round_has_its_share_of_the_budget() -> None:
    # 8, 4, 2: three rounds of 300. 300 // 9 = 33 times; then 603 is left, 301 // 5 = 60 more; then
    # 303 is left, 303 // 3 = 101 more.
    rounds, halving = _spend(8, 2, 900)
    assert rounds == [(8, 33), (4, 93), (2, 194)]
    assert halving.spent == 33 * 9 + 60 * 5 + 101 * 3 == 900


def test_odd_numbers_are_rounded_up() -> None:
    assert [tried for tried, _ in _spend(9, 1, 1000)[0]] == [9, 5, 3, 2, 1]


def test_everything_is_tried_twice_whatever_the_budget() -> None:
    rounds, halving = _spend(10, 2, 5)
    assert rounds == [(10, 2)]
    assert halving.spent == 22


def test_few_candidates_have_one_round_with_all_there_is() -> None:
    assert _spend(3, 5, 100)[0] == [(3, 25)]
