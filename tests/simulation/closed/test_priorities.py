"""Which work is taken first: classes of work of which nobody is interrupted.

Cobham, "Priority assignment in waiting line problems", Operations Research 2 (1954): class k waits
W / ((1 - s[k-1]) (1 - s[k])), where s[k] is the load of the classes up to k and W the mean rest of
what is being done. For several people with one exponential effort W is Erlang's wait times (1 -
load) (Kella & Yechiali, Management Science 31, 1985).
"""

from collections.abc import Iterator
from statistics import fmean

import pytest

from salesflow.simulation.engine_python.loop import play
from salesflow.simulation.events import ENTERED, STARTED, Event
from tests.simulation.closed.playing import (
    MINUTE,
    REPLICATIONS,
    WARMUP,
    Played,
    agree,
    program,
    tried,
)
from tests.simulation.closed.test_queues import erlang_c


def classes(rest: float, loads: list[float]) -> Iterator[float]:
    """Cobham's mean waits, the class that is taken first first."""
    before = 0.0
    for load in loads:
        yield rest / ((1 - before) * (1 - before - load))
        before += load


TWO = """{{
  sort:   {{next: {{hot: {{to: urgent, share: 30%}}, cold: {{to: usual, share: rest}}}}}},
  urgent: {{by: rep, effort: {hot}, {first}, next: {{done: {{to: won}}{timed}}}}},
  usual:  {{by: rep, effort: {cold}, {second}, next: {{done: {{to: won}}{timed}}}}}}}"""
SLA = ("sla: {within: 1s}", "sla: {within: 4000d}", "")
TIMEOUT = (
    "timeout: {after: 3000d, result: late}",
    "timeout: {after: 8000d, result: late}",
    ", late: {to: lost}",
)


@pytest.mark.parametrize("limits", [SLA, TIMEOUT], ids=["sla", "timeout"])
def test_the_earliest_deadline_first_is_two_classes(limits: tuple[str, str, str]) -> None:
    """Deadlines so far apart that each urgent visit is due before all usual ones."""
    first, second, timed = limits
    steps = TWO.format(
        hot="{min: 0.2min, max: 1min}",
        cold="{mean: 0.8min}",
        first=first,
        second=second,
        timed=timed,
    )
    text = tried(steps, roles="{rep: {people: 1, takes_first: earliest_deadline}}")
    played = Played(text, hours=600, warmup=WARMUP)
    rate = (0.3, 0.7)  # a minute
    rest = rate[0] * (1**3 - 0.2**3) / (3 * 0.8) / 2 + rate[1] * 2 * 0.8**2 / 2
    urgent, usual = classes(rest, [rate[0] * 0.6, rate[1] * 0.8])
    played.agrees(lambda seen: seen.waiting("urgent"), urgent, 0.03)
    played.agrees(lambda seen: seen.waiting("usual"), usual, 0.05)
    played.agrees(lambda seen: seen.utilization("rep"), 0.74, 0.01)


def test_the_earliest_deadline_first_with_several_people() -> None:
    steps = TWO.format(
        hot="{mean: 2.4min}", cold="{mean: 2.4min}", first=SLA[0], second=SLA[1], timed=""
    )
    text = tried(steps, roles="{rep: {people: 3, takes_first: earliest_deadline}}")
    played = Played(text, hours=600, warmup=WARMUP)
    rest = erlang_c(3, 2.4) * 2.4 / 3
    urgent, usual = classes(rest, [0.3 * 0.8, 0.7 * 0.8])
    played.agrees(lambda seen: seen.waiting("urgent"), urgent, 0.05)
    played.agrees(lambda seen: seen.waiting("usual"), usual, 0.08)


LARGEST = """
data: {amount: {type: money}}
value: amount
"""
BY_SIZE = """{
  sort:   {next: {l: {to: large, when: amount > 5000}, m: {to: middle, when: amount == 5000}, s: {to: small, when: amount < 5000}}},
  large:  {by: rep, effort: 1min, next: won},
  middle: {by: rep, effort: {mean: 0.6min}, next: won},
  small:  {by: rep, effort: {min: 0.2min, max: 1min}, next: won}}"""


def test_the_largest_first_is_a_class_for_each_worth() -> None:
    text = tried(BY_SIZE, roles="{rep: {people: 1, takes_first: largest}}", more=LARGEST).replace(
        "arrivals: 60 per hour",
        "arrivals: 60 per hour, gives: {amount: {any_of: {1000: 50%, 5000: 30%, 20000: rest}}}",
    )
    played = Played(text, hours=750, warmup=WARMUP)
    rates = [0.2, 0.3, 0.5]
    squares = [1.0, 2 * 0.6**2, (1**3 - 0.2**3) / (3 * 0.8)]
    means = [1.0, 0.6, 0.6]
    rest = sum(rate * square for rate, square in zip(rates, squares, strict=True)) / 2
    loads = [rate * mean for rate, mean in zip(rates, means, strict=True)]
    for step, waits in zip(("large", "middle", "small"), classes(rest, loads), strict=True):
        played.agrees(lambda seen, step=step: seen.waiting(step), waits, 0.05)


def waits(text: str, hours: float) -> list[list[float]]:
    """The waits of every visit of ``call`` in each of some replications, as watched."""
    played = program(text, hours=hours)
    found = []
    for replication in range(REPLICATIONS):
        entered: dict[int, int] = {}
        waited: list[float] = []

        def watch(event: Event, entered=entered, waited=waited) -> None:  # noqa: ANN001
            if event.what == ENTERED:
                entered[event.deal] = event.now
            elif event.what == STARTED:
                waited.append((event.now - entered[event.deal]) / MINUTE)

        play(played, 1, replication, watch=watch)
        found.append(waited)
    return found


def called(takes_first: str, sla: str = "") -> str:
    return tried(
        f"{{call: {{by: rep, effort: {{mean: 0.5min}}{sla}, next: won}}}}",
        roles=f"{{rep: {{people: 1, takes_first: {takes_first}}}}}",
    )


def test_the_newest_first_waits_as_long_but_less_evenly() -> None:
    """Takács, Operations Research 11 (1963): the second moment grows by 1 / (1 - load)."""
    load = mean = 0.5
    usual = mean * load / (1 - load)
    square = 2 * load * (mean / (1 - load)) ** 2
    for order, second in (("oldest", square), ("newest", square / (1 - load))):
        watched = waits(called(order), 20)
        agree([fmean(each) for each in watched], usual, 0.1)
        agree([fmean(w**2 for w in each) for each in watched], second, 0.3)


def test_one_sla_for_all_or_no_worth_at_all_is_the_oldest_first() -> None:
    oldest = waits(called("oldest"), 3)
    assert waits(called("earliest_deadline", ", sla: {within: 1h}"), 3) == oldest
    assert waits(called("earliest_deadline"), 3) == oldest
    assert waits(called("largest"), 3) == oldest
    assert waits(called("newest"), 3) != oldest
