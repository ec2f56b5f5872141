"""What a failed objective says in one sentence."""

from salesflow.pytest_plugin.telling import measured
from salesflow.simulation.result import Estimate, ObjectiveResult

PACE = ObjectiveResult(
    name="pace",
    title="pace",
    measure="time",
    bound="at_most 20d",
    value=Estimate(mean=600.0, low=552.0, high=648.0),
    unit="hours",
    verdict="missed",
)


def test_an_objective_says_what_of_the_deals_it_counts() -> None:
    whole = measured(PACE, "")
    assert whole == "`pace` is missed: at most 20d is asked for, 25 days (23 to 27) is measured."
    part = measured(PACE.replace(counted="call to won"), "")
    assert part == whole.replace("`pace`", "`pace` (call to won)")


def test_what_could_not_be_measured_says_why() -> None:
    said = measured(PACE.replace(value=None, verdict="unsure", why="no deal was won"), "")
    assert said == "`pace` is unsure: at most 20d is asked for; no deal was won."
