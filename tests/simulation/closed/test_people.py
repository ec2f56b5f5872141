"""Who does what, and when: days worked out by hand.

All times are known, so everything is exact: whoever is free takes the first work in his order that
can start, one deal after the other at the same instant.
"""

from tests.simulation.closed.watching import ENDED, EXPIRED, STARTED, WORKED, Watched, office

H = 3_600_000


def batch(number: int, every: str = "500w") -> str:
    return f"{{every: {every}, batch: {number}}}"


TWO_VISITS = "{first: {by: rep, effort: %s, next: ask}, ask: {wait: 1h, next: second}, second: {by: rep, effort: %s, next: won}}"


def test_the_first_person_keeps_the_deal() -> None:
    """Deal 1's second call waits for person 1, though person 0 is free."""
    steps = TWO_VISITS % ("2h", "3h")
    text = office(steps, "rep: {people: 2, keeps_deal: true}", arrivals=batch(3))
    seen = Watched(text)
    assert list(zip(seen.deals(STARTED, "first"), seen.people("first"), strict=True)) == [
        (0, (0,)),
        (1, (1,)),
        (2, (0,)),
    ]
    assert list(zip(seen.deals(STARTED, "second"), seen.people("second"), strict=True)) == [
        (1, (1,)),
        (0, (0,)),
        (2, (0,)),
    ]
    # Person 0 begins deal 2 at 11:00; deal 0 is ready for him at 12:00 and waits until 13:00.
    assert seen.when(STARTED, "second") == ["Mon 5 Jan 12:00", "Mon 5 Jan 13:00", "Mon 5 Jan 16:00"]


def test_without_keeping_anybody_goes_on() -> None:
    text = office(TWO_VISITS % ("2h", "3h"), "rep: {people: 2}", arrivals=batch(3))
    seen = Watched(text)
    assert seen.when(STARTED, "second") == ["Mon 5 Jan 12:00", "Mon 5 Jan 13:00", "Mon 5 Jan 15:00"]
    assert seen.people("second") == [(1,), (0,), (1,)]


def test_who_has_enough_deals_takes_no_new_one() -> None:
    """One deal at a time: the second begins when the first is won, not when the person is free."""
    steps = TWO_VISITS % ("1h", "1h")
    text = office(steps, "rep: {people: 1, keeps_deal: true, max_open_deals: 1}", arrivals=batch(2))
    seen = Watched(text)
    assert seen.when(STARTED, "first") == ["Mon 5 Jan 09:00", "Mon 5 Jan 12:00"]
    assert seen.when(WORKED, "second") == ["Mon 5 Jan 12:00", "Mon 5 Jan 15:00"]


def test_a_place_for_a_deal_that_gets_free_is_seen_at_once() -> None:
    """Two places, three deals: while two are open the third waits, and the person is idle."""
    steps = TWO_VISITS % ("1h", "30min")
    text = office(steps, "rep: {people: 1, keeps_deal: true, max_open_deals: 2}", arrivals=batch(3))
    seen = Watched(text)
    assert seen.when(STARTED, "first") == ["Mon 5 Jan 09:00", "Mon 5 Jan 10:00", "Mon 5 Jan 11:30"]
    assert seen.when(STARTED, "second") == ["Mon 5 Jan 11:00", "Mon 5 Jan 12:30", "Mon 5 Jan 13:30"]


JOINT = """{
  split: {next: {go: {to: [solo, both]}}},
  solo:  {by: rep, effort: 2h, next: meet},
  both:  {by: rep, with: [counsel], effort: 1h, next: meet},
  meet:  {wait_for: [solo, both], next: won}}"""


def test_joint_work_that_cannot_start_blocks_nobody() -> None:
    """Counsel is away until noon: the rep does both solo parts meanwhile, then both meet."""
    text = office(
        JOINT, "rep: {people: 1}, counsel: {people: 1, calendar: noon}", arrivals=batch(2)
    )
    text = text.replace(
        "calendars: {", 'calendars: {noon: {timezone: UTC, hours: {mon-fri: "12:00-17:00"}}, '
    )
    seen = Watched(text)
    assert seen.when(STARTED, "solo") == ["Mon 5 Jan 09:00", "Mon 5 Jan 11:00"]
    assert seen.when(STARTED, "both") == ["Mon 5 Jan 13:00", "Mon 5 Jan 14:00"]
    assert seen.when(WORKED, "both") == ["Mon 5 Jan 14:00", "Mon 5 Jan 15:00"]


def test_joint_work_that_can_start_keeps_its_place() -> None:
    text = office(JOINT, "rep: {people: 1}, counsel: {people: 1}", arrivals=batch(1))
    seen = Watched(text)
    assert seen.when(STARTED, "solo") == ["Mon 5 Jan 10:00"]  # `both` is first by its name
    assert seen.when(STARTED, "both") == ["Mon 5 Jan 09:00"]
    counsel, rep = seen.tally.roles
    assert (counsel.taken, rep.taken) == (1 * H, 3 * H)


def test_ties_go_by_deal_then_by_step() -> None:
    """All is ready at midnight: deal 0 first, its steps in the order of their ids."""
    steps = """{
      split: {next: {go: {to: [zeta, alpha]}}},
      zeta:  {by: rep, effort: 1h, next: meet},
      alpha: {by: rep, effort: 1h, next: meet},
      meet:  {wait_for: [zeta, alpha], next: won}}"""
    seen = Watched(office(steps, arrivals=batch(2)))
    begun = [(told.deal, told.step) for told in seen.events if told.what == STARTED]
    assert begun == [(0, "alpha"), (0, "zeta"), (1, "alpha"), (1, "zeta")]


ESCALATED = """{
  call: {by: rep, effort: 4h, next: sign},
  sign: {by: rep, effort: 6h, escalate: {after: %s, by: director}, next: won}}"""
BOTH = "rep: {people: 1}, director: {people: 1}"


def test_what_waits_too_long_is_taken_by_whoever_is_free_first() -> None:
    """Deal 0 is called until 13:00, then deal 1 until 17:00; signing 0 waits and is escalated."""
    seen = Watched(office(ESCALATED % "2h", BOTH, arrivals=batch(2)))
    assert seen.when(STARTED, "call") == ["Mon 5 Jan 09:00", "Mon 5 Jan 13:00"]
    assert seen.when(STARTED, "sign") == ["Mon 5 Jan 15:00", "Tue 6 Jan 09:00"]
    assert seen.people("sign") == [(0,), (1,)]  # roles by id: the director is person 0
    assert seen.when(WORKED, "sign") == ["Tue 6 Jan 13:00", "Tue 6 Jan 15:00"]


def test_escalation_counts_open_hours_if_asked() -> None:
    """Signing 0 is due on Tuesday at 10:00, begun at 09:00; signing 1 at 14:00, when the rep is busy."""
    seen = Watched(office(ESCALATED % "5bh", BOTH, arrivals=batch(2)))
    assert seen.when(STARTED, "sign") == ["Tue 6 Jan 09:00", "Tue 6 Jan 14:00"]
    assert seen.people("sign") == [(1,), (0,)]


def test_time_limits_in_open_hours_and_days() -> None:
    """4bh from Monday 00:00 is 13:00; 2bd, that is 16 open hours, is Tuesday at close."""
    for limit, when in (
        ("4bh", "Mon 5 Jan 13:00"),
        ("2bd", "Tue 6 Jan 17:00"),
        ("1d", "Tue 6 Jan 00:00"),
    ):
        steps = f"{{call: {{by: rep, effort: 40h, timeout: {{after: {limit}, result: late}}, next: {{done: won, late: lost}}}}}}"
        seen = Watched(office(steps))
        assert seen.when(EXPIRED, "call") == [when]
        assert seen.tally.roles[0].taken == seen.tally.roles[0].withdrawn_effort


def test_a_limit_at_the_end_of_work_comes_too_late() -> None:
    """At the same instant the end comes before the timer."""
    steps = "{call: {by: rep, effort: 4h, timeout: {after: 4bh, result: late}, next: {done: won, late: lost}}}"
    seen = Watched(office(steps, arrivals=batch(2)))
    assert seen.when(ENDED, "call") == ["Mon 5 Jan 13:00"]
    assert seen.when(EXPIRED, "call") == ["Mon 5 Jan 13:00"]  # the one that waited all the time
    assert seen.deals(EXPIRED, "call") == [1]
    assert seen.tally.roles[0].effort == 4 * H


def test_slas_in_open_hours() -> None:
    """Three tasks of 3 hours, all due after 6 open hours: the second just makes it."""
    steps = "{call: {by: rep, effort: 3h, sla: {within: 6bh}, next: won}}"
    (node,) = Watched(office(steps, arrivals=batch(3))).tally.nodes
    assert (node.judged, node.within) == (3, 2)
    assert node.waiting == (9 + 12 + 15) * H
    assert node.elapsed == (12 + 15 + 34) * H  # 12:00, 15:00, Tuesday 10:00


def test_deals_come_every_quarter() -> None:
    seen = Watched(
        office("{call: {by: rep, effort: 1h, next: won}}", arrivals=batch(2, "13w")), days=365
    )
    assert seen.when(STARTED, "call") == [
        f"Mon {day} {hour}"
        for day in ("5 Jan", "6 Apr", "6 Jul", "5 Oct", "4 Jan")
        for hour in ("09:00", "10:00")
    ]


def test_deals_come_only_while_it_is_open() -> None:
    calendar = '{timezone: UTC, hours: {tue: "09:00-12:00", thu: "14:00-15:00"}}'
    text = office(
        "{call: {next: won}}", calendar=calendar, arrivals="{rate: 100 per week, calendar: office}"
    )
    seen = Watched(text, days=70)
    came = [told.when for told in seen.events if told.what == "arrived"]
    hours = [(when[:3], int(when.split()[3][:2])) for when in came]
    assert {*hours} == {("Tue", 9), ("Tue", 10), ("Tue", 11), ("Thu", 14)}
    assert abs(len(came) - 1000) < 3.3 * 1000**0.5  # Poisson: 99.9%
    thursdays = sum(hour == ("Thu", 14) for hour in hours)  # one of four open hours
    assert abs(thursdays - len(came) / 4) < 3.3 * (len(came) * 3 / 16) ** 0.5


FOUR_EYES = """{
  offer:   {by: rep, effort: 1h, next: approve},
  approve: {by: rep, effort: 1h, next: won}}"""


def test_four_eyes_are_those_of_two_people() -> None:
    """Person 1 is asked to approve what person 0 offered, and the other way round."""
    policy = "policies: {four_eyes: {different_person: [offer, approve]}}"
    seen = Watched(office(FOUR_EYES, "rep: {people: 2}", arrivals=batch(3), more=policy))
    offered = dict(zip(seen.deals(STARTED, "offer"), seen.people("offer"), strict=True))
    approved = dict(zip(seen.deals(STARTED, "approve"), seen.people("approve"), strict=True))
    assert offered == {0: (0,), 1: (1,), 2: (0,)}
    assert approved == {0: (1,), 1: (0,), 2: (1,)}


def test_a_touchpoint_is_accepted_when_its_work_begins() -> None:
    """Legal gets both deals at 10:00 and 11:00, begins them at 10:00 and 14:00, within 2 open hours."""
    text = office(
        "{offer: {by: rep, effort: 1h, next: review}, review: {by: counsel, effort: 4h, next: won}}",
        arrivals=batch(2),
        more="touchpoints: {to_legal: {from: ours, to: legal, accept_within: 2bh, target: 90%}}",
    ).replace("  theirs:", "  legal: {calendar: office, roles: {counsel: {people: 1}}}\n  theirs:")
    (touch,) = Watched(text).tally.touchpoints
    assert (touch.crossings, touch.accepted, touch.accept) == (2, 2, 3 * H)
    assert (touch.judged, touch.within) == (2, 1)
