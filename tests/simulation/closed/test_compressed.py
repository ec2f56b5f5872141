"""Time in which everybody is away changes nothing: cut it out, and the same happens.

A process whose people, arrivals and limits all keep one calendar, and the same process without a
calendar, for as many hours as the other one is open. Event for event, the open time that has passed
in one is the time in the other.
"""

import pytest

from salesflow.simulation.engine_python.loop import play
from salesflow.simulation.events import Event
from salesflow.simulation.tally import Tally
from tests.simulation.closed.playing import DAY, HOUR, program

WEEKS = 12
TEXT = """
salesflow: 1
process: tried
start_date: 2026-01-05
data: {amount: {type: money}}
value: amount
DEPARTMENTS
sources: {web: {start: qualify, ARRIVALS, gives: {amount: {median: 20000, p90: 90000}}}}
steps:
  qualify:
    by: sdr
    effort: {mean: 40min}
    sla: {within: 3bh}
    escalate: {after: 4bh, by: director}
    timeout: {after: 20bh, result: late}
    next: {fit: {to: demo, share: 70%}, no_fit: {to: lost, share: rest}, late: lost}
  demo:
    by: rep
    with: [engineer]
    effort: {min: 30min, usual: 1h, max: 3h}
    next: {liked: {to: [offer, review], share: 80%}, again: {to: demo, share: 10%, at_most: 1}, walked: {to: lost, share: rest}}
  offer: {by: rep, effort: {median: 1h, p90: 2h}, next: meet}
  review: {by: engineer, effort: {mean: 50min}, timeout: {after: 3bh, result: late}, next: {fine: meet, late: lost}}
  meet: {wait_for: [offer, review], next: papers}
  papers:
    parallel:
      legal: {steps: {draft: {by: director, effort: {mean: 1h}, next: done}}}
      sdr: {steps: {chase: {by: sdr, effort: {mean: 2h}, next: done}}}
    join: any
    next: {done: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
ROLES = """roles: {
    sdr: {people: 2, takes_first: newest}, director: {people: 1, takes_first: largest},
    rep: {people: 3, keeps_deal: true, max_open_deals: 4},
    engineer: {people: 2, available: 60%, takes_first: earliest_deadline}}"""


def with_calendar() -> str:
    return TEXT.replace(
        "DEPARTMENTS",
        'calendars: {office: {timezone: UTC, hours: {mon-fri: "09:00-17:00"}}}\n'
        f"departments: {{ours: {{calendar: office, {ROLES}}}}}",
    ).replace("ARRIVALS", "arrivals: {rate: 60 per week, calendar: office}")


def without() -> str:
    text = TEXT.replace("DEPARTMENTS", f"departments: {{ours: {{{ROLES}}}}}")
    return text.replace("ARRIVALS", "arrivals: 1.5 per hour").replace("bh", "h")


def open_until(now: int) -> int:
    """Open milliseconds from Monday 00:00 until now: 8 hours on each of five days a week."""
    days, rest = divmod(now, DAY)
    weeks, day = divmod(days, 7)
    today = min(max(rest - 9 * HOUR, 0), 8 * HOUR) if day < 5 else 0
    return weeks * 40 * HOUR + min(day, 5) * 8 * HOUR + today


def played(text: str, hours: float, seed: int) -> tuple[list[Event], Tally]:
    events: list[Event] = []
    tally = play(program(text, hours=hours), seed, 0, watch=events.append)
    return events, tally


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_happens_in_open_time_happens_without_a_calendar(seed: int) -> None:
    events, tally = played(with_calendar(), WEEKS * 7 * 24, seed)
    expected, plain = played(without(), WEEKS * 40, seed)
    compressed = [event._replace(now=open_until(event.now)) for event in events]
    assert [e._replace(values=()) for e in compressed] == [e._replace(values=()) for e in expected]
    assert {event.what for event in events} == {
        *("arrived", "entered", "started", "worked"),
        *("ended", "expired", "withdrawn", "taken", "reached"),
    }
    assert tally.ways == plain.ways
    assert (tally.events, tally.instances) == (plain.events, plain.instances)
    for node, same in zip(tally.nodes, plain.nodes, strict=True):
        assert node._replace(waiting=0, elapsed=0) == same._replace(waiting=0, elapsed=0)
    for role, alike in zip(tally.roles, plain.roles, strict=True):
        assert (role.started, role.taken, role.effort) == (alike.started, alike.taken, alike.effort)
        assert role.withdrawn_effort == alike.withdrawn_effort
