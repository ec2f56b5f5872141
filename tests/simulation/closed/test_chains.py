"""Where shares, limits and values decide: absorbing chains, and the means of what was drawn.

Kemeny & Snell, Finite Markov Chains (1960), for visits and chances; Feller, An Introduction to
Probability Theory 1, XIV.2, for the gambler; Klugman, Panjer & Willmot, Loss Models (2012),
appendix A, for means of log-normal amounts above a limit.
"""

from math import exp, log
from statistics import NormalDist

import pytest

import salesflow as sf
from salesflow.analysis.chain import chain_of
from salesflow.analysis.odds.deals import Deals
from salesflow.api import dumps
from salesflow.errors import SimulationError
from tests.analysis.shared_shapes import Shapes
from tests.simulation.closed.playing import Measure, Played, agree, tried

HOURS = 150
PHI = NormalDist().cdf
Z90 = NormalDist().inv_cdf(0.9)
MONEY = "data: {amount: {type: money}, discount: {type: percent}, region: {type: choice, values: [dach, amer]}}\nvalue: amount"


def given(steps: str, gives: str) -> str:
    return tried(steps, more=MONEY).replace(
        "arrivals: 60 per hour", f"arrivals: 60 per hour, gives: {{{gives}}}"
    )


def test_a_limit_cuts_the_geometric_series() -> None:
    played = Played(
        tried(
            """{call: {next: {again: {to: call, share: 60%, at_most: 3},
                             won: {to: won, share: 10%}, lost: {to: lost, share: rest}}}}"""
        ),
        hours=HOURS,
    )
    played.agrees(lambda seen: seen.visits("call"), 1 + 0.6 + 0.36 + 0.216, 0.01)
    played.agrees(lambda seen: seen.taken("call.again") / seen.deals.arrived, 0.6 + 0.36 + 0.216)
    played.agrees(lambda seen: seen.won(), 0.25, 0.02)  # 10 of the 40 that are left, however often
    assert all(seen.deals.stuck == seen.deals.open == 0 for seen in played.seen)


@pytest.mark.parametrize("size", [3, 6])
def test_the_gambler_is_ruined_as_the_book_says(size: int) -> None:
    steps = []
    for at in range(1, size):
        up = f"s{at + 1}" if at + 1 < size else "won"
        down = f"s{at - 1}" if at > 1 else "lost"
        steps.append(
            f"s{at}: {{next: {{up: {{to: {up}, share: 40%}}, down: {{to: {down}, share: rest}}}}}}"
        )
    played = Played(tried(f"{{{', '.join(steps)}}}"), hours=HOURS)
    ratio = 0.6 / 0.4
    played.agrees(lambda seen: seen.won(), (ratio - 1) / (ratio**size - 1), 0.05)
    moves = 1 / 0.2 - size / 0.2 * (1 - ratio) / (1 - ratio**size)
    names = [f"s{at}" for at in range(1, size)]
    played.agrees(lambda seen: sum(map(seen.visits, names)), moves, 0.02)


MU, SIGMA = log(60_000), log(220 / 60) / Z90  # of {median: 60000, p90: 220000}
SORTED = """{sort: {next: {large: {to: won, when: amount >= 100000}, small: {to: lost, when: amount < 100000}}}}"""


def test_a_condition_on_a_drawn_amount() -> None:
    played = Played(given(SORTED, "amount: {median: 60000, p90: 220000}"), hours=HOURS)
    large = 1 - PHI((log(100_000) - MU) / SIGMA)
    played.agrees(lambda seen: seen.won(), large, 0.02)
    above = exp(MU + SIGMA**2 / 2) * (1 - PHI((log(100_000) - MU - SIGMA**2) / SIGMA))
    played.agrees(lambda seen: seen.worth(), above / large, 0.03)
    played.agrees(
        lambda seen: seen.deals.won_value + seen.deals.lost_value,
        exp(MU + SIGMA**2 / 2) * 60 * played.hours,
        0.03,
    )


@pytest.mark.parametrize(
    ("amount", "large", "worth"),
    [
        ("{mean: 80000}", exp(-1.25), 180_000),  # an exponential has no memory
        ("{min: 50000, max: 150000}", 0.5, 125_000),
        # (150 - x)² / 5000 of {0, 50, 150} lies above x; its mean there is x plus a third of the rest
        ("{min: 0, usual: 50000, max: 150000}", 50**2 / (150 * 100), 100_000 + 50_000 / 3),
        ("{any_of: {60000: 70%, 100000: 10%, 200000: rest}}", 0.3, (100_000 + 2 * 200_000) / 3),
    ],
    ids=["exponential", "uniform", "triangular", "any_of"],
)
def test_a_condition_on_other_amounts(amount: str, large: float, worth: float) -> None:
    played = Played(given(SORTED, f"amount: {amount}"), hours=HOURS)
    played.agrees(lambda seen: seen.won(), large, 0.03)
    played.agrees(lambda seen: seen.worth(), worth, 0.02)


def test_conditions_on_several_fields_are_judged_on_one_deal() -> None:
    steps = """{sort: {next: {
        good: {to: won, when: region == dach and (discount < 10% or amount > 100000)},
        bad:  {to: lost, otherwise: true}}}}"""
    gives = "region: {dach: 60%, amer: rest}, discount: {min: 0%, max: 20%}, amount: {mean: 80000}"
    played = Played(given(steps, gives), hours=HOURS)
    played.agrees(lambda seen: seen.won(), 0.6 * (0.5 + 0.5 * exp(-1.25)), 0.02)


def test_each_visit_draws_anew_and_what_was_drawn_stays() -> None:
    """The discount that ends the talks is the first above 10%: uniform between 10 and 20%."""
    steps = """{
      talk: {captures: {discount: {min: 0%, max: 20%}}, next: judge},
      judge: {next: {enough: {to: check, when: discount > 10%}, more: {to: talk, otherwise: true}}},
      check: {next: {low: {to: won, when: discount <= 12.5%}, high: {to: lost, otherwise: true}}}}"""
    played = Played(given(steps, "amount: 1"), hours=HOURS)
    played.agrees(lambda seen: seen.visits("talk"), 2, 0.02)
    played.agrees(lambda seen: seen.won(), 0.25, 0.03)


def test_a_deal_that_grows_each_time() -> None:
    """Sum of (0.5 * 1.2)^n / 2: worth 0.5 / (1 - 0.6) of what it began with."""
    steps = """{offer: {next: {more: {to: offer, share: 50%, set: {amount: amount * 1.2}},
                              signed: {to: won, share: rest}}}}"""
    played = Played(given(steps, "amount: {min: 50000, max: 150000}"), hours=HOURS)
    played.agrees(lambda seen: seen.worth(), 100_000 * 0.5 / (1 - 0.5 * 1.2), 0.02)


def test_settings_read_what_was_before_all_of_them() -> None:
    steps = """{
      swap: {next: {go: {to: judge, set: {amount: fee + 1, fee: amount + 2}}}},
      judge: {next: {right: {to: won, when: amount == 21 and fee == 12}, wrong: {to: lost, otherwise: true}}}}"""
    text = given(steps, "amount: 10, fee: 20").replace("data: {", "data: {fee: {type: money}, ")
    played = Played(text, hours=5)
    played.always(lambda seen: seen.won(), 1)


def test_a_spent_limit_leaves_the_others_their_shares() -> None:
    """At the second visit the ways are 20 to 30, not 20 to 80."""
    steps = """{call: {next: {again: {to: call, share: 50%, at_most: 1},
                             signed: {to: won, share: 20%}, passed: {to: lost, share: rest}}}}"""
    played = Played(tried(steps), hours=HOURS)
    played.agrees(lambda seen: seen.won(), 0.2 + 0.5 * 0.4, 0.02)


def test_limits_that_leave_nothing_leave_deals_stuck() -> None:
    steps = """{
      call: {next: {again: {to: call, share: 60%, at_most: 2}, back: {to: back, share: rest, at_most: 1}}},
      back: {next: call}}"""
    played = Played(tried(steps), hours=50)
    for seen in played.seen:  # three ways may be taken in all, then nothing
        assert seen.deals.stuck == seen.deals.arrived == seen.node("call").stuck
        assert seen.node("call").visits == 4 * seen.deals.arrived


GIVEN = {
    "amount": {"any_of": {"60": "50%", "120": "30%", "300": "rest"}},
    "discount": {"any_of": {"0%": "60%", "12.5%": "rest"}},
    "region": {"dach": "50%", "amer": "25%", "apac": "rest"},
    "vip": "40%",
}
SEEDS = 24
RARE = 4.530  # 99.995% of Student's distribution: some hundred figures in one test


@pytest.mark.parametrize("threads", [False, True], ids=["one_thread", "threads"])
@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_the_chain_calls_exact_is_what_is_played(seed: int, threads: bool) -> None:
    found = exact(seed, threads)
    if found is None:
        return
    process, known = found
    played = Played(dumps(process), hours=75)
    kinds = {outcome.path: outcome.kind for outcome in played.program.outcomes}

    def agrees(measure: Measure, expected: float, overlooked: float) -> None:
        values = [measure(seen) for seen in played.seen]
        agree(values, expected, 1, rarely=RARE, overlooked=overlooked)

    few = 10 / sum(seen.deals.arrived for seen in played.seen)
    agrees(lambda seen: seen.deals.stuck / seen.deals.arrived, known.stuck, few)
    for name, chance in known.outcomes.items():
        kind = kinds[f"shaped:{name}"]
        agrees(lambda seen, kind=kind: seen.deals.kinds[kind] / seen.deals.arrived, chance, few)
    withdrawn = any(node.withdrawn for seen in played.seen for node in seen.tally.nodes)
    for path, visits in known.visits.items() if not withdrawn else ():  # the chain goes on there
        agrees(lambda seen, path=path: seen.visits(path), visits, few)
    if known.value is not None:
        agrees(lambda seen: seen.deals.won_value / seen.deals.arrived, known.value, 1000 * few)


def exact(seed: int, threads: bool) -> tuple[sf.Process, Deals] | None:
    """A generated process that can be played and whose chain says that it is exact."""
    data = Shapes(seed, threads=threads).process()
    for source in data["sources"].values():
        source["arrivals"] = "60 per hour"
        source["gives"] = GIVEN | source.get("gives", {})
    process = sf.load(data)
    known = chain_of(process)
    if not known.exact or known.all is None or known.all.endless:
        return None
    try:
        Played(dumps(process), hours=5)
    except SimulationError:
        return None
    return process, known.all


def test_enough_of_the_generated_processes_are_played() -> None:
    found = [exact(seed, threads) for seed in range(SEEDS) for threads in (False, True)]
    kept = [known for each in found if each for known in (each[1],)]
    assert len(kept) > SEEDS
    assert sum(0 < (known.win_rate or 0) < 1 for known in kept) > SEEDS // 4
