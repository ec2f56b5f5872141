"""Several steps and people: rework, and funnels whose steps behave as if each stood alone.

Jackson, "Networks of waiting lines", Operations Research 5 (1957): with exponential efforts each
role is M/M/c at the rate that flows through it. Baskett, Chandy, Muntz & Palacios, Journal of the
ACM 22 (1975): waits without people may be spread in any way between them.
"""

from math import exp, log
from statistics import NormalDist

import pytest

from tests.simulation.closed.playing import FAST, WARMUP, Played, tried
from tests.simulation.closed.test_queues import erlang_c


def waiting(rate: float, servers: int, mean: float) -> float:
    """The mean wait in M/M/c."""
    offered = rate * mean
    return erlang_c(servers, offered) * mean / (servers - offered)


@pytest.mark.parametrize("again", [0.2, 0.5])
def test_rework_comes_back_to_the_same_person(again: float) -> None:
    load = 0.6
    mean = load * (1 - again)
    text = tried(
        f"{{draft: {{by: rep, effort: {{mean: {mean:.6f}min}}, "
        f"next: {{again: {{to: draft, share: {again:.0%}}}, fine: {{to: won, share: rest}}}}}}}}",
        roles="{rep: {people: 1}}",
    )
    played = Played(text, hours=550, warmup=WARMUP)
    played.agrees(lambda seen: seen.visits("draft"), 1 / (1 - again), 0.01)
    played.agrees(lambda seen: seen.utilization("rep"), load, 0.01)
    played.agrees(lambda seen: seen.open_deals(), load / (1 - load), 0.03)
    played.agrees(lambda seen: seen.cycle(), load / (1 - load), 0.03)
    played.agrees(lambda seen: seen.waiting("draft"), mean * load / (1 - load), 0.03)
    played.agrees(lambda seen: seen.deals.rework / sum(seen.deals.kinds), again / (1 - again))
    played.agrees(lambda seen: seen.share("draft.again"), again, 0.01)


FUNNEL = """{
  qualify: {by: sdr, effort: {mean: 1.5min}, next: {fit: {to: demo, share: 60%}, no_fit: {to: lost, share: rest}}},
  demo:    {by: engineer, effort: {mean: 0.9min}, wait: {median: 5min, p90: 20min}, next: {
              liked: {to: offer, share: 70%}, unclear: {to: qualify, share: 10%}, passed: {to: lost, share: rest}}},
  offer:   {by: executive, effort: {mean: 2min}, next: talks},
  talks:   {by: executive, effort: {mean: 2min}, next: {
              signed: {to: won, share: 50%}, show_again: {to: demo, share: 20%}, walked: {to: lost, share: rest}}}}"""
PEOPLE = "{sdr: {people: 2}, engineer: {people: 1}, executive: {people: 3}}"

# Balance, each minute: qualify = 1 + 0.1 demo, demo = 0.6 qualify + 0.2 talks, talks = offer = 0.7 demo.
DEMO = 0.6 / (1 - 0.6 * 0.1 - 0.2 * 0.7)
QUALIFY = 1 + 0.1 * DEMO
OFFER = 0.7 * DEMO
FLOWS = {
    "qualify": (QUALIFY, QUALIFY, 2, 1.5),
    "demo": (DEMO, DEMO, 1, 0.9),
    "offer": (OFFER, 2 * OFFER, 3, 2),  # one queue for both steps of the executives
    "talks": (OFFER, 2 * OFFER, 3, 2),
}
SPREAD = log(20 / 5) / NormalDist().inv_cdf(0.9)  # of the logarithm of the wait after a demo
WAIT = 5 * exp(SPREAD**2 / 2)


def test_a_funnel_of_several_roles_is_a_product() -> None:
    played = Played(tried(FUNNEL, roles=PEOPLE), hours=750, warmup=WARMUP)
    cycle = 0.0
    for step, (rate, through, servers, mean) in FLOWS.items():
        waits = waiting(through, servers, mean)
        played.agrees(lambda seen, step=step: seen.waiting(step), waits, 0.05)
        if FAST:  # in short runs too many deals are still ahead of it at the end
            played.agrees(lambda seen, step=step: seen.visits(step), rate, 0.02)
        cycle += rate * (waits + mean)
    cycle += DEMO * WAIT
    played.agrees(lambda seen: seen.cycle(), cycle, 0.02)
    played.agrees(lambda seen: seen.won(), 0.5 * OFFER, 0.02)
    played.agrees(lambda seen: seen.utilization("sdr"), QUALIFY * 1.5 / 2, 0.01)
    played.agrees(lambda seen: seen.utilization("engineer"), DEMO * 0.9, 0.01)
    played.agrees(lambda seen: seen.utilization("executive"), 2 * OFFER * 2 / 3, 0.01)


def test_two_processes_wait_in_one_queue() -> None:
    """Two processes of the same people are one queue at their rates together."""
    one, other = (
        tried(
            "{call: {by: rep, effort: {mean: 1.6min}, next: won}}",
            arrivals=f"{rate} per hour",
            roles="{rep: {people: 2}}",
        ).replace("process: tried", f"process: {name}")
        for name, rate in (("small", 20), ("large", 40))
    )
    played = Played(one, other, hours=600, warmup=WARMUP)
    waits = waiting(1, 2, 1.6)
    for process in ("small", "large"):
        at = [node.path for node in played.program.nodes].index(f"{process}:call")
        played.agrees(lambda seen, at=at: seen.waited(seen.tally.nodes[at]), waits, 0.06)
    played.agrees(lambda seen: seen.utilization("rep"), 0.8, 0.01)
