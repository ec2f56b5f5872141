"""Times: what is due when, what is overdue, and timers that run out."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

import salesflow as sf

SALE = """
salesflow: 1
process: sale
calendars:
  berlin: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}, holidays: [2026-12-25]}
departments:
  sales: {roles: {rep: {people: 2}}}
  legal: {calendar: berlin, roles: {counsel: {people: 1}}}
  boss: {roles: {head: {people: 1}}}
data: {quote: {type: document}, opinion: {type: text}}
stages: {review: {win_chance: 40%, max_age: 10d}}
sources: {inbound: {department: sales, start: offer}}
steps:
  offer: {by: rep, captures: [quote], next: {sent: check}}
  check:
    by: counsel
    stage: review
    sla: {within: 2bd}
    escalate: {after: 4bh, by: head}
    timeout: {after: 3w, result: too_late}
    next: {fine: close, back: offer, too_late: lost}
  close: {by: rep, timeout: {after: 5d, result: silent}, next: {signed: won, silent: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
touchpoints:
  to_legal: {from: sales, to: legal, requires: [quote], returns: [opinion], accept_within: 1bd}
"""
THURSDAY = "2026-12-24T15:00:00+01:00"  # before a holiday and a weekend


def at_check(begun: str | None = None) -> sf.Deal:
    deal = sf.Deal.start(sf.loads(SALE), at="2026-12-24T08:00:00+01:00")
    deal = deal.take("sent", {"quote": "q"}, at=THURSDAY)
    return deal.begin("check", at=begun, person="ada") if begun else deal


def due(deal: sf.Deal, at: str) -> dict[str, str]:
    return {each.kind: each.due.isoformat() for each in deal.overdue(at)}


def test_open_time_is_counted_in_the_calendar_of_who_does_it() -> None:
    # Open are Thursday 15 to 17 (2 h), not Friday (holiday), Monday and Tuesday.
    assert due(at_check(), "2027-01-20T00:00:00Z") == {
        "escalation": "2026-12-28T10:00:00+00:00",  # 2 h on Thursday, 2 h on Monday
        "acceptance": "2026-12-28T14:00:00+00:00",  # 8 h
        "sla": "2026-12-29T14:00:00+00:00",  # 16 h
        "stage": "2027-01-03T14:00:00+00:00",
        "timeout": "2027-01-14T14:00:00+00:00",
    }


def test_only_what_is_late_is_told_and_the_longest_due_first() -> None:
    deal = at_check()
    assert deal.overdue("2026-12-28T10:00:00Z") == ()
    late = deal.overdue("2026-12-28T14:00:00.001Z")
    assert [(each.kind, each.path, each.who) for each in late] == [
        ("escalation", "check", "head"),
        ("acceptance", "to_legal", "legal"),
    ]
    assert [each.message for each in late] == [
        "Nobody has begun `check`: from now on `head` may do it too.",
        "`legal` accepts within 1bd (`to_legal`): begin `check`.",
    ]
    assert late[0].to_dict()["due"] == "2026-12-28T10:00:00+00:00"


def test_work_that_has_begun_is_accepted() -> None:
    assert set(due(at_check("2026-12-24T16:00:00+01:00"), "2027-01-20T00:00:00Z")) == {
        "sla",
        "stage",
        "timeout",
    }


def test_the_time_in_a_step_counts_from_each_entering() -> None:
    deal = at_check().take("back", {"opinion": "no"}, at="2026-12-28T10:00:00+01:00")
    again = deal.take("sent", at="2027-01-04T09:00:00+01:00")
    assert due(again, "2027-01-04T13:00:00Z") == {
        "escalation": "2027-01-04T12:00:00+00:00",
        "stage": "2027-01-03T14:00:00+00:00",  # but the stage was never left
    }


def test_timers_run_out_one_after_the_other() -> None:
    deal = at_check()
    assert deal.elapse("2027-01-14T13:59:59.999Z") == deal
    lost = deal.elapse("2027-03-01T00:00:00Z")
    assert lost.ended == "lost"
    assert lost.taken[-1].timed
    assert lost.taken[-1].at == datetime(2027, 1, 14, 14, tzinfo=UTC)


def test_a_result_of_a_timer_waits_for_it() -> None:
    deal = at_check()
    with pytest.raises(sf.Refused, match="comes by itself at 2027-01-14T14:00:00") as early:
        deal.take("too_late", at="2027-01-14T13:00:00Z")
    assert early.value.reasons[0].kind == "timer"
    assert deal.take("too_late", at="2027-01-14T14:00:00Z").ended == "lost"
    assert deal.take("too_late").ended == "lost"  # whoever gives no time knows
    options = deal.fill({"opinion": "ok"}).options(at="2027-01-01T00:00:00Z")
    allowed = {option.path: option.allowed for option in options}
    assert allowed == {"check.fine": True, "check.back": True, "check.too_late": False}


def test_what_a_touchpoint_asks_for_and_gives_back() -> None:
    text = SALE.replace("captures: [quote], ", "")
    deal = sf.Deal.start(sf.loads(text))
    with pytest.raises(sf.Refused) as asked:
        deal.take("sent")
    assert str(asked.value) == (
        "`quote` is not filled: `legal` takes over from `sales` only with it (`to_legal`)."
    )
    with pytest.raises(sf.Refused) as promised:
        deal.take("sent", {"quote": "q"}).take("fine")
    assert str(promised.value) == (
        "`opinion` is not filled: `legal` promises it (`to_legal`) before the deal goes on to "
        "`close`."
    )
    assert deal.take("sent", {"quote": "q"}).take("fine", {"opinion": "ok"}).at == ("close",)


def test_moments_are_the_same_whatever_their_zone() -> None:
    there = timezone(timedelta(hours=9))
    one = sf.Deal.start(sf.loads(SALE), at=datetime(2026, 12, 24, 16, tzinfo=there))
    other = sf.Deal.start(one.process, at="2026-12-24T08:00:00+01:00")
    assert one == other
    assert one.visits()[0].since == datetime(2026, 12, 24, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "message"),
    [
        ("2026-12-24T08:00:00", "`2026-12-24T08:00:00` has no time zone."),
        ("yesterday", "`yesterday` is no moment."),
        (1_700_000_000, "1700000000 is no moment."),
        ("0001-01-01T00:00:00+23:00", "is out of range"),
    ],
)
def test_what_is_no_moment(at: Any, message: str) -> None:
    with pytest.raises(sf.UsageError, match=message.replace("+", r"\+")):
        sf.Deal.start(sf.loads(SALE), at=at)


def test_the_clock_does_not_go_back() -> None:
    with pytest.raises(sf.UsageError, match=r"last event was at .* is before that"):
        at_check().take("back", at="2026-12-24T08:30:00+01:00")


def test_without_moments_nothing_is_overdue() -> None:
    deal = sf.Deal.start(sf.loads(SALE)).take("sent", {"quote": "q"})
    assert deal.overdue("2030-01-01T00:00:00Z") == ()
    assert deal.elapse("2030-01-01T00:00:00Z") == deal


def test_work_begins_where_the_deal_is() -> None:
    with pytest.raises(sf.Refused, match="The deal is not at `close`: it is at `check`"):
        at_check().begin("close")
