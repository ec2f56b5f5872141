"""Time limits: how often one is hit, what is cut off, and what is in time.

With X the time a step takes and t the limit: it is hit with chance P(X > t), and the step lasts
min(X, t). Klugman, Panjer & Willmot, Loss Models (2012), appendix A, has the limited means.
"""

from collections.abc import Callable
from math import exp, log
from statistics import NormalDist
from typing import NamedTuple

import pytest

from tests.simulation.closed.playing import Played, tried

HOURS = 300  # of one deal a minute; times are in minutes
WARMUP = 2
MANY = "{rep: {people: 400}}"
PHI = NormalDist().cdf
Z90 = NormalDist().inv_cdf(0.9)


class Known(NamedTuple):
    """A time as the language writes it; chance of more than t minutes, and mean of min(X, t)."""

    written: str
    more: Callable[[float], float]
    limited: Callable[[float], float]


def _log_normal(written: str, mu: float, sigma: float) -> Known:
    def limited(t: float) -> float:
        below = PHI((log(t) - mu - sigma**2) / sigma) * exp(mu + sigma**2 / 2)
        return below + t * (1 - PHI((log(t) - mu) / sigma))

    return Known(written, lambda t: 1 - PHI((log(t) - mu) / sigma), limited)


def _triangular_more(t: float) -> float:
    """Of {min: 0, usual: 1, max: 4}, for t above 1."""
    return (4 - t) ** 2 / (4 * 3)


KNOWN = {
    "exponential": Known("{mean: 2min}", lambda t: exp(-t / 2), lambda t: 2 * (1 - exp(-t / 2))),
    "log_normal": _log_normal("{median: 2min, p90: 6min}", log(2), log(3) / Z90),
    "log_normal_by_mean": _log_normal(
        "{mean: 2min, sd: 3min}", log(2) - log(1 + 9 / 4) / 2, log(1 + 9 / 4) ** 0.5
    ),
    "uniform": Known(
        "{min: 1min, max: 5min}", lambda t: (5 - t) / 4, lambda t: t - (t - 1) ** 2 / (2 * 4)
    ),
    # the mean 5/3 less what lies beyond t: the integral of (4 - x)² / 12
    "triangular": Known(
        "{min: 0min, usual: 1min, max: 4min}", _triangular_more, lambda t: 5 / 3 - (4 - t) ** 3 / 36
    ),
    "any_of": Known("{any_of: {1min: 70%, 5min: rest}}", lambda _: 0.3, lambda t: 0.7 + 0.3 * t),
}


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize("limit", [1.5, 3.0])
def test_a_wait_that_is_cut_off(name: str, limit: float) -> None:
    known = KNOWN[name]
    steps = f"""{{ask: {{wait: {known.written}, sla: {{within: {limit}min}},
        timeout: {{after: {limit}min, result: late}}, next: {{answer: won, late: lost}}}}}}"""
    played = Played(tried(steps), hours=HOURS, warmup=WARMUP)
    more = known.more(limit)
    played.agrees(lambda seen: seen.share("ask.late"), more, 0.04)
    played.agrees(lambda seen: seen.won(), 1 - more, 0.04)
    played.agrees(lambda seen: seen.elapsed("ask"), known.limited(limit), 0.02)


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_within_an_sla(name: str) -> None:
    """An sla is looked at and changes nothing: the step lasts as long as without one."""
    known = KNOWN[name]
    steps = f"{{ask: {{wait: {known.written}, sla: {{within: 3min}}, next: won}}}}"
    played = Played(tried(steps), hours=HOURS, warmup=WARMUP)
    played.agrees(lambda seen: seen.attainment("ask"), 1 - known.more(3), 0.02)
    played.always(lambda seen: seen.won(), 1)
    assert all(seen.node("ask").judged == seen.node("ask").ended for seen in played.seen)


def test_a_limit_on_work_frees_the_people_and_wastes_what_they_did() -> None:
    steps = """{draft: {by: rep, effort: {mean: 2min}, timeout: {after: 3min, result: late},
        next: {fine: won, late: lost}}}"""
    played = Played(tried(steps, roles=MANY), hours=HOURS, warmup=WARMUP)
    more, limited = exp(-1.5), 2 * (1 - exp(-1.5))
    played.agrees(lambda seen: seen.share("draft.late"), more, 0.02)
    played.agrees(lambda seen: seen.effort("draft"), limited, 0.02)
    played.agrees(lambda seen: seen.withdrawn_effort("draft"), 3 * more, 0.02)
    played.agrees(lambda seen: seen.role("rep").taken / seen.measured, limited, 0.02)
    played.agrees(lambda seen: seen.role("rep").withdrawn_effort / seen.measured, 3 * more, 0.02)


def test_a_limit_inside_the_sla_is_always_in_time() -> None:
    steps = """{ask: {wait: {mean: 2min}, sla: {within: 4min},
        timeout: {after: 1min, result: late}, next: {answer: won, late: lost}}}"""
    played = Played(tried(steps), hours=50, warmup=WARMUP)
    played.always(lambda seen: seen.attainment("ask"), 1)


def test_an_sla_inside_the_limit_is_missed_by_what_times_out() -> None:
    steps = """{ask: {wait: {mean: 2min}, sla: {within: 1min},
        timeout: {after: 4min, result: late}, next: {answer: won, late: lost}}}"""
    played = Played(tried(steps), hours=HOURS, warmup=WARMUP)
    played.agrees(lambda seen: seen.attainment("ask"), 1 - exp(-0.5), 0.02)


def test_a_limit_on_a_block_is_that_of_its_last_branch() -> None:
    steps = """{papers: {parallel: {
          legal:    {steps: {s: {wait: {mean: 2min}, next: done}}},
          security: {steps: {s: {wait: {mean: 2min}, next: done}}}},
        timeout: {after: 3min, result: late}, next: {done: won, late: lost}}}"""
    played = Played(tried(steps), hours=HOURS, warmup=WARMUP)
    chance = exp(-1.5)
    played.agrees(lambda seen: seen.share("papers.late"), 1 - (1 - chance) ** 2, 0.02)
    # 3min less the integral of the chance that both are done: of (1 - e^(-t/2))²
    limited = 4 * (1 - exp(-1.5)) - (1 - exp(-3))
    played.agrees(lambda seen: seen.elapsed("papers"), limited, 0.02)
    played.agrees(lambda seen: seen.elapsed("papers.legal.s"), 2 * (1 - chance), 0.02)


def test_the_inner_limit_comes_first_and_the_outer_one_later() -> None:
    """A branch that asks again every 2 minutes until an answer or the block's limit of 5."""
    steps = """{papers: {parallel: {
          legal: {steps: {ask: {wait: {mean: 2min}, timeout: {after: 2min, result: again},
                               next: {answer: done, again: ask}}}}},
        timeout: {after: 5min, result: late}, next: {done: won, late: lost}}}"""
    played = Played(tried(steps), hours=HOURS, warmup=WARMUP)
    # Without memory, asking again changes nothing: it is one exponential wait.
    played.agrees(lambda seen: seen.won(), 1 - exp(-2.5), 0.02)
    played.agrees(lambda seen: seen.elapsed("papers"), 2 * (1 - exp(-2.5)), 0.02)
    played.agrees(lambda seen: seen.visits("papers.legal.ask"), 1 + exp(-1) + exp(-2), 0.02)


def test_who_does_not_answer_is_asked_a_few_times() -> None:
    steps = """{ask: {wait: {mean: 2min}, timeout: {after: 1min, result: quiet},
          next: {answer: won, quiet: {to: remind}}},
        remind: {next: {ask_again: {to: ask, at_most: 3}, give_up: {to: lost, otherwise: true}}}}"""
    played = Played(tried(steps), hours=HOURS, warmup=WARMUP)
    quiet = exp(-0.5)
    played.agrees(lambda seen: seen.won(), 1 - quiet**4, 0.02)
    played.agrees(lambda seen: seen.visits("ask"), sum(quiet**n for n in range(4)), 0.02)
    played.agrees(lambda seen: seen.cycle(), 2 * (1 - quiet**4), 0.02)
