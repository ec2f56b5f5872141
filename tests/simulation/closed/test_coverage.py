"""An interval of 95% holds the truth in 95 of 100 experiments: hundreds of them, counted.

Small ones, so that nothing is hidden by long runs: ten replications of twenty deals. If intervals are
what they say, less than 93% or more than 97% come up in four of a hundred such tests.
"""

from collections.abc import Callable, Sequence
from functools import cache
from math import log

import pytest

from salesflow.simulation.engines import play
from salesflow.simulation.estimates import (
    NOT_NEGATIVE,
    SHARE,
    Sample,
    change_of,
    sample_of_quantile,
    sample_of_ratio,
    sample_of_values,
)
from salesflow.simulation.result import Estimate
from salesflow.simulation.tally import Tally
from tests.simulation.closed.playing import ENGINE, HOUR, program, tried

EXPERIMENTS = 500
REPLICATIONS = 10
DEALS = "{every: 500w, batch: 20}"

ASKED = """{call: {wait: {mean: 1h}, next: {
    again: {to: call, share: 30%}, won: {to: won, share: WON}, lost: {to: lost, share: 30%}, dropped: {to: dropped, share: rest}}}}"""
QUEUE = "{call: {by: rep, effort: {mean: 1min}, next: won}}"


def _asked(won: str) -> str:
    text = tried(ASKED.replace("WON", won), arrivals=DEALS)
    return text.replace("lost: {kind: lost}", "lost: {kind: lost}, dropped: {kind: disqualified}")


TEXTS = {
    "asked": _asked("20%"),
    "asked_better": _asked("30%"),
    "queue": tried(QUEUE, arrivals=DEALS, roles="{rep: {people: 1}}"),
}


@cache
def tallies(name: str) -> list[Tally]:
    played = program(TEXTS[name], hours=60)
    return [play(ENGINE, played, 3, number) for number in range(EXPERIMENTS * REPLICATIONS)]


def experiments(name: str) -> list[Sequence[Tally]]:
    run = tallies(name)
    return [run[at : at + REPLICATIONS] for at in range(0, len(run), REPLICATIONS)]


def win_rate(run: Sequence[Tally]) -> Sample | None:
    kinds = [tally.parts[0].kinds for tally in run]
    return sample_of_ratio([won for won, *_ in kinds], [k[0] + k[1] for k in kinds], SHARE)


def cycle_time(run: Sequence[Tally]) -> Sample | None:
    parts = [tally.parts[0] for tally in run]
    return sample_of_ratio([p.elapsed / HOUR for p in parts], [sum(p.kinds) for p in parts])


def median(run: Sequence[Tally]) -> Sample | None:
    return sample_of_quantile([tally.probes[0].time for tally in run], 0.5)


def p90(run: Sequence[Tally]) -> Sample | None:
    return sample_of_quantile([tally.probes[0].time for tally in run], 0.9)


def rework(run: Sequence[Tally]) -> Sample | None:
    parts = [tally.parts[0] for tally in run]
    return sample_of_ratio([p.rework for p in parts], [sum(p.kinds) for p in parts])


def waiting(run: Sequence[Tally]) -> Sample | None:
    nodes = [tally.nodes[0] for tally in run]
    return sample_of_ratio([n.waiting / HOUR for n in nodes], [n.started for n in nodes])


def taken(run: Sequence[Tally]) -> Sample | None:
    return sample_of_values([tally.roles[0].taken / HOUR for tally in run], NOT_NEGATIVE)


def covers(estimates: Sequence[Estimate], truth: float) -> float:
    assert len(estimates) == EXPERIMENTS
    return sum(low <= truth <= high for _, low, high in estimates) / len(estimates)


# A geometric number of exponential waits is exponential, with mean 1h / 70%. Of n who queue at once
# for one person the k-th waits for k - 1 efforts: 1min * (n - 1) / 2 in the mean.
@pytest.mark.parametrize(
    ("name", "measure", "truth"),
    [
        ("asked", win_rate, 0.4),
        ("asked", cycle_time, 1 / 0.7),
        ("asked", median, log(2) / 0.7),
        ("asked", p90, log(10) / 0.7),
        ("asked", rework, 0.3 / 0.7),
        ("queue", waiting, 19 / 2 / 60),
        ("queue", taken, 20 / 60),
    ],
)
def test_intervals_hold_the_truth_as_often_as_they_say(
    name: str, measure: Callable[[Sequence[Tally]], Sample | None], truth: float
) -> None:
    samples = [measure(run) for run in experiments(name)]
    found = covers([sample.estimate for sample in samples if sample], truth)
    assert 0.93 <= found <= 0.97


def test_so_do_intervals_of_differences() -> None:
    """Paired, on common random numbers: 50% are won instead of 40%."""
    pairs = zip(experiments("asked"), experiments("asked_better"), strict=True)
    changes = [change_of(win_rate(before), win_rate(after)) for before, after in pairs]
    assert 0.93 <= covers([change.estimate for change in changes if change], 0.1) <= 0.97
    paired = sum(c.estimate.high - c.estimate.low for c in changes if c)
    alone = [win_rate(run) for run in experiments("asked")]
    assert paired < sum(s.estimate.high - s.estimate.low for s in alone if s)  # and narrower
