"""Who may do the work of a visit, when they work, and how long it takes at least and at most."""

import pytest

from salesflow import api
from salesflow.analysis.demands import Demands
from salesflow.analysis.limits import Limits
from salesflow.analysis.schedules import ALWAYS, INFINITE, Schedules
from salesflow.analysis.timetable import DAY, HOUR
from salesflow.process.steps import Work
from salesflow.quantities import Duration

HEAD = """salesflow: 1
process: deal
calendars:
  office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}
  short: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-13:00"}}
  night: {timezone: Europe/Berlin, hours: {mon-fri: "20:00-22:00"}}
departments:
  sales: {calendar: office, roles: {seller: {}, half: {available: 50%}, boss: {calendar: short, available: 80%}, owl: {calendar: night}}}
  free: {}
  buyer: {external: true, roles: {customer: {calendar: office}}}
sources: {inbound: {start: a}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def worked(spec: str, more: str = "won") -> tuple[Schedules, Work]:
    process = api.loads(f"{HEAD}steps:\n  a: {{{spec}, next: {more}}}\n")
    step = process.nodes["a"]
    assert isinstance(step, Work)
    return Schedules(process), step


@pytest.mark.parametrize(
    ("spec", "parties"),
    [
        ("by: seller, effort: 1h", [("office", 1.0, "")]),
        ("by: half, effort: 1h", [("office", 0.5, "")]),
        ("by: half, with: [boss], effort: 1h", [("office short", 0.5, "")]),
        ("by: boss, with: [seller], effort: 1h", [("office short", 0.8, "")]),
        ("by: free, effort: 1h", [("", 1.0, "")]),
        ("by: customer, effort: 1h", [("", 1.0, "")]),
        ("by: customer, with: [half], effort: 1h", [("office", 0.5, "")]),
        (
            "by: seller, with: [half], effort: 1h, escalate: {after: 2h, by: boss}",
            [("office", 0.5, ""), ("office short", 0.5, "2h")],
        ),
    ],
)
def test_who_works_together(spec: str, parties: list[tuple[str, float, str]]) -> None:
    schedules, work = worked(spec)
    found = [
        (" ".join(sorted(p.hours)), p.available, str(p.after or ""))
        for p in schedules.parties(work)
    ]
    assert found == parties


@pytest.mark.parametrize(
    ("spec", "needed"),
    [
        ("by: seller, effort: 1h", True),
        ("by: seller", False),
        ("by: customer, effort: 1h", False),
        ("by: customer, with: [half], effort: 1h", True),
        ("effort: 1h", False),
    ],
)
def test_whether_somebody_of_ours_must_be_free(spec: str, needed: bool) -> None:
    schedules, work = worked(spec)
    assert schedules.needs_people(work) == needed


@pytest.mark.parametrize(
    ("spec", "least", "most_wait"),
    [
        ("by: seller, effort: 2h", 2, 0),
        ("by: half, effort: 4h", 8, 0),
        ("by: half, effort: 5h", 26, 0),
        ("by: seller, effort: 9h", 25, 0),
        ("by: seller, effort: {min: 1h, max: 9h}", 1, 0),
        ("by: seller, wait: {min: 3h, max: 9h}", 3, 9),
        ("by: seller, wait: {min: 1bd, max: 2bd}", 8, 4 * 24),  # Thursday to Monday, 17:00
        ("by: seller, wait: {min: 2bh, max: 8bh}", 2, 3 * 24),
        ("by: free, wait: {min: 1d, max: 2d}", 24, 48),
        ("by: seller, effort: 2h, wait: 3h", 5, 3),
        ("by: seller, effort: 9h, escalate: {after: 1h, by: free}", 10, 0),
        ("by: seller, effort: 9h, escalate: {after: 2bh, by: free}", 11, 0),
        ("by: seller, effort: 2h, escalate: {after: 1h, by: free}", 2, 0),
        ("by: seller, with: [owl], effort: 2h", 2, 0),  # never together: told by another rule
        ("wait: {median: 1h, p90: 5h}", 0, INFINITE),
    ],
)
def test_how_long_a_visit_takes(spec: str, least: float, most_wait: float) -> None:
    schedules, work = worked(spec)
    assert schedules.least_visit(work) / HOUR == pytest.approx(least)
    assert schedules.most_wait(work) / HOUR == pytest.approx(most_wait)


def test_hours_are_those_of_roles_of_ours() -> None:
    schedules, _ = worked("by: seller, effort: 1h")
    assert schedules.hours("seller") == {"office"}
    assert schedules.hours("boss") == {"short"}
    assert schedules.hours("customer") == ALWAYS
    assert schedules.hours("free") == ALWAYS
    assert schedules.hours("nobody") == ALWAYS
    assert schedules.hours(None) == ALWAYS
    assert schedules.ours("customer") is None
    assert schedules.ours(None) is None


@pytest.mark.parametrize(
    ("by", "limit", "span", "least", "latest"),
    [
        ("seller", Duration(1, "bd"), 8, 8, 72),
        ("seller", Duration(9, "bh"), 9, 25, 89),
        ("seller", Duration(9, "h"), 9, 9, 9),
        ("boss", Duration(1, "bd"), 4, 4, 72),
        ("free", Duration(2, "d"), 48, 48, 48),
    ],
)
def test_limits_in_open_time_and_elapsed(
    by: str, limit: Duration, span: float, least: float, latest: float
) -> None:
    schedules, work = worked(f"by: {by}, effort: 1h")
    assert schedules.span(work, limit) / HOUR == span
    assert schedules.least_elapsed(work, limit) / HOUR == least
    assert schedules.latest(work, limit) / HOUR == latest
    if not limit.business:
        assert (
            schedules.latest(None, limit)
            == schedules.least_elapsed(None, limit)
            == limit.milliseconds
        )


def test_units_of_time() -> None:
    schedules, work = worked("by: boss, effort: 1h")
    assert schedules.unit(work, "bd") == 4 * HOUR
    assert schedules.unit(work, "bh") == schedules.unit(None, "bd") == HOUR
    free, other = worked("by: free, effort: 1h")
    assert free.unit(other, "bd") == DAY


def test_open_time_that_fits_and_what_never_opens() -> None:
    schedules, _ = worked("by: seller, effort: 1h")
    office, never = frozenset({"office"}), frozenset({"office", "night"})
    assert schedules.room(office, 24 * HOUR) / HOUR == 8
    assert schedules.room(office, 7 * DAY) / HOUR == 40
    assert schedules.room(ALWAYS, 5.0) == 5.0
    assert schedules.room(never, HOUR) == INFINITE
    assert schedules.least_span(never, HOUR) == HOUR
    assert schedules.most_span(never, HOUR) == INFINITE
    assert schedules.most_span(office, INFINITE) == INFINITE
    assert schedules.least_span(office, 9 * HOUR) / HOUR == 25
    assert schedules.most_span(office, 9 * HOUR) / HOUR == 89  # from Thursday 17:00


def test_which_of_two_limits_is_over_first() -> None:
    process = api.loads(f"{HEAD}steps:\n  a: {{by: seller, effort: 1h, next: won}}\n")
    work = process.nodes["a"]
    assert isinstance(work, Work)
    limits = Limits(process, Demands(process))
    day, three, week = Duration(1, "bd"), Duration(3, "d"), Duration(7, "d")
    assert limits.not_before(work, day, day)
    assert not limits.later(work, day, day)
    assert limits.later(work, Duration(9, "bh"), day)
    assert limits.not_before(work, three, day)  # 1bd is over after 3 days at the latest
    assert not limits.later(work, three, day)
    assert limits.later(work, Duration(73, "h"), day)
    assert not limits.not_before(work, Duration(71, "h"), day)
    assert not limits.not_before(work, day, three)
    assert limits.later(work, week, three)
    assert not limits.later(work, three, week)
