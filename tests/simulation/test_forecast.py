"""What is said before a run, against figures worked out by hand."""

from pathlib import Path
from typing import Any

import pytest

import salesflow as sf
from salesflow.simulation.compile import program_of
from salesflow.simulation.forecast import Forecast, forecast, written_time

HOUR, DAY = 3_600_000, 86_400_000
WEEK = 7 * DAY
EXAMPLES = Path(__file__).parents[2] / "examples"

# 30 deals a week take 1 h each, 12 of them 2 h more: 54 h of work
FUNNEL = """salesflow: 1
process: smb
calendars: {office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}
departments: {sales: {calendar: office, roles: {seller: {people: PEOPLE, available: 50%}, helper: {people: 1}}}}
sources: {web: {start: call, arrivals: 30 per week}}
steps:
  call: {by: seller, effort: 1h, next: {yes_please: {to: demo, share: 40%}, no_need: {to: lost, share: rest}}}
  demo: {by: seller, effort: 2h, wait: 5d, next: {buys: {to: won, share: 30%}, passes: {to: lost, share: rest}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def told(*texts: str, duration: int = 52 * WEEK, warmup: int = 0) -> Forecast:
    processes = [sf.loads(text) for text in texts]
    return forecast(processes, program_of(processes, duration=duration, warmup=warmup))


def funnel(people: int, **changes: str) -> str:
    text = FUNNEL.replace("PEOPLE", str(people))
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def test_load_and_win_rate_of_a_funnel() -> None:
    found = told(funnel(3))
    assert dict(found.offered) == {"seller": pytest.approx(54 / (3 * 40 * 0.5))}
    (part,) = found.parts
    assert (part.id, part.exact, part.why) == ("smb", True, "")
    assert part.win_rate == pytest.approx(0.12)
    assert part.arrivals == pytest.approx(30)
    opened = 168 / 40  # the work is done in 40 hours of 168, at half of each
    assert part.hours == pytest.approx(1 * 2 * opened + 0.4 * (2 * 2 * opened + 120), rel=0.01)
    assert found.warnings == ()


def test_too_much_is_asked_for() -> None:
    found = told(funnel(2))
    assert found.offered["seller"] == pytest.approx(1.35)
    assert found.warnings == (
        "`seller` is asked for 135% of its time: waiting grows without end, and figures depend on "
        "how long is simulated. `people: 4` would bring it below 85%, or less effort at `call`, "
        "`demo`.",
    )
    enough = told(funnel(4))
    assert enough.offered["seller"] < 0.85
    assert enough.warnings == ()


def test_the_loads_of_several_processes_add_up() -> None:
    one = funnel(3)
    other = (
        "salesflow: 1\nprocess: big\nsources: {web: {start: call, arrivals: 6 per week}}\n"
        "steps: {call: {by: seller, with: [helper], effort: 2h, next: won}}\n"
        "outcomes: {won: {kind: won}}\n"
    )
    for texts in ((one, other), (other, one)):
        found = told(*texts)
        assert found.offered["seller"] == pytest.approx((54 + 12) / 60)
        assert found.offered["helper"] == pytest.approx(24 / 40)  # as slow as who gives half
        (warning,) = found.warnings
        assert warning.startswith("`seller` is asked for 110% of its time")
        assert {part.id: part.win_rate for part in found.parts} == {
            "smb": pytest.approx(0.12),
            "big": 1.0,
        }


def test_a_source_that_says_nothing_brings_nobody() -> None:
    more = "sources: {fair: {start: demo}, web: {start: call, arrivals: 30 per week}}"
    text = funnel(3).replace("sources: {web: {start: call, arrivals: 30 per week}}", more)
    found = told(text)
    assert found.warnings == (
        "`fair` does not say how many deals come: none come in the simulation. Write for example "
        "`arrivals: 5 per week`.",
    )
    assert found.offered["seller"] == pytest.approx(0.9)
    assert found.parts[0].win_rate == pytest.approx(0.12)


def test_who_is_never_open_waits_for_ever() -> None:
    text = funnel(3).replace(
        "calendars: {office:",
        'calendars: {closed: {timezone: Europe/Berlin, hours: {mon: "09:00-17:00"}, '
        f"holidays: [{', '.join(mondays())}]}}, office:",
    )
    found = told(text.replace("sales: {calendar: office", "sales: {calendar: closed"))
    assert found.warnings[0] == (
        "`seller` has work and is never open: deals wait for it without end."
    )


def mondays() -> list[str]:
    from datetime import date, timedelta

    return [str(date(2026, 1, 5) + timedelta(weeks=number)) for number in range(200)]


@pytest.mark.parametrize(
    ("duration", "about"),
    [(2 * DAY, "`--for 2d` is shorter than a deal takes (about 3 days)"), (WEEK, "")],
)
def test_the_time_is_shorter_than_a_deal_takes(duration: int, about: str) -> None:
    found = told(funnel(4), duration=duration)
    assert [w.split(":")[0] for w in found.warnings] == ([about] if about else [])


def test_long_deals_in_a_short_time() -> None:
    text = funnel(4).replace("wait: 5d", "wait: 250d")
    (warning,) = told(text, duration=2 * WEEK).warnings
    assert warning == (
        "`--for 2w` is shorter than a deal takes (about 14 weeks): hardly any deal that comes in it "
        "ends, and those that do are the quick ones. Simulate longer, such as `--for 58w`."
    )
    several = told(text, funnel(4).replace("smb", "big"), duration=2 * WEEK).warnings
    assert [w.split("(")[0] for w in several if "shorter" in w] == [
        "`--for 2w` is shorter than a deal of `smb` takes "
    ]


def test_what_takes_time_without_people() -> None:
    steps = "steps: {call: {effort: 2h, next: talk}, talk: {wait: 1h, next: won}}"
    text = funnel(3)
    text = text[: text.index("steps:")] + steps + "\noutcomes: {won: {kind: won}}\n"
    found = told(text)
    assert found.parts[0].hours == pytest.approx(3)
    assert dict(found.offered) == {}


def test_a_chain_that_cannot_be_followed() -> None:
    text = funnel(3).replace(
        "yes_please: {to: demo, share: 40%}, no_need: {to: lost, share: rest}",
        "yes_please: {to: demo, when: worth > budget}, no_need: {to: lost, otherwise: true}",
    )
    drawn = "gives: {worth: {min: 1, max: 9}, budget: {min: 1, max: 9}}"
    fields = "data: {worth: {type: money}, budget: {type: money}}\nsources:"
    text = text.replace("30 per week", f"30 per week, {drawn}").replace("sources:", fields)
    found = told(text)
    (part,) = found.parts
    assert (part.win_rate, part.exact, part.hours) == (None, False, None)
    assert part.why == "`call.yes_please` compares several drawn values: `worth > budget`"
    assert (dict(found.offered), found.warnings) == ({}, ())


def test_nobody_comes_in_time() -> None:
    batches = funnel(4).replace("arrivals: 30 per week", "arrivals: {every: 26w, batch: 9}")
    found = told(batches, duration=4 * WEEK, warmup=WEEK)
    assert found.warnings == (
        "Hardly a deal comes in the measured time (`--for 4w`): simulate longer, or look at "
        "`arrivals`.",
    )
    assert found.parts[0].arrivals == pytest.approx(9 / 26)
    assert told(batches, duration=26 * WEEK, warmup=WEEK).warnings == ()  # the batch of week 26
    assert told(batches, duration=4 * WEEK).warnings == ()  # the one of the first day


def test_more_come_than_can_be_played() -> None:
    text = funnel(4).replace("30 per week", "300 per hour").replace("effort: 1h, ", "")
    text = text.replace("effort: 2h, ", "")
    (warning,) = told(text, duration=52 * WEEK).warnings
    assert warning == (
        "About 2.62 million deals come in each replication: that takes long. Simulate a shorter "
        "time, or fewer replications."
    )


def test_what_the_chain_cannot_tell() -> None:
    process: Any = sf.load(str(EXAMPLES / "enterprise" / "enterprise.salesflow.yaml"))
    found = forecast([process], program_of([process], duration=52 * WEEK, warmup=8 * WEEK))
    (part,) = found.parts
    assert not part.exact
    assert "which branch of `contracting` ends first is not known" in part.why
    assert part.win_rate == pytest.approx(0.127, abs=0.001)
    assert found.offered["solution_engineer"] == pytest.approx(0.774, abs=0.001)
    assert found.warnings == ()
    wide = funnel(3).replace("wait: 5d", "wait: {median: 1s, p90: 999999999w}")
    (part,) = told(wide).parts
    assert part.hours is None


def test_times_are_written_as_in_the_language() -> None:
    assert [written_time(n) for n in (26 * WEEK, 10 * DAY, 36 * HOUR, 1500, 0)] == [
        "26w",
        "10d",
        "36h",
        "1.5s",
        "0s",
    ]
