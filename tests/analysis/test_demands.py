"""Whether a time limit can be met at all: what is plain, weeks without holidays, a year with them."""

from datetime import date, timedelta
from typing import Any

import pytest

from salesflow import api
from salesflow.analysis.demands import Demands
from salesflow.analysis.schedules import ALWAYS
from salesflow.process.steps import Work
from salesflow.quantities import Duration

HEAD = """salesflow: 1
process: deal
calendars:
  office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}HOLIDAYS}
  york: {timezone: America/New_York, hours: {mon-fri: "09:00-17:00"}}
departments:
  sales: {calendar: office, roles: {seller: {}}}
  legal: {calendar: york}
sources: {inbound: {start: a}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
MONDAYS = ", holidays: [2026-01-05, 2026-04-06, 2026-05-25]"
# of a whole year only four days are open
SHUT = [date(2026, 1, 9) + timedelta(days=n) for n in range(365)]
NEVER = f", holidays: [{', '.join(map(str, SHUT))}]"


def judged(spec: str, holidays: str = "") -> tuple[Demands, Work]:
    process = api.loads(f"{HEAD.replace('HOLIDAYS', holidays)}steps:\n  a: {{{spec}, next: won}}\n")
    step = process.nodes["a"]
    assert isinstance(step, Work)
    return Demands(process), step


@pytest.mark.parametrize("holidays", ["", MONDAYS])
@pytest.mark.parametrize(
    ("effort", "limit", "ever", "started"),
    [
        (8, Duration(8, "h"), True, True),
        (9, Duration(24, "h"), False, True),
        (9, Duration(25, "h"), True, True),
        (8, Duration(1, "bd"), True, True),
        (9, Duration(1, "bd"), False, True),
        (41, Duration(6, "d"), False, True),
        (41, Duration(8, "d"), True, True),
    ],
)
def test_whether_it_can_ever_be_met(
    holidays: str, effort: int, limit: Duration, ever: bool, started: bool
) -> None:
    demands, work = judged(f"by: seller, effort: {effort}h", holidays)
    assert demands.ever(demands.demand(work, limit)) == ever
    assert demands.ever(demands.demand(work, limit, started=True)) == started
    assert demands.ever(demands.demand(work, limit)) == ever  # known now


def share(demands: Demands, work: Work, limit: Duration, **more: Any) -> float:
    return demands.best(demands.demand(work, limit), ALWAYS, **more)


def test_the_share_of_instants_with_and_without_holidays() -> None:
    plain, work = judged("by: seller, effort: 1h")
    off, other = judged("by: seller, effort: 1h", MONDAYS)
    limit = Duration(8, "h")
    # from 2:00 to 16:00 on each of the five days
    assert share(plain, work, limit) * 168 == pytest.approx(5 * 14)
    assert share(off, other, limit) * 52 * 168 == pytest.approx((52 * 5 - 3) * 14)
    assert share(plain, work, Duration(90, "h")) == 1.0
    # a day off in a year spoils no more than its time and the limit before it
    rough = share(off, other, limit, enough=0.3)
    assert 0.3 <= rough <= share(off, other, limit) + 1e-12


def test_open_time_counts_no_holidays() -> None:
    off, work = judged("by: seller, effort: 1h", MONDAYS)
    assert share(off, work, Duration(1, "bd")) == 1.0
    assert share(off, work, Duration(1, "bh")) == 1.0


def test_two_zones_are_judged_over_the_year() -> None:
    demands, work = judged("by: seller, with: [legal], effort: 2h")
    assert demands.ever(demands.demand(work, Duration(2, "h")))
    assert not demands.ever(demands.demand(work, Duration(1, "h")))
    # 2 hours in common a day, 3 on 20 days of the year (see the timetables)
    day = share(demands, work, Duration(24, "h"))
    assert 0.5 < day < 5 / 7
    with_office = demands.best(demands.demand(work, Duration(9, "h")), frozenset({"york"}))
    assert with_office < 0.05


def test_a_year_of_holidays_has_no_plain_week() -> None:
    demands, work = judged("by: seller, effort: 41h", NEVER)
    assert not demands.ever(demands.demand(work, Duration(8, "d")))
    assert demands.ever(demands.demand(work.replace(effort=None), Duration(8, "d")))
    short, other = judged("by: seller, effort: 8h", NEVER)
    assert short.ever(short.demand(other, Duration(8, "h")))


def test_nobody_to_wait_for() -> None:
    demands, work = judged("wait: {min: 3h, max: 9h}")
    met = demands.demand(work, Duration(3, "h"))
    assert (met.parts, demands.plain(met), demands.ever(met)) == ((), True, True)
    missed = demands.demand(work, Duration(2, "h"))
    assert (demands.plain(missed), demands.ever(missed)) == (False, False)
    assert demands.best(missed, ALWAYS) == 0.0
    begun = demands.demand(work, Duration(1, "min"), started=True)
    assert demands.plain(begun)
