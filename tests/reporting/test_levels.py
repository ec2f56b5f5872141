"""What a report says of the level that a process has reached, and of the next one."""

from salesflow.checking.report import ProcessSummary
from salesflow.reporting.levels import BRINGS, LEVELS, levels


def summary(level: int, *missing: str) -> ProcessSummary:
    return ProcessSummary(file="a.yaml", maturity=level, missing=missing)


def test_what_the_next_level_brings_is_told_once() -> None:
    told = [*levels([("a", summary(2, "x", "y")), ("b", summary(2, "z")), ("c", summary(4))])]
    assert told == [
        f"a: level 2, {LEVELS[2]}.",
        "  Next: x; y,",
        f"  so that {BRINGS[2]}.",
        f"b: level 2, {LEVELS[2]}.",
        "  Next: z.",
        f"c: level 4, {LEVELS[4]}.",
    ]


def test_each_level_but_the_last_brings_something() -> None:
    assert sorted(BRINGS) == sorted(LEVELS)[:-1]
