"""Side by side: the last, the first and the k-th of several that end by chance.

For n equal exponential branches the k-th end comes after mean * (1/n + … + 1/(n-k+1)) (Feller, An
Introduction to Probability Theory 2, I.6); for unequal ones the first is exponential with the sum of
the rates, the last follows by inclusion and exclusion.
"""

from itertools import combinations

import pytest

from tests.simulation.closed.playing import Played, tried

HOURS = 300  # of one deal a minute; times are in minutes
WARMUP = 2  # nothing takes longer than minutes
MANY = "{rep: {people: 400}}"  # so many that nobody waits


def branches(means: list[float], join: str, by: str = "") -> str:
    """A block with a branch for each mean in minutes; of work if ``by`` says whose, else of waiting."""
    lanes = []
    for number, mean in enumerate(means):
        how = f"by: {by}, effort: {{mean: {mean}min}}" if by else f"wait: {{mean: {mean}min}}"
        lanes.append(f"b{number}: {{steps: {{s: {{{how}, next: done}}}}}}")
    return f"{{both: {{parallel: {{{', '.join(lanes)}}}, join: {join}, next: {{done: won}}}}}}"


def mean_of_last(means: list[float]) -> float:
    return sum(
        (-1) ** (size + 1) / sum(1 / mean for mean in chosen)
        for size in range(1, len(means) + 1)
        for chosen in combinations(means, size)
    )


def mean_of_kth(mean: float, k: int, n: int) -> float:
    return mean * sum(1 / (n - turn) for turn in range(k))


def test_the_two_formulas_agree() -> None:
    assert mean_of_last([2.0] * 4) == pytest.approx(mean_of_kth(2.0, 4, 4))
    assert mean_of_last([1.0, 3.0]) == pytest.approx(1 + 3 - 1 / (1 + 1 / 3))


@pytest.mark.parametrize("means", [[2.0], [2.0, 2.0], [1.0, 3.0], [1.0, 2.0, 3.0, 4.0]])
def test_all_wait_for_the_last(means: list[float]) -> None:
    played = Played(tried(branches(means, "all")), hours=HOURS, warmup=WARMUP)
    last = mean_of_last(means)
    played.agrees(lambda seen: seen.elapsed("both"), last, 0.02)
    played.agrees(lambda seen: seen.cycle(), last, 0.02)
    played.agrees(lambda seen: seen.open_deals(), last, 0.03)
    for n, mean in enumerate(means):
        played.agrees(lambda seen, n=n: seen.elapsed(f"both.b{n}.s"), mean, 0.02)


def test_all_wait_for_the_last_at_a_meeting_point() -> None:
    steps = """{
      send:   {next: {sent: {to: [price, review, legal]}}},
      price:  {wait: {mean: 1min}, next: meet},
      review: {wait: {mean: 2min}, next: meet},
      legal:  {wait: {mean: 4min}, next: meet},
      meet:   {wait_for: [price, review, legal], next: won}}"""
    played = Played(tried(steps), hours=HOURS, warmup=WARMUP)
    played.agrees(lambda seen: seen.cycle(), mean_of_last([1.0, 2.0, 4.0]), 0.02)
    played.agrees(lambda seen: 1 + seen.elapsed("meet"), 1, 0.001)  # it begins when all are there


@pytest.mark.parametrize("means", [[2.0, 2.0, 2.0], [1.0, 3.0]])
def test_any_goes_on_with_the_first(means: list[float]) -> None:
    played = Played(tried(branches(means, "any")), hours=HOURS, warmup=WARMUP)
    rate = sum(1 / mean for mean in means)
    played.agrees(lambda seen: seen.elapsed("both"), 1 / rate, 0.02)
    for n, mean in enumerate(means):  # the chance to be the first
        played.agrees(
            lambda seen, n=n: seen.node(f"both.b{n}.s").ended / seen.node("both").ended,
            1 / mean / rate,
            0.02,
        )
        played.agrees(lambda seen, n=n: seen.elapsed(f"both.b{n}.s"), 1 / rate, 0.02)


@pytest.mark.parametrize(("need", "of"), [(2, 3), (3, 5), (1, 4), (4, 4)])
def test_some_of_several(need: int, of: int) -> None:
    join = f"{{at_least: {need}}}"
    played = Played(tried(branches([2.0] * of, join)), hours=HOURS, warmup=WARMUP)
    played.agrees(lambda seen: seen.elapsed("both"), mean_of_kth(2, need, of), 0.02)
    played.agrees(lambda seen: seen.finished("both.b0.s"), need / of, 0.02)


def test_effort_of_branches_that_are_withdrawn_is_spent_all_the_same() -> None:
    """Of three that work side by side until the first is done, two work for nothing."""
    text = tried(branches([2.0] * 3, "any", "rep"), roles=MANY)
    played = Played(text, hours=HOURS, warmup=WARMUP)
    first = 2 / 3
    for n in range(3):
        played.agrees(lambda seen, n=n: seen.effort(f"both.b{n}.s"), first, 0.02)
        played.agrees(lambda seen, n=n: seen.withdrawn_effort(f"both.b{n}.s"), first * 2 / 3, 0.03)
    played.agrees(lambda seen: seen.role("rep").effort / seen.measured, 3 * first, 0.02)
    played.agrees(lambda seen: seen.role("rep").taken / seen.measured, 3 * first, 0.02)
    played.agrees(lambda seen: seen.role("rep").withdrawn_effort / seen.measured, 2 * first, 0.02)


def test_branches_that_do_not_run_are_not_waited_for() -> None:
    """Two of three run for large deals, one for small ones."""
    steps = """{
      both: {parallel: {
          a: {steps: {s: {wait: {mean: 2min}, next: done}}},
          b: {when: amount > 1000, steps: {s: {wait: {mean: 2min}, next: done}}},
          c: {when: amount > 9000, steps: {s: {wait: {mean: 2min}, next: done}}}},
        join: {at_least: 2}, next: {done: won}}}"""
    text = tried(steps, more="data: {amount: {type: money}}").replace(
        "arrivals: 60 per hour",
        "arrivals: 60 per hour, gives: {amount: {any_of: {500: 50%, 5000: 30%, 50000: rest}}}",
    )
    played = Played(text, hours=HOURS, warmup=WARMUP)
    expected = 0.5 * 2 + 0.3 * mean_of_kth(2, 2, 2) + 0.2 * mean_of_kth(2, 2, 3)
    played.agrees(lambda seen: seen.elapsed("both"), expected, 0.02)
    played.agrees(lambda seen: seen.visits("both.c.s"), 0.2, 0.04)


def test_who_leaves_first_decides() -> None:
    """Purchasing refuses after 3 minutes, legal agrees after 1: the one that is earlier counts."""
    steps = """{
      papers: {parallel: {
          legal:      {steps: {agree: {wait: {mean: 1min}, next: done}}},
          purchasing: {steps: {ask: {wait: {mean: 3min}, next: {refused: leave}}}}},
        join: any, next: {done: won, refused: lost}}}"""
    played = Played(tried(steps), hours=HOURS, warmup=WARMUP)
    played.agrees(lambda seen: seen.won(), 3 / 4, 0.01)
    played.agrees(lambda seen: seen.cycle(), 3 / 4, 0.02)


def test_a_deal_that_is_lost_withdraws_what_runs_beside() -> None:
    steps = """{
      send:   {next: {sent: {to: [price, review]}}},
      price:  {by: rep, effort: {mean: 2min}, next: meet},
      review: {by: rep, effort: {mean: 1min}, next: {fine: {to: meet, share: 40%}, passed: {to: lost, share: rest}}},
      meet:   {wait_for: [price, review], next: won}}"""
    played = Played(tried(steps, roles=MANY), hours=HOURS, warmup=WARMUP)
    played.agrees(lambda seen: seen.won(), 0.4, 0.02)
    withdrawn = 0.6 * 2 / 3  # lost, before the price was done
    played.agrees(
        lambda seen: seen.node("price").withdrawn / seen.node("price").visits, withdrawn, 0.02
    )
    played.agrees(lambda seen: seen.effort("price"), 0.4 * 2 + 0.6 * 2 / 3, 0.02)
    played.agrees(lambda seen: seen.withdrawn_effort("price"), 0.6 * 2 / 3 * 2 / 3, 0.03)
    played.agrees(lambda seen: seen.cycle(), 0.6 * 1 + 0.4 * mean_of_last([2, 1]), 0.02)
