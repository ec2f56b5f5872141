"""Where steps take long for the time that is measured, the tables say that the longest are missing."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

import salesflow as sf
from salesflow.reporting.simulated.markdown import markdown
from salesflow.reporting.simulated.page import page
from salesflow.reporting.simulated.text import text

Report: TypeAlias = Callable[[sf.SimulationResult], str]

SLOW = """
salesflow: 1
process: slow
stages: {first: {}}
departments: {sales: {roles: {rep: {people: 50, calendar: day_and_night}}}}
calendars: {day_and_night: {timezone: UTC, hours: {mon-sun: "00:00-24:00"}}}
sources: {web: {arrivals: 20 per week, start: call}}
steps:
  call:
    by: rep
    stage: first
    effort: 10min
    wait: {mean: WAIT}
    next: {agreed: {to: won, share: 50%}, declined: {to: lost, share: 50%}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
MEAN = 20  # days


def simulated(wait: str, duration: str) -> sf.SimulationResult:
    process = sf.loads(SLOW.replace("WAIT", wait))
    return sf.simulate(process, duration=duration, warmup="26w", replications=5, engine="python")


@pytest.mark.parametrize("report", [text, markdown, page])
def test_times_that_are_long_for_the_measured_one_are_said_to_look_shorter(report: Report) -> None:
    cut = simulated(f"{MEAN}d", "13w")
    assert cut.steps["call"].elapsed.high < MEAN * 24  # they do look shorter
    told = report(cut)
    assert told.count("are not in these times") == 2  # below the steps and below the stages
    assert told.count("Visits still under way") == told.count("Deals still in a stage") == 1


@pytest.mark.parametrize("report", [text, markdown, page])
def test_times_that_are_short_for_the_measured_one_are_taken_as_they_are(report: Report) -> None:
    assert "are not in these times" not in report(simulated("1d", "52w"))


def test_no_line_of_it_is_wider_than_others() -> None:
    lines = text(simulated(f"{MEAN}d", "13w")).splitlines()
    said = [line for line in lines if "are not in" in line or "comes closer" in line]
    assert said
    assert max(map(len, said)) <= 100
