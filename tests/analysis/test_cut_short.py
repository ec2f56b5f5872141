"""Visits that end before a promise is broken: what is left may be kept, so no error is made of it.

What is said is held against a simulation, which counts the visits that are judged.
"""

import re

import pytest

import salesflow as sf

TEXT = """
salesflow: 1
process: promised
calendars: {office: {timezone: Europe/Vienna, hours: {mon-fri: "09:00-17:00"}}}
departments:
  legal: {calendar: office, roles: {counsel: {people: 500}}}
  sales: {roles: {rep: {people: 500}}}
sources: {web: {arrivals: 60 per week, start: papers}}
steps:
  papers:
PAPERS
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
REVIEW = "review: {by: counsel, wait: {min: 1d, max: 6d}, sla: {within: 3d, target: 99%}, next: {ok: done}}"


def block(review: str, other: str = "", *, block: str = "", leads: str = "done: won") -> sf.Process:
    """A block with a branch ``law`` beside another one, and what more the block says."""
    beside = f"      money: {{steps: {other}}}\n" if other else ""
    start = review.partition(":")[0]
    law = f"      law: {{start: {start}, steps: {{{review}}}}}\n"
    papers = f"    parallel:\n{law}{beside}    next: {{{leads}}}\n{block}"
    return sf.loads(TEXT.replace("PAPERS", papers))


def best(process: sf.Process) -> float:
    """The best possible share by the check, 1 where it says nothing."""
    found = sf.check(process, select=["sla-unattainable"])
    if not found:
        return 1.0
    said = re.search(r"at best ([\d.]+)%", found[0].message)
    return float(said[1]) / 100 if said else 0.0


def kept(process: sf.Process) -> float:
    """The share of the judged visits that kept the promise."""
    result = sf.simulate(
        process, duration="6w", warmup="1w", replications=2, seed=1, engine="python"
    )
    share = result.steps["papers.law.review"].attainment
    assert share is not None
    return share.mean


LOOK = "{look: {by: rep, wait: 2d, next: {ok: done}}}"
LEAVES = "{look: {by: rep, wait: 2d, next: {ok: leave}}}"
LATER = "first: {by: rep, wait: 1d, next: review}, "
THREADS = (
    "first: {by: rep, next: {both: {to: [review, look]}}}, "
    "look: {by: rep, wait: 2d, next: {ok: leave}}, "
)


@pytest.mark.parametrize(
    ("review", "other", "more", "leads"),
    [
        (REVIEW, LOOK, "    join: any\n", "done: won"),
        (REVIEW, LEAVES, "", "done: won, ok: lost"),
        (THREADS + REVIEW, "", "", "done: won, ok: lost"),
        (REVIEW, LOOK, "    timeout: {after: 3d, result: late}\n", "done: won, late: lost"),
        # it begins a day after the block: what is left of the time limit is less than promised
        (LATER + REVIEW, "", "    timeout: {after: 4d, result: late}\n", "done: won, late: lost"),
    ],
)
def test_what_ends_first_breaks_no_promise(review: str, other: str, more: str, leads: str) -> None:
    process = block(review, other, block=more, leads=leads)
    assert kept(process) == 1.0
    assert best(process) == 1.0


def test_of_a_block_in_a_block_both_count() -> None:
    inner = f"pair: {{parallel: {{own: {{steps: {{{REVIEW}}}}}}}, next: {{done: done}}}}"
    process = block(inner, LOOK, block="    join: any\n")
    assert best(process) == 1.0
    assert best(block(inner, LOOK)) == 0.4


@pytest.mark.parametrize(
    ("other", "more", "leads"),
    [
        (LOOK, "", "done: won"),
        # the visit begins with the block: its promise is broken before the block's time is up
        (LOOK, "    timeout: {after: 4d, result: late}\n", "done: won, late: lost"),
        ("", "    join: any\n", "done: won"),
    ],
)
def test_where_nothing_ends_first_the_share_is_told(other: str, more: str, leads: str) -> None:
    process = block(REVIEW, other, block=more, leads=leads)
    assert best(process) == pytest.approx(0.4)
    assert kept(process) == pytest.approx(0.4, abs=0.05)


def test_its_own_result_that_leaves_cuts_nobody_short() -> None:
    process = block(REVIEW.replace("ok: done", "ok: leave"), "", leads="done: won, ok: lost")
    assert best(process) == pytest.approx(0.4)
    assert kept(process) == pytest.approx(0.4, abs=0.05)


def test_what_never_can_is_told_wherever_it_lies() -> None:
    never = REVIEW.replace("{min: 1d, max: 6d}", "4d")
    assert best(block(never, LOOK, block="    join: any\n")) == 0.0


def test_a_step_that_is_come_back_to_may_begin_late() -> None:
    again = REVIEW.replace("{ok: done}", "{ok: {to: done, share: 50%}, again: review}")
    again = again.replace("again: review", "again: {to: review, share: rest}")
    limit = "    timeout: {after: 4d, result: late}\n"
    process = block(again, block=limit, leads="done: won, late: lost")
    assert kept(process) > 0.42
    assert best(process) == 1.0


HANDED = """
salesflow: 1
process: handed
calendars: {office: {timezone: Europe/Vienna, hours: {mon-fri: "09:00-17:00"}}}
departments:
  legal: {calendar: office, roles: {counsel: {people: 500}}}
  sales: {roles: {rep: {people: 500}}}
touchpoints: {papers: {from: sales, to: legal, accept_within: LIMIT, target: 90%}}
sources: {web: {arrivals: 60 per week, start: review, department: sales}}
steps:
  review:
    by: counsel
    effort: 1h
    timeout: {after: AFTER, result: late}
    next: {ok: {to: won, share: 100%}, late: lost}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


@pytest.mark.parametrize(("limit", "after", "told"), [("5h", "2h", False), ("5h", "200h", True)])
def test_who_stops_waiting_was_not_accepted_late(limit: str, after: str, *, told: bool) -> None:
    process = sf.loads(HANDED.replace("LIMIT", limit).replace("AFTER", after))
    result = sf.simulate(
        process, duration="6w", warmup="1w", replications=2, seed=1, engine="python"
    )
    share = result.touchpoints["papers"].attainment
    assert share is not None
    # an office that is open 40 hours a week, and reached from five hours before it opens
    can = (40 + 5 * 5) / 168
    assert share.mean == (pytest.approx(can, abs=0.05) if told else 1.0)
    assert best(process) == (pytest.approx(can, abs=0.001) if told else 1.0)
