"""Days worked out by hand: open hours, nights, holidays and the days when clocks change.

5 January 2026 is a Monday. Clocks in Berlin go forward on 29 March 2026 at 02:00 and back on
25 October at 03:00, those in New York forward on 8 March at 02:00.
"""

import pytest

from tests.simulation.closed.watching import ENDED, STARTED, WORKED, Watched, office

CALL = "{{call: {{by: rep, effort: {effort}, next: won}}}}"
BERLIN = '{timezone: Europe/Berlin, hours: {mon-sun: "00:00-24:00"}}'


def batch(number: int) -> str:
    return f"{{every: 500w, batch: {number}}}"


def test_eight_tasks_of_three_hours_end_on_wednesday_at_five() -> None:
    seen = Watched(office(CALL.format(effort="3h"), arrivals=batch(8)))
    assert seen.when(STARTED, "call") == [
        "Mon 5 Jan 09:00",
        "Mon 5 Jan 12:00",
        "Mon 5 Jan 15:00",
        "Tue 6 Jan 10:00",
        "Tue 6 Jan 13:00",
        "Tue 6 Jan 16:00",
        "Wed 7 Jan 11:00",
        "Wed 7 Jan 14:00",
    ]
    assert seen.when(ENDED, "call") == [
        "Mon 5 Jan 12:00",
        "Mon 5 Jan 15:00",
        "Tue 6 Jan 10:00",
        "Tue 6 Jan 13:00",
        "Tue 6 Jan 16:00",
        "Wed 7 Jan 11:00",
        "Wed 7 Jan 14:00",
        "Wed 7 Jan 17:00",
    ]
    (role,) = seen.tally.roles
    assert role.taken == role.effort == 24 * 3_600_000


def test_work_that_ends_at_close_ends_at_close_and_the_next_begins_at_the_next_open() -> None:
    seen = Watched(office(CALL.format(effort="8h"), arrivals=batch(6)))
    assert seen.when(WORKED, "call") == [
        "Mon 5 Jan 17:00",
        "Tue 6 Jan 17:00",
        "Wed 7 Jan 17:00",
        "Thu 8 Jan 17:00",
        "Fri 9 Jan 17:00",
        "Mon 12 Jan 17:00",
    ]
    assert seen.when(STARTED, "call")[-2:] == ["Fri 9 Jan 09:00", "Mon 12 Jan 09:00"]


def test_work_goes_on_behind_the_lunch_break_and_the_weekend() -> None:
    calendar = '{timezone: UTC, hours: {mon-thu: "09:00-12:30, 13:15-18:00", fri: "09:00-12:30"}}'
    seen = Watched(office(CALL.format(effort="5h"), calendar=calendar, arrivals=batch(8)))
    assert seen.when(WORKED, "call") == [
        "Mon 5 Jan 14:45",  # 3:30 before the break, 1:30 behind it
        "Tue 6 Jan 10:45",
        "Tue 6 Jan 16:30",
        "Wed 7 Jan 12:30",  # 1:30 in the evening, 3:30 up to the break
        "Thu 8 Jan 09:15",
        "Thu 8 Jan 15:00",
        "Fri 9 Jan 11:00",
        "Mon 12 Jan 12:30",
    ]


def test_a_night_shift_goes_through_midnight() -> None:
    calendar = '{timezone: UTC, hours: {mon-sun: "00:00-06:00, 22:00-24:00"}}'
    seen = Watched(office(CALL.format(effort="5h"), calendar=calendar, arrivals=batch(4)))
    assert seen.when(WORKED, "call") == [
        "Mon 5 Jan 05:00",
        "Tue 6 Jan 02:00",
        "Tue 6 Jan 23:00",
        "Wed 7 Jan 04:00",
    ]


def test_holidays_are_closed() -> None:
    calendar = (
        '{timezone: UTC, hours: {mon-fri: "09:00-17:00"}, holidays: [2026-01-06, 2026-01-09]}'
    )
    seen = Watched(office(CALL.format(effort="6h"), calendar=calendar, arrivals=batch(5)))
    assert seen.when(WORKED, "call") == [
        "Mon 5 Jan 15:00",
        "Wed 7 Jan 13:00",
        "Thu 8 Jan 11:00",
        "Thu 8 Jan 17:00",
        "Mon 12 Jan 15:00",
    ]


def test_clocks_go_forward_in_berlin() -> None:
    """The night of Saturday to Sunday has five hours from midnight to six, not six."""
    calendar = '{timezone: Europe/Berlin, hours: {sat: "22:00-24:00", sun: "00:00-06:00"}}'
    text = office(
        CALL.format(effort="3h"), calendar=calendar, arrivals=batch(3), start="2026-03-23"
    )
    seen = Watched(text, zone="Europe/Berlin")
    assert seen.when(WORKED, "call") == ["Sun 29 Mar 01:00", "Sun 29 Mar 05:00", "Sun 5 Apr 00:00"]


def test_clocks_go_back_in_berlin() -> None:
    """The hour from two to three comes twice, and is worked twice."""
    calendar = '{timezone: Europe/Berlin, hours: {sat: "22:00-24:00", sun: "00:00-06:00"}}'
    text = office(
        CALL.format(effort="3h"), calendar=calendar, arrivals=batch(3), start="2026-10-19"
    )
    seen = Watched(text, zone="Europe/Berlin")
    assert seen.when(WORKED, "call") == ["Sun 25 Oct 01:00", "Sun 25 Oct 03:00", "Sun 25 Oct 06:00"]


def test_a_wait_is_elapsed_time_when_clocks_change() -> None:
    steps = "{call: {by: rep, effort: 1h, wait: 24h, next: won}}"
    text = office(steps, calendar=BERLIN, start="2026-03-28")
    seen = Watched(text, zone="Europe/Berlin")  # deals come at 00:00 UTC
    assert seen.when(STARTED, "call") == ["Sat 28 Mar 01:00"]
    assert seen.when(ENDED, "call") == ["Sun 29 Mar 03:00"]  # not 02:00, which does not come


def test_clocks_go_forward_in_new_york() -> None:
    calendar = '{timezone: America/New_York, hours: {sun: "01:00-04:00"}}'
    text = office(
        CALL.format(effort="1h"), calendar=calendar, arrivals=batch(4), start="2026-03-02"
    )
    seen = Watched(text, zone="America/New_York")
    assert seen.when(WORKED, "call") == [
        "Sun 8 Mar 03:00",  # from one to two, when it is three
        "Sun 8 Mar 04:00",
        "Sun 15 Mar 02:00",
        "Sun 15 Mar 03:00",
    ]


def test_office_hours_keep_to_the_wall_clock_all_year() -> None:
    """Nine in Berlin is 08:00 UTC in winter and 07:00 in summer."""
    calendar = '{timezone: Europe/Berlin, hours: {fri: "09:00-17:00", mon: "09:00-17:00"}}'
    text = office(
        CALL.format(effort="8h"), calendar=calendar, arrivals=batch(2), start="2026-03-27"
    )
    assert Watched(text).when(STARTED, "call") == ["Fri 27 Mar 08:00", "Mon 30 Mar 07:00"]


@pytest.mark.parametrize(
    ("share", "ends"),
    [
        ("50%", ["Mon 5 Jan 13:00", "Mon 5 Jan 17:00", "Tue 6 Jan 13:00"]),
        # 2h / 34% is 5:52:56.471
        ("34%", ["Mon 5 Jan 14:52:56.471", "Tue 6 Jan 12:45:52.942", "Wed 7 Jan 10:38:49.413"]),
    ],
)
def test_who_gives_a_part_of_each_hour_takes_longer(share: str, ends: list[str]) -> None:
    text = office(
        CALL.format(effort="2h"), f"rep: {{people: 1, available: {share}}}", arrivals=batch(3)
    )
    seen = Watched(text)
    assert seen.when(WORKED, "call") == ends
    (role,) = seen.tally.roles
    assert role.effort == 3 * 2 * 3_600_000


ZONES = """
salesflow: 1
process: tried
start_date: 2026-01-05
calendars:
  berlin: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}
  new_york: {timezone: America/New_York, hours: {mon-fri: "09:00-17:00"}}
departments:
  sales: {calendar: berlin, roles: {rep: {people: 1}}}
  legal: {calendar: new_york, roles: {counsel: {people: 1, available: 80%}}}
sources: {web: {start: call, arrivals: {every: 500w, batch: 3}}}
steps: {call: {by: rep, with: [counsel], effort: 1h, next: won}}
outcomes: {won: {kind: won}}
"""


def test_two_offices_work_together_while_both_are_open() -> None:
    """From 15:00 to 17:00 in Berlin; an hour takes 1:15 with someone who gives 80%."""
    seen = Watched(ZONES, zone="Europe/Berlin")
    assert seen.when(STARTED, "call") == ["Mon 5 Jan 15:00", "Mon 5 Jan 16:15", "Tue 6 Jan 15:30"]
    assert seen.when(WORKED, "call") == ["Mon 5 Jan 16:15", "Tue 6 Jan 15:30", "Tue 6 Jan 16:45"]
    counsel, rep = seen.tally.roles
    assert counsel.effort == rep.effort == 3 * 3_600_000
    # The second call keeps both from Monday 16:15 to Tuesday 15:30: each is busy all that time it is
    # open, counsel from 10:15 to 17:00 and from 09:00 to 09:30 of his day, as long as it takes.
    assert rep.taken == (2 * 75 + 45 + 6 * 60 + 30) * 60_000
    assert counsel.taken == (2 * 75 + 405 + 30) * 60_000


def test_more_than_one_person_take_work_side_by_side() -> None:
    seen = Watched(office(CALL.format(effort="5h"), "rep: {people: 3}", arrivals=batch(5)))
    assert seen.when(WORKED, "call") == [
        *["Mon 5 Jan 14:00"] * 3,
        *["Tue 6 Jan 11:00"] * 2,
    ]
    assert seen.people("call") == [(0,), (1,), (2,), (0,), (1,)]
    assert seen.deals(STARTED, "call") == [0, 1, 2, 3, 4]
