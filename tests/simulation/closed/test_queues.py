"""One step with its people: the queues of the books.

Kleinrock, Queueing Systems 1 (1975): M/M/c with Erlang's C (3.5), M/G/1 with the formula of
Pollaczek and Khinchine (5.6).
"""

from math import exp, factorial, log
from statistics import NormalDist

import pytest

from tests.simulation.closed.playing import WARMUP, Played, tried

HOURS = 275  # of one arrival a minute; times are in minutes


def erlang_c(servers: int, offered: float) -> float:
    """The chance that somebody has to wait in M/M/c; ``offered`` is rate times mean effort."""
    waits = offered**servers / factorial(servers) * servers / (servers - offered)
    return waits / (waits + sum(offered**n / factorial(n) for n in range(servers)))


def one_step(effort: str, people: int = 1) -> str:
    """With an arrival a minute for each of the people."""
    return tried(
        f"{{call: {{by: rep, effort: {effort}, next: won}}}}",
        arrivals=f"{60 * people} per hour",
        roles=f"{{rep: {{people: {people}}}}}",
    )


@pytest.mark.parametrize(("people", "load"), [(1, 0.5), (1, 0.7), (2, 0.75), (5, 0.75), (10, 0.8)])
def test_people_who_share_a_queue(people: int, load: float) -> None:
    played = Played(
        one_step(f"{{mean: {load}min}}", people),
        hours=HOURS * (2 / people + 0.3),
        warmup=max(WARMUP / people, 1),
    )
    waits = erlang_c(people, people * load) * load / (people * (1 - load))
    narrow = 0.06 if people == 10 else 0.05  # few wait for one of ten
    played.agrees(lambda seen: seen.waiting("call"), waits, narrow)
    played.agrees(lambda seen: seen.waited(seen.role("rep")), waits, narrow)
    played.agrees(lambda seen: seen.queue("rep"), people * waits, narrow)  # Little's law
    played.agrees(lambda seen: seen.utilization("rep"), load, 0.01)
    played.agrees(lambda seen: seen.effort("call"), load, 0.01)
    played.agrees(lambda seen: seen.elapsed("call"), waits + load, 0.03)
    played.agrees(lambda seen: seen.cycle(), waits + load, 0.03)
    played.agrees(lambda seen: seen.open_deals(), people * (waits + load), 0.04)


Z90 = NormalDist().inv_cdf(0.9)


# Efforts with mean and second moment, in minutes.
EFFORTS = {
    "deterministic": ("0.7min", 0.7, 0.7**2),
    "exponential": ("{mean: 0.7min}", 0.7, 2 * 0.7**2),
    "uniform": ("{min: 0.2min, max: 1.2min}", 0.7, (1.2**3 - 0.2**3) / 3),
    "log_normal": ("{mean: 0.6min, sd: 0.6min}", 0.6, 0.6**2 + 0.6**2),
    "log_normal_by_median": (
        "{median: 0.5min, p90: 1min}",
        0.5 * exp((log(2) / Z90) ** 2 / 2),
        0.25 * exp(2 * (log(2) / Z90) ** 2),
    ),
    "triangular": (
        "{min: 0.1min, usual: 0.5min, max: 1.5min}",
        0.7,
        0.7**2 + (0.1**2 + 0.5**2 + 1.5**2 - 0.1 * 0.5 - 0.1 * 1.5 - 0.5 * 1.5) / 18,
    ),
    "any_of": ("{any_of: {0.5min: 80%, 1.25min: rest}}", 0.65, 0.8 * 0.25 + 0.2 * 1.25**2),
}


@pytest.mark.parametrize("name", EFFORTS)
def test_one_person_with_any_effort(name: str) -> None:
    effort, mean, square = EFFORTS[name]
    played = Played(one_step(effort), hours=HOURS * 2, warmup=WARMUP)
    load = mean
    waits = square / (2 * (1 - load))
    played.agrees(lambda seen: seen.waiting("call"), waits, 0.04)
    played.agrees(lambda seen: seen.utilization("rep"), load, 0.01)
    played.agrees(lambda seen: seen.queue("rep"), waits, 0.04)
    played.agrees(lambda seen: seen.cycle(), waits + mean, 0.03)


def test_a_wait_behind_the_effort_keeps_nobody_busy() -> None:
    played = Played(
        tried(
            "{call: {by: rep, effort: {mean: 0.5min}, wait: {mean: 3h, sd: 5h}, next: won}}",
            roles="{rep: {people: 1}}",
        ),
        hours=HOURS * 2,
        warmup=WARMUP,
    )
    played.agrees(lambda seen: seen.waiting("call"), 0.5, 0.03)  # at 50%, as long as the effort
    played.agrees(lambda seen: seen.utilization("rep"), 0.5, 0.01)


@pytest.mark.parametrize(("share", "servers"), [(40, 1), (25, 3)])
def test_a_part_of_the_day_makes_work_take_longer(share: int, servers: int) -> None:
    """Someone with 40% for this process is a queue with 2.5 times the effort."""
    load = 0.7
    taken = servers * load  # minutes of the day, for a visit
    effort = taken * share / 100
    text = tried(
        f"{{call: {{by: rep, effort: {{mean: {effort:.6f}min}}, facing: customer, next: won}}}}",
        roles=f"{{rep: {{people: {servers}, available: {share}%}}}}",
    )
    played = Played(text, hours=HOURS * 2, warmup=WARMUP)
    waits = erlang_c(servers, servers * load) * taken / (servers * (1 - load))
    played.agrees(lambda seen: seen.waiting("call"), waits, 0.05)
    played.agrees(lambda seen: seen.utilization("rep"), load, 0.01)
    played.agrees(lambda seen: seen.effort("call"), effort, 0.01)
    played.agrees(lambda seen: seen.elapsed("call"), waits + taken, 0.03)
    played.agrees(
        lambda seen: seen.role("rep").selling / (servers * seen.measured), load * share / 100, 0.01
    )
    played.agrees(
        lambda seen: seen.role("rep").effort / (servers * seen.measured), load * share / 100, 0.01
    )


def test_the_slower_of_two_roles_makes_the_pace() -> None:
    """Both are busy as long as the one with less time needs: M/M/1 at 80%."""
    text = tried(
        "{call: {by: rep, with: [engineer], effort: {mean: 24s}, next: won}}",
        roles="{rep: {people: 1}, engineer: {people: 1, available: 50%}}",
    )
    played = Played(text, hours=HOURS * 3, warmup=WARMUP)
    load, taken = 0.8, 0.8
    played.agrees(lambda seen: seen.waiting("call"), taken * load / (1 - load), 0.04)
    for role in ("rep", "engineer"):
        played.agrees(lambda seen, role=role: seen.utilization(role), load, 0.01)
        played.agrees(lambda seen, role=role: seen.queue(role), load**2 / (1 - load), 0.05)
