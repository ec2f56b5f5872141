"""Processes that are run by others: the same people, the deal's own data, limits of the whole deal."""

from math import exp

from salesflow.process.model import Process
from tests.process.written import process_of
from tests.simulation.closed.playing import Played
from tests.simulation.closed.watching import ENDED, ENTERED, STARTED, TAKEN, Watched

HOUSE = """
salesflow: 1
organization: house
calendars: {office: {timezone: UTC, hours: {mon-fri: "09:00-17:00"}}}
departments: {legal: {calendar: office, roles: {counsel: {people: 1}}}}
data: {amount: {type: money}, discount: {type: percent}}
"""


def running(
    inner: str, outer: str, arrivals: str = "60 per hour", gives: str = "amount: 1"
) -> Process:
    """A process of ``outer`` steps that runs one of ``inner`` steps, with outcomes fine and refused."""
    approval = f"""
salesflow: 1
process: approval
use: [house.yaml]
sources: {{request: {{start: {inner.strip(" {").partition(":")[0]}}}}}
steps: {inner}
outcomes: {{fine: {{kind: done}}, refused: {{kind: failed}}}}
"""
    text = f"""
salesflow: 1
process: tried
use: [house.yaml, approval.yaml]
sources: {{web: {{start: {outer.strip(" {").partition(":")[0]}, arrivals: {arrivals}, gives: {{{gives}}}}}}}
steps: {outer}
outcomes: {{won: {{kind: won}}, lost: {{kind: lost}}}}
"""
    return process_of(text, house=HOUSE, approval=approval)


FORM = """{form: {wait: {mean: 1min}, next: {again: {to: form, share: 20%},
    agreed: {to: fine, share: 50%}, other: {to: refused, share: rest}}}}"""


def test_the_outcomes_of_a_run_are_results_of_its_step() -> None:
    played = Played(
        running(FORM, "{ask: {run: approval, next: {fine: won, refused: lost}}}"), hours=300
    )
    played.agrees(lambda seen: seen.won(), 0.5 / 0.8, 0.01)
    played.agrees(lambda seen: seen.elapsed("ask"), 1 / 0.8, 0.02)
    played.agrees(lambda seen: seen.visits("ask.form"), 1 / 0.8, 0.01)


def test_a_run_that_takes_too_long_is_broken_off() -> None:
    outer = """{ask: {run: approval, timeout: {after: 2min, result: late},
        next: {fine: won, refused: lost, late: lost}}}"""
    played = Played(running(FORM, outer), hours=150)
    hit = exp(-2 * 0.8)  # a geometric number of exponential waits is exponential
    played.agrees(lambda seen: seen.share("ask.late"), hit, 0.02)
    played.agrees(lambda seen: seen.won(), (1 - hit) * 0.5 / 0.8, 0.02)
    played.agrees(lambda seen: seen.elapsed("ask"), (1 - hit) / 0.8, 0.02)


def test_limits_in_a_run_count_over_the_whole_deal() -> None:
    """Two more forms for a deal, not for a run: five visits of the form in three runs."""
    inner = (
        """{form: {next: {again: {to: form, at_most: 2}, enough: {to: fine, otherwise: true}}}}"""
    )
    outer = """{ask: {run: approval, next: {fine: judge, refused: lost}},
                judge: {next: {more: {to: ask, at_most: 2}, enough: {to: won, otherwise: true}}}}"""
    played = Played(running(inner, outer), hours=50)
    played.always(lambda seen: seen.visits("ask"), 3)
    played.always(lambda seen: seen.visits("ask.form"), 5)


def test_two_places_that_run_the_same_process_count_apart() -> None:
    inner = (
        """{form: {next: {again: {to: form, at_most: 2}, enough: {to: fine, otherwise: true}}}}"""
    )
    outer = """{one: {run: approval, next: {fine: two, refused: lost}},
                two: {run: approval, next: {fine: won, refused: lost}}}"""
    played = Played(running(inner, outer), hours=50)
    played.always(lambda seen: seen.visits("one.form"), 3)
    played.always(lambda seen: seen.visits("two.form"), 3)


def test_what_a_run_writes_the_deal_keeps() -> None:
    inner = """{form: {captures: {discount: {any_of: {10%: 30%, 20%: rest}}}, next: {done: {to: fine, set: {amount: amount * 2}}}}}"""
    outer = """{ask: {run: approval, next: {fine: judge, refused: lost}},
                judge: {next: {low: {to: won, when: discount < 15% and amount == 200}, high: {to: lost, otherwise: true}}}}"""
    played = Played(running(inner, outer, gives="amount: 100"), hours=150)
    played.agrees(lambda seen: seen.won(), 0.3, 0.02)


def test_people_work_in_a_run_by_their_calendar() -> None:
    """One lawyer, two deals, 6 hours each: Monday 9:00 to 15:00, then to Tuesday 13:00."""
    inner = "{form: {by: counsel, effort: 6h, next: fine}}"
    outer = "{ask: {run: approval, next: {fine: sign, refused: lost}}, sign: {by: counsel, effort: 1h, next: won}}"
    seen = Watched(running(inner, outer, arrivals="{every: 500w, batch: 2}"))
    assert seen.when(ENTERED, "ask.form") == ["Mon 5 Jan 00:00"] * 2
    assert seen.when(STARTED, "ask.form") == ["Mon 5 Jan 09:00", "Mon 5 Jan 15:00"]
    assert seen.when(TAKEN, "ask") == ["Mon 5 Jan 15:00", "Tue 6 Jan 13:00"]
    assert seen.when(ENDED, "sign") == ["Tue 6 Jan 14:00", "Tue 6 Jan 15:00"]
